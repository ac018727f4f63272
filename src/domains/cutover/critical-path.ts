import { fail, ok, type Result } from '../../kernel/result.ts'

/** A piece of work that begins when all those it names are done. */
export interface Step {
  readonly code: string
  readonly after: readonly string[]
  /** How long it takes. */
  readonly minutes: number
}

/** When a step can begin at the earliest, and how long it can wait without delaying the whole; in minutes from the start. */
export interface Scheduled extends Step {
  readonly begins: number
  readonly slack: number
}

export interface Schedule {
  readonly minutes: number
  /** Steps that cannot be late without the whole being late, in their order. */
  readonly path: readonly string[]
  /** In an order in which they can be done. */
  readonly steps: readonly Scheduled[]
}

/**
 * The order in which steps can be done, the time that all take when whatever can goes side by side, and the chain that decides it.
 * @returns the schedule, or `cutover/unknown-step` for a step after one that is not there, `cutover/circle` for steps that wait for
 *   one another
 */
export function criticalPath(steps: readonly Step[]): Result<Schedule> {
  const ordered = inOrder(steps)
  if (!ordered.ok) return ordered
  const ends = new Map<string, number>()
  const begins = ordered.value.map(({ code, after, minutes }) => {
    const begin = Math.max(0, ...after.map(one => ends.get(one)!))
    ends.set(code, begin + minutes)
    return begin
  })
  const whole = Math.max(0, ...ends.values())
  const latest = new Map<string, number>(steps.map(({ code }) => [code, whole]))
  for (const { code, after, minutes } of [...ordered.value].reverse())
    for (const one of after) latest.set(one, Math.min(latest.get(one)!, latest.get(code)! - minutes))
  const scheduled = ordered.value.map((step, i) => ({
    ...step,
    begins: begins[i]!,
    slack: latest.get(step.code)! - ends.get(step.code)!,
  }))
  return ok({ minutes: whole, path: chain(scheduled, whole), steps: scheduled })
}

/** From the end backwards: a step that ends when the next one begins, and has no time to spare. */
function chain(steps: readonly Scheduled[], whole: number): string[] {
  const byCode = new Map(steps.map(step => [step.code, step]))
  const endsAt = (step: Scheduled, time: number) => step.slack === 0 && step.begins + step.minutes === time
  const path: Scheduled[] = []
  let next = steps.find(step => endsAt(step, whole))
  while (next) {
    path.unshift(next)
    const { after, begins }: Scheduled = next
    next = after.map(code => byCode.get(code)!).find(step => endsAt(step, begins))
  }
  return path.map(step => step.code)
}

/** Steps so that each stands behind all it waits for. */
function inOrder(steps: readonly Step[]): Result<readonly Step[]> {
  const waiting = new Map(steps.map(step => [step.code, step]))
  for (const { code, after } of steps) {
    const unknown = after.find(one => !waiting.has(one))
    if (unknown !== undefined)
      return fail('cutover/unknown-step', {
        field: 'after',
        value: unknown,
        zh: `步骤“${code}”的前置步骤“${unknown}”不存在`,
        en: `Step ${code} comes after ${unknown}, which is not there`,
      })
  }
  const ordered: Step[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ after }) => after.every(one => !waiting.has(one)))
    if (ready.length === 0) return circle([...waiting.keys()])
    for (const step of ready) {
      ordered.push(step)
      waiting.delete(step.code)
    }
  }
  return ok(ordered)
}

const circle = (codes: readonly string[]) =>
  fail('cutover/circle', {
    field: 'after',
    value: codes.join(' '),
    zh: `这些步骤互相等待，排不出先后：${codes.join('、')}`,
    en: `These steps wait for one another: ${codes.join(', ')}`,
  })

/** Minutes that a step really took, in the campaign itself or a rehearsal of it. */
export interface Measured {
  readonly code: string
  readonly minutes: number
}

/** Steps with the mean of what they took in rehearsals, rounded up, where they were rehearsed; else as planned. */
export function estimated(steps: readonly Step[], rehearsed: readonly Measured[]): Step[] {
  const took = new Map<string, number[]>()
  for (const { code, minutes } of rehearsed) took.set(code, [...(took.get(code) ?? []), minutes])
  return steps.map(step => {
    const list = took.get(step.code)
    return list ? { ...step, minutes: Math.ceil(list.reduce((sum, one) => sum + one, 0) / list.length) } : step
  })
}
