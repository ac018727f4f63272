import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { backup } from './backup.ts'
import { knownMigrations } from './migrate.ts'
import { restore, verifyBackup } from './restore.ts'
import { openStore, type Store } from './store.ts'
import { testDatabase, testStore } from './testing.ts'

const folder = await mkdtemp(join(tmpdir(), 'yilu-backup-'))
const source = await testStore()
const closing: (() => Promise<void>)[] = [source.close]
afterAll(async () => {
  for (const close of closing) await close()
  await rm(folder, { recursive: true, force: true })
})

await source.owner.query(`
  INSERT INTO org_unit (root, code, kind, name, path) VALUES (1, '370000', 'county', '县', '/1/'), (1, '370001', 'township', '镇', '/1/2/');
  UPDATE org_unit SET successor = 1 WHERE id = 2;
  INSERT INTO org_span VALUES (1, 2, '0001-01-01', '9999-12-31', 1, '镇', '{1,2}');
  INSERT INTO journal (root, subject, entry)
    SELECT 1, 'record:' || n, '{"n":' || n || E',"text":"tab\\t, line\\n, back\\\\slash, 中文","pad":"' || repeat('x', 100) || '"}'
    FROM generate_series(1, 60000) n;
  INSERT INTO tally_pending (root, indicators, org, day, dims, n, total, stock)
    VALUES (1, '{a.b}', 2, '2024-02-29', '{"k":"v"}', 1, 12345678901234567890.5, false);
  INSERT INTO checkpoint VALUES (1, 60000, '{}', '\\x00ff0a5c');`)
await source.owner.query(
  `INSERT INTO record (root, id, type, type_version, org, day, status, state, version, fields, terms, created_at, updated_at)
   VALUES (1, $1, 't', 1, 2, '2024-02-29', 'entered', '', 1, '{"s":"\\\\n"}', '{"中文","a,b"}', now(), now())`,
  [randomUUID()],
)
await mkdir(join(source.dataDir, 'evidence', 'ab'), { recursive: true })
await writeFile(join(source.dataDir, 'evidence', 'ab', 'a'.repeat(64)), randomBytes(3_000_000))
await writeFile(join(source.dataDir, 'evidence', 'empty'), '')
await writeFile(join(source.dataDir, 'evidence', 'half.partial'), 'not yet')
await writeFile(join(source.dataDir, 'keys', 'signing.pem'), 'a key')

const file = join(folder, 'ledger.backup')
const seen: [number, number][] = []
const summary = await backup(source, file, { onProgress: (done, total) => seen.push([done, total]) })

async function emptyStore(): Promise<Store> {
  const { databaseUrl, drop } = await testDatabase({ empty: true })
  const store = await openStore({ dataDir: await mkdtemp(join(folder, 'data-')), databaseUrl })
  closing.push(async () => {
    await store.close()
    await drop()
  })
  return store
}

/** Count and digest of every table's rows, but for when migrations were applied. */
async function allRows(owner: pg.Pool): Promise<Record<string, unknown>> {
  const { rows } = await owner.query(`SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migration' ORDER BY 1`)
  const digest = `count(*)::int AS rows, md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"))`
  const all: Record<string, unknown> = {}
  for (const { name } of rows) all[name] = (await owner.query(`SELECT ${digest} FROM "${name}" t`)).rows[0]
  return all
}

const tableCount = async ({ owner }: Store) =>
  (await owner.query(`SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`)).rowCount

test('a restored ledger equals the one backed up, row by row and file by file', async () => {
  const store = await emptyStore()
  expect(await restore(store, file)).toEqual(summary)
  expect(await allRows(store.owner)).toEqual(await allRows(source.owner))
  for (const name of [join('evidence', 'ab', 'a'.repeat(64)), join('evidence', 'empty'), join('keys', 'signing.pem')]) {
    expect(await readFile(join(store.dataDir, name))).toEqual(await readFile(join(source.dataDir, name)))
  }
  expect((await readdir(store.dataDir)).sort()).toEqual(['evidence', 'keys'])
  expect(await readdir(join(store.dataDir, 'evidence'))).not.toContain('half.partial')

  const { rows } = await store.pool.query(
    `INSERT INTO journal (root, subject, entry) VALUES (1, 's', '{}') RETURNING seq`,
  )
  expect(rows[0].seq).toBe(60_001)
  await expect(store.pool.query('DELETE FROM journal')).rejects.toMatchObject({ code: '42501' })
})

test('progress ends at the total, and nothing but the finished file is left', async () => {
  expect(seen.at(-1)).toEqual([summary.rows + summary.files, summary.rows + summary.files])
  expect(summary).toMatchObject({ files: 3, schema: (await knownMigrations()).at(-1)!.number })
  expect(await readdir(folder)).not.toContain('ledger.backup.partial')
})

test('a backup is of one instant, whatever is written meanwhile', async () => {
  const during = join(folder, 'during.backup')
  let writing: Promise<unknown> = Promise.resolve()
  await backup(source, during, {
    onProgress: () => {
      writing = writing.then(() =>
        source.pool.query(`WITH entry AS (INSERT INTO journal (root, subject, entry) VALUES (9, 'x', '{}'))
          INSERT INTO definition VALUES ('during', gen_random_uuid(), '')`),
      )
    },
  })
  await writing
  const { manifest } = await verifyBackup(during)
  expect((manifest.rows.journal ?? 0) - 60_000).toBe(manifest.rows.definition)
})

test('a backup is not restored over anything', async () => {
  await expect(restore(source, file)).rejects.toMatchObject({ problem: { code: 'store/not-empty' } })
  const store = await emptyStore()
  await writeFile(join(store.dataDir, 'keys', 'signing.pem'), 'another key')
  await expect(restore(store, file)).rejects.toMatchObject({ problem: { code: 'store/not-empty' } })
})

test('a damaged backup is refused wherever it is damaged, and restores nothing', async () => {
  const whole = await readFile(file)
  const tar = gunzipSync(whole)
  const flip = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes)
    copy[at] = copy[at]! ^ 1
    return copy
  }
  const at = (text: string) => tar.indexOf(text)
  const damages: Record<string, Buffer> = {
    'cut off': whole.subarray(0, whole.length - 1000),
    'cut in half': whole.subarray(0, whole.length / 2),
    empty: Buffer.alloc(0),
    'not a backup': Buffer.from('hello'),
    'a flipped byte': flip(whole, 5000),
    'a row changed and packed again': gzipSync(flip(tar, at('tab\\t, line') + 2)),
    'a key changed and packed again': gzipSync(flip(tar, at('a key'))),
    'a header changed': gzipSync(flip(tar, at('keys/signing.pem'))),
    'the manifest gone': gzipSync(Buffer.concat([tar.subarray(0, at('manifest.json')), Buffer.alloc(1024)])),
  }
  const store = await emptyStore()
  const bad = join(folder, 'bad.backup')
  for (const [damage, bytes] of Object.entries(damages)) {
    await writeFile(bad, bytes)
    const code = await restore(store, bad).catch(error => error.problem?.code ?? error)
    expect([damage, code]).toEqual([damage, 'store/backup-damaged'])
  }
  const missing = restore(store, join(folder, 'none.backup'))
  await expect(missing).rejects.toMatchObject({ problem: { code: 'store/backup-unreadable' } })
  expect(await tableCount(store)).toBe(0)
  expect(await readdir(join(store.dataDir, 'keys'))).toEqual([])
  expect((await restore(store, file)).rows).toBe(summary.rows)
})

test('a restore that fails on the way leaves an empty store that can be tried again', async () => {
  const store = await emptyStore()
  const stop = new AbortController()
  const onProgress = (_done: number, _total: number, label: string) => label === 'keys/signing.pem' && stop.abort()
  await expect(restore(store, file, { signal: stop.signal, onProgress })).rejects.toThrow()
  expect(await tableCount(store)).toBe(0)
  expect((await restore(store, file)).rows).toBe(summary.rows)
})

test('an interrupted backup leaves no file and disturbs nobody', async () => {
  const stop = new AbortController()
  const stopped = join(folder, 'stopped.backup')
  const options = { signal: stop.signal, onProgress: () => stop.abort() }
  await expect(backup(source, stopped, options)).rejects.toThrow('abort')
  expect((await readdir(folder)).filter(name => name.startsWith('stopped'))).toEqual([])
  expect((await source.owner.query('SELECT 1')).rowCount).toBe(1)
})

test('a backup that cannot be written is named', async () => {
  const nowhere = backup(source, join(folder, 'no', 'such', 'folder.backup'))
  await expect(nowhere).rejects.toMatchObject({ problem: { code: 'store/file-not-writable' } })
})
