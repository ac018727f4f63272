import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import { checkAdded, checkQueue } from './checks/entries.ts'
import { checkEvents } from './checks/events.ts'
import { checkEvidence } from './checks/evidence.ts'
import { collectFindings, type Findings, type Problem } from './checks/findings.ts'
import { type Connection, inTurn, type Reading } from './checks/reading.ts'
import { checkRecords } from './checks/records.ts'
import { seenEntries } from './checks/seen.ts'
import { checkStanding } from './checks/standing.ts'
import { checkTree, type Sealed } from './checks/tree.ts'

export type { Problem }

export interface Verification {
  readonly ok: boolean
  /** Journal entries checked: sealed and waiting. */
  readonly entries: number
  readonly checkpoints: number
  /** Of the last checkpoint, hex; null where nothing is sealed yet. */
  readonly root: string | null
  /** The first 1,000; if there are more, the last one says how many. */
  readonly problems: readonly Problem[]
}

export interface VerifyOptions {
  /** Told of rows done, of about how many. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Checks the whole ledger against its journal and the journal against its signed checkpoints, as of one instant, while
 * others go on writing. Tallies are not looked at: `rebuild` compares those. Memory does not grow with the records (the
 * journal takes a bit an entry).
 */
export async function verify(ledger: Ledger, options: VerifyOptions = {}): Promise<Verification> {
  const findings = collectFindings()
  return inSnapshot(ledger, async (client, beside, along) => {
    const reading: Reading = {
      client,
      beside,
      along,
      codes: await codesOf(client),
      advance: await meter(client, options),
    }
    const [sealed] = await together([checkJournal(ledger, reading, findings), checkContents(ledger, reading, findings)])
    return {
      ok: findings.list().length === 0,
      entries: sealed.entries,
      checkpoints: sealed.checkpoints,
      root: sealed.root,
      problems: findings.list(),
    }
  })
}

/** Entries, tree and checkpoints: the server hashes the entries while we hash what they vouch for. */
async function checkJournal(ledger: Ledger, reading: Reading, findings: Findings): Promise<Sealed> {
  const seen = seenEntries()
  const sealed = await checkTree(ledger, reading, findings, seen)
  const waiting = await checkQueue(reading, findings, seen)
  await checkAdded(reading, findings, seen)
  return { ...sealed, entries: sealed.entries + waiting }
}

async function checkContents(ledger: Ledger, reading: Reading, findings: Findings): Promise<void> {
  const erased = await checkStanding(reading, findings)
  await checkRecords(ledger, reading, findings, erased)
  await checkEvents(ledger, reading, findings)
  await checkEvidence(ledger.store.dataDir, reading, findings)
}

/** Both, and an error only when neither uses its connection any more. */
async function together<A, B>([first, second]: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second])
  if (a.status === 'rejected') throw a.reason
  if (b.status === 'rejected') throw b.reason
  return [a.value, b.value]
}

/** Three connections that see the database as of the same instant and cannot write. */
async function inSnapshot<T>(
  ledger: Ledger,
  work: (...connections: readonly [Connection, Connection, Connection]) => Promise<T>,
): Promise<T> {
  const clients: pg.PoolClient[] = []
  const connect = async () => {
    const client = await ledger.store.pool.connect()
    client.on('error', ignore)
    clients.push(client)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return client
  }
  let failed = true
  try {
    const client = await connect()
    const { rows } = await client.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot')
    const join = async () => {
      const other = await connect()
      await other.query(`SET TRANSACTION SNAPSHOT '${rows[0]!.snapshot}'`)
      return inTurn(other)
    }
    const result = await work(inTurn(client), await join(), await join())
    for (const one of clients) await one.query('COMMIT')
    failed = false
    return result
  } finally {
    for (const client of clients) {
      client.off('error', ignore)
      client.release(failed) // with cursors half read, a new connection is simpler than tidying up
    }
  }
}

const ignore = () => undefined

async function codesOf(client: Connection): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ id: number; code: string }>('SELECT id, code FROM org_unit')
  return new Map(rows.map(row => [row.id, row.code]))
}

/** Entries count twice: once as leaves, once with what they vouch for. */
async function meter(client: Connection, { onProgress = ignore, signal }: VerifyOptions) {
  const { rows } = await client.query<{ entries: number; files: number }>(
    'SELECT (SELECT count(*) FROM journal) AS entries, (SELECT count(*) FROM evidence) AS files',
  )
  const total = 2 * rows[0]!.entries + rows[0]!.files
  let done = 0
  return (count: number) => {
    signal?.throwIfAborted()
    done = Math.min(done + count, total)
    onProgress(done, total)
  }
}
