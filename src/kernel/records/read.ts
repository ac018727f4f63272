import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { fail, failAll, ok, type Result } from '../result.ts'
import { RECORD_COLUMNS, type StoredRecord } from './record.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A record as stored, if the actor may read it; `record/unknown` otherwise, so that ids tell nothing. */
export async function readRecord(
  ledger: Ledger,
  actor: Actor,
  id: string,
  client?: pg.PoolClient,
): Promise<Result<StoredRecord>> {
  if (!UUID.test(id)) return unknown(id)
  const { rows } = await (client ?? ledger.store.pool).query<StoredRecord>({
    name: 'record-by-id',
    text: `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = ANY($1) AND r.id = $2`,
    values: [rootsOf(ledger, actor), id],
  })
  const record = rows[0]
  const org = record && ledger.orgs.byId(record.org)
  return org && permit(actor, 'read', org).ok ? ok(record) : unknown(id)
}

/** Several records as stored, in the order asked; each that is not there or not to be read is a `record/unknown`. */
export async function readRecords(
  ledger: Ledger,
  actor: Actor,
  ids: readonly string[],
  client?: pg.PoolClient,
): Promise<Result<readonly StoredRecord[]>> {
  const { rows } = await (client ?? ledger.store.pool).query<StoredRecord>({
    name: 'records-by-id',
    text: `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = ANY($1) AND r.id = ANY($2::uuid[])`,
    values: [rootsOf(ledger, actor), ids.filter(id => UUID.test(id))],
  })
  const readable = rows.filter(row => permit(actor, 'read', ledger.orgs.byId(row.org)!).ok)
  const found = new Map(readable.map(row => [row.id, row]))
  const problems = ids.flatMap(id => (found.has(id) ? [] : unknown(id).problems))
  return problems.length > 0 ? failAll(problems) : ok(ids.map(id => found.get(id)!))
}

const unknown = (id: string) =>
  fail('record/unknown', { record: String(id).slice(0, 40), zh: '没有这条记录', en: 'There is no such record' })

/** Root org units whose trees an actor may look into at all. */
export function rootsOf(ledger: Ledger, actor: Actor): number[] {
  if (actor.operator) return [...new Set(ledger.orgs.all().map(unit => unit.root))]
  return [...new Set(actor.grants.flatMap(grant => ledger.orgs.byId(grant.org)?.root ?? []))]
}

/** An earlier or the present version of a record, with who wrote it. */
export interface Version extends StoredRecord {
  readonly validFrom: string
  readonly validUntil: string | null
  readonly entry: { seq: number; text: string } | null
}

/** All versions of a record, the first one first, each with its journal entry. */
export async function history(ledger: Ledger, actor: Actor, id: string): Promise<Result<readonly Version[]>> {
  const present = await readRecord(ledger, actor, id)
  if (!present.ok) return present
  const { root } = present.value
  const { rows } = await ledger.store.pool.query<Version & { seq: number | null; text: string | null }>(
    `WITH versions AS (
       SELECT root, id, type, type_version, org, day, status, state, version, fields, merged_into, updated_by,
              valid_from, valid_until FROM record_version WHERE root = $1 AND id = $2
       UNION ALL
       SELECT root, id, type, type_version, org, day, status, state, version, fields, merged_into, updated_by,
              updated_at, NULL FROM record WHERE root = $1 AND id = $2)
     SELECT r.root, r.id, r.type, r.type_version AS "typeVersion", r.org, r.day, r.status, r.state, r.version, r.fields,
            r.merged_into AS "mergedInto", r.updated_by AS "updatedBy", r.valid_from AS "updatedAt",
            r.valid_from AS "validFrom", r.valid_until AS "validUntil", j.seq, j.entry AS text
     FROM versions r LEFT JOIN journal j
       ON j.root = $1 AND j.subject = 'record:' || r.id AND (j.entry::json ->> 'version')::int = r.version
     ORDER BY r.version`,
    [root, id],
  )
  return ok(
    rows.map(({ seq, text, ...version }) => ({
      ...version,
      createdAt: present.value.createdAt,
      entry: seq === null || text === null ? null : { seq, text },
    })),
  )
}

/** A record as it stood at a past instant. */
export async function recordAsOf(ledger: Ledger, actor: Actor, id: string, instant: string): Promise<Result<Version>> {
  if (Number.isNaN(Date.parse(instant)))
    return fail('record/instant', {
      field: 'asOf',
      value: instant.slice(0, 40),
      zh: '时刻应写作 2024-05-18T08:00:00Z',
      en: 'An instant is written 2024-05-18T08:00:00Z',
    })
  const at = new Date(instant).toISOString()
  const versions = await history(ledger, actor, id)
  if (!versions.ok) return versions
  const then = versions.value.find(
    version => version.validFrom <= at && (version.validUntil === null || at < version.validUntil),
  )
  return then
    ? ok(then)
    : fail('record/not-yet', { record: id, zh: '那时还没有这条记录', en: 'The record did not exist at that instant' })
}
