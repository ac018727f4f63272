import pg from 'pg'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendAs } from '../journal/entry.ts'
import type { Ledger, Touched } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import type { EventSource } from './event-source.ts'
import type { Events, Where } from './indicator.ts'
import type { Question } from './question.ts'
import type { Amount } from './tally.ts'

// Rows of an append-only table that feed figures like records do. What a row adds is said once, in SQL: posting,
// rebuilding, explaining and asking for the past all run it.

const literal = (text: string) => pg.escapeLiteral(text)

const dimensionSql = (source: EventSource, name: string) => `coalesce((${source.dimensions[name]!.sql})::text, '')`

const dimsSql = ({ source, by }: Events) =>
  `jsonb_build_object(${by.map(name => `${literal(name)}, ${dimensionSql(source, name)}`).join(', ')})`

const whereSql = (source: EventSource, where: Where) =>
  Object.entries(where)
    .map(([name, wanted]) => {
      const values = (Array.isArray(wanted) ? wanted : [wanted]).map(value => literal(String(value)))
      return `${dimensionSql(source, name)} IN (${values.join(', ')})`
    })
    .join(' AND ') || 'true'

const times = ({ times }: EventSource) => (times ? `(${times})` : '1')
const amount = ({ source, amount }: Events) => (amount ? `(${amount})::numeric * ${times(source)}` : '0')

/** What rows `e` add to an indicator, as tally_pending has it. */
export const deltasSql = (id: string, indicator: Events, from: string) => `
  SELECT e.root, ARRAY[${literal(id)}] AS indicators, e.org, e.day, ${dimsSql(indicator)} AS dims, sum(${times(indicator.source)})::bigint AS n,
         coalesce(sum(${amount(indicator)}), 0) AS total, false AS stock
  FROM ${from} e WHERE ${whereSql(indicator.source, indicator.where)} GROUP BY 1, 2, 3, 4, 5
  HAVING sum(${times(indicator.source)}) <> 0 OR coalesce(sum(${amount(indicator)}), 0) <> 0`

/** Hash of the rows `e` that are grouped: SHA-256 over the hashes of their contents, in their order. */
export const hashSql = ({ columns }: EventSource) =>
  `encode(sha256(string_agg(sha256(convert_to(jsonb_build_array(${columns.map(column => `e.${column}`).join(', ')})::text, 'UTF8')), ''::bytea ORDER BY e.place)), 'hex')`

export interface Batch {
  readonly root: number
  /** The unit that the entry belongs to. */
  readonly org: OrgUnit
  readonly action: string
  readonly source: EventSource
  readonly note?: Readonly<Record<string, unknown>>
  /** `INSERT … RETURNING *`, of rows with that `seq`; what is there already it leaves out. */
  readonly insert: (seq: number) => { readonly text: string; readonly values: readonly unknown[] }
}

export interface Posted {
  readonly seq: number
  /** Ids of the rows that were new. */
  readonly ids: readonly string[]
  readonly touched: Touched
}

/**
 * Adds events in the caller's transaction: rows, tally deltas and the journal entry that vouches for them.
 * @returns null when no row was new: then nothing was written
 */
export async function post(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  { root, org, action, source, note, insert }: Batch,
): Promise<Posted | null> {
  const drawn = await client.query<{ seq: number }>({
    name: 'events-seq',
    text: `SELECT nextval(pg_get_serial_sequence('journal', 'seq')) AS seq`,
  })
  const { seq } = drawn.rows[0]!
  const { text, values } = insert(seq)
  const deltas = ledger.registry.sources
    .get(source.id)!
    .indicators.map(([id, indicator]) => deltasSql(id, indicator, 'added'))
  const { rows } = await client.query<{ day: string; n: number; hash: string; ids: string[] }>({
    text: `WITH added AS (${text})
      ${deltas.length > 0 ? `, tallied AS (INSERT INTO tally_pending (root, indicators, org, day, dims, n, total, stock) ${deltas.join(' UNION ALL ')})` : ''}
      SELECT e.day, count(*) AS n, ${hashSql(source)} AS hash, array_agg(e.id) AS ids FROM added e GROUP BY e.day ORDER BY e.day`,
    values: [...values],
  })
  if (rows.length === 0) return null
  const events = Object.fromEntries(rows.map(({ day, n, hash }) => [day, { n, hash }]))
  await appendAs(client, root, seq, {
    action,
    actor: actor.person,
    after: sha256Hex(canonical(events)),
    at: ledger.clock().toISOString(),
    before: null,
    from: actor.from,
    note: { ...note, events },
    org: org.code,
    root: ledger.orgs.byId(root)!.code,
    subject: subjectOf(source),
    type: source.id,
  })
  return { seq, ids: rows.flatMap(row => row.ids), touched: { root, org: org.id, type: source.id, seq } }
}

export const subjectOf = (source: EventSource) => `events:${source.id}`

/** Rows that count for a question, narrowed as it asks. $1–$6. */
const COUNTED = ({ source, where }: Events) => `
  FROM ${source.table} e
  JOIN org_span s ON s.root = e.root AND s.org = e.org AND s.since <= e.day AND e.day < s.until
  JOIN org_unit u ON u.id = e.org
  WHERE e.root = $1 AND e.day >= $2::date AND e.day < $3::date AND ($4::timestamptz IS NULL OR e.at <= $4::timestamptz)
    AND CASE $5 WHEN 'own' THEN e.org = $6::int WHEN 'now' THEN u.path LIKE '%/' || $6::int || '/%' ELSE s.ancestors @> ARRAY[$6::int] END
    AND ${whereSql(source, where)}`

const asked = ({ org, period, asOf, own, now }: Question) => [
  org.root,
  period.from,
  period.until,
  asOf ?? null,
  own ? 'own' : now ? 'now' : 'then',
  org.id,
]

/** Amounts counted from the rows themselves, as of a past instant where the question says so, by a dimension or in one. */
export async function countedEvents(
  ledger: Ledger,
  question: Question,
  indicator: Events,
  by: string | null,
): Promise<Map<string, Amount>> {
  const key = by === null ? `''` : dimensionSql(indicator.source, by)
  const { rows } = await ledger.store.pool.query<{ key: string; n: number; total: string }>(
    `SELECT ${key} AS key, sum(${times(indicator.source)})::bigint AS n, coalesce(sum(${amount(indicator)}), 0) AS total
     ${COUNTED(indicator)} AND ${whereSql(indicator.source, question.where)} GROUP BY 1`,
    asked(question),
  )
  return new Map(rows.map(({ key, n, total }) => [key, { n, total: Number(total) }]))
}

export interface EventBeneath {
  readonly id: string
  readonly org: number
  readonly day: string
  readonly seq: number
  readonly label: string
  readonly value: number
}

/** Rows beneath a figure, the newest day first, after a position. */
export async function eventsBeneath(
  ledger: Ledger,
  question: Question,
  indicator: Events,
  after: { readonly day: string; readonly id: string },
  limit: number,
): Promise<EventBeneath[]> {
  const value = indicator.amount ? amount(indicator) : times(indicator.source)
  const { rows } = await ledger.store.pool.query<Omit<EventBeneath, 'value'> & { value: string }>(
    `SELECT e.id, e.org, e.day, e.seq, (${indicator.source.label})::text AS label, ${value} AS value
     ${COUNTED(indicator)} AND ${whereSql(indicator.source, question.where)} AND (e.day, e.id) < ($7::date, $8::uuid)
     ORDER BY e.day DESC, e.id DESC LIMIT $9`,
    [...asked(question), after.day, after.id, limit],
  )
  return rows.map(row => ({ ...row, value: Number(row.value) }))
}
