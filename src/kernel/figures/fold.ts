import type pg from 'pg'
import type { Store } from '../../store/store.ts'

/** One folder at a time, and none while the org tree changes. Any constant will do; it is only ours in this database. */
export const FOLD_LOCK = 7300_01

/** Rows a fold takes at once: keeps its transaction short beside writers. */
const BATCH = 20_000

/**
 * Expands tally deltas over ancestors as of the delta's day, over year, month and day, and over total, single
 * dimensions and their combination. `source` names a relation (root, indicators, org, day, dims, n, total, stock).
 * What happened stays with the ancestors of its day; a stock leaves the old ancestors and joins the new ones on the day
 * its unit moves. What is the same for a set of indicators is expanded once.
 */
export const expandInto = (source: string) => `
  grouped AS (
    SELECT root, indicators, org, day, dims, stock, sum(n) AS n, sum(total) AS total FROM ${source}
    GROUP BY root, indicators, org, day, dims, stock HAVING sum(n) <> 0 OR sum(total) <> 0),
  placed AS (
    SELECT g.root, g.indicators, e.day, g.dims, e.sign * g.n AS n, e.sign * g.total AS total, a.org, a.org = g.org AS own
    FROM grouped g
    JOIN org_span s ON s.root = g.root AND s.org = g.org AND g.day < s.until AND (g.stock OR s.since <= g.day)
    CROSS JOIN LATERAL (
      SELECT greatest(g.day, s.since) AS day, 1 AS sign
      UNION ALL SELECT s.until, -1 WHERE g.stock AND s.until < '9999-12-31') e
    CROSS JOIN unnest(s.ancestors) AS a(org)),
  sets AS (
    SELECT p.root, p.indicators, p.org, d.dim, d.value, c.grain, c.start,
           sum(p.n) AS n, sum(p.total) AS total,
           coalesce(sum(p.n) FILTER (WHERE p.own), 0) AS own_n, coalesce(sum(p.total) FILTER (WHERE p.own), 0) AS own_total
    FROM placed p
    CROSS JOIN LATERAL (
      SELECT '' AS dim, '' AS value
      UNION ALL SELECT key, value FROM jsonb_each_text(p.dims)
      UNION ALL SELECT '*', p.dims::text WHERE (SELECT count(*) FROM jsonb_object_keys(p.dims)) > 1) d
    CROSS JOIN LATERAL (VALUES ('y'::"char", date_trunc('year', p.day)::date), ('m', date_trunc('month', p.day)::date), ('d', p.day)) c(grain, start)
    GROUP BY p.root, p.indicators, p.org, d.dim, d.value, c.grain, c.start),
  cells AS (
    SELECT s.root, i.indicator, s.org, s.dim, s.value, s.grain, s.start, sum(s.n) AS n, sum(s.total) AS total,
           sum(s.own_n) AS own_n, sum(s.own_total) AS own_total
    FROM sets s CROSS JOIN unnest(s.indicators) AS i(indicator)
    GROUP BY s.root, i.indicator, s.org, s.dim, s.value, s.grain, s.start)
  INSERT INTO tally AS t (root, indicator, org, dim, value, grain, start, n, total, own_n, own_total)
  SELECT root, indicator, org, dim, value, grain, start, n, total, own_n, own_total FROM cells
  ON CONFLICT (root, indicator, org, dim, value, grain, start) DO UPDATE
    SET n = t.n + excluded.n, total = t.total + excluded.total,
        own_n = t.own_n + excluded.own_n, own_total = t.own_total + excluded.own_total`

const FOLD = `
  WITH batch AS (SELECT id FROM tally_pending ORDER BY id LIMIT ${BATCH}),
  moved AS (
    DELETE FROM tally_pending p USING batch b WHERE p.id = b.id
    RETURNING p.root, p.indicators, p.org, p.day, p.dims, p.n, p.total, p.stock),
  ${expandInto('moved')}`

/** Moves everything pending into the tallies within the caller's transaction, which must hold FOLD_LOCK. */
export async function foldAll(client: pg.PoolClient) {
  while (await isPending(client)) await client.query({ name: 'tally-fold', text: FOLD })
}

async function isPending(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>({
    name: 'tally-is-pending',
    text: 'SELECT EXISTS (SELECT 1 FROM tally_pending) AS any',
  })
  return rows[0]!.any
}

/**
 * Moves pending deltas into the tallies. Figures are right before, during and after: they add up both.
 * @returns false when another process is at it
 */
export async function fold(store: Store): Promise<boolean> {
  const client = await store.pool.connect()
  try {
    for (;;) {
      await client.query('BEGIN')
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
        FOLD_LOCK,
      ])
      if (!rows[0]?.mine) {
        await client.query('ROLLBACK')
        return false
      }
      await client.query({ name: 'tally-fold', text: FOLD })
      const more = await isPending(client)
      await client.query('COMMIT')
      if (!more) return true
    }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
