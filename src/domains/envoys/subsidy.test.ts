import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Rate, rateOn, subsidy } from './subsidy.ts'

const RATES: readonly Rate[] = [
  { grade: 'county', since: '2024-01-01', daily: 5000, mostDays: 8 },
  { grade: 'county', since: '2024-07-01', daily: 6000, mostDays: 10 },
  { grade: 'provincial', since: '2024-01-01', daily: 10_000, mostDays: 10 },
]

test('days are paid by the rate of the month, up to the most', () => {
  const services = [
    { servedOn: '2024-06-03', days: 5 },
    { servedOn: '2024-06-20', days: 5 },
    { servedOn: '2024-07-02', days: 9 },
    { servedOn: '2024-08-30', days: 2 },
  ]
  expect(subsidy('county', services, RATES)).toEqual([
    { month: '2024-06', served: 10, paid: 8, amount: 40_000 },
    { month: '2024-07', served: 9, paid: 9, amount: 54_000 },
    { month: '2024-08', served: 2, paid: 2, amount: 12_000 },
  ])
})

test('where no rate is set yet nothing is paid', () => {
  expect(rateOn(RATES, 'county', '2023-12-31')).toBeUndefined()
  expect(subsidy('prefectural', [{ servedOn: '2024-06-03', days: 5 }], RATES)).toEqual([
    { month: '2024-06', served: 5, paid: 0, amount: 0 },
  ])
})

const services = fc.array(
  fc.record({
    servedOn: fc.constantFrom('2023-11-03', '2024-02-10', '2024-02-28', '2024-07-01', '2024-12-31'),
    days: fc.integer({ min: 0, max: 31 }),
  }),
)

test('all served is told, no month pays more than its most, and the order of the log does not matter', () =>
  fc.assert(
    fc.property(services, log => {
      const months = subsidy('county', log, RATES)
      expect(months.reduce((sum, one) => sum + one.served, 0)).toBe(log.reduce((sum, one) => sum + one.days, 0))
      for (const { month, served, paid, amount } of months) {
        const rate = rateOn(RATES, 'county', `${month}-01`)
        expect(paid).toBeLessThanOrEqual(Math.min(served, rate?.mostDays ?? 0))
        expect(amount).toBe(paid * (rate?.daily ?? 0))
      }
      expect(subsidy('county', [...log].reverse(), RATES)).toEqual(months)
    }),
  ))
