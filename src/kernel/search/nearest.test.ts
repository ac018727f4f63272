import fc from 'fast-check'
import { expect, test } from 'vitest'
import { together, type Weight } from './nearest.ts'

const weighing = (shares: Readonly<Record<string, number>>, records = 40_000): Map<string, Weight> =>
  new Map(
    Object.entries(shares).map(([term, share]) => [
      term,
      { share, weight: Math.log(1 + 1 / share), records: share * records, named: share > 0.001 },
    ]),
  )
const setsOf = (shares: Readonly<Record<string, number>>) =>
  together(Object.keys(shares), weighing(shares)).map(({ terms }) => terms)

test('a rare term finds alone, common ones in threes that do not overlap', () => {
  const sets = setsOf({ 卷叶: 0.0002, 水稻: 0.07, 稻的: 0.06, 叶片: 0.08, 发黄: 0.09 })
  expect(sets).toContainEqual(['卷叶'])
  expect(sets.some(set => set.includes('水稻') && set.includes('叶片') && set.includes('发黄'))).toBe(true)
  expect(sets.some(set => set.length <= 3 && set.includes('水稻') && set.includes('稻的'))).toBe(false)
})

test('when all that is said is common, all of it together finds', () => {
  expect(setsOf({ 水稻: 0.5 })).toEqual([['水稻']])
  expect(setsOf({ 水稻: 0.5, 防治: 0.6 })).toEqual([['水稻', '防治']])
})

test('whatever is typed, few sets are tried, each of terms that were said, the most telling first', () =>
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ minLength: 1, maxLength: 2 }), fc.double({ min: 1e-6, max: 1, noNaN: true }), {
        maxKeys: 60,
      }),
      shares => {
        const sets = together(Object.keys(shares), weighing(shares))
        expect(sets.length).toBeLessThanOrEqual(12)
        expect(sets.flatMap(({ terms }) => terms).every(term => Object.hasOwn(shares, term))).toBe(true)
        expect(sets.map(({ worth }) => worth)).toEqual(sets.map(({ worth }) => worth).sort((a, b) => b - a))
        expect(sets.length > 0).toBe(Object.keys(shares).length > 0)
      },
    ),
  ))
