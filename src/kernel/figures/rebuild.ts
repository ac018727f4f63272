import type pg from 'pg'
import { sha256Hex } from '../journal/canonical.ts'
import type { Ledger } from '../ledger.ts'
import { type Fields, upgrade } from '../records/type.ts'
import { contributions, difference, numeric } from './contribution.ts'
import { deltasSql } from './events.ts'
import { expandInto, FOLD_LOCK, foldAll } from './fold.ts'
import type { Additive, Tallied } from './indicator.ts'

export interface Rebuilt {
  readonly indicators: number
  readonly records: number
  /** Tally cells that differed from the recount; empty when both ways agree. */
  readonly differing: readonly {
    indicator: string
    org: number
    dim: string
    value: string
    grain: string
    start: string
  }[]
}

export interface RebuildOptions {
  /** All when not given. */
  readonly indicators?: readonly string[]
  /** One tree; all when not given. */
  readonly root?: number
  readonly onProgress?: (done: number, total: number) => void
}

const PAGE = 5000

/**
 * Computes tallies from records and events and puts them in place of the present ones, in one transaction. Writers wait, readers do not.
 */
export async function rebuild(ledger: Ledger, options: RebuildOptions = {}): Promise<Rebuilt> {
  const client = await ledger.store.pool.connect()
  try {
    // No writer may add between folding and counting, or its delta would be counted twice.
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [FOLD_LOCK])
    await client.query('LOCK TABLE record, tally_pending IN SHARE ROW EXCLUSIVE MODE')
    await foldAll(client)
    const result = await recountAll(client, ledger, options)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function recountAll(client: pg.PoolClient, ledger: Ledger, options: RebuildOptions): Promise<Rebuilt> {
  const root = options.root ?? null
  const wanted = options.indicators && new Set(options.indicators)
  const tallied = [...ledger.registry.tallied].map(
    ([type, list]) => [type, list.filter(([id]) => !wanted || wanted.has(id))] as const,
  )
  const events = [...ledger.registry.sources.values()].map(({ source, indicators }) => ({
    source,
    list: indicators.filter(([id]) => !wanted || wanted.has(id)),
  }))
  const ids = [...tallied.flatMap(([, list]) => list), ...events.flatMap(({ list }) => list)].map(([id]) => id)
  await client.query(`CREATE TEMP TABLE recounted (LIKE tally_pending) ON COMMIT DROP`)
  await client.query('ALTER TABLE recounted DROP COLUMN id')
  const { rows } = await client.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM record WHERE $1::int IS NULL OR root = $1',
    [root],
  )
  let records = 0
  for (const [type, list] of tallied) {
    if (list.length === 0) continue
    await eachPage(client, root, type, async page => {
      await insertDeltas(client, list, page)
      records += page.length
      options.onProgress?.(records, rows[0]!.n)
    })
  }
  for (const { source, list } of events)
    for (const [id, indicator] of list)
      await client.query(
        `INSERT INTO recounted (root, indicators, org, day, dims, n, total, stock)
         ${deltasSql(id, indicator, `(SELECT * FROM ${source.table} WHERE ${root === null ? 'true' : `root = ${root}`})`)}`,
      )
  await client.query('ANALYZE recounted')
  await client.query('CREATE TEMP TABLE before ON COMMIT DROP AS TABLE tally WITH NO DATA')
  await client.query(
    `WITH gone AS (
       DELETE FROM tally WHERE ($1::int IS NULL OR root = $1) AND ($2::text[] IS NULL OR indicator = ANY($2)) RETURNING *)
     INSERT INTO before SELECT * FROM gone`,
    [root, wanted ? ids : null],
  )
  await client.query(`WITH ${expandInto('recounted')}`)
  const differing = await client.query<Rebuilt['differing'][number]>(
    `
    SELECT coalesce(a.indicator, b.indicator) AS indicator, coalesce(a.org, b.org) AS org, coalesce(a.dim, b.dim) AS dim,
           coalesce(a.value, b.value) AS value, coalesce(a.grain, b.grain)::text AS grain, coalesce(a.start, b.start) AS start
    FROM before a
    FULL JOIN (SELECT * FROM tally WHERE ($1::int IS NULL OR root = $1) AND ($2::text[] IS NULL OR indicator = ANY($2))) b
      USING (root, indicator, org, dim, value, grain, start)
    WHERE coalesce(a.n, 0) <> coalesce(b.n, 0) OR coalesce(a.total, 0) <> coalesce(b.total, 0)
       OR coalesce(a.own_n, 0) <> coalesce(b.own_n, 0) OR coalesce(a.own_total, 0) <> coalesce(b.own_total, 0)
    LIMIT 1000`,
    [root, wanted ? ids : null],
  )
  return { indicators: ids.length, records, differing: differing.rows }
}

interface Row {
  root: number
  id: string
  org: number
  day: string
  status: string
  state: string
  typeVersion: number
  fields: Fields
}

async function eachPage(
  client: pg.PoolClient,
  root: number | null,
  type: string,
  use: (page: readonly Row[]) => Promise<void>,
) {
  let after: { root: number; id: string } = { root: root ?? 0, id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await client.query<Row>(
      `SELECT root, id, org, day, status, state, type_version AS "typeVersion", fields FROM record
       WHERE type = $1 AND (root, id) > ($2, $3::uuid) AND ($4::int IS NULL OR root = $4) ORDER BY root, id LIMIT ${PAGE}`,
      [type, after.root, after.id, root],
    )
    if (rows.length > 0) await use(rows)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last
  }
}

async function insertDeltas(
  client: pg.PoolClient,
  indicators: readonly (readonly [string, Additive])[],
  page: readonly Row[],
) {
  const columns = {
    root: [] as number[],
    indicator: [] as string[],
    org: [] as number[],
    day: [] as string[],
    dims: [] as string[],
    n: [] as number[],
    total: [] as string[],
    stock: [] as boolean[],
  }
  for (const row of page) {
    for (const [id, indicator] of indicators) {
      const record = { ...row, fields: upgrade(indicator.type, row.typeVersion, row.fields) }
      for (const one of difference([], contributions(id, indicator, record))) {
        columns.root.push(row.root)
        columns.indicator.push(id)
        columns.org.push(row.org)
        columns.day.push(one.day)
        columns.dims.push(JSON.stringify(one.dims))
        columns.n.push(one.n)
        columns.total.push(numeric(one.total, one.scale))
        columns.stock.push(indicator.kind === 'stock')
      }
    }
  }
  await client.query(
    `INSERT INTO recounted (root, indicators, org, day, dims, n, total, stock)
     SELECT d.root, ARRAY[d.indicator], d.org, d.day, d.dims, d.n, d.total, d.stock
     FROM unnest($1::int[], $2::text[], $3::int[], $4::date[], $5::jsonb[], $6::bigint[], $7::numeric[], $8::boolean[])
       AS d(root, indicator, org, day, dims, n, total, stock)`,
    [columns.root, columns.indicator, columns.org, columns.day, columns.dims, columns.n, columns.total, columns.stock],
  )
}

/** What decides an indicator's tallies, as text: when it changes, they are computed anew. */
export function digestOf(id: string, indicator: Tallied): string {
  if (indicator.kind === 'events') return sha256Hex(deltasSql(id, indicator, indicator.source.table))
  const { kind, type, field, each, day, until, where, by } = indicator
  return sha256Hex(
    JSON.stringify([2, kind, type.id, type.version, type.changes, field, each, day, until, where, by, type.day]),
  )
}

/** Recomputes what was tallied under another declaration. Run at start, before anything is served. */
export async function rebuildChanged(
  ledger: Ledger,
  onProgress?: (done: number, total: number) => void,
): Promise<readonly string[]> {
  const { pool } = ledger.store
  const { rows } = await pool.query<{ id: string; digest: string }>(
    `SELECT id, digest FROM definition WHERE kind = 'indicator'`,
  )
  const known = new Map(rows.map(row => [row.id, row.digest]))
  const counted = [...ledger.registry.sources.values()]
  const declared = [...[...ledger.registry.tallied.values()].flat(), ...counted.flatMap(({ indicators }) => indicators)]
  const now = declared.map(([id, indicator]) => [id, digestOf(id, indicator)] as const)
  // What is declared no more is forgotten: should it come back, it is counted anew.
  if (rows.some(({ id }) => !now.some(([name]) => name === id)))
    await pool.query(`DELETE FROM definition WHERE kind = 'indicator' AND id <> ALL($1)`, [now.map(([id]) => id)])
  const changed = now.filter(([id, digest]) => known.get(id) !== digest).map(([id]) => id)
  if (changed.length === 0) return []
  const { rows: any } = await pool.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM record) ${counted.map(({ source }) => `OR EXISTS (SELECT 1 FROM ${source.table})`).join(' ')} AS any`,
  )
  if (any[0]!.any) await rebuild(ledger, { indicators: changed, onProgress })
  await pool.query(
    `INSERT INTO definition (kind, id, digest) SELECT 'indicator', * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (kind, id) DO UPDATE SET digest = excluded.digest`,
    [changed, changed.map(id => now.find(([name]) => name === id)![1])],
  )
  return changed
}
