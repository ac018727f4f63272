import type { Store } from '../../store/store.ts'
import { cells, cellsUntil } from '../period/cells.ts'
import { type Amount, PLACED } from './tally.ts'

/** What is asked of the tallies for each of many units: one additive indicator over one range of days. */
export interface ManyCell {
  readonly indicator: string
  /** Half-open; `from` null means from the beginning (a stock). */
  readonly from: string | null
  readonly until: string
  readonly where: Readonly<Record<string, string>>
  /** Instead of the amounts, how many values are told apart under this dimension. */
  readonly apart?: string
}

// $1 root, $2 units. Settled tallies hold what stands beneath each unit; a pending delta is added to those of its
// ancestors that are asked. Read in one statement, hence one snapshot. OFFSET 0 keeps each cell a look into the index.
const MANY = `
  WITH ranges AS (
    SELECT * FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::"char"[], $9::date[], $10::date[])
      AS r(cell, indicator, dim, value, narrowing, grain, since, until)),
  asked AS (
    SELECT * FROM unnest($11::int[], $12::text[], $13::text[], $14::jsonb[], $15::date[], $16::date[])
      AS a(cell, indicator, apart, narrowing, since, until)),
  pending AS (
    SELECT p.root, p.org, p.day, p.dims, p.n, p.total, p.stock, i.indicator
    FROM tally_pending p CROSS JOIN unnest(p.indicators) AS i(indicator) WHERE p.root = $1 AND p.indicators && $12::text[]),
  found AS (
    SELECT r.cell, o.org, NULL AS key, t.n, t.total
    FROM ranges r CROSS JOIN unnest($2::int[]) AS o(org) CROSS JOIN LATERAL (
      SELECT t.n, t.total FROM tally t
      WHERE t.root = $1 AND t.indicator = r.indicator AND t.org = o.org AND t.dim = r.dim AND t.value = r.value
        AND t.grain = r.grain AND t.start >= r.since AND t.start < r.until OFFSET 0) t
    WHERE r.value IS NOT NULL
    UNION ALL
    SELECT r.cell, o.org, CASE WHEN r.dim = '*' THEN t.value::jsonb ->> a.apart ELSE t.value END, t.n, t.total
    FROM ranges r JOIN asked a ON a.cell = r.cell CROSS JOIN unnest($2::int[]) AS o(org) CROSS JOIN LATERAL (
      SELECT t.value, t.n, t.total FROM tally t
      WHERE t.root = $1 AND t.indicator = r.indicator AND t.org = o.org AND t.dim = r.dim
        AND t.grain = r.grain AND t.start >= r.since AND t.start < r.until
        AND (r.narrowing IS NULL OR t.value::jsonb @> r.narrowing) OFFSET 0) t
    WHERE r.value IS NULL
    UNION ALL
    SELECT a.cell, o.org, p.dims ->> a.apart, p.n, p.total
    FROM asked a
    JOIN pending p ON p.indicator = a.indicator AND p.day >= a.since AND p.day < a.until AND p.dims @> a.narrowing
    JOIN org_span s ON s.root = p.root AND s.org = p.org AND ${PLACED('p', 'a.until')}
    CROSS JOIN LATERAL unnest(s.ancestors) AS o(org)
    WHERE o.org = ANY($2::int[])),
  summed AS (SELECT cell, org, key, sum(n) AS n, sum(total) AS total FROM found GROUP BY cell, org, key)
  SELECT s.cell, s.org, CASE WHEN a.apart IS NULL THEN sum(s.n) ELSE count(*) FILTER (WHERE s.n > 0) END::bigint AS n, sum(s.total) AS total
  FROM summed s JOIN asked a ON a.cell = s.cell GROUP BY s.cell, s.org, a.apart`

/** Amounts of many cells for many units of one tree, each with what stands under it, in one query: by cell, then by unit. */
export async function amountsOfMany(
  store: Store,
  root: number,
  units: readonly number[],
  asked: readonly ManyCell[],
): Promise<ReadonlyMap<number, Amount>[]> {
  const result = asked.map(() => new Map<number, Amount>())
  if (asked.length === 0 || units.length === 0) return result
  const ranges = asked.flatMap((cell, i) => {
    const served = servedBy(cell)
    return (cell.from === null ? cellsUntil(cell.until) : cells(cell.from, cell.until)).map(range => ({
      i,
      cell,
      ...served,
      range,
    }))
  })
  const { rows } = await store.pool.query<{ cell: number; org: number; n: number; total: string }>(MANY, [
    root,
    units,
    ranges.map(r => r.i),
    ranges.map(r => r.cell.indicator),
    ranges.map(r => r.dim),
    ranges.map(r => r.value),
    ranges.map(r => r.narrowing),
    ranges.map(r => r.range.grain),
    ranges.map(r => r.range.from),
    ranges.map(r => r.range.until),
    asked.map((_, i) => i),
    asked.map(cell => cell.indicator),
    asked.map(cell => cell.apart ?? null),
    asked.map(cell => JSON.stringify(cell.where)),
    asked.map(cell => cell.from ?? '-infinity'),
    asked.map(cell => cell.until),
  ])
  for (const { cell, org, n, total } of rows) result[cell]!.set(org, { n: Number(n), total: Number(total) })
  return result
}

/** Which tally rows answer a cell: all, one value of a dimension, every value of one, or of the combination of all. */
function servedBy({ where, apart }: ManyCell): { dim: string; value: string | null; narrowing: string | null } {
  const narrowed = Object.entries(where)
  if (narrowed.length > 1 || (narrowed.length === 1 && apart !== undefined))
    return { dim: '*', value: null, narrowing: JSON.stringify(where) }
  if (apart !== undefined) return { dim: apart, value: null, narrowing: null }
  const [dim, value] = narrowed[0] ?? ['', '']
  return { dim, value, narrowing: null }
}
