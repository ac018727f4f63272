import type { Ledger } from '../ledger.ts'
import { upgrade } from '../records/type.ts'
import type { Latest } from './indicator.ts'
import type { Question } from './question.ts'

/** The newest value on or before the end of the period, of each org unit at or under the asked one. */
export async function latestAmounts(
  ledger: Ledger,
  question: Question,
  indicator: Latest,
): Promise<Map<string, number>> {
  const { org, own, period } = question
  const units = own ? [org] : ledger.orgs.under(org.path)
  const { rows } = await ledger.store.pool.query<{ org: number; typeVersion: number; fields: Record<string, unknown> }>(
    `SELECT l.* FROM unnest($3::int[]) AS u(org) CROSS JOIN LATERAL (
       SELECT r.org, r.type_version AS "typeVersion", r.fields FROM record r
       WHERE r.root = $1 AND r.type = $2 AND r.org = u.org AND r.day < $4 AND r.status IN ('entered', 'confirmed')
         AND r.fields @> $5::jsonb
       ORDER BY r.day DESC, r.id DESC LIMIT 1) l`,
    [org.root, indicator.type.id, units.map(unit => unit.id), period.until, JSON.stringify(indicator.where)],
  )
  const values = new Map<string, number>()
  for (const row of rows) {
    const fields = upgrade(indicator.type, row.typeVersion, row.fields)
    const value = fields[indicator.field]
    if (typeof value === 'number') values.set(ledger.orgs.byId(row.org)!.code, value)
  }
  return values
}
