import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from './directory.ts'

/**
 * Takes what a unit and all beneath it have counted from a day on away from its old ancestors and gives it to the new
 * ones. The unit's own tallies already hold its subtree, so the cost follows the unit's days, not its size. A stock goes
 * over whole on that day; what happened before stays where it happened.
 */
export async function shiftTallies(
  ledger: Ledger,
  client: pg.PoolClient,
  unit: OrgUnit,
  before: readonly number[],
  after: readonly number[],
  asOf: string,
) {
  const leaving = before.filter(id => id !== unit.id && !after.includes(id))
  const joining = after.filter(id => id !== unit.id && !before.includes(id))
  if (leaving.length === 0 && joining.length === 0) return
  const stocks = [...ledger.registry.indicators].flatMap(([id, indicator]) => (indicator.kind === 'stock' ? [id] : []))
  await client.query(
    `WITH moving AS (
       SELECT indicator, dim, value, CASE WHEN start < $3::date THEN $3::date ELSE start END AS day, sum(n) AS n, sum(total) AS total
       FROM tally
       WHERE root = $1 AND org = $2 AND grain = 'd' AND (start >= $3::date OR indicator = ANY($4))
       GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 OR sum(total) <> 0),
     sides AS (SELECT unnest($5::int[]) AS org, -1 AS sign UNION ALL SELECT unnest($6::int[]), 1),
     cells AS (
       SELECT m.indicator, s.org, m.dim, m.value, c.grain, c.start, sum(s.sign * m.n) AS n, sum(s.sign * m.total) AS total
       FROM moving m CROSS JOIN sides s
       CROSS JOIN LATERAL (VALUES ('y'::"char", date_trunc('year', m.day)::date), ('m', date_trunc('month', m.day)::date), ('d', m.day)) c(grain, start)
       GROUP BY 1, 2, 3, 4, 5, 6)
     INSERT INTO tally AS t (root, indicator, org, dim, value, grain, start, n, total, own_n, own_total)
     SELECT $1, indicator, org, dim, value, grain, start, n, total, 0, 0 FROM cells
     ON CONFLICT (root, indicator, org, dim, value, grain, start) DO UPDATE
       SET n = t.n + excluded.n, total = t.total + excluded.total`,
    [unit.root, unit.id, asOf, stocks, leaving, joining],
  )
}
