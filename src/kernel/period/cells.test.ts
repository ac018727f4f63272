import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cells, cellsUntil } from './cells.ts'
import { addDays, type Day, fromSerial, serialOf } from './day.ts'

const days = fc.integer({ min: -30_000, max: 90_000 }).map(fromSerial)
const lengths = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 5000 }))
const WHOLE = { y: /-01-01$/, m: /-01$/, d: /./ }

test('ranges cover every day exactly once, in at most five whole grains', () =>
  fc.assert(
    fc.property(days, lengths, (from, length) => {
      const until = addDays(from, length)
      const found = cells(from, until)
      const counted: Day[] = []
      for (const range of found) for (let one = range.from; one < range.until; one = addDays(one, 1)) counted.push(one)
      expect(counted).toEqual(Array.from({ length }, (_, i) => addDays(from, i)))
      expect(found.length).toBeLessThanOrEqual(5)
      for (const { grain, from: a, until: b } of found) expect(WHOLE[grain].test(a) && WHOLE[grain].test(b)).toBe(true)
    }),
    { numRuns: 1000 },
  ))

test('no range of days holds a whole month that could be read as one', () =>
  fc.assert(
    fc.property(days, lengths, (from, length) => {
      for (const { grain, from: a, until: b } of cells(from, addDays(from, length))) {
        if (grain === 'd') expect(serialOf(b) - serialOf(a)).toBeLessThan(61)
        if (grain === 'm') expect(serialOf(b) - serialOf(a)).toBeLessThan(700)
      }
    }),
  ))

test('a year, a month and a stock are what one expects', () => {
  expect(cells('2024-01-01', '2025-01-01')).toEqual([{ grain: 'y', from: '2024-01-01', until: '2025-01-01' }])
  expect(cells('2024-05-01', '2024-06-01')).toEqual([{ grain: 'm', from: '2024-05-01', until: '2024-06-01' }])
  expect(cells('2024-05-18', '2024-05-18')).toEqual([])
  expect(cells('2024-05-18', '2024-05-01')).toEqual([])
  expect(cellsUntil('2024-03-05')).toEqual([
    { grain: 'y', from: '0001-01-01', until: '2024-01-01' },
    { grain: 'm', from: '2024-01-01', until: '2024-03-01' },
    { grain: 'd', from: '2024-03-01', until: '2024-03-05' },
  ])
})
