import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit, spanOn } from '../org/directory.ts'
import { addDays } from '../period/period.ts'
import type { Units } from './indicator.ts'
import type { Question } from './question.ts'

// Org units counted themselves: those of a kind that are open on the last day of the period, where they stood then.

export const unitsStanding = (ledger: Ledger, question: Question, indicator: Units): number =>
  unitsByUnit(ledger, [question.org], question, indicator).get(question.org.id) ?? 0

/** The counts for many units of one tree, by unit id; a unit without any is not there. */
export function unitsByUnit(
  ledger: Ledger,
  asked: readonly OrgUnit[],
  { org, own, now, period }: Question,
  { of }: Units,
): Map<number, number> {
  const last = addDays(period.until, -1)
  const wanted = new Set(asked.map(unit => unit.id))
  const counts = new Map<number, number>()
  for (const unit of ledger.orgs.all()) {
    if (unit.root !== org.root || unit.kind !== of || !isOpenOn(unit, last)) continue
    const above = own ? [unit.id] : now ? unit.path.split('/').slice(1, -1).map(Number) : spanOn(unit, last).ancestors
    for (const id of above) if (wanted.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}
