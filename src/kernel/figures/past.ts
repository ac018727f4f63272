import type { Ledger } from '../ledger.ts'
import { spanOn } from '../org/directory.ts'
import { addDays } from '../period/period.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import { contributions, scaleOf } from './contribution.ts'
import { countedEvents } from './events.ts'
import { type Additive, DISTINCT, type Tallied } from './indicator.ts'
import type { Question } from './question.ts'
import type { Amount } from './tally.ts'

type Row = Pick<StoredRecord, 'org' | 'day' | 'status' | 'state' | 'typeVersion' | 'fields'>

/** Records of a type as they stood at a past instant. */
export async function recordsAsOf(ledger: Ledger, root: number, type: string, asOf: string): Promise<StoredRecord[]> {
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = $1 AND r.type = $2 AND r.updated_at <= $3
     UNION ALL
     SELECT r.root, r.id, r.type, r.type_version, r.org, r.day, r.status, r.state, r.version, r.fields, r.merged_into,
            r.valid_from, r.valid_from, r.updated_by FROM record_version r
     WHERE r.root = $1 AND r.type = $2 AND r.valid_from <= $3 AND $3 < r.valid_until`,
    [root, type, asOf],
  )
  return rows
}

/**
 * Amounts as they stood at a past instant, recounted from the versions that were valid then. Costs by the number of
 * records: the past is asked rarely, and keeping tallies for every instant would cost every save.
 */
export async function pastAmounts(
  ledger: Ledger,
  question: Question,
  indicator: Tallied,
  by: string | null,
): Promise<Map<string, Amount>> {
  if (indicator.kind === 'events') return countedEvents(ledger, question, indicator, by)
  const records = await recordsAsOf(ledger, question.org.root, indicator.type.id, question.asOf!)
  return recount(ledger, question, indicator, by, records)
}

/** Counts rows one by one: the plain meaning of a figure, without tallies. */
export function recount(
  ledger: Ledger,
  question: Question,
  indicator: Additive,
  by: string | null,
  rows: readonly Row[],
): Map<string, Amount> {
  const { period, where } = question
  const key = (dims: Readonly<Record<string, string>>) => (by === null ? '' : (dims[by] ?? ''))
  const groups = new Map<string, Amount>()
  const apart = new Map<string, Map<string, number>>()
  for (const row of rows) {
    const record = { ...row, fields: upgrade(indicator.type, row.typeVersion, row.fields) }
    for (const one of contributions(question.id, indicator, record)) {
      if (one.day >= period.until || (indicator.kind !== 'stock' && one.day < period.from)) continue
      if (Object.entries(where).some(([name, value]) => one.dims[name] !== value)) continue
      if (!stands(ledger, question, row.org, indicator.kind === 'stock' ? addDays(period.until, -1) : one.day)) continue
      const group = key(one.dims)
      const amount = groups.get(group) ?? { n: 0, total: 0 }
      groups.set(group, { n: amount.n + one.n, total: amount.total + one.total })
      const value = one.dims[DISTINCT]
      if (value === undefined) continue
      const values = apart.get(group) ?? apart.set(group, new Map()).get(group)!
      values.set(value, (values.get(value) ?? 0) + one.n)
    }
  }
  const unit = 10 ** scaleOf(indicator)
  for (const [group, { n, total }] of groups) groups.set(group, { n, total: total / unit })
  for (const [group, values] of apart)
    groups.set(group, { n: [...values.values()].filter(n => n > 0).length, total: 0 })
  return groups
}

/** Whether a record's unit counts for the asked one, on a day or in the present tree. */
function stands(ledger: Ledger, { org, own, now }: Question, unitId: number, day: string): boolean {
  if (own) return unitId === org.id
  const unit = ledger.orgs.byId(unitId)!
  return now ? unit.path.startsWith(org.path) : spanOn(unit, day).ancestors.includes(org.id)
}
