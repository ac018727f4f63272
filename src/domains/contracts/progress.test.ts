import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Promised, progressOf } from './progress.ts'

const plan: Promised[] = [
  { title: '方案', plannedOn: '2024-03-31', weight: 20, doneOn: '2024-03-30' },
  { title: '开发', plannedOn: '2024-06-30', weight: 30, doneOn: '2024-07-20' },
  { title: '试点', plannedOn: '2024-09-30', weight: 30 },
  { title: '推广', plannedOn: '2024-12-31', weight: 20 },
]

test.each([
  ['2024-03-01', { planned: 0, done: 0, score: 100, result: 'on-track', overdue: [] }],
  ['2024-03-30', { planned: 0, done: 20, score: 100, result: 'ahead', overdue: [] }],
  ['2024-03-31', { planned: 20, done: 20, score: 100, result: 'on-track', overdue: [] }],
  ['2024-06-30', { planned: 50, done: 20, score: 40, result: 'behind', overdue: ['开发'] }],
  // Done 20 days late: four fifths of its weight. (20 + 24) / 50.
  ['2024-07-20', { planned: 50, done: 50, score: 88, result: 'on-track', overdue: [] }],
  ['2024-12-31', { planned: 100, done: 50, score: 44, result: 'behind', overdue: ['试点', '推广'] }],
] as const)('at %s', (on, expected) => expect(progressOf(plan, on)).toEqual(expected))

test('a milestone more than 30 days late earns half', () => {
  const late = [{ title: '开发', plannedOn: '2024-06-30', weight: 100, doneOn: '2024-08-01' }]
  expect(progressOf(late, '2024-08-01').score).toBe(50)
})

const days = fc.integer({ min: 0, max: 700 }).map(n => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const milestone = fc.record(
  { title: fc.string(), plannedOn: days, weight: fc.integer({ min: 1, max: 25 }), doneOn: days },
  { requiredKeys: ['title', 'plannedOn', 'weight'] },
)

test('the score is of 100, all on time scores 100, and the overdue are just those due and not done', () =>
  fc.assert(
    fc.property(fc.array(milestone, { maxLength: 4 }), days, (milestones, on) => {
      const found = progressOf(milestones, on)
      expect(found.score).toBeGreaterThanOrEqual(0)
      expect(found.score).toBeLessThanOrEqual(100)
      const open = milestones.filter(one => one.plannedOn <= on && !(one.doneOn !== undefined && one.doneOn <= on))
      expect(found.overdue).toEqual(open.map(one => one.title))
      const punctual = milestones.map(one => ({ ...one, doneOn: one.plannedOn }))
      expect(progressOf(punctual, on).score).toBe(100)
    }),
  ))
