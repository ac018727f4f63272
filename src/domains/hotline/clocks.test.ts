import { expect, test } from 'vitest'
import { minutesBetween, promisedAt, wallClock } from './clocks.ts'

test('the wall clock is that of Shanghai: the evening before midnight in London is the next morning', () => {
  expect(wallClock('2024-05-18T16:00:00Z')).toEqual({ day: '2024-05-19', hour: 'h00' })
  expect(wallClock('2024-05-18T23:59:59+08:00')).toEqual({ day: '2024-05-18', hour: 'h23' })
})

test('two hours are promised, half an hour when it is urgent, the whole day when only the day is known', () => {
  const receivedAt = '2024-05-18T09:00:00+08:00'
  expect(promisedAt({ receivedAt })).toBe('2024-05-18T03:00:00.000Z')
  expect(promisedAt({ receivedAt, urgency: 'urgent' })).toBe('2024-05-18T01:30:00.000Z')
  expect(promisedAt({ receivedOn: '2024-05-18' })).toBe('2024-05-18T16:00:00.000Z')
  expect(promisedAt({})).toBeNull()
})

test('a second over counts as a minute; a clock that runs behind counts nothing', () => {
  const from = '2024-05-18T09:00:00+08:00'
  expect(minutesBetween(from, new Date('2024-05-18T03:00:00Z'))).toBe(120)
  expect(minutesBetween(from, new Date('2024-05-18T03:00:01Z'))).toBe(121)
  expect(minutesBetween(from, new Date('2024-05-18T00:59:00Z'))).toBe(0)
})
