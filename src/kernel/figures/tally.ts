import type { Store } from '../../store/store.ts'
import { cells, cellsUntil } from '../period/cells.ts'

/** What is asked of the tallies: one additive indicator, one range of days, one org unit or several added up. */
export interface Cell {
  readonly root: number
  readonly indicator: string
  /** Several only when each stands for itself alone. */
  readonly orgs: readonly number[]
  /** The units alone, without what stands under them. */
  readonly own?: boolean
  /** Half-open; `from` null means from the beginning (a stock). */
  readonly from: string | null
  readonly until: string
  readonly where: Readonly<Record<string, string>>
}

export interface Amount {
  readonly n: number
  readonly total: number
}

export const NOTHING: Amount = { n: 0, total: 0 }

const rangesOf = (cell: Cell) => (cell.from === null ? cellsUntil(cell.until) : cells(cell.from, cell.until))

/** Where a delta's unit stood: on the delta's day, or for a stock at the end of what is asked. */
export const PLACED = (delta: string, until: string) =>
  `CASE WHEN ${delta}.stock THEN s.since < ${until} AND ${until} <= s.until ELSE s.since <= ${delta}.day AND ${delta}.day < s.until END`

// Tallies and pending deltas are read in one statement, hence one snapshot: a fold in between is not seen by halves.
const EXACT = `
  WITH ranges AS (
    SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::"char"[], $8::date[], $9::date[], $10::boolean[])
      AS r(cell, root, indicator, org, dim, value, grain, since, until, own)),
  asked AS (
    SELECT * FROM unnest($11::int[], $12::int[], $13::text[], $14::text[], $15::jsonb[], $16::date[], $17::date[], $18::boolean[])
      AS a(cell, root, indicator, orgs, narrowing, since, until, own)),
  settled AS (
    SELECT r.cell, t.n, t.total FROM ranges r CROSS JOIN LATERAL (
      SELECT sum(CASE WHEN r.own THEN t.own_n ELSE t.n END) AS n, sum(CASE WHEN r.own THEN t.own_total ELSE t.total END) AS total
      FROM tally t
      WHERE t.root = r.root AND t.indicator = r.indicator AND t.org = r.org AND t.dim = r.dim AND t.value = r.value
        AND t.grain = r.grain AND t.start >= r.since AND t.start < r.until) t),
  pending AS (
    SELECT a.cell, p.n, p.total FROM asked a
    JOIN tally_pending p ON p.root = a.root AND a.indicator = ANY(p.indicators) AND p.day >= a.since AND p.day < a.until AND p.dims @> a.narrowing
    JOIN org_span s ON s.root = p.root AND s.org = p.org AND ${PLACED('p', 'a.until')}
    WHERE CASE WHEN a.own THEN p.org = ANY(a.orgs::int[]) ELSE s.ancestors && a.orgs::int[] END)
  SELECT cell, sum(n)::bigint AS n, sum(total) AS total
  FROM (SELECT * FROM settled UNION ALL SELECT * FROM pending) x GROUP BY cell`

/**
 * Amounts of many cells in one query, in the order asked. Cells narrowed by two or more dimensions go through
 * `grouped` instead.
 */
export async function amounts(store: Store, asked: readonly Cell[]): Promise<Amount[]> {
  const result: Amount[] = asked.map(() => NOTHING)
  const combined = asked.flatMap((cell, i) => (Object.keys(cell.where).length > 1 ? [i] : []))
  await Promise.all(
    combined.map(async i => {
      const groups = await grouped(store, asked[i]!, null)
      result[i] = groups.get('') ?? NOTHING
    }),
  )
  const plain = asked.flatMap((cell, i) => (Object.keys(cell.where).length > 1 ? [] : [{ cell, i }]))
  if (plain.length === 0) return result
  const ranges = plain.flatMap(({ cell, i }) =>
    rangesOf(cell).flatMap(range => {
      const [dim, value] = Object.entries(cell.where)[0] ?? ['', '']
      return cell.orgs.map(org => ({ i, cell, org, dim, value, range }))
    }),
  )
  const { rows } = await store.pool.query<{ cell: number; n: number; total: string }>({
    name: 'tally-exact',
    text: EXACT,
    values: [
      ranges.map(r => r.i),
      ranges.map(r => r.cell.root),
      ranges.map(r => r.cell.indicator),
      ranges.map(r => r.org),
      ranges.map(r => r.dim),
      ranges.map(r => r.value),
      ranges.map(r => r.range.grain),
      ranges.map(r => r.range.from),
      ranges.map(r => r.range.until),
      ranges.map(r => r.cell.own ?? false),
      plain.map(({ i }) => i),
      plain.map(({ cell }) => cell.root),
      plain.map(({ cell }) => cell.indicator),
      plain.map(({ cell }) => `{${cell.orgs.join(',')}}`),
      plain.map(({ cell }) => JSON.stringify(cell.where)),
      plain.map(({ cell }) => cell.from ?? '-infinity'),
      plain.map(({ cell }) => cell.until),
      plain.map(({ cell }) => cell.own ?? false),
    ],
  })
  for (const row of rows) result[row.cell] = { n: Number(row.n ?? 0), total: Number(row.total ?? 0) }
  return result
}

// $6: the dimension to group by, or null for one group. $7: which tally rows serve: one dimension, or the combination.
const GROUPED = `
  WITH ranges AS (SELECT * FROM unnest($1::"char"[], $2::date[], $3::date[]) AS r(grain, since, until)),
  found AS (
    SELECT CASE WHEN $6::text IS NULL THEN '' WHEN $7 = '*' THEN t.value::jsonb ->> $6 ELSE t.value END AS key,
           CASE WHEN $9 THEN t.own_n ELSE t.n END AS n, CASE WHEN $9 THEN t.own_total ELSE t.total END AS total
    FROM ranges r JOIN tally t ON t.grain = r.grain AND t.start >= r.since AND t.start < r.until
    WHERE t.root = $4 AND t.indicator = $5 AND t.org = ANY($8::int[]) AND t.dim = $7
      AND ($7 <> '*' OR t.value::jsonb @> $10::jsonb)
    UNION ALL
    SELECT coalesce(p.dims ->> $6, ''), p.n, p.total
    FROM tally_pending p
    JOIN org_span s ON s.root = p.root AND s.org = p.org AND ${PLACED('p', '$12::date')}
    WHERE p.root = $4 AND $5 = ANY(p.indicators) AND p.day >= $11::date AND p.day < $12::date AND p.dims @> $10::jsonb
      AND CASE WHEN $9 THEN p.org = ANY($8::int[]) ELSE s.ancestors && $8::int[] END)
  SELECT key, sum(n)::bigint AS n, sum(total) AS total FROM found GROUP BY key
  HAVING sum(n) <> 0 OR sum(total) <> 0 ORDER BY key`

/** Amounts of a cell by the values of a dimension (null: all in one, under ''). */
export async function grouped(store: Store, cell: Cell, by: string | null): Promise<Map<string, Amount>> {
  const ranges = rangesOf(cell)
  const narrowed = Object.keys(cell.where).length > 0
  const { rows } = await store.pool.query<{ key: string; n: number; total: string }>({
    name: 'tally-grouped',
    text: GROUPED,
    values: [
      ranges.map(r => r.grain),
      ranges.map(r => r.from),
      ranges.map(r => r.until),
      cell.root,
      cell.indicator,
      by,
      narrowed || by === null ? '*' : by,
      cell.orgs,
      cell.own ?? false,
      JSON.stringify(cell.where),
      cell.from ?? '-infinity',
      cell.until,
    ],
  })
  return new Map(rows.map(row => [row.key, { n: Number(row.n), total: Number(row.total) }]))
}
