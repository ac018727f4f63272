import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../kernel/result.ts'
import { criticalPath, estimated, type Step } from './critical-path.ts'

/** Steps of which each may wait for some before it, told in any order. */
const plans = fc
  .array(fc.tuple(fc.nat({ max: 240 }), fc.array(fc.nat({ max: 11 }), { maxLength: 4 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map(all =>
    all.map(
      ([minutes, before], i): Step => ({
        code: `S${i}`,
        minutes,
        after: i === 0 ? [] : [...new Set(before.map(one => `S${one % i}`))],
      }),
    ),
  )
  .chain(steps => fc.shuffledSubarray(steps, { minLength: steps.length }))

/** Every chain there is, tried out. */
function longestChain(steps: readonly Step[]): number {
  const byCode = new Map(steps.map(step => [step.code, step]))
  const upTo = (code: string): number => {
    const { minutes, after } = byCode.get(code)!
    return minutes + Math.max(0, ...after.map(upTo))
  }
  return Math.max(...steps.map(step => upTo(step.code)))
}

describe('the critical path', () => {
  test('is as long as the longest of all chains', () =>
    fc.assert(
      fc.property(plans, steps => {
        expect(must(criticalPath(steps)).minutes).toBe(longestChain(steps))
      }),
    ))

  test('is a chain of steps that follow on one another and take the whole time', () =>
    fc.assert(
      fc.property(plans, steps => {
        const { path, minutes } = must(criticalPath(steps))
        const byCode = new Map(steps.map(step => [step.code, step]))
        expect(path.reduce((sum, code) => sum + byCode.get(code)!.minutes, 0)).toBe(minutes)
        for (const [i, code] of path.slice(1).entries()) expect(byCode.get(code)!.after).toContain(path[i])
      }),
    ))

  test('grows by as much as a step takes longer beyond its slack', () =>
    fc.assert(
      fc.property(plans, fc.nat({ max: 11 }), fc.nat({ max: 500 }), (steps, at, more) => {
        const before = must(criticalPath(steps))
        const late = before.steps[at % steps.length]!
        const after = must(
          criticalPath(steps.map(s => (s.code === late.code ? { ...s, minutes: s.minutes + more } : s))),
        )
        expect(after.minutes - before.minutes).toBe(Math.max(0, more - late.slack))
      }),
    ))

  test('lets no step begin before all it waits for are done', () =>
    fc.assert(
      fc.property(plans, steps => {
        const scheduled = must(criticalPath(steps)).steps
        const ends = new Map(scheduled.map(({ code, begins, minutes }) => [code, begins + minutes]))
        for (const { after, begins } of scheduled)
          for (const one of after) expect(ends.get(one)).toBeLessThanOrEqual(begins)
      }),
    ))

  test('of nothing is nothing', () => {
    expect(must(criticalPath([]))).toEqual({ minutes: 0, path: [], steps: [] })
  })

  test('steps that wait for one another or for what is not there are refused by name', () => {
    const step = (code: string, ...after: string[]) => ({ code, after, minutes: 1 })
    expect(criticalPath([step('A', 'B'), step('B', 'C'), step('C', 'A')])).toMatchObject({
      ok: false,
      problems: [{ code: 'cutover/circle', value: 'A B C' }],
    })
    expect(criticalPath([step('A'), step('B', 'Z')])).toMatchObject({
      ok: false,
      problems: [{ code: 'cutover/unknown-step', value: 'Z' }],
    })
  })
})

test('what rehearsals took makes the estimate; what was not rehearsed stays as planned', () => {
  const steps = [
    { code: 'A', after: [], minutes: 60 },
    { code: 'B', after: ['A'], minutes: 30 },
  ]
  const took = [
    { code: 'A', minutes: 80 },
    { code: 'A', minutes: 71 },
    { code: 'X', minutes: 5 },
  ]
  expect(estimated(steps, took).map(({ minutes }) => minutes)).toEqual([76, 30])
  expect(must(criticalPath(estimated(steps, took))).minutes).toBe(106)
})
