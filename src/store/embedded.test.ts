import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isAlive } from './embedded/lock.ts'
import { migrate } from './migrate.ts'
import { serveLock } from './serve-lock.ts'
import { openStore, type Store } from './store.ts'

const isRoot = process.getuid?.() === 0
const folders: string[] = []
const stores: Store[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const store of stores.splice(0)) await store.close()
})
afterAll(async () => {
  for (const folder of folders) {
    const cluster = await realpath(join(folder, 'data', 'pg')).catch(() => folder)
    await rm(cluster, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
})

async function newDataDir(mode = 0o755, name = 'data'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yilu-embedded-'))
  folders.push(folder)
  await chmod(folder, mode)
  return join(folder, name)
}

async function open(dataDir: string): Promise<Store> {
  const store = await openStore({ dataDir })
  stores.push(store)
  return store
}

const serverPid = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(await realpath(join(dataDir, 'pg')), 'postmaster.pid'), 'utf8')).split('\n')[0])

/** Another program that opens the store, adds a row to table `mark`, says so and stays. */
async function otherProgram(dataDir: string): Promise<ChildProcess> {
  const code = `
    import { openStore } from './src/store/store.ts'
    const store = await openStore({ dataDir: process.argv[1] })
    await store.owner.query('CREATE TABLE IF NOT EXISTS mark (at timestamptz DEFAULT now())').catch(() => undefined)
    await store.owner.query('INSERT INTO mark DEFAULT VALUES')
    console.log('open')
    process.on('message', async () => { await store.close(); process.exit(0) })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  children.push(child)
  await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the other program ended'))),
  ])
  return child
}

const rowsOf = async (store: Store) => (await store.owner.query('SELECT * FROM mark')).rowCount

test('the last to leave stops the server; the next start finds everything', async () => {
  const dataDir = await newDataDir()
  const first = await open(dataDir)
  const pid = await serverPid(dataDir)
  await first.owner.query('CREATE TABLE mark AS SELECT 1 AS n')
  const second = await open(dataDir)
  expect(await serverPid(dataDir)).toBe(pid)
  await first.close()
  expect(isAlive(pid)).toBe(true)
  expect(await rowsOf(second)).toBe(1)
  await second.close()
  expect(isAlive(pid)).toBe(false)
  expect(await rowsOf(await open(dataDir))).toBe(1)
})

test('a server left behind by a killed program is adopted with all that was acknowledged', async () => {
  const dataDir = await newDataDir()
  const child = await otherProgram(dataDir)
  const pid = await serverPid(dataDir)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(pid)).toBe(true)
  const store = await open(dataDir)
  expect(await serverPid(dataDir)).toBe(pid)
  expect(await rowsOf(store)).toBe(1)
  await store.close()
  expect(isAlive(pid)).toBe(false)
})

test('a killed server and its stale pid file do not hinder the next start, even when the number is taken', async () => {
  const dataDir = await newDataDir()
  const child = await otherProgram(dataDir)
  const pid = await serverPid(dataDir)
  child.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  await sleep(300)
  const pidFile = join(dataDir, 'pg', 'postmaster.pid')
  const text = await readFile(pidFile, 'utf8')
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)))
  const store = await open(dataDir)
  expect(await rowsOf(store)).toBe(1)
})

test('a server that dies while we are here is started again, and the pool recovers', async () => {
  const dataDir = await newDataDir()
  const store = await open(dataDir)
  await migrate(store.owner)
  await store.pool.query('SELECT 1')
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(await serverPid(dataDir), signal)
    await expect(eventually(() => store.pool.query('SELECT count(*) FROM record'))).resolves.toBeDefined()
  }
})

test('programs racing to start an empty data directory share one server', async () => {
  const dataDir = await newDataDir()
  const programs = await Promise.all([otherProgram(dataDir), otherProgram(dataDir), otherProgram(dataDir)])
  const store = await open(dataDir)
  expect(await rowsOf(store)).toBe(3)
  for (const program of programs) {
    program.send('close')
    await once(program, 'exit')
  }
  const leftovers = (await readdir(dataDir)).filter(name => name.startsWith('pg.') || name.startsWith('start.lock'))
  expect(leftovers).toEqual([])
})

test('of two that serve one data directory the second is refused, until the first is gone', async () => {
  const dataDir = await newDataDir()
  const first = await open(dataDir)
  const second = await open(dataDir)
  const lock = await serveLock(first)
  await expect(serveLock(second)).rejects.toMatchObject({ problem: { code: 'store/in-use' } })
  await lock.release()
  const next = await serveLock(second)
  await next.release()
})

test('the lock of the one that serves outlives a server restart', async () => {
  const dataDir = await newDataDir()
  const first = await open(dataDir)
  const second = await open(dataDir)
  const lock = await serveLock(first)
  process.kill(await serverPid(dataDir), 'SIGINT')
  await eventually(async () => {
    const { rows } = await first.owner.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)
    if (rows.length === 0) throw new Error('not regained yet')
  })
  await expect(serveLock(second)).rejects.toMatchObject({ problem: { code: 'store/in-use' } })
  await lock.release()
})

test('the database is durable, checks its pages, listens on no port and is closed to other users', async () => {
  const dataDir = await newDataDir(0o755, '数据 目录')
  const store = await open(dataDir)
  const { rows } = await store.owner.query(`SELECT name, setting FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'server_encoding')`)
  expect(Object.fromEntries(rows.map(row => [row.name, row.setting]))).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  })
  expect((await lstat(join(dataDir, 'pg'))).mode & 0o077).toBe(0)
  expect((await lstat(join(dataDir, 'keys'))).mode & 0o077).toBe(0)
})

test('a data directory with a very long path works', async () => {
  const store = await open(await newDataDir(0o755, `${'long'.repeat(20)}/${'path'.repeat(20)}`))
  expect((await store.owner.query('SELECT 1')).rowCount).toBe(1)
})

test('a cluster of another PostgreSQL is refused by name', async () => {
  const dataDir = await newDataDir()
  await (await open(dataDir)).close()
  const versionFile = join(dataDir, 'pg', 'PG_VERSION')
  await writeFile(versionFile, '19\n')
  await expect(openStore({ dataDir })).rejects.toMatchObject({ problem: { code: 'store/newer-postgres', found: 19 } })
  await writeFile(versionFile, '17\n')
  await expect(openStore({ dataDir })).rejects.toMatchObject({ problem: { code: 'store/older-postgres', found: 17 } })
})

test('a data directory that is a file is refused by name', async () => {
  const dataDir = await newDataDir()
  await writeFile(dataDir, 'not a folder')
  await expect(openStore({ dataDir })).rejects.toMatchObject({ problem: { code: 'store/data-not-writable' } })
})

describe.runIf(isRoot)('as root', () => {
  test('a data directory under a closed parent is served from elsewhere, by a link', async () => {
    const dataDir = await newDataDir(0o700)
    await mkdir(dataDir, { mode: 0o700 })
    const store = await open(dataDir)
    await store.owner.query('CREATE TABLE mark AS SELECT 1 AS n')
    expect((await lstat(join(dataDir, 'pg'))).isSymbolicLink()).toBe(true)
    await store.close()
    expect(await rowsOf(await open(dataDir))).toBe(1)
  })

  test('a link to a cluster that is gone is named, not replaced by an empty ledger', async () => {
    const dataDir = await newDataDir(0o700)
    await (await open(dataDir)).close()
    await rm(await realpath(join(dataDir, 'pg')), { recursive: true })
    await expect(openStore({ dataDir })).rejects.toMatchObject({ problem: { code: 'store/cluster-missing' } })
  })
})

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 200) throw error
      await sleep(50)
    }
  }
}
