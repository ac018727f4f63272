import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accumulated, monthsInUse, usefulMonths } from './straight-line.ts'

const costs = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const lives = fc.integer({ min: 1, max: 600 })
/** The first of the n-th month from 2020-03 on. */
const monthAfter = (n: number) => {
  const month = 2020 * 12 + 2 + n
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
const SINCE = '2020-03-17'

describe('straight-line depreciation', () => {
  test('takes the whole cost over the life, to the fen, and nothing after', () =>
    fc.assert(
      fc.property(costs, lives, fc.nat({ max: 100 }), (cost, months, more) => {
        expect(accumulated(cost, months, SINCE, monthAfter(months))).toBe(cost)
        expect(accumulated(cost, months, SINCE, monthAfter(months + more))).toBe(cost)
        expect(accumulated(cost, months, SINCE, '2020-03-16')).toBe(0)
      }),
    ))

  test('takes the same every month, but for a fen', () =>
    fc.assert(
      fc.property(costs, lives, (cost, months) => {
        const taken = Array.from({ length: months }, (_, i) => {
          const upTo = (n: number) =>
            n === 0 ? 0 : accumulated(cost, months, SINCE, n === 1 ? SINCE : monthAfter(n - 1))
          return upTo(i + 1) - upTo(i)
        })
        expect(taken.reduce((sum, one) => sum + one, 0)).toBe(cost)
        expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 40 },
    ))

  test('of 1000.00 yuan over three months takes 333.33, 333.33 and 333.34', () => {
    const upTo = (day: string) => accumulated(100_000, 3, '2024-01-31', day)
    expect([upTo('2024-01-31'), upTo('2024-02-01'), upTo('2024-03-31')]).toEqual([33_333, 66_666, 100_000])
  })

  test('counts the month in which a thing goes into use', () => {
    expect([monthsInUse('2024-01-31', '2024-01-31'), monthsInUse('2024-01-31', '2024-02-01')]).toEqual([1, 2])
    expect([monthsInUse('2024-12-01', '2025-12-31'), monthsInUse('2024-12-01', '2024-11-30')]).toEqual([13, 0])
  })

  test('of a kind that is not named goes over ten years', () => {
    expect([usefulMonths('computer'), usefulMonths('sorting-machine')]).toEqual([72, 120])
  })
})
