import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type BackupHead, type BackupOptions, type BackupSummary, fileFolders, type Manifest, quote } from './backup.ts'
import { apply, knownMigrations, type Migration, migrate } from './migrate.ts'
import { createPartition } from './partitions.ts'
import { errorCode, explainSystemError, refusal } from './problem.ts'
import type { Store } from './store.ts'
import { type TarEntry, unpackTar } from './tar.ts'
import { inCopyTransaction } from './transaction.ts'

/**
 * Restores a backup into an empty store: checks every hash first, then loads all tables in one transaction and moves the
 * files into place, so that a failed restore leaves an empty store that can be tried again. Migrations newer than the
 * backup are applied afterwards.
 * Refuses `store/not-empty`, `store/backup-unreadable`, `store/backup-damaged`, `store/newer-schema`.
 */
export async function restore(store: Store, file: string, options: BackupOptions = {}): Promise<BackupSummary> {
  const staging = join(store.dataDir, 'restore.partial')
  await refuseNonEmpty(store, staging)
  const { head, manifest } = await verifyBackup(file)
  const migrations = await migrationsOf(head)
  const progress = meter(manifest, options)
  try {
    await rm(staging, { recursive: true, force: true })
    for (const folder of fileFolders) await mkdir(join(staging, folder), { recursive: true, mode: 0o700 })
    await inCopyTransaction(store.owner, 'READ COMMITTED', async client => {
      for (const migration of migrations) await apply(client, migration)
      for (const { table, day } of head.partitions ?? []) await createPartition(client, table, day)
      await load(client, checkedEntries(file, manifest), head, staging, progress.part)
      await compareCounts(client, manifest, file)
      await advanceSequences(client)
      await moveFiles(staging, store.dataDir)
    })
  } catch (error) {
    throw explainSystemError(explainBackupError(error, file), store.dataDir)
  }
  await rm(staging, { recursive: true, force: true })
  await migrate(store.owner)
  const { size } = await stat(file)
  return { file, size, schema: head.schema, rows: progress.rows, files: progress.files }
}

/** Streams table pieces into COPY, one command a table, and files into the staging folder. */
async function load(
  client: pg.PoolClient,
  entries: AsyncIterable<TarEntry>,
  head: BackupHead,
  staging: string,
  onPart: (name: string) => void,
): Promise<void> {
  let copying: ({ table: string } & ReturnType<typeof copyIn>) | undefined
  const finish = async () => {
    if (copying === undefined) return
    copying.sink.end()
    await copying.finished
    onPart(copying.table)
    copying = undefined
  }
  for await (const entry of entries) {
    const table = head.tables.find(({ name }) => entry.name.startsWith(`tables/${name}/`))
    if (table?.name !== copying?.table) await finish()
    if (table !== undefined) {
      copying ??= { table: table.name, ...copyIn(client, table.name, table.columns) }
      for await (const chunk of entry.content) await write(copying.sink, chunk, copying.finished)
    } else if (isFile(entry.name)) {
      await writeFile(join(staging, entry.name), entry)
      onPart(entry.name)
    }
  }
  await finish()
}

/** Counts what is restored: a table's rows when it is finished, each file. */
function meter(manifest: Manifest, { onProgress = () => undefined, signal }: BackupOptions) {
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
  const files = Object.keys(manifest.parts).filter(isFile).length
  let done = 0
  const part = (name: string) => {
    done += manifest.rows[name] ?? 1
    onProgress(done, rows + files, name)
    signal?.throwIfAborted()
  }
  return { rows, files, part }
}

/** Reads a backup from end to end and compares every part with its hash. */
export async function verifyBackup(file: string): Promise<{ head: BackupHead; manifest: Manifest }> {
  try {
    const { head, manifest, sums } = await readThrough(file)
    if (head?.format !== 'yilu-backup' || manifest === undefined) throw damaged(file, 'backup.json')
    if (head.version !== 1) throw newer(head.schema)
    const wrong =
      Object.entries(manifest.parts).find(([name, { sha256 }]) => sums.get(name) !== sha256)?.[0] ??
      [...sums.keys()].find(name => manifest.parts[name] === undefined || !isSafe(name))
    if (wrong !== undefined) throw damaged(file, wrong)
    return { head, manifest }
  } catch (error) {
    throw explainBackupError(error, file)
  }
}

async function readThrough(file: string) {
  const sums = new Map<string, string>()
  let head: BackupHead | undefined
  let manifest: Manifest | undefined
  for await (const { name, content } of entriesOf(file)) {
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    const isKept = name === 'backup.json' || name === 'manifest.json'
    for await (const chunk of content) {
      hash.update(chunk)
      if (isKept) kept.push(chunk)
    }
    if (name === 'backup.json') head = parseJson(kept, file) as BackupHead
    if (name === 'manifest.json') manifest = parseJson(kept, file) as Manifest
    else sums.set(name, hash.digest('hex'))
  }
  return { head, manifest, sums }
}

const isFile = (name: string): boolean => fileFolders.some(folder => name.startsWith(`${folder}/`))

/** A part may not climb out of the data directory. */
const isSafe = (name: string): boolean =>
  /^(backup\.json$|tables\/|evidence\/|keys\/)/.test(name) && !/(^|[/\\])\.\.([/\\]|$)|[\0:\\]/.test(name)

async function* entriesOf(file: string): AsyncGenerator<TarEntry> {
  const input = createReadStream(file)
  const unzipped = createGunzip()
  const piped = pipeline(input, unzipped).catch(() => undefined) // the reader below gets the same error
  try {
    yield* unpackTar(unzipped)
  } finally {
    input.destroy()
    unzipped.destroy()
    await piped
  }
}

/** The entries of a verified backup, each compared with its hash again as it is read. */
async function* checkedEntries(file: string, manifest: Manifest): AsyncGenerator<TarEntry> {
  for await (const { name, size, content } of entriesOf(file)) {
    const hash = createHash('sha256')
    const checked = hashed(content, hash)
    yield { name, size, content: checked }
    for await (const _ of checked); // what the caller left counts too
    if (name !== 'manifest.json' && manifest.parts[name]?.sha256 !== hash.digest('hex')) throw damaged(file, name)
  }
}

async function* hashed(content: TarEntry['content'], hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    hash.update(chunk)
    yield chunk
  }
}

async function refuseNonEmpty(store: Store, staging: string): Promise<void> {
  const { rows } = await store.owner.query<{ found: boolean }>(`SELECT EXISTS (
    SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')) AS found`)
  const wasInterrupted = await access(staging).then(
    () => true,
    () => false,
  )
  const files = await Promise.all(fileFolders.map(folder => readdir(join(store.dataDir, folder))))
  if (rows[0]?.found === false && (wasInterrupted || files.flat().length === 0)) return
  throw refusal('store/not-empty', {
    zh: '只能恢复到空的数据目录或空的数据库',
    en: 'A backup is restored into an empty data directory or an empty database only',
    path: store.dataDir,
  })
}

/** The migrations up to the backup's schema, which must be the very ones it was made under. */
async function migrationsOf({ migrations, schema }: BackupHead): Promise<Migration[]> {
  const known = await knownMigrations()
  if (schema > (known.at(-1)?.number ?? 0)) throw newer(schema)
  const used = known.filter(migration => migration.number <= schema)
  const edited = used.find(({ number, sha256 }) => migrations.find(m => m.number === number)?.sha256 !== sha256)
  if (edited === undefined) return used
  throw refusal('store/edited-migration', {
    zh: `备份所用的数据库升级脚本 ${edited.name} 与本程序的不同`,
    en: `The backup was made under another version of the migration ${edited.name}`,
    migration: edited.name,
  })
}

function copyIn(client: pg.PoolClient, table: string, columns: readonly string[]) {
  const sink = client.query(copyFrom(`COPY ${quote(table)} (${columns.map(quote).join(', ')}) FROM STDIN`))
  const finished = finishedOf(sink)
  finished.catch(() => undefined) // awaited at the table's end; an earlier failure is told there
  return { sink, finished }
}

const finishedOf = (sink: NodeJS.WritableStream): Promise<void> =>
  new Promise((resolve, reject) => sink.once('finish', resolve).once('error', reject))

async function write(sink: NodeJS.WritableStream, chunk: Buffer, finished: Promise<void>): Promise<void> {
  if (sink.write(chunk)) return
  await Promise.race([new Promise<void>(resolve => sink.once('drain', resolve)), finished])
}

async function writeFile(path: string, { content }: TarEntry): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600, flush: true }))
}

async function compareCounts(client: pg.PoolClient, manifest: Manifest, file: string): Promise<void> {
  for (const [table, count] of Object.entries(manifest.rows)) {
    const found = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${quote(table)}`)
    if (found.rows[0]?.count !== count) throw damaged(file, `tables/${table}`)
  }
}

/** Numbers go on behind the highest one that was restored. */
async function advanceSequences(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    SELECT c.relname::text AS table, a.attname::text AS column, s.oid::regclass::text AS sequence
    FROM pg_class s
      JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND d.refclassid = 'pg_class'::regclass
      JOIN pg_class c ON c.oid = d.refobjid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND c.relnamespace = current_schema()::regnamespace`)
  for (const { table, column, sequence } of rows) {
    const highest = `SELECT max(${quote(column)}) FROM ${quote(table)}`
    await client.query(
      `SELECT setval($1::regclass, coalesce((${highest}), 1), EXISTS (SELECT 1 FROM ${quote(table)}))`,
      [sequence],
    )
  }
}

/** The last step before the commit: an interrupted restore is known by its staging folder and may be tried again. */
async function moveFiles(staging: string, dataDir: string): Promise<void> {
  for (const folder of fileFolders) {
    await rm(join(dataDir, folder), { recursive: true, force: true })
    await rename(join(staging, folder), join(dataDir, folder))
  }
}

function parseJson(chunks: readonly Buffer[], file: string): unknown {
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw damaged(file, undefined, error)
  }
}

/** Names what is wrong with a backup file; other errors pass through as they are. */
function explainBackupError(error: unknown, file: string): unknown {
  const code = errorCode(error) ?? ''
  if (code === 'TAR_DAMAGED' || code.startsWith('Z_')) return damaged(file, undefined, error)
  if (!['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'].includes(code)) return error
  return refusal(
    'store/backup-unreadable',
    { zh: `无法读取备份文件 ${file}`, en: `The backup cannot be read: ${file}`, path: file },
    error,
  )
}

const damaged = (file: string, part: string | undefined, cause?: unknown) =>
  refusal(
    'store/backup-damaged',
    {
      zh: `备份文件已损坏，没有恢复任何内容：${file}${part === undefined ? '' : `（${part}）`}`,
      en: `The backup is damaged, nothing was restored: ${file}${part === undefined ? '' : ` (${part})`}`,
      path: file,
      part,
    },
    cause,
  )

const newer = (schema: number) =>
  refusal('store/newer-schema', {
    zh: `备份来自更新版本的程序（结构第 ${schema} 版），请升级程序`,
    en: `The backup is from a newer program (schema ${schema}); upgrade the program`,
    found: schema,
  })
