import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLedger } from '../src/app.ts'
import { figure } from '../src/kernel/figures/figure.ts'
import { rebuild } from '../src/kernel/figures/rebuild.ts'
import { verify } from '../src/kernel/journal/verify.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { createPerson } from '../src/kernel/people/people.ts'
import { actorOfSession, createToken, signIn } from '../src/kernel/people/sessions.ts'
import { must } from '../src/kernel/result.ts'
import { freePort, type Program, postmasterOf, startProgram } from './program.ts'

const CLIENTS = 8
const KILLS = 20
const boss = operator('test')

let dataDir: string
let port: number
let token: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yilu-reliability-'))
  port = await freePort()
  const ledger = await openLedger({ dataDir })
  must(
    await createUnits(ledger, boss, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A-2', kind: 'township', name: '二镇', parent: 'A' },
    ]),
  )
  const login = { login: 'writer', password: 'a long enough password' }
  must(await createPerson(ledger, boss, { ...login, name: '录入员', grants: [{ org: 'A', role: 'manager' }] }))
  const session = must(await signIn(ledger, login, 'test'))
  const { actor } = (await actorOfSession(ledger, session.token, 'test'))!
  token = must(await createToken(ledger, actor, { name: 'test', days: 10 })).token
  await ledger.close()
}, 60_000)

afterAll(async () => {
  // A test that failed leaves its program running.
  await running?.kill()
  await rm(dataDir, { recursive: true, force: true })
})

let running: Program | undefined
const start = async () => {
  running = await startProgram(dataDir, port)
  return running
}

/** What a client was told, by idempotency key; null while it was told nothing. */
interface Attempt {
  readonly key: string
  readonly body: unknown
  told: { id: string; version: number; seq: number; hash: string } | null
}

const attemptOf = (client: number, n: number): Attempt => ({
  key: `client-${client}-${n}-${Math.random().toString(36).slice(2)}`,
  body: {
    org: n % 2 === 0 ? 'A-1' : 'A-2',
    fields: { receivedOn: '2024-05-18', topic: 'pest', question: `第${client}户第${n}问`, served: 1 + (n % 3) },
  },
  told: null,
})

async function send(base: string, attempt: Attempt): Promise<number> {
  const answer = await fetch(`${base}/api/v1/types/hotline.call/records`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': attempt.key,
    },
    body: JSON.stringify(attempt.body),
    signal: AbortSignal.timeout(20_000),
  })
  const json = (await answer.json()) as { errors?: unknown }
  if (answer.ok) attempt.told = json as unknown as Attempt['told']
  else if (answer.status !== 503) throw new Error(`${answer.status} ${JSON.stringify(json)}`)
  return answer.status
}

/** Clients that write until told to stop. What broke off is left untold. */
function writers(base: string) {
  const attempts: Attempt[] = []
  const refusals: number[] = []
  let stopped = false
  const run = async (client: number) => {
    for (let n = 0; !stopped; n++) {
      const attempt = attemptOf(client, n)
      attempts.push(attempt)
      const status = await send(base, attempt).catch((error: unknown) => {
        // A broken connection is what a kill looks like; an answer that is neither good nor 503 is not.
        if (error instanceof Error && /^\d{3} /.test(error.message)) throw error
        return 0
      })
      if (status === 503) refusals.push(status)
      if (status !== 201) await sleep(20)
    }
  }
  const running = Promise.all(Array.from({ length: CLIENTS }, (_, client) => run(client)))
  return {
    attempts,
    refusals,
    stop: async () => {
      stopped = true
      await running
    },
  }
}

/** Everything told stands, once; what was not told is there whole or not at all; tallies, journal and records agree. */
async function check(attempts: readonly Attempt[]) {
  const ledger = await openLedger({ dataDir })
  try {
    const told = attempts.flatMap(({ told }) => (told ? [told] : []))
    const { rows } = await ledger.store.pool.query<{ id: string; version: number; served: number }>(
      `SELECT id, version, (fields ->> 'served')::int AS served FROM record WHERE type = 'hotline.call'`,
    )
    const entries = await ledger.store.pool.query<{ seq: number; subject: string; after: string }>(
      `SELECT seq, subject, entry::json ->> 'after' AS after FROM journal WHERE entry::json ->> 'type' = 'hotline.call'`,
    )
    const stored = new Map(rows.map(row => [row.id, row]))
    const journaled = new Map(entries.rows.map(row => [row.subject, row]))
    for (const { id, version, seq, hash } of told) {
      expect(stored.get(id)).toMatchObject({ version })
      expect(journaled.get(`record:${id}`)).toMatchObject({ seq, after: hash })
    }
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
    expect(journaled.size).toBe(rows.length)
    expect(entries.rows.length).toBe(rows.length)
    const asked = { org: 'A', period: '2024' }
    expect(must(await figure(ledger, boss, { indicator: 'hotline.calls', ...asked })).value).toBe(rows.length)
    expect(must(await figure(ledger, boss, { indicator: 'hotline.people-served', ...asked })).value).toBe(
      rows.reduce((sum, row) => sum + row.served, 0),
    )
    expect((await rebuild(ledger)).differing).toEqual([])
    const verified = await verify(ledger)
    expect(verified.problems).toEqual([])
    expect(verified.ok).toBe(true)
    return { told: told.length, stored: rows.length }
  } finally {
    await ledger.close()
  }
}

test(`kill -9 while ${CLIENTS} clients write, ${KILLS} times: what was acknowledged stands, and a repeat adds nothing`, {
  timeout: 300_000,
}, async () => {
  const attempts: Attempt[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const program = await start()
    // What the kill before left untold is sent again under its key, as a client that remembers would.
    const untold = attempts.filter(({ told }) => told === null)
    await Promise.all(untold.map(attempt => send(program.base, attempt)))
    const writing = writers(program.base)
    await sleep(150 + kill * 20)
    await program.kill()
    await writing.stop()
    attempts.push(...writing.attempts)
  }
  const program = await start()
  await Promise.all(attempts.filter(({ told }) => told === null).map(attempt => send(program.base, attempt)))
  expect(await program.stop()).toBe(0)
  const { told, stored } = await check(attempts)
  expect(told).toBe(attempts.length)
  expect(stored).toBe(attempts.length)
  expect(stored).toBeGreaterThan(KILLS * CLIENTS)
})

test('PostgreSQL killed and stopped under load: clients are told to try again, and the service recovers by itself', {
  timeout: 400_000,
}, async () => {
  const before = await storedNow()
  const program = await start()
  const writing = writers(program.base)
  await sleep(300)
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const toldBefore = writing.attempts.filter(({ told }) => told).length
    process.kill(await postmasterOf(dataDir), signal)
    for (let tries = 0; tries < 400; tries++) {
      await sleep(50)
      if (writing.attempts.filter(({ told }) => told).length > toldBefore + 3 * CLIENTS) break
    }
    expect(writing.attempts.filter(({ told }) => told).length).toBeGreaterThan(toldBefore + 3 * CLIENTS)
  }
  await writing.stop()
  expect(writing.refusals.length).toBeGreaterThan(0)
  const untold = writing.attempts.filter(({ told }) => told === null)
  await Promise.all(untold.map(attempt => send(program.base, attempt)))
  expect(await program.stop()).toBe(0)
  const { stored } = await check(writing.attempts)
  expect(stored).toBe(before + writing.attempts.length)
})

async function storedNow(): Promise<number> {
  const ledger = await openLedger({ dataDir })
  const { rows } = await ledger.store.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM record')
  await ledger.close()
  return rows[0]!.n
}
