import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, type Fraction, toDecimal, toNumber, whole } from '../figures/fraction.ts'
import { type ItemKind, type Method, pointsOf, ranksOf, rounded, totalOf } from './points.ts'

const f = (n: number, d = 1): Fraction => ({ n: BigInt(n), d: BigInt(d) })
const fraction = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 1, max: 12 })).map(([n, d]) => f(n, d))
const positive = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 12 })).map(([n, d]) => f(n, d))
const values = fc.array(fc.option(fraction), { maxLength: 9 })
const texts = (points: readonly Fraction[]) => points.map(point => toDecimal(point, 6))

describe('points between floor and full', () => {
  const linear: Method = { kind: 'linear', floor: f(60), full: f(90) }

  test('are in proportion, exactly', () => {
    expect(texts(pointsOf(linear, f(10), [f(50), f(60), f(70), f(90), f(95), null]))).toEqual(
      texts([f(0), f(0), f(10, 3), f(10), f(10), f(0)]),
    )
  })

  test('rise where less is better', () => {
    const fewer: Method = { kind: 'linear', floor: f(10), full: f(0) }
    expect(texts(pointsOf(fewer, f(5), [f(0), f(4), f(10), f(12)]))).toEqual(['5', '3', '0', '0'])
  })

  test('lie within the weight, agree with the plain formula and never fall as the value grows', () =>
    fc.assert(
      fc.property(fraction, fraction, positive, fc.array(fraction), (floor, full, weight, list) => {
        fc.pre(compare(floor, full) < 0)
        const sorted = [...list].sort(compare)
        const points = pointsOf({ kind: 'linear', floor, full }, weight, sorted)
        points.forEach((point, i) => {
          const [a, b, v, w] = [floor, full, sorted[i]!, weight].map(toNumber) as [number, number, number, number]
          expect(toNumber(point)).toBeCloseTo(w * Math.min(1, Math.max(0, (v - a) / (b - a))), 6)
          if (i > 0) expect(compare(point, points[i - 1]!)).toBeGreaterThanOrEqual(0)
        })
      }),
    ))
})

test('points by step are those of the best step reached, never more than the weight', () => {
  const steps = [
    { from: f(90), points: f(10) },
    { from: f(60), points: f(4) },
    { from: f(80), points: f(7) },
  ]
  const list = [f(59), f(60), f(80), f(899, 10), f(90), f(200), null]
  expect(texts(pointsOf({ kind: 'step', steps, better: 'more' }, f(10), list))).toEqual(
    texts([0, 4, 7, 7, 10, 10, 0].map(n => f(n))),
  )
  expect(texts(pointsOf({ kind: 'step', steps, better: 'more' }, f(8), [f(90)]))).toEqual(['8'])
  const fewer = [
    { from: f(0), points: f(5) },
    { from: f(2), points: f(3) },
  ]
  expect(texts(pointsOf({ kind: 'step', steps: fewer, better: 'less' }, f(5), [f(0), f(1), f(2), f(3)]))).toEqual(
    texts([5, 3, 3, 0].map(n => f(n))),
  )
})

describe('ranks', () => {
  test('are shared by equals, and the places after them are skipped', () => {
    expect(ranksOf([f(80), f(95), f(80), null, f(70), f(190, 2)])).toEqual([3, 1, 3, null, 5, 1])
    expect(ranksOf([f(80), f(95), f(80), null, f(70), f(190, 2)], 'less')).toEqual([2, 4, 2, null, 1, 4])
  })

  test('are one more than the number of those that are better', () =>
    fc.assert(
      fc.property(values, fc.constantFrom('more' as const, 'less' as const), (list, better) => {
        const oracle = list.map(value =>
          value === null
            ? null
            : 1 +
              list.filter(
                other => other !== null && (better === 'more' ? compare(other, value) > 0 : compare(other, value) < 0),
              ).length,
        )
        expect(ranksOf(list, better)).toEqual(oracle)
      }),
    ))

  test('give all points to the first, 1/n to a last one alone, and the same to equals', () => {
    const points = pointsOf({ kind: 'ranked', better: 'more' }, f(12), [f(9), f(7), f(9), null, f(1)])
    expect(texts(points)).toEqual(['12', '6', '12', '0', '3'])
  })
})

describe('a total', () => {
  const items = fc.array(
    fc.record({
      kind: fc.constantFrom<ItemKind>('points', 'bonus', 'deduction', 'veto'),
      points: fc.integer({ min: 0, max: 3000 }).map(n => f(n, 100)),
    }),
  )
  const ceiling = fc.option(
    fc.integer({ min: 0, max: 1000 }).map(n => f(n, 100)),
    { nil: undefined },
  )

  test('is points and bonus less deduction within their ceilings, in whole hundredths', () =>
    fc.assert(
      fc.property(items, ceiling, ceiling, (list, bonus, deduction) => {
        const hundredths = (one: Fraction) => Math.round(toNumber(one) * 100)
        const of = (kind: ItemKind) =>
          list.filter(item => item.kind === kind).reduce((total, { points }) => total + hundredths(points), 0)
        const most = (limit: Fraction | undefined) => (limit ? hundredths(limit) : Number.POSITIVE_INFINITY)
        const plain = of('points') + Math.min(of('bonus'), most(bonus)) - Math.min(of('deduction'), most(deduction))
        const expected = of('veto') > 0 ? 0 : Math.max(0, plain)
        expect(hundredths(totalOf(list, { bonus, deduction }).score)).toBe(expected)
      }),
    ))

  test('is zero under a veto, whatever the other points', () => {
    const list: { kind: ItemKind; points: Fraction }[] = [
      { kind: 'points', points: f(100) },
      { kind: 'bonus', points: f(10) },
      { kind: 'veto', points: f(1) },
    ]
    expect(totalOf(list)).toMatchObject({ score: { n: 0n }, vetoes: [2], points: { n: 100n } })
    expect(toNumber(totalOf(list.slice(0, 2)).score)).toBe(110)
  })
})

test('a half is rounded up, once', () => {
  expect(toDecimal(rounded(f(10, 3), 2), 6)).toBe('3.33')
  expect(toDecimal(rounded(f(1, 200), 2), 6)).toBe('0.01')
  expect(toDecimal(rounded(whole(7), 0), 6)).toBe('7')
})
