import { listed, narrowing } from '../assessment/scheme.ts'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import { type Cycle, cyclesEnded } from '../period/cycles.ts'
import { type Day, day } from '../period/day.ts'
import { addDays, type Period } from '../period/period.ts'
import { addWorkingDays, type WorkingCalendar } from '../period/working-days.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import { fail, must, ok, type Result } from '../result.ts'
import { type AskedKind, form as formType, itemsAsked } from './types.ts'

// A stored form, read: who returns what, and when that is due.

export interface AskedItem {
  readonly code: string
  readonly title: string
  readonly kind: AskedKind
  readonly indicator: string | null
  readonly where: Readonly<Record<string, string>>
  readonly optional: boolean
}

export interface Form {
  readonly id: string
  readonly name: string
  readonly org: OrgUnit
  readonly cycle: Cycle
  readonly kinds: readonly string[]
  readonly startsOn: Day
  readonly dueDays: number
  readonly remindDays: number
  readonly state: string
  readonly items: readonly AskedItem[]
}

export function readForm(ledger: Ledger, stored: StoredRecord): Form {
  const fields = upgrade(formType, stored.typeVersion, stored.fields)
  return {
    id: stored.id,
    name: String(fields.name),
    org: ledger.orgs.byId(stored.org)!,
    cycle: fields.cycle as Cycle,
    kinds: listed(String(fields.kinds)),
    startsOn: must(day(String(fields.startsOn))),
    dueDays: Number(fields.dueDays),
    remindDays: Number(fields.remindDays ?? 3),
    state: stored.state,
    items: itemsAsked(fields).map(item => ({
      code: String(item.code),
      title: String(item.title),
      kind: item.kind as AskedKind,
      indicator: typeof item.indicator === 'string' ? item.indicator : null,
      where: narrowing(String(item.narrowed ?? '')),
      optional: item.optional === true,
    })),
  }
}

const FORMS = `SELECT ${RECORD_COLUMNS} FROM record r
  WHERE r.root = $1 AND r.type = 'returns.form' AND r.status IN ('entered', 'confirmed')`

/** A form of a tree, whoever may read it. */
export async function findForm(ledger: Ledger, root: number, id: string): Promise<Result<Form>> {
  const { rows } = await ledger.store.pool.query<StoredRecord>(`${FORMS} AND r.id::text = $2`, [root, id])
  if (rows[0]) return ok(readForm(ledger, rows[0]))
  return fail('form/unknown', { field: 'form', zh: '没有这项上报要求', en: 'There is no such return form' })
}

/** Forms of a tree that are or were in force. */
export async function formsOf(ledger: Ledger, root: number): Promise<readonly Form[]> {
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `${FORMS} AND r.state <> 'preparing' ORDER BY r.day, r.id`,
    [root],
  )
  return rows.map(row => readForm(ledger, row))
}

/** Whether a unit returns a form for a period: of its kinds, under its unit, and open at the end of the period. */
export const isAsked = (form: Form, unit: OrgUnit, { until }: Period): boolean =>
  unit.path.startsWith(form.org.path) && form.kinds.includes(unit.kind) && isOpenOn(unit, addDays(until, -1))

/** So many working days after the period. */
export const dueOn = (form: Form, calendar: WorkingCalendar, { until }: Period): Day =>
  addWorkingDays(calendar, addDays(until, -1), form.dueDays)

/** The day from which on a return that is not there is reminded of. */
export const remindFrom = (form: Form, calendar: WorkingCalendar, due: Day): Day =>
  form.remindDays === 0 ? due : addWorkingDays(calendar, due, -form.remindDays)

/** How far back returns are still asked for. */
const PERIODS: Readonly<Record<Cycle, number>> = { month: 12, quarter: 8, half: 4, year: 3 }

/** Periods that a form was to be returned for, newest first. */
export const periodsAsked = (form: Form, now: Day): readonly Period[] =>
  cyclesEnded(form.cycle, form.startsOn, now, PERIODS[form.cycle])
