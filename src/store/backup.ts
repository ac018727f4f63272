import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { dayOfPartition } from './partitions.ts'
import { errorCode, refusal } from './problem.ts'
import type { Store } from './store.ts'
import { packTar, type TarEntry } from './tar.ts'
import { inCopyTransaction } from './transaction.ts'

// A backup is a tar.gz of
//   backup.json            what it holds: schema number, migrations, tables in the order of their foreign keys
//   tables/NAME/NNNNNN     the rows of a table as COPY writes them, cut into pieces
//   evidence/…  keys/…     the files of the data directory
//   manifest.json          SHA-256 and size of every part above, rows of each table

export interface BackupHead {
  readonly format: 'yilu-backup'
  readonly version: 1
  readonly schema: number
  readonly migrations: readonly { number: number; name: string; sha256: string }[]
  readonly at: string
  readonly tables: readonly { name: string; columns: readonly string[] }[]
  /** Days of tables partitioned by day; a partitioned table is written as one. */
  readonly partitions?: readonly { readonly table: string; readonly day: string }[]
}

export interface Manifest {
  readonly parts: Readonly<Record<string, { size: number; sha256: string }>>
  readonly rows: Readonly<Record<string, number>>
}

export interface BackupSummary {
  readonly file: string
  /** Of the file, in bytes. */
  readonly size: number
  readonly schema: number
  readonly rows: number
  readonly files: number
}

/** Told of rows and files done so far, of all, and what is being copied. */
export type Progress = (done: number, total: number, label: string) => void

export interface BackupOptions {
  readonly onProgress?: Progress
  readonly signal?: AbortSignal
}

export const fileFolders = ['evidence', 'keys'] as const

/** Table rows are cut into pieces of at least so many bytes, because a tar entry tells its size first. */
const pieceSize = 4 * 1024 * 1024

/**
 * Writes the whole ledger to one file while it is in use: all tables as of one instant, then evidence and keys. The file
 * holds the keys; keep it as safe as the data directory. It appears under its name only when it is complete.
 */
export async function backup(store: Store, file: string, options: BackupOptions = {}): Promise<BackupSummary> {
  const { onProgress = () => undefined, signal } = options
  const partial = `${file}.partial`
  try {
    const counts = await inCopyTransaction(store.owner, 'REPEATABLE READ', async client => {
      const contents = await listContents(client, store.dataDir)
      const archive = packTar(parts(client, store.dataDir, contents, onProgress))
      const output = createWriteStream(partial, { mode: 0o600, flush: true })
      await pipeline(Readable.from(archive), createGzip({ level: 3 }), output, { signal })
      return { schema: contents.head.schema, rows: contents.rows, files: contents.files.length }
    })
    await rename(partial, file)
    await syncFolder(resolve(file, '..'))
    return { file, size: (await stat(file)).size, ...counts }
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw explainFileError(error, file)
  }
}

interface Contents {
  readonly head: BackupHead
  readonly files: readonly string[]
  readonly rows: number
}

async function listContents(client: pg.PoolClient, dataDir: string): Promise<Contents> {
  const { rows: migrations } = await client.query<BackupHead['migrations'][number]>(
    'SELECT number, name, sha256 FROM migration ORDER BY number',
  )
  const tables = await listTables(client)
  const partitions = await listPartitions(client)
  const files = (await Promise.all(fileFolders.map(folder => listFiles(dataDir, folder)))).flat()
  let rows = 0
  for (const { name } of tables) {
    const counted = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${quote(name)}`)
    rows += counted.rows[0]?.count ?? 0
  }
  const schema = migrations.at(-1)?.number ?? 0
  const at = new Date().toISOString()
  return { head: { format: 'yilu-backup', version: 1, schema, migrations, at, tables, partitions }, files, rows }
}

/** Tables and their stored columns, each table after those its foreign keys point to. */
async function listTables(client: pg.PoolClient): Promise<BackupHead['tables']> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(`
    SELECT c.relname::text AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      (SELECT coalesce(array_agg(DISTINCT f.confrelid::regclass::text), '{}') FROM pg_constraint f
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS needs
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migration'
    ORDER BY c.relname`)
  const ordered: BackupHead['tables'][number][] = []
  const isPlaced = (name: string) => ordered.some(table => table.name === name)
  for (let waiting = rows; waiting.length > 0; ) {
    const ready = waiting.filter(table => table.needs.every(isPlaced))
    if (ready.length === 0) throw new Error('foreign keys form a circle')
    ordered.push(...ready.map(({ name, columns }) => ({ name, columns })))
    waiting = waiting.filter(table => !isPlaced(table.name))
  }
  return ordered
}

async function listPartitions(client: pg.PoolClient): Promise<NonNullable<BackupHead['partitions']>> {
  const { rows } = await client.query<{ table: string; name: string }>(`
    SELECT i.inhparent::regclass::text AS table, i.inhrelid::regclass::text AS name
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE c.relispartition AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY 2`)
  return rows.map(({ table, name }) => ({ table, day: dayOfPartition(name) }))
}

/** Files below a folder of the data directory, as paths with slashes; what is still being written is left out. */
async function listFiles(dataDir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile() && !/\.(partial|tmp)$/.test(entry.name))
    .map(entry => relative(dataDir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

async function* parts(
  client: pg.PoolClient,
  dataDir: string,
  { head, files, rows: allRows }: Contents,
  onProgress: Progress,
): AsyncGenerator<TarEntry> {
  const sums: Record<string, { size: number; sha256: string }> = {}
  const rows: Record<string, number> = {}
  const total = allRows + files.length
  let done = 0
  const note = (name: string, size: number, hash: Hash) => {
    sums[name] = { size, sha256: hash.digest('hex') }
  }
  const whole = (name: string, content: Buffer): TarEntry => {
    note(name, content.length, createHash('sha256').update(content))
    return { name, size: content.length, content: [content] }
  }

  yield whole('backup.json', Buffer.from(JSON.stringify(head)))
  for (const { name, columns } of head.tables) {
    let piece = 0
    rows[name] = 0
    for await (const content of copyOut(client, name, columns)) {
      yield whole(`tables/${name}/${String(++piece).padStart(6, '0')}`, content)
      const count = countLines(content)
      rows[name] += count
      done += count
      onProgress(done, total, name)
    }
  }
  for (const name of files) {
    const path = join(dataDir, name)
    const found = await stat(path).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error
    })
    done += 1
    onProgress(done, total, name)
    if (found === undefined) continue // erased since the list was made
    const hash = createHash('sha256')
    yield { name, size: found.size, content: hashed(createReadStream(path), hash) }
    note(name, found.size, hash)
  }
  const manifest: Manifest = { parts: sums, rows }
  yield whole('manifest.json', Buffer.from(JSON.stringify(manifest)))
}

async function* copyOut(client: pg.PoolClient, table: string, columns: readonly string[]): AsyncGenerator<Buffer> {
  const stream = client.query(copyTo(`COPY (SELECT ${columns.map(quote).join(', ')} FROM ${quote(table)}) TO STDOUT`))
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk)
    size += chunk.length
    if (size < pieceSize) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
}

/** Rows in COPY's text: each ends with a line feed, and one within a value is written `\n`. */
function countLines(text: Buffer): number {
  let count = 0
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) count++
  return count
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Makes the rename itself durable; not every file system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function explainFileError(error: unknown, file: string): unknown {
  const code = errorCode(error) ?? ''
  if (code === 'ENOSPC') {
    return refusal(
      'store/disk-full',
      { zh: `磁盘已满，无法写入 ${file}`, en: `The disk is full: ${file}`, path: file },
      error,
    )
  }
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return error
  return refusal(
    'store/file-not-writable',
    { zh: `无法写入文件 ${file}`, en: `The file cannot be written: ${file}`, path: file },
    error,
  )
}
