import type pg from 'pg'
import type { Store } from '../../store/store.ts'
import { ORG_CHANNEL } from './change.ts'
import type { OrgDirectory } from './directory.ts'

const RETRY_MS = 1_000

/**
 * Keeps an org directory up to date with changes that other programs make to the tree. Survives server restarts: what
 * was missed meanwhile is read on reconnection.
 * @returns ends the following
 */
export function followOrgs(store: Store, orgs: OrgDirectory): () => Promise<void> {
  let ended = false
  let listening: pg.PoolClient | undefined
  let retry: NodeJS.Timeout | undefined
  const again = () => {
    if (!ended) retry = setTimeout(() => void listen(), RETRY_MS).unref()
  }

  async function listen(): Promise<void> {
    try {
      const client = await store.owner.connect()
      if (ended) return client.release()
      listening = client
      client.on('error', () => undefined)
      client.once('end', () => {
        if (listening !== client) return
        letGo()
        again()
      })
      client.on('notification', ({ payload }) => void orgs.reload(Number(payload) || undefined).catch(again))
      await client.query(`LISTEN ${ORG_CHANNEL}`)
      await orgs.reload()
    } catch {
      again() // the server is away
    }
  }

  function letGo() {
    const client = listening
    listening = undefined
    client?.release(true)
  }

  const started = listen()
  return async () => {
    ended = true
    clearTimeout(retry)
    await started
    letGo()
  }
}
