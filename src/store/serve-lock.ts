import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { refusal } from './problem.ts'
import type { Store } from './store.ts'

export interface ServeLock {
  release(): Promise<void>
}

/** Any number, the same in every version. */
const serveKey = 7300_0002
/** The server needs a moment to notice that a killed program is gone, in milliseconds. */
const patienceMs = 2_000

/**
 * Makes this program the only one that serves the database; refuses `store/in-use`. Commands beside it need no lock.
 * After a server restart the lock is taken again; `onLost` is told when another program was quicker.
 */
export async function serveLock(store: Store, onLost: () => void = () => undefined): Promise<ServeLock> {
  let released = false
  let holder = await acquire()

  async function acquire(): Promise<pg.PoolClient> {
    const client = await store.owner.connect()
    client.on('error', () => undefined)
    try {
      const giveUp = Date.now() + patienceMs
      while (!(await isOurs(client))) {
        if (Date.now() > giveUp) throw inUse()
        await sleep(100)
      }
      client.once('end', () => void regain())
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  async function regain(): Promise<void> {
    while (!released) {
      try {
        holder = await acquire()
        return
      } catch (error) {
        if (error instanceof Error && error.message === inUse().message) return onLost()
        await sleep(500) // the server is still away
      }
    }
  }

  return {
    release: async () => {
      if (released) return
      released = true
      holder.release(true) // closing the connection frees the lock
    },
  }
}

async function isOurs(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [serveKey])
  return rows[0]?.taken === true
}

const inUse = () =>
  refusal('store/in-use', {
    zh: '另一个 yilu serve 正在使用这个数据库',
    en: 'Another yilu serve is using this database',
  })
