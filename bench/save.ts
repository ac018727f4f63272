import { Agent, request } from 'node:http'
import pg from 'pg'
import { type OpenLedger, openLedger } from '../src/app.ts'
import { fold } from '../src/kernel/figures/fold.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { createPerson } from '../src/kernel/people/people.ts'
import { actorOfSession, createToken, signIn } from '../src/kernel/people/sessions.ts'
import { create } from '../src/kernel/records/records.ts'
import { must } from '../src/kernel/result.ts'
import { freePort, startProgram } from '../test/program.ts'
import { quantile, say, withLedger } from './ledger.ts'

// A save over HTTP (who acts, permission, validation, sealing, search terms, journal, tallies, one durable commit) by 16
// clients, against 16 clients that do a bare transaction of three statements (record, journal, one tally) on the same
// server, in turns. And writers under one org unit against as many under units of their own.

const CLIENTS = 16
const WRITERS = 32
const SECONDS = 4
const ROUNDS = 3
const boss = operator('bench')

/** Runs clients for some seconds; how many times a second they did it. */
async function rate(clients: number, work: (client: number, n: number) => Promise<unknown>): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  let done = 0
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < until; n++) {
        await work(client, n)
        done++
      }
    }),
  )
  return (done * 1000) / (performance.now() - begin)
}

const fieldsOf = (client: number, n: number) => ({
  receivedOn: '2024-05-18',
  topic: 'pest',
  crop: 'rice',
  question: `第${client}户第${n}次来问：早稻叶片发黄，应当怎样防治？`,
  served: 1 + (n % 3),
})

async function bareClients(ledger: OpenLedger) {
  await ledger.store.owner.query(`
    CREATE TABLE bare_record (id uuid PRIMARY KEY, org int, day date, fields jsonb);
    CREATE TABLE bare_journal (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry text);
    CREATE TABLE bare_tally (org int, day date, n bigint, PRIMARY KEY (org, day))`)
  const options = (ledger.store.owner as unknown as { options: pg.PoolConfig }).options
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new pg.Client(options)
      await client.connect()
      return client
    }),
  )
  const work = async (client: number, n: number) => {
    const db = clients[client]!
    const fields = JSON.stringify(fieldsOf(client, n))
    await db.query('BEGIN')
    await db.query({
      name: 'r',
      text: 'INSERT INTO bare_record VALUES (gen_random_uuid(), $1, $2, $3)',
      values: [client, '2024-05-18', fields],
    })
    await db.query({ name: 'j', text: 'INSERT INTO bare_journal (entry) VALUES ($1)', values: [fields] })
    await db.query({
      name: 't',
      text: 'INSERT INTO bare_tally VALUES ($1, $2, 1) ON CONFLICT (org, day) DO UPDATE SET n = bare_tally.n + 1',
      values: [client, '2024-05-18'],
    })
    await db.query('COMMIT')
  }
  return { work, end: () => Promise.all(clients.map(client => client.end())) }
}

/** `yilu serve` as a program of its own on the same data directory, asked over connections that stay open. */
async function overHttp(ledger: OpenLedger, dataDir: string) {
  const login = { login: 'bench', password: 'a long enough password' }
  must(await createPerson(ledger, boss, { ...login, name: '录入员', grants: [{ org: 'R', role: 'clerk' }] }))
  const session = must(await signIn(ledger, login, 'bench'))
  const { actor } = (await actorOfSession(ledger, session.token, 'bench'))!
  const { token } = must(await createToken(ledger, actor, { name: 'bench', days: 1 }))
  const port = await freePort()
  const program = await startProgram(dataDir, port)
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const work = (client: number, n: number) => {
    const body = JSON.stringify({ org: `U${client}`, fields: fieldsOf(client, n) })
    return new Promise<void>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': `${client}-${n}-${Math.random()}`,
      }
      const path = '/api/v1/types/hotline.call/records'
      request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers }, answer => {
        answer.resume()
        answer.on('end', () =>
          answer.statusCode === 201 ? resolve() : reject(new Error(`answered ${answer.statusCode}`)),
        )
      })
        .on('error', reject)
        .end(body)
    })
  }
  return {
    work,
    end: async () => {
      agent.destroy()
      await program.stop()
    },
  }
}

await withLedger(async (ledger, dataDir) => {
  const units = Array.from({ length: WRITERS }, (_, i) => ({
    code: `U${i}`,
    kind: 'township',
    name: `第${i}镇`,
    parent: 'R',
  }))
  must(await createUnits(ledger, boss, [{ code: 'R', kind: 'county', name: '测县' }, ...units]))
  const http = await overHttp(ledger, dataDir)
  const bare = await bareClients(ledger)
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const a = await rate(CLIENTS, http.work)
    const b = await rate(CLIENTS, bare.work)
    ratios.push(a / b)
    say(`saves over HTTP ${a.toFixed(0)}/s, bare transactions ${b.toFixed(0)}/s, ratio ${(a / b).toFixed(2)}`)
  }
  say(`ratio, median of ${ROUNDS}: ${quantile(ratios, 0.5).toFixed(2)} (at least 0.5 is promised)`)
  await bare.end()
  await http.end()

  // In the kernel, without HTTP, so that the server's locks are what is measured.
  const wide = await openLedger({ dataDir }, { connections: WRITERS })
  const save = (org: string) => async (client: number, n: number) =>
    must(await create(wide, boss, 'hotline.call', { org, fields: fieldsOf(client, n) }))
  const folding = setInterval(() => void fold(ledger.store).catch(() => undefined), 1000)
  const hot: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const apart = await rate(WRITERS, (client, n) => save(`U${client}`)(client, n))
    const together = await rate(WRITERS, save('U0'))
    hot.push(together / apart)
    say(
      `${WRITERS} writers: under units of their own ${apart.toFixed(0)}/s, under one ${together.toFixed(0)}/s, ratio ${(together / apart).toFixed(2)}`,
    )
  }
  say(`ratio, median of ${ROUNDS}: ${quantile(hot, 0.5).toFixed(2)} (at least 0.6 is promised)`)
  clearInterval(folding)
  await wide.close()
})
