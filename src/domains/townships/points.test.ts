import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Aspect, aspectPoints, aspects, type Done, points, ranked, tasks } from './points.ts'

const done = fc.array(
  fc.record({
    task: fc.constantFrom(...(Object.keys(tasks) as (keyof typeof tasks)[])),
    quantity: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 12 },
)

test('the aspects make 100', () => {
  expect(Object.values(aspects).reduce((sum, { most }) => sum + most, 0)).toBe(100)
})

test('points follow from what was done, each aspect up to its most', () => {
  const quarter: Done[] = [
    { task: 'course', quantity: 3 },
    { task: 'publicity', quantity: 2 },
    { task: 'demonstration', quantity: 5 },
    { task: 'visit', quantity: 12 },
  ]
  expect(aspectPoints('training', quarter)).toBe(24)
  expect(aspectPoints('trials', quarter)).toBe(25)
  expect(points(quarter)).toBe(24 + 25 + 0 + 12)
})

test('points lie between 0 and 100, more work never costs points, and the order told does not matter', () =>
  fc.assert(
    fc.property(done, done, (one, more) => {
      const before = points(one)
      expect(before).toBeGreaterThanOrEqual(0)
      expect(points([...one, ...more])).toBeGreaterThanOrEqual(before)
      expect(points([...one, ...more])).toBeLessThanOrEqual(100)
      expect(points([...more, ...one])).toBe(points([...one, ...more]))
      const parts = (Object.keys(aspects) as Aspect[]).map(aspect => aspectPoints(aspect, one))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(before)
    }),
  ))

test('ties share a place and leave as many after it empty', () => {
  const places = ranked([70, 90, 90, 60, 95].map(points => ({ points }))).map(({ points, rank }) => [points, rank])
  expect(places).toEqual([
    [95, 1],
    [90, 2],
    [90, 2],
    [70, 4],
    [60, 5],
  ])
})

test('a place is one more than those who did better', () =>
  fc.assert(
    fc.property(fc.array(fc.record({ points: fc.integer({ min: 0, max: 20 }) }), { maxLength: 30 }), list => {
      for (const one of ranked(list)) expect(one.rank - 1).toBe(list.filter(other => other.points > one.points).length)
    }),
  ))
