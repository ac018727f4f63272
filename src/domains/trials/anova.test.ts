import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../kernel/result.ts'
import { type Analysis, letters, type Observation, oneWay, randomisedBlocks } from './anova.ts'
import { fTail, tCritical, tTails } from './distribution.ts'

const sourceOf = (analysis: Analysis, name: string) => analysis.sources.find(one => one.source === name)!
const groupsOf = (groups: Readonly<Record<string, readonly number[]>>): Observation[] =>
  Object.entries(groups).flatMap(([treatment, values]) => values.map(value => ({ treatment, value })))
const inBlocks = (groups: Readonly<Record<string, readonly number[]>>): Observation[] =>
  Object.entries(groups).flatMap(([treatment, values]) =>
    values.map((value, i) => ({ treatment, block: String(i + 1), value })),
  )

describe('distributions', () => {
  // Tables of any textbook: Fisher and Yates; Snedecor and Cochran, A 4 and A 14.
  test.each([
    [0.05, 1, 12.706],
    [0.05, 4, 2.776],
    [0.05, 15, 2.131],
    [0.01, 20, 2.845],
    [0.05, 120, 1.98],
  ])('t that is exceeded with probability %d with %d degrees of freedom is %d', (alpha, df, t) => {
    expect(tCritical(alpha, df)).toBeCloseTo(t, 3)
  })

  test.each([
    [5.14325, 2, 6, 0.05],
    [3.098391, 3, 20, 0.05],
    [10.9248, 2, 6, 0.01],
    [161.4476, 1, 1, 0.05],
  ])('F of %d with %d and %d degrees of freedom is exceeded with probability %d', (f, between, within, p) => {
    expect(fTail(f, between, within)).toBeCloseTo(p, 5)
  })

  test('closed forms hold: F with 2 degrees above, and t² is F with one', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 60, noNaN: true }), fc.integer({ min: 1, max: 300 }), (x, df) => {
        expect(fTail(x, 2, df)).toBeCloseTo((1 + (2 * x) / df) ** (-df / 2), 10)
        expect(fTail(x * x, 1, df)).toBeCloseTo(tTails(x, df), 10)
      }),
    ))
})

const PLANT_GROWTH = {
  ctrl: [4.17, 5.58, 5.18, 6.11, 4.5, 4.61, 5.17, 4.53, 5.33, 5.14],
  trt1: [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
  trt2: [6.31, 5.12, 5.54, 5.5, 5.37, 5.29, 4.92, 6.15, 5.8, 5.26],
}

// Montgomery, Design and Analysis of Experiments, 4.1: yield of vascular grafts at four pressures from six batches of resin.
const GRAFTS = {
  8500: [90.3, 89.2, 98.2, 93.9, 87.4, 97.9],
  8700: [92.5, 89.5, 90.6, 94.7, 87, 95.8],
  8900: [85.5, 90.8, 89.6, 86.2, 88, 93.4],
  9100: [82.5, 89.5, 85.6, 87.4, 78.9, 90.7],
}

describe('published analyses', () => {
  test('plots at random: PlantGrowth as R has it', () => {
    const found = must(oneWay(groupsOf(PLANT_GROWTH)))
    const treatments = sourceOf(found, 'treatments')
    expect(treatments.df).toBe(2)
    expect(treatments.ss).toBeCloseTo(3.76634, 5)
    expect(treatments.f).toBeCloseTo(4.846, 3)
    expect(treatments.p).toBeCloseTo(0.01591, 5)
    expect(sourceOf(found, 'error')).toMatchObject({ df: 27, ss: expect.closeTo(10.49209, 5) })
    expect(found.treatments.map(({ code, mean, letters }) => [code, Number(mean.toFixed(3)), letters])).toEqual([
      ['trt2', 5.526, 'a'],
      ['ctrl', 5.032, 'ab'],
      ['trt1', 4.661, 'b'],
    ])
  })

  test('blocks: yield of grafts in the textbook', () => {
    const found = must(randomisedBlocks(inBlocks(GRAFTS)))
    const treatments = sourceOf(found, 'treatments')
    expect(treatments).toMatchObject({ df: 3, ss: expect.closeTo(178.17, 2), f: expect.closeTo(8.107, 3) })
    expect(treatments.p).toBeCloseTo(0.0019, 4)
    expect(sourceOf(found, 'blocks')).toMatchObject({ df: 5, ss: expect.closeTo(192.25, 2) })
    expect(sourceOf(found, 'error')).toMatchObject({
      df: 15,
      ss: expect.closeTo(109.89, 2),
      ms: expect.closeTo(7.33, 2),
    })
    expect(sourceOf(found, 'total')).toMatchObject({ df: 23, ss: expect.closeTo(480.31, 2) })
    expect(found.lsd).toBeCloseTo(3.33, 2)
  })

  test('blocks of two are the paired t test: sleep of ten patients (Student 1908)', () => {
    const found = must(
      randomisedBlocks(
        inBlocks({
          one: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
          two: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
        }),
      ),
    )
    expect(sourceOf(found, 'treatments')).toMatchObject({
      df: 1,
      f: expect.closeTo(4.0621 ** 2, 3),
      p: expect.closeTo(0.002833, 6),
    })
  })
})

const value = fc.double({ min: 1, max: 900, noNaN: true }).map(x => Math.round(x * 100) / 100)
const table = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 })).chain(([treatments, blocks]) =>
  fc.array(fc.array(value, { minLength: blocks, maxLength: blocks }), {
    minLength: treatments,
    maxLength: treatments,
  }),
)
const observed = (rows: readonly (readonly number[])[]): Observation[] =>
  inBlocks(Object.fromEntries(rows.map((row, i) => [`T${i}`, row])))

describe('any trial', () => {
  test('squares and degrees of freedom add up to the whole', () =>
    fc.assert(
      fc.property(table, rows => {
        for (const found of [must(oneWay(observed(rows))), must(randomisedBlocks(observed(rows)))]) {
          const parts = found.sources.filter(one => one.source !== 'total')
          const whole = sourceOf(found, 'total')
          const sum = (of: (one: (typeof parts)[number]) => number) => parts.reduce((total, one) => total + of(one), 0)
          expect(sum(one => one.ss)).toBeCloseTo(whole.ss, 5)
          expect(sum(one => one.df)).toBe(whole.df)
        }
      }),
    ))

  test('neither the unit nor the zero of the scale changes the test', () =>
    fc.assert(
      fc.property(table, rows => {
        const before = sourceOf(must(randomisedBlocks(observed(rows))), 'treatments')
        fc.pre(before.f! < 1e6)
        const moved = rows.map(row => row.map(one => one * 2 + 100))
        const after = sourceOf(must(randomisedBlocks(observed(moved))), 'treatments')
        expect(after.f).toBeCloseTo(before.f!, 4)
        expect(after.p).toBeCloseTo(before.p!, 6)
      }),
    ))

  test('what all plots of a block have in common is not charged to the treatments', () =>
    fc.assert(
      fc.property(table, rows => {
        const before = must(randomisedBlocks(observed(rows)))
        const richer = rows.map(row => row.map((one, block) => one + block * 40))
        const after = must(randomisedBlocks(observed(richer)))
        expect(sourceOf(after, 'treatments').ss).toBeCloseTo(sourceOf(before, 'treatments').ss, 4)
        expect(sourceOf(after, 'error').ss).toBeCloseTo(sourceOf(before, 'error').ss, 4)
      }),
    ))

  test('two means share a letter exactly when they differ by no more than the least significant difference', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 30 }),
        (given, least) => {
          const means = [...given].sort((a, b) => b - a)
          const marks = letters(means, least)
          for (const [i, a] of means.entries())
            for (const [j, b] of means.entries())
              expect([...marks[i]!].some(letter => marks[j]!.includes(letter))).toBe(Math.abs(a - b) <= least)
        },
      ),
    ))

  test('equal values differ in nothing', () => {
    const found = must(
      randomisedBlocks(
        observed([
          [5, 5, 5],
          [5, 5, 5],
        ]),
      ),
    )
    expect(sourceOf(found, 'treatments')).toMatchObject({ ss: 0, f: 0, p: 1 })
    expect(found.treatments.map(one => one.letters)).toEqual(['a', 'a'])
  })
})

describe('what cannot be tested is refused', () => {
  const codes = (result: ReturnType<typeof oneWay>) => (result.ok ? [] : result.problems.map(({ code }) => code))
  test.each([
    ['one treatment', () => oneWay(groupsOf({ a: [1, 2, 3] })), 'trials/treatments'],
    ['no repetition', () => oneWay(groupsOf({ a: [1], b: [2] })), 'trials/plots'],
    ['a hole in a block', () => randomisedBlocks(inBlocks({ a: [1, 2, 3], b: [2, 3] })), 'trials/blocks'],
    ['one block', () => randomisedBlocks(inBlocks({ a: [1], b: [2] })), 'trials/plots'],
    [
      'a treatment twice in a block',
      () => randomisedBlocks([...inBlocks({ a: [1, 2], b: [2, 3] }), { treatment: 'a', block: '1', value: 4 }]),
      'trials/blocks',
    ],
    ['no blocks told', () => randomisedBlocks(groupsOf({ a: [1, 2], b: [2, 3] })), 'trials/blocks'],
  ])('%s', (_, analyse, code) => {
    expect(codes(analyse())).toEqual([code])
  })
})
