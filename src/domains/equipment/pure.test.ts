import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, serialOf } from '../../kernel/period/day.ts'
import { must } from '../../kernel/result.ts'
import { compared } from './custody/differences.ts'
import { daysFrom, inOrder } from './days.ts'
import { daysInUse, meanTimeBetween } from './maintenance/reliability.ts'
import { differences } from './purchasing/items.ts'
import { firstShortage } from './spares/stock.ts'

const days = fc
  .date({ min: new Date('2023-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map(date => must(day(date.toISOString().slice(0, 10))))

describe('a count against the register', () => {
  const units = fc.constantFrom('A', 'B')
  const booked = fc.uniqueArray(
    fc.record({ number: fc.constantFrom(...'123456'), unit: fc.constantFrom('A', 'B', 'C'), isRetired: fc.boolean() }),
    { selector: one => one.number },
  )
  const counted = fc.uniqueArray(fc.record({ number: fc.constantFrom(...'1234567'), unit: units }), {
    selector: one => one.number,
  })

  test('finds nothing where both say the same, and each other number once', () =>
    fc.assert(
      fc.property(booked, counted, (register, seen) => {
        const found = compared(register, seen, unit => unit !== 'C')
        expect(new Set(found.map(one => one.number)).size).toBe(found.length)
        const agreed = seen.filter(one =>
          register.some(b => b.number === one.number && b.unit === one.unit && !b.isRetired),
        )
        for (const { number } of agreed) expect(found.map(one => one.number)).not.toContain(number)
        // Expected, less what is missing, plus what is too many, is what was counted.
        const expected = register.filter(one => !one.isRetired && one.unit !== 'C').length
        const missing = found.filter(one => one.sort === 'missing').length
        const from = (sort: string, where: (unit: string | null) => boolean) =>
          found.filter(one => one.sort === sort && where(one.booked)).length
        const extra = from('unknown', () => true) + from('retired', () => true) + from('moved', unit => unit === 'C')
        expect(seen.length).toBe(expected - missing + extra)
      }),
    ))
})

describe('stock of parts', () => {
  const movements = fc.array(fc.record({ on: days, change: fc.integer({ min: -5, max: 8 }) }), { maxLength: 12 })

  test('is short on the first day that ends below nothing, in whatever order it is told', () =>
    fc.assert(
      fc.property(movements, list => {
        const ends = [...new Set(list.map(one => one.on))]
          .sort()
          .map(on => ({ on, left: list.filter(one => one.on <= on).reduce((sum, one) => sum + one.change, 0) }))
        expect(firstShortage([...list].reverse())).toEqual(ends.find(one => one.left < 0) ?? null)
      }),
    ))
})

describe('days in use', () => {
  test('are the days of the period on which the device was there', () =>
    fc.assert(
      fc.property(days, fc.option(days), days, days, (since, retired, one, other) => {
        const [from, until] = one < other ? [one, other] : [other, one]
        let count = 0
        for (let at = serialOf(from); at < serialOf(until); at++)
          if (at >= serialOf(since) && (retired === null || at < serialOf(retired))) count++
        expect(daysInUse(since, retired, from, until)).toBe(count)
      }),
      { numRuns: 60 },
    ))

  test('have no mean between failures without a failure', () => {
    expect([meanTimeBetween(100, 0), meanTimeBetween(100, 4)]).toEqual([null, 25])
  })
})

test('two versions differ by what one has and the other has not, and a list never from itself', () => {
  const item = fc.record({
    kind: fc.constantFrom('atm', 'pos'),
    model: fc.constantFrom('A', 'B', 'C'),
    quantity: fc.nat({ max: 3 }),
    price: fc.nat({ max: 3 }),
  })
  const lists = fc.uniqueArray(item, { selector: one => `${one.kind} ${one.model}` })
  fc.assert(
    fc.property(lists, lists, (before, after) => {
      expect(differences(before, before)).toEqual([])
      const back = differences(after, before).map(one => ({ ...one, before: one.after, after: one.before }))
      expect(differences(before, after)).toEqual(back)
    }),
  )
})

test('days are in order unless one comes before an earlier step', () => {
  const names = ['a', 'b', 'c']
  expect(inOrder({ a: '2024-01-02', c: '2024-01-02' }, names)).toEqual([])
  expect(inOrder({ a: '2024-01-02', b: '2024-01-01', c: '2024-01-01' }, names).map(one => one.field)).toEqual([
    'b',
    'c',
  ])
  expect([daysFrom('2024-02-28', '2024-03-01'), daysFrom('2024-02-28', undefined)]).toEqual([2, null])
})
