import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Embedded, joinEmbedded } from './embedded.ts'
import { pendingMigrations } from './migrate.ts'
import { errorCode, explainSystemError, refusal } from './problem.ts'
import { applicationRole, makeApplicationRole } from './roles.ts'
import type { Tables } from './tables.ts'
import { columnTypes } from './types.ts'

export { inTransaction } from './transaction.ts'

export interface Store {
  readonly kind: 'embedded' | 'server'
  /** The application's connections, in the role `yilu_app` where it exists. */
  readonly pool: pg.Pool
  readonly db: Kysely<Tables>
  /** The owner's connections: migrations, restore, rebuild. */
  readonly owner: pg.Pool
  /** Holds `evidence/` and `keys/`, and for the embedded server `pg`. */
  readonly dataDir: string
  close(): Promise<void>
}

/** Where the ledger lies: a data directory, with the database in it or at `databaseUrl`. */
export interface Place {
  readonly dataDir: string
  readonly databaseUrl?: string | undefined
}

export interface StoreOptions {
  /** Most connections of the application's pool. */
  readonly connections?: number
}

const database = 'yilu'
const oldestServer = 150_000

/**
 * Opens the ledger's store; starts the embedded server when no `databaseUrl` is given. Applies no migration: see
 * `pendingMigrations` and `migrate`.
 */
export async function openStore(place: Place, options: StoreOptions = {}): Promise<Store> {
  if (place.databaseUrl !== undefined) {
    const dataDir = await makeFolders(place.dataDir)
    return openPools(urlConfig(place.databaseUrl), 'server', dataDir, options, async () => undefined)
  }
  const embedded = await joinEmbedded(place.dataDir)
  const dataDir = await realpath(place.dataDir)
  try {
    await makeDatabase(embedded)
    const config = { ...embedded.address, database, application_name: embedded.name }
    return await openPools(config, 'embedded', dataDir, options, async () => void (await embedded.leave()))
  } catch (error) {
    await embedded.leave().catch(() => undefined)
    throw error
  }
}

async function openPools(
  config: pg.PoolConfig,
  kind: Store['kind'],
  dataDir: string,
  { connections = 16 }: StoreOptions,
  leave: () => Promise<void>,
): Promise<Store> {
  const owner = makePool({ ...config, max: 4 })
  try {
    await refuseUnfitServer(owner)
    await pendingMigrations(owner) // refuses a newer schema
    const hasRole = await makeApplicationRole(owner)
    const pool = makePool({ ...config, max: connections }, hasRole ? applicationRole : undefined)
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
    const close = async () => {
      await Promise.all([db.destroy(), owner.end()])
      await leave()
    }
    return { kind, pool, db, owner, dataDir, close: once(close) }
  } catch (error) {
    await owner.end()
    throw error
  }
}

function makePool(config: pg.PoolConfig, role?: string): pg.Pool {
  const startup = [config.options, '-c TimeZone=UTC -c DateStyle=ISO', role && `-c role=${role}`]
  const pool = new pg.Pool({
    ...config,
    types: columnTypes,
    options: startup.filter(Boolean).join(' '),
    keepAlive: true,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 30_000,
  })
  // A server restart breaks idle connections; the pool drops them, and the next query opens a new one.
  pool.on('error', () => undefined)
  return pool
}

function urlConfig(databaseUrl: string): pg.PoolConfig {
  let url: URL
  try {
    url = new URL(databaseUrl)
  } catch (error) {
    throw refusal(
      'store/bad-url',
      {
        zh: '数据库地址无法识别，应形如 postgresql://用户:密码@主机/库',
        en: 'Not a database URL; say postgresql://user:password@host/database',
      },
      error,
    )
  }
  // What the URL says would replace our own start-up options; it is put before them instead.
  const options = url.searchParams.get('options') ?? undefined
  url.searchParams.delete('options')
  return { connectionString: url.href, options, application_name: `yilu/${process.pid}` }
}

async function refuseUnfitServer(owner: pg.Pool): Promise<void> {
  const facts = `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`
  const { rows } = await owner.query<{ version: number; encoding: string }>(facts).catch((error: unknown) => {
    throw explainConnection(error)
  })
  const { version, encoding } = rows[0]!
  if (version < oldestServer) {
    throw refusal('store/old-server', {
      zh: `需要 PostgreSQL 15 或更新的版本，现为 ${Math.floor(version / 10_000)}`,
      en: `PostgreSQL 15 or later is needed, this is ${Math.floor(version / 10_000)}`,
    })
  }
  if (encoding !== 'UTF8') {
    throw refusal('store/not-utf8', {
      zh: `数据库编码应为 UTF8，现为 ${encoding}`,
      en: `The database's encoding must be UTF8, it is ${encoding}`,
    })
  }
}

function explainConnection(error: unknown): unknown {
  const code = errorCode(error) ?? ''
  const reason = error instanceof Error && error.message !== '' ? error.message : code
  if (!/^(E[A-Z]+|28...|3D000|57P03|08...|53300)$/.test(code)) return error
  return refusal(
    'store/unreachable',
    { zh: `连不上数据库：${reason}`, en: `The database cannot be reached: ${reason}` },
    error,
  )
}

/** Makes the ledger's database in a fresh cluster. Two first starts may both try. */
async function makeDatabase({ address, name }: Embedded): Promise<void> {
  const client = new pg.Client({ ...address, database: 'postgres', application_name: name })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
  } catch (error) {
    if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw explainSystemError(error, address.host)
  } finally {
    await client.end()
  }
}

async function makeFolders(dataDir: string): Promise<string> {
  try {
    await mkdir(join(dataDir, 'evidence'), { recursive: true, mode: 0o700 })
    await mkdir(join(dataDir, 'keys'), { recursive: true, mode: 0o700 })
    return await realpath(dataDir)
  } catch (error) {
    throw explainSystemError(error, dataDir)
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
