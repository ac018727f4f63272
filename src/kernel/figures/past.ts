import type { Ledger } from '../ledger.ts'
import { spanOn } from '../org/directory.ts'
import { addDays } from '../period/period.ts'
import { type Fields, upgrade } from '../records/type.ts'
import { contributions, scaleOf } from './contribution.ts'
import { type Additive, DISTINCT } from './indicator.ts'
import type { Question } from './question.ts'
import type { Amount } from './tally.ts'

interface Row {
  org: number
  day: string
  status: string
  state: string
  typeVersion: number
  fields: Fields
}

/**
 * Amounts as they stood at a past instant, recounted from the versions that were valid then. Costs by the number of
 * records: the past is asked rarely, and keeping tallies for every instant would cost every save.
 */
export async function pastAmounts(
  ledger: Ledger,
  question: Question,
  indicator: Additive,
  by: string | null,
): Promise<Map<string, Amount>> {
  const { org, asOf } = question
  const { rows } = await ledger.store.pool.query<Row>(
    `SELECT org, day, status, state, type_version AS "typeVersion", fields FROM record
     WHERE root = $1 AND type = $2 AND updated_at <= $3
     UNION ALL
     SELECT org, day, status, state, type_version, fields FROM record_version
     WHERE root = $1 AND type = $2 AND valid_from <= $3 AND $3 < valid_until`,
    [org.root, indicator.type.id, asOf],
  )
  return recount(ledger, question, indicator, by, rows)
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
