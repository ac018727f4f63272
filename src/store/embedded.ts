import { randomBytes } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openCluster, removeLeftovers } from './embedded/cluster.ts'
import { withLockFile } from './embedded/lock.ts'
import { type Address, ensureRunning, stopServer } from './embedded/server.ts'
import { explainSystemError } from './problem.ts'

/** Our part in a running embedded server. Each program that works on a data directory holds one. */
export interface Embedded {
  readonly address: Address
  /** Application name for our connections. */
  readonly name: string
  /** Ends our part; the last one out stops the server. End every other connection first. */
  leave(): Promise<'stopped' | 'left running'>
  /** Ends our part and stops the server whoever else is there. */
  stop(): Promise<void>
}

/**
 * Ends the application name of the one connection that stands for a program. A pool's connections do not count: their
 * ends are not waited for, so that they may still be seen when their program has left.
 */
const here = '/here'
const others = `SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'yilu/%${here}' LIMIT 1`

/**
 * Joins the embedded PostgreSQL of a data directory, making its cluster and starting its server where needed. A server
 * that a killed program left behind is adopted. Should the server die while we are here, it is started again.
 */
export async function joinEmbedded(dataDir: string): Promise<Embedded> {
  await makeFolders(dataDir)
  const home = await realpath(dataDir)
  const lock = join(home, 'start.lock')
  const log = join(home, 'postgres.log')
  const name = `yilu/${process.pid}/${randomBytes(4).toString('hex')}`
  let leaving = false
  let presence: pg.Client

  const joined = await withLockFile(lock, async () => {
    await removeLeftovers(home)
    const cluster = await openCluster(home)
    const address = await ensureRunning(cluster, log)
    presence = await stay(address)
    return { cluster, address }
  })

  /** One connection per program tells the others that it is here, and us that the server is. */
  async function stay(address: Address): Promise<pg.Client> {
    const client = new pg.Client({
      ...address,
      database: 'postgres',
      application_name: `${name}${here}`,
      keepAlive: true,
    })
    client.on('error', () => undefined)
    await client.connect()
    client.once('end', () => void revive())
    return client
  }

  async function revive(): Promise<void> {
    while (!leaving) {
      try {
        await withLockFile(lock, async () => {
          if (leaving) return
          presence = await stay(await ensureRunning(joined.cluster, log))
        })
        return
      } catch {
        await sleep(1_000) // what fails here fails every query too, where somebody is told
      }
    }
  }

  function depart<T>(work: () => Promise<T>): Promise<T> {
    leaving = true
    return withLockFile(lock, async () => {
      await presence.end().catch(() => undefined)
      return work()
    })
  }

  return {
    address: joined.address,
    name,
    leave: () =>
      depart(async () => {
        if (!(await isLast(joined.address, name))) return 'left running'
        await stopServer(joined.cluster)
        return 'stopped'
      }),
    stop: () => depart(() => stopServer(joined.cluster)),
  }
}

/** Whether a server answers at the address and no other program is here. */
async function isLast(address: Address, name: string): Promise<boolean> {
  const client = new pg.Client({ ...address, database: 'postgres', application_name: name })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(others)).rowCount === 0
  } catch {
    return false // gone already, or going
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function makeFolders(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await mkdir(join(dataDir, 'evidence'), { recursive: true, mode: 0o700 })
    await mkdir(join(dataDir, 'keys'), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw explainSystemError(error, dataDir)
  }
}
