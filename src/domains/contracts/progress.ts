/** What is promised of a project by a day, and when it came. Days as text, weights in parts of 100. */
export interface Promised {
  readonly title: string
  readonly plannedOn: string
  readonly weight: number
  readonly doneOn?: string
}

export interface Progress {
  /** Weight of what should be done by the day, and of what is. */
  readonly planned: number
  readonly done: number
  readonly score: number
  readonly result: 'on-track' | 'behind' | 'ahead'
  /** Names of milestones that are past their day and not done. */
  readonly overdue: readonly string[]
}

/** What late work still earns: within 30 days four fifths, later half. */
const LATE = { days: 30, soon: 0.8, later: 0.5 } as const

/**
 * Progress at the end of a day: each milestone due by then earns its weight when it was done on time, a part of it when it
 * was done late, nothing when it is not done; the score is what was earned of what was due. Nothing due yet scores 100.
 */
export function progressOf(milestones: readonly Promised[], on: string): Progress {
  const due = milestones.filter(one => one.plannedOn <= on)
  const isDone = ({ doneOn }: Promised) => doneOn !== undefined && doneOn <= on
  const weigh = (list: readonly Promised[]) => list.reduce((sum, one) => sum + one.weight, 0)
  const planned = weigh(due)
  const done = weigh(milestones.filter(isDone))
  const earned = due.filter(isDone).reduce((sum, one) => sum + one.weight * shareOf(one), 0)
  const overdue = due.filter(one => !isDone(one)).map(one => one.title)
  return {
    planned,
    done,
    score: planned === 0 ? 100 : Math.round((earned * 100) / planned),
    result: overdue.length > 0 ? 'behind' : done > planned ? 'ahead' : 'on-track',
    overdue,
  }
}

function shareOf({ plannedOn, doneOn }: Promised): number {
  const days = (Date.parse(doneOn!) - Date.parse(plannedOn)) / 86_400_000
  return days <= 0 ? 1 : days <= LATE.days ? LATE.soon : LATE.later
}
