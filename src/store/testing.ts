import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import { errorCode } from './problem.ts'
import { openStore, type Store, type StoreOptions } from './store.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the run's server; database `postgres`. */
    postgresUrl: string
  }
}

export const templateDatabase = 'yilu_template'

export interface TestStore extends Store {
  /** URL of this store's own database, for programs started by a test. */
  readonly databaseUrl: string
}

/** A fresh store with the newest schema and a data directory of its own; `close` drops both. */
export async function testStore(options: StoreOptions = {}): Promise<TestStore> {
  const { databaseUrl, drop } = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'yilu-store-'))
  const store = await openStore({ dataDir, databaseUrl }, options)
  return {
    ...store,
    databaseUrl,
    close: async () => {
      await store.close()
      await drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A fresh database: migrated, or with `{ empty: true }` quite empty. */
export async function testDatabase({
  empty = false,
} = {}): Promise<{ databaseUrl: string; drop: () => Promise<void> }> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${empty ? 'template0' : templateDatabase}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { databaseUrl: url.href, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** Runs one statement on the server; waits while another session uses the template. */
async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    for (let tries = 0; ; tries++) {
      try {
        await client.query(statement)
        return
      } catch (error) {
        if (errorCode(error) !== '55006' || tries === 100) throw error // object_in_use
        await sleep(50)
      }
    }
  } finally {
    await client.end()
  }
}
