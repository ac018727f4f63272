import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { refusal, StoreError } from './problem.ts'
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
  let holder: pg.PoolClient | undefined

  async function acquire(): Promise<void> {
    const client = await store.owner.connect()
    client.on('error', () => undefined)
    try {
      const giveUp = Date.now() + patienceMs
      while (!(await isOurs(client))) {
        if (Date.now() > giveUp) throw inUse()
        await sleep(100)
      }
    } catch (error) {
      client.release(true)
      throw error
    }
    if (released) return client.release(true)
    holder = client
    client.once('end', () => {
      if (holder !== client) return
      letGo()
      void regain()
    })
  }

  /** Closing the connection frees the lock. */
  function letGo(): void {
    const client = holder
    holder = undefined
    client?.release(true)
  }

  async function regain(): Promise<void> {
    while (!released && holder === undefined) {
      try {
        await acquire()
      } catch (error) {
        if (error instanceof StoreError && error.problem.code === 'store/in-use') return onLost()
        await sleep(500) // the server is still away
      }
    }
  }

  await acquire()
  return {
    release: async () => {
      released = true
      letGo()
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
