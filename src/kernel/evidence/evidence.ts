import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inTransaction } from '../../store/transaction.ts'
import { appendTo, type Entry } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { readRecord, rootsOf } from '../records/read.ts'
import type { StoredRecord } from '../records/record.ts'
import { fail, ok, type Result } from '../result.ts'
import { safeName } from './file-name.ts'
import { mediaTypeOf } from './media-type.ts'

export interface Evidence {
  readonly record: string
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
  readonly addedAt: string
  readonly addedBy: string | null
}

export interface EvidenceFile {
  readonly path: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
}

const MiB = 1024 * 1024
/** Largest file when nobody says otherwise, in bytes. */
export const LARGEST = 50 * MiB

/** Where a file lies, by its hash. */
export const evidencePath = (dataDir: string, sha256: string): string =>
  join(dataDir, 'evidence', sha256.slice(0, 2), sha256)

/**
 * Attaches a file to a record. It is written aside while it is hashed and appears under its hash only when it is whole;
 * a file that is there already is kept once. The record itself does not change, the journal keeps who added what.
 * @returns `evidence/too-large`, `evidence/empty`, `evidence/kind` for content that is not kept, `permission/denied`
 */
export async function addEvidence(
  ledger: Ledger,
  actor: Actor,
  recordId: string,
  file: { readonly name: string; readonly stream: AsyncIterable<Buffer>; readonly largest?: number },
): Promise<Result<Evidence>> {
  const record = await permitted(ledger, actor, recordId)
  if (!record.ok) return record
  const name = safeName(file.name)
  const { dataDir } = ledger.store
  const incoming = join(dataDir, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const draft = join(incoming, randomUUID())
  try {
    const written = await writeAside(draft, file.stream, file.largest ?? LARGEST)
    if (!written.ok) return written
    const { sha256, size } = written.value
    const mediaType = await mediaTypeOf(draft, name)
    if (mediaType === null) return notKept(name)
    await settle(draft, evidencePath(dataDir, sha256))
    return ok(await register(ledger, actor, record.value, { sha256, size, mediaType, name }))
  } finally {
    await rm(draft, { force: true })
  }
}

/** Takes a file off a record. The file stays, so that what was once proved by it can still be looked at. */
export async function removeEvidence(
  ledger: Ledger,
  actor: Actor,
  recordId: string,
  sha256: string,
  reason: string,
): Promise<Result<true>> {
  const record = await permitted(ledger, actor, recordId)
  if (!record.ok) return record
  const why = reason.trim()
  if (why.length < 2 || why.length > 200)
    return fail('evidence/why', {
      field: 'reason',
      zh: '请写明取下的原因，最多200个字',
      en: 'Say why it is taken off, in at most 200 characters',
    })
  return inTransaction(ledger.store.pool, async client => {
    const done = await client.query<{ name: string }>(
      'DELETE FROM record_evidence WHERE root = $1 AND record = $2 AND sha256 = $3 RETURNING name',
      [record.value.root, recordId, sha256],
    )
    if (!done.rows[0]) return unknown(sha256)
    await appendTo(client, record.value.root, [
      entry(ledger, actor, record.value, 'evidence-remove', { sha256, name: done.rows[0].name, reason: why }),
    ])
    return ok(true as const)
  })
}

/** A file that is attached to any record the actor may read; the newest of its names. */
export async function openEvidence(ledger: Ledger, actor: Actor, sha256: string): Promise<Result<EvidenceFile>> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return unknown(sha256)
  const { rows } = await ledger.store.pool.query<{ org: number; name: string; mediaType: string; size: number }>(
    `SELECT r.org, a.name, e.media_type AS "mediaType", e.size
     FROM record_evidence a
     JOIN record r ON r.root = a.root AND r.id = a.record
     JOIN evidence e ON e.root = a.root AND e.sha256 = a.sha256
     WHERE a.root = ANY($1) AND a.sha256 = $2 ORDER BY a.added_at DESC`,
    [rootsOf(ledger, actor), sha256],
  )
  const seen = rows.find(row => permit(actor, 'read', ledger.orgs.byId(row.org)!).ok)
  if (!seen) return unknown(sha256)
  const path = evidencePath(ledger.store.dataDir, sha256)
  const there = await stat(path).catch(() => undefined)
  if (!there)
    return fail('evidence/missing', {
      sha256,
      zh: '佐证文件不在数据目录里，请运行 yilu verify 并从备份恢复',
      en: 'The file is not in the data directory; run yilu verify and restore it from a backup',
    })
  return ok({ path, name: seen.name, mediaType: seen.mediaType, size: there.size })
}

const unknown = (sha256: string) =>
  fail('evidence/unknown', { sha256, zh: '没有这个佐证文件', en: 'There is no such file' })

async function permitted(ledger: Ledger, actor: Actor, recordId: string): Promise<Result<StoredRecord>> {
  const record = await readRecord(ledger, actor, recordId)
  if (!record.ok) return record
  const allowed = permit(actor, 'enter', ledger.orgs.byId(record.value.org)!)
  if (!allowed.ok) return allowed
  if (record.value.status === 'void')
    return fail('record/void', { zh: '已作废的记录不能再加佐证', en: 'A void record takes no evidence' })
  return record
}

async function writeAside(
  path: string,
  stream: AsyncIterable<Buffer>,
  largest: number,
): Promise<Result<{ sha256: string; size: number }>> {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > largest)
        return fail('evidence/too-large', {
          field: 'file',
          most: largest,
          zh: `文件太大，最多 ${Math.floor(largest / MiB)} MB`,
          en: `The file is too large; at most ${Math.floor(largest / MiB)} MB`,
        })
      hash.update(chunk)
      await file.write(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  if (size === 0) return fail('evidence/empty', { field: 'file', zh: '文件是空的', en: 'The file is empty' })
  return ok({ sha256: hash.digest('hex'), size })
}

/** Under its hash a file is whole or not there. */
async function settle(draft: string, path: string): Promise<void> {
  const folder = join(path, '..')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (await stat(path).catch(() => undefined)) return
  await rename(draft, path)
  const directory = await open(folder)
  await directory.sync().finally(() => directory.close())
}

async function register(
  ledger: Ledger,
  actor: Actor,
  record: StoredRecord,
  file: { sha256: string; size: number; mediaType: string; name: string },
): Promise<Evidence> {
  const at = ledger.clock().toISOString()
  const { sha256, size, mediaType, name } = file
  return inTransaction(ledger.store.pool, async client => {
    await client.query(
      `INSERT INTO evidence (root, sha256, size, media_type, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [record.root, sha256, size, mediaType, at],
    )
    const { rowCount } = await client.query(
      `INSERT INTO record_evidence (root, record, sha256, name, added_at, added_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [record.root, record.id, sha256, name, at, actor.person],
    )
    if (rowCount === 1)
      await appendTo(client, record.root, [entry(ledger, actor, record, 'evidence-add', { sha256, name, size })])
    return { record: record.id, sha256, name, mediaType, size, addedAt: at, addedBy: actor.person }
  })
}

/** Not under the record's own subject: the record did not change. */
const entry = (ledger: Ledger, actor: Actor, record: StoredRecord, action: string, note: unknown): Entry => ({
  action,
  actor: actor.person,
  after: null,
  at: ledger.clock().toISOString(),
  before: null,
  from: actor.from,
  note,
  org: ledger.orgs.byId(record.org)!.code,
  root: ledger.orgs.byId(record.root)!.code,
  subject: `evidence:${record.id}`,
  type: record.type,
})

const notKept = (name: string) =>
  fail('evidence/kind', {
    field: 'file',
    value: name,
    zh: '这种文件不能作佐证。可以用图片、PDF、Word、Excel、PPT、WPS、压缩包、录音、录像和文本',
    en: 'Files of this kind are not kept. Pictures, PDF, Office and WPS documents, archives, recordings and text are',
  })
