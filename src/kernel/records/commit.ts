import type pg from 'pg'
import { allContributions, type Contribution, type Countable, difference, numeric } from '../figures/contribution.ts'
import { sha256Hex } from '../journal/canonical.ts'
import { type Entry, entryText, leafHash } from '../journal/entry.ts'
import type { SealedValue } from '../journal/keys.ts'
import { recordHash } from '../journal/record-hash.ts'
import type { Ledger, Touched } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { fail, ok, type Problem, type Result } from '../result.ts'
import type { Content, StoredRecord } from './record.ts'
import { linkTerms, termsOf } from './terms.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

/** A change about to be written: what stood before, what is to stand after. */
export interface Change {
  readonly action: string
  readonly root: number
  readonly type: RecordType
  readonly before: StoredRecord | null
  readonly after: Content
  /** Personal values newly sealed into `after.fields`. */
  readonly sealed?: readonly SealedValue[]
  /** A change that says nothing of it keeps it. */
  readonly likeness?: string | null
  /** Terms of the personal values it is found by; a change that says nothing of them keeps them. */
  readonly found?: readonly string[]
  readonly origin?: string | null
  /** Goes into the journal entry: why, for a return or a merge. */
  readonly note?: string
}

export interface Committed {
  readonly id: string
  readonly version: number
  readonly seq: number
  readonly hash: string
}

export interface CommitOptions {
  /** Written in the caller's transaction instead of one of its own. */
  readonly client?: pg.PoolClient
  /** Refuse when a record that looks the same is there already. */
  readonly refuseSimilar?: boolean
  readonly idempotency?: { readonly key: string; readonly requestHash: string }
  /** Said by what makes records of a type that is written through nothing else. */
  readonly through?: boolean
}

/**
 * Writes changes of one root org unit: records, earlier versions, journal entries with their place in the queue, and
 * tally deltas, in one statement, so that a save costs one round trip and one disk sync. All or nothing.
 * @returns what was written, in the order given; `record/stale`, `record/duplicate-key`, `record/similar`
 */
export async function commit(
  ledger: Ledger,
  actor: Actor,
  changes: readonly Change[],
  options: CommitOptions = {},
): Promise<Result<readonly Committed[]>> {
  return changes.length === 0 ? ok([]) : readyToCommit(ledger, actor, changes, options)()
}

/** Works out all that a commit sends; calling what is returned only waits for the database. Lets a long import do both at once. */
export function readyToCommit(
  ledger: Ledger,
  actor: Actor,
  changes: readonly Change[],
  options: CommitOptions = {},
): () => Promise<Result<readonly Committed[]>> {
  const kept = changes.find(({ type }) => type.through && !options.through)?.type
  if (kept) return async () => onlyThrough(kept)
  const created = changes.every(change => change.before === null)
  if (!created && changes.some(change => change.before === null)) throw new Error('creations and changes do not mix')
  const written = writtenBy(ledger, actor, changes)
  const statement = created ? INSERT : UPDATE
  const parameters = [
    ...sharedParameters(ledger, actor, changes, written, options),
    ...(created ? insertParameters(changes, options) : updateParameters(changes)),
  ]
  return async () => {
    try {
      const seqs = await run(ledger, statement, parameters, changes.length, options.client)
      if (seqs === null) return created ? similar() : stale(changes)
      const committed = changes.map((change, i) => ({
        id: change.after.id,
        version: change.after.version,
        seq: seqs[i]!,
        hash: written.hashes[i]!,
      }))
      if (!options.client) ledger.onTouched(touched(changes, committed))
      return ok(committed)
    } catch (error) {
      const problem = asProblem(error, changes)
      if (problem) return { ok: false, problems: [problem] }
      throw error
    }
  }
}

export const touched = (changes: readonly Change[], committed: readonly Committed[]): Touched[] =>
  changes.map((change, i) => ({
    root: change.root,
    org: change.after.org,
    type: change.type.id,
    seq: committed[i]!.seq,
  }))

async function run(
  ledger: Ledger,
  statement: { name: string; text: string },
  values: unknown[],
  expected: number,
  client: pg.PoolClient | undefined,
): Promise<number[] | null> {
  const query = { ...statement, values }
  const done = (rows: { seqs: number[] | null }[]) => {
    const seqs = rows[0]?.seqs ?? null
    return seqs?.length === expected ? seqs : null
  }
  // One change is atomic by being one statement; several could be half stale, which only a rollback undoes.
  if (client || expected === 1) return done((await (client ?? ledger.store.pool).query(query)).rows)
  const own = await ledger.store.pool.connect()
  try {
    await own.query('BEGIN')
    const seqs = done((await own.query(query)).rows)
    await own.query(seqs ? 'COMMIT' : 'ROLLBACK')
    return seqs
  } catch (error) {
    await own.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    own.release()
  }
}

interface Written {
  readonly at: string
  readonly hashes: readonly string[]
  readonly entries: readonly string[]
  readonly leaves: Buffer
}

function writtenBy(ledger: Ledger, actor: Actor, changes: readonly Change[]): Written {
  const at = instantAfter(ledger, changes)
  const hashes: string[] = []
  const entries: string[] = []
  const leaves: Buffer[] = []
  for (const change of changes) {
    const code = orgCode(ledger, change.after.org)
    const hash = recordHash(change.after, code)
    const entry: Entry = {
      action: change.action,
      actor: actor.person,
      after: hash,
      at,
      before: change.before ? recordHash(change.before, orgCode(ledger, change.before.org)) : null,
      from: actor.from,
      org: code,
      root: orgCode(ledger, change.root),
      subject: `record:${change.after.id}`,
      type: change.type.id,
      version: change.after.version,
      ...(change.note ? { note: change.note } : {}),
    }
    const text = entryText(entry)
    hashes.push(hash)
    entries.push(text)
    leaves.push(leafHash(text))
  }
  return { at, hashes, entries, leaves: Buffer.concat(leaves) }
}

/** Now, but after every version it replaces: versions follow one another even when clocks differ. */
function instantAfter(ledger: Ledger, changes: readonly Change[]): string {
  const now = ledger.clock().getTime()
  const latest = Math.max(0, ...changes.map(change => (change.before ? Date.parse(change.before.updatedAt) : 0)))
  return new Date(Math.max(now, latest + 1)).toISOString()
}

function orgCode(ledger: Ledger, id: number): string {
  const unit = ledger.orgs.byId(id)
  if (!unit) throw new Error(`org unit ${id} is not in the directory`)
  return unit.code
}

/** What counting sees of a record: its fields as the present version of the type has them. */
export const countable = (type: RecordType, content: Content): Countable => ({
  day: content.day,
  status: content.status,
  state: content.state,
  fields: upgrade(type, content.typeVersion, content.fields),
})

function tallyParameters(ledger: Ledger, changes: readonly Change[]) {
  const columns = {
    indicators: [] as string[],
    org: [] as number[],
    day: [] as string[],
    dims: [] as string[],
    n: [] as string[],
    total: [] as string[],
    stock: [] as string[],
  }
  const byOrg = new Map<number, { before: Contribution[]; after: Contribution[] }>()
  const at = (org: number) => {
    const known = byOrg.get(org)
    if (known) return known
    const fresh = { before: [], after: [] }
    byOrg.set(org, fresh)
    return fresh
  }
  for (const { type, before, after } of changes) {
    const now = countable(type, after)
    const then = before && countable(type, before)
    const tallied = ledger.registry.tallied.get(type.id) ?? []
    at(after.org).after.push(...allContributions(tallied, now))
    if (then) at(before.org).before.push(...allContributions(tallied, then))
  }
  for (const [org, { before, after }] of byOrg) {
    // Indicators to which the same happens share a row.
    const rows = new Map<string, string[]>()
    for (const { indicator, day, cell, n, total, scale } of difference(before, after)) {
      const isStock = ledger.registry.indicators.get(indicator)?.kind === 'stock'
      const key = `${day}\n${n}\n${numeric(total, scale)}\n${isStock}\n${cell}`
      const names = rows.get(key)
      if (names) names.push(indicator)
      else rows.set(key, [indicator])
    }
    for (const [key, names] of rows) {
      const [day, n, total, isStock, cell] = key.split('\n') as [string, string, string, string, string]
      columns.indicators.push(names.join(SEPARATOR))
      columns.org.push(org)
      columns.day.push(day)
      columns.dims.push(cell)
      columns.n.push(n)
      columns.total.push(total)
      columns.stock.push(isStock)
    }
  }
  return [
    columns.indicators,
    plainArray(columns.org),
    plainArray(columns.day),
    columns.dims,
    plainArray(columns.n),
    plainArray(columns.total),
    plainArray(columns.stock),
  ]
}

/** An array as PostgreSQL reads it, of values that need no quotes: ids, days, numbers. The driver would look at each. */
const plainArray = (values: readonly (string | number)[]): string => `{${values.join(',')}}`

/** $1–$30, the same for both statements. */
function sharedParameters(
  ledger: Ledger,
  actor: Actor,
  changes: readonly Change[],
  written: Written,
  options: CommitOptions,
) {
  const sealed = changes.flatMap(change => (change.sealed ?? []).map(value => ({ record: change.after.id, ...value })))
  const { idempotency } = options
  const response = {
    root: changes[0]!.root,
    records: changes.map((change, i) => ({
      id: change.after.id,
      version: change.after.version,
      hash: written.hashes[i],
    })),
  }
  return [
    changes[0]!.root,
    written.at,
    actor.person,
    written.entries,
    written.leaves,
    ...tallyParameters(ledger, changes),
    sealed.map(value => value.record),
    sealed.map(value => value.commitment),
    sealed.map(value => value.salt),
    sealed.map(value => value.cipher),
    sealed.map(value => value.keyId),
    idempotency ? idempotency.key : null,
    idempotency ? idempotency.requestHash : null,
    idempotency ? JSON.stringify(response) : null,
    plainArray(changes.map(change => change.after.id)),
    plainArray(changes.map(change => change.after.typeVersion)),
    plainArray(changes.map(change => change.after.org)),
    plainArray(changes.map(change => change.after.day)),
    plainArray(changes.map(change => change.after.status)),
    changes.map(change => change.after.state),
    changes.map(change => JSON.stringify(change.after.fields)),
    changes.map(change => uniqueKey(change.type, change.after)),
    changes.map(change => change.likeness ?? null),
    changes.map(change => [...termsOf(change.type, change.after.fields), ...(change.found ?? [])].join(SEPARATOR)),
  ]
}

/** Between the terms of one record, or indicators of one row, on their way to the database; never part of one. */
const SEPARATOR = '\u001f'

/** What each record is found by that it names; '' for none. */
const linksOf = (changes: readonly Change[]) =>
  changes.map(({ type, after }) => linkTerms(type.fields, after.fields).join(SEPARATOR))

const insertParameters = (changes: readonly Change[], options: CommitOptions) => [
  changes.map(change => change.type.id),
  changes.map(change => change.origin ?? null),
  options.refuseSimilar ?? false,
  linksOf(changes),
]

const updateParameters = (changes: readonly Change[]) => [
  changes.map(change => change.before!.version),
  changes.map(change => change.after.mergedInto),
  changes.map(change => change.likeness === undefined),
  changes.map(change => change.found === undefined),
  linksOf(changes),
]

/** What makes a record unique within its tree; null where its type declares no key, or a part of it is not said. */
export function uniqueKey(type: RecordType, content: Content): string | null {
  if (!type.key) return null
  const fields: Fields = { ...upgrade(type, content.typeVersion, content.fields), org: content.org }
  const values = type.key.map(name => fields[name])
  if (values.some(value => value === undefined)) return null
  const key = JSON.stringify(values)
  // An index entry holds 2,704 bytes at most.
  return key.length > 500 ? sha256Hex(key) : key
}

const EFFECTS = `
journaled AS (
  INSERT INTO journal (root, subject, entry)
  SELECT $1, 'record:' || i.id, i.entry FROM input i CROSS JOIN allowed ORDER BY i.ord RETURNING seq),
queued AS (
  INSERT INTO journal_queue (seqs, hashes)
  SELECT array_agg(seq ORDER BY seq), $5::bytea FROM journaled HAVING count(*) > 0),
tallied AS (
  INSERT INTO tally_pending (root, indicators, org, day, dims, n, total, stock)
  SELECT $1, string_to_array(d.indicators, E'\\x1f'), d.org, d.day, d.dims, d.n, d.total, d.stock
  FROM unnest($6::text[], $7::int[], $8::date[], $9::jsonb[], $10::bigint[], $11::numeric[], $12::boolean[])
    AS d(indicators, org, day, dims, n, total, stock) CROSS JOIN allowed),
personal_kept AS (
  INSERT INTO personal (root, record, commitment, salt, cipher, key_id)
  SELECT $1, p.* FROM unnest($13::uuid[], $14::text[], $15::bytea[], $16::bytea[], $17::text[]) p CROSS JOIN allowed),
remembered AS (
  INSERT INTO idempotency (person, key, request_hash, response, at)
  SELECT coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'), $18, $19, $20::jsonb, $2::timestamptz FROM allowed WHERE $18::text IS NOT NULL)
SELECT array_agg(seq ORDER BY seq) AS seqs FROM journaled`

const INSERT = {
  name: 'records-insert',
  text: `
WITH input AS (
  SELECT * FROM unnest($21::uuid[], $22::int[], $23::int[], $24::date[], $25::text[], $26::text[], $27::jsonb[],
                       $28::text[], $29::text[], $30::text[], $31::text[], $32::text[], $34::text[], $4::text[]) WITH ORDINALITY
    AS t(id, type_version, org, day, status, state, fields, unique_key, likeness, terms, type, origin, links, entry, ord)),
allowed AS (
  SELECT 1 WHERE NOT $33::boolean OR NOT EXISTS (
    SELECT 1 FROM record r JOIN input i ON r.type = i.type AND r.likeness = i.likeness
    WHERE r.root = $1 AND r.status <> 'void')),
saved AS (
  INSERT INTO record (root, id, type, type_version, org, day, status, state, version, fields, unique_key, likeness,
                      origin, terms, links, created_at, updated_at, updated_by)
  SELECT $1::int, i.id, i.type, i.type_version, i.org, i.day, i.status, i.state, 1, i.fields, i.unique_key, i.likeness,
         i.origin, string_to_array(nullif(i.terms, ''), E'\\x1f'), string_to_array(nullif(i.links, ''), E'\\x1f'), $2::timestamptz, $2::timestamptz, $3::uuid
  FROM input i CROSS JOIN allowed ORDER BY i.ord),
${EFFECTS}`,
}

const UPDATE = {
  name: 'records-update',
  text: `
WITH input AS (
  SELECT * FROM unnest($21::uuid[], $22::int[], $23::int[], $24::date[], $25::text[], $26::text[], $27::jsonb[],
                       $28::text[], $29::text[], $30::text[], $31::int[], $32::uuid[], $33::boolean[], $34::boolean[], $35::text[], $4::text[]) WITH ORDINALITY
    AS t(id, type_version, org, day, status, state, fields, unique_key, likeness, terms, expected, merged_into, same_likeness, same_found, links, entry, ord)),
saved AS (
  UPDATE record r SET type_version = i.type_version, org = i.org, day = i.day, status = i.status, state = i.state,
         version = i.expected + 1, fields = i.fields, unique_key = i.unique_key,
         likeness = CASE WHEN i.same_likeness THEN r.likeness ELSE i.likeness END,
         terms = nullif(coalesce(string_to_array(nullif(i.terms, ''), E'\\x1f'), '{}') || CASE WHEN i.same_found
           THEN ARRAY(SELECT t FROM unnest(r.terms) t WHERE t LIKE '#%') ELSE '{}' END, '{}'),
         links = string_to_array(nullif(i.links, ''), E'\\x1f'), merged_into = i.merged_into,
         updated_at = $2::timestamptz, updated_by = $3::uuid
  FROM input i WHERE r.root = $1::int AND r.id = i.id AND r.version = i.expected
  RETURNING r.id),
allowed AS (SELECT 1 WHERE (SELECT count(*) FROM saved) = cardinality($21::uuid[])),
kept AS (
  INSERT INTO record_version (root, id, version, type, type_version, org, day, status, state, fields, merged_into,
                              valid_from, valid_until, updated_by)
  SELECT r.root, r.id, r.version, r.type, r.type_version, r.org, r.day, r.status, r.state, r.fields, r.merged_into,
         r.updated_at, $2::timestamptz, r.updated_by
  FROM record r JOIN saved s ON s.id = r.id CROSS JOIN allowed WHERE r.root = $1),
${EFFECTS}`,
}

export const similar = () =>
  fail('record/similar', {
    zh: '已有一条看起来相同的记录，请核对；确实不同再保存一次',
    en: 'A record that looks the same is there already; compare, and save again if it really differs',
  })

const stale = (changes: readonly Change[]) =>
  fail('record/stale', {
    field: 'version',
    seen: changes[0]!.before!.version,
    records: changes.map(change => change.after.id),
    zh: '这条记录刚被别人改过，请看差异后再保存',
    en: 'Someone changed this record; compare before saving',
  })

function asProblem(error: unknown, changes: readonly Change[]): Problem | undefined {
  const { code, constraint, detail } = error as { code?: string; constraint?: string; detail?: string }
  if (code !== '23505') return undefined
  if (constraint === 'record_key') {
    const type = changes[0]!.type
    const names = (type.key ?? []).map(name =>
      name === 'org' ? { zh: '单位', en: 'org unit' } : type.fields[name]!.title,
    )
    const row = changes.findIndex(change => detail?.includes(`, ${uniqueKey(change.type, change.after)})`))
    return {
      code: 'record/duplicate-key',
      ...(changes.length > 1 && row >= 0 ? { row } : {}),
      field: type.key?.find(name => name !== 'org') ?? 'org',
      zh: `已有一条${names.map(name => name.zh).join('、')}相同的${type.title.zh}`,
      en: `There is already a ${type.title.en} with the same ${names.map(name => name.en).join(', ')}`,
    }
  }
  if (constraint === 'record_origin')
    return { code: 'record/imported-before', zh: '这一行已经导入过', en: 'This row was imported before' }
  if (constraint === 'idempotency_pkey')
    return {
      code: 'idempotency/racing',
      zh: '同一请求正在处理，请稍后再试',
      en: 'The same request is being handled; try again',
    }
  return undefined
}

const onlyThrough = ({ title, through }: RecordType) =>
  fail('record/through', {
    zh: `“${title.zh}”不能直接录入或修改，请到“${through!.zh}”办理`,
    en: `${title.en} is not entered or changed directly; go to ${through!.en}`,
  })
