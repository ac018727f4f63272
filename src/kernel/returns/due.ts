import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { today } from '../period/period.ts'
import { loadCalendar } from '../period/working-days.ts'
import { ok, type Result } from '../result.ts'
import { dueOn, type Form, formsOf, isAsked, periodsAsked, remindFrom } from './form.ts'

/** A return that is asked of a unit, whether it is there or not. */
export interface Expected {
  readonly form: Form
  readonly unit: OrgUnit
  readonly period: string
  readonly dueOn: string
  /** `due` and `late` are not there yet; `soon` when it is time to remind. */
  readonly state: 'due' | 'soon' | 'late' | 'submitted' | 'returned' | 'approved'
  readonly timely: boolean | null
  readonly id: string | null
  readonly version: number | null
  readonly remark: string | null
}

/** All returns asked of some units of one tree, newest period first. */
export async function expectedOf(ledger: Ledger, units: readonly OrgUnit[]): Promise<Result<readonly Expected[]>> {
  if (units.length === 0) return ok([])
  const { root } = units[0]!
  const [forms, calendar] = await Promise.all([formsOf(ledger, root), loadCalendar(ledger.store.dataDir)])
  if (!calendar.ok) return calendar
  if (forms.length === 0) return ok([])
  const { rows } = await ledger.store.pool.query<{
    id: string
    version: number
    org: number
    form: string
    period: string
    state: 'submitted' | 'returned' | 'approved'
    timely: string
    remark: string | null
  }>(
    `SELECT id, version, org, fields ->> 'form' AS form, fields ->> 'period' AS period, state, fields ->> 'timely' AS timely,
            fields ->> 'remark' AS remark
     FROM record WHERE root = $1 AND type = 'returns.return' AND org = ANY($2) AND status IN ('entered', 'confirmed')`,
    [root, units.map(unit => unit.id)],
  )
  const there = new Map(rows.map(row => [`${row.form} ${row.org} ${row.period}`, row]))
  const now = today(ledger.clock)
  return ok(
    forms.flatMap(form =>
      periodsAsked(form, now).flatMap(period => {
        const due = dueOn(form, calendar.value, period)
        const missing = now > due ? 'late' : now >= remindFrom(form, calendar.value, due) ? 'soon' : 'due'
        return units
          .filter(unit => isAsked(form, unit, period))
          .flatMap((unit): Expected[] => {
            const row = there.get(`${form.id} ${unit.id} ${period.text}`)
            // A form that ended asks for nothing more; what was returned stays to be seen.
            if (!row && form.state === 'ended') return []
            return [
              {
                form,
                unit,
                period: period.text,
                dueOn: due,
                state: row?.state ?? missing,
                timely: row ? row.timely === 'yes' : null,
                id: row?.id ?? null,
                version: row?.version ?? null,
                remark: row?.remark ?? null,
              },
            ]
          })
      }),
    ),
  )
}
