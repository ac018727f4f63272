import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { explainDatabaseError } from './problem.ts'
import { inTransaction, openStore } from './store.ts'
import { testStore } from './testing.ts'

const store = await testStore()
afterAll(() => store.close())

test('values are read as days, instants, safe integers and decimal strings', async () => {
  const { rows } =
    await store.pool.query(`SELECT 7::bigint AS count, 1.50::numeric AS amount, '2024-02-29'::date AS day,
    '2024-05-18 09:00:00.123456+08'::timestamptz AS instant, '{1,NULL,3}'::bigint[] AS list, '{"a":[1]}'::jsonb AS json,
    '{2024-01-01}'::date[] AS days, '{"2024-01-01 00:00+00"}'::timestamptz[] AS instants, '{}'::bigint[] AS none,
    '\\x00ff'::bytea AS bytes`)
  expect(rows[0]).toEqual({
    count: 7,
    amount: '1.50',
    day: '2024-02-29',
    instant: '2024-05-18T01:00:00.123Z',
    list: [1, null, 3],
    json: { a: [1] },
    days: ['2024-01-01'],
    instants: ['2024-01-01T00:00:00.000Z'],
    none: [],
    bytes: Buffer.from([0, 255]),
  })
  await expect(store.pool.query('SELECT 9007199254740993::bigint')).rejects.toThrow(RangeError)
})

test('the journal and the checkpoints take additions only, from the application and from the owner', async () => {
  const insert = `INSERT INTO journal (root, subject, entry) VALUES (0, 'person:x', '{}')`
  await store.pool.query(insert)
  await store.pool.query(`INSERT INTO checkpoint VALUES (1, 1, '{}', '\\x00')`)
  expect((await store.pool.query('SELECT current_user AS role')).rows[0].role).toBe('yilu_app')
  for (const pool of [store.pool, store.owner]) {
    for (const table of ['journal', 'checkpoint']) {
      for (const change of [`UPDATE ${table} SET root = 1`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        const statement = change.replace('checkpoint SET root', 'checkpoint SET size')
        await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' }) // insufficient_privilege
      }
    }
  }
  await expect(store.pool.query('ALTER TABLE journal DISABLE TRIGGER ALL')).rejects.toMatchObject({ code: '42501' })
  await expect(store.pool.query('DELETE FROM migration')).rejects.toMatchObject({ code: '42501' })
  expect((await store.pool.query('SELECT 1 FROM journal')).rowCount).toBe(1)
})

test('a transaction keeps all or nothing', async () => {
  const add = `INSERT INTO definition VALUES ('test', 'kept', '')`
  const failing = inTransaction(store.pool, async client => {
    await client.query(add)
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  expect(await inTransaction(store.pool, async client => (await client.query(add)).rowCount)).toBe(1)
})

test('connections broken by the server are told as a passing trouble, and new queries go on', async () => {
  await Promise.all([1, 2, 3].map(() => store.pool.query('SELECT pg_sleep(0.01)')))
  const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`
  const hit = inTransaction(store.pool, async client => {
    const waiting = client.query('SELECT pg_sleep(60)')
    waiting.catch(() => undefined)
    await store.owner.query(terminate)
    return waiting
  }).catch((error: unknown) => error)
  expect(explainDatabaseError(await hit)).toMatchObject({ code: 'store/unavailable', retriable: true })
  expect(await tryAgain(() => store.pool.query('SELECT 1 AS one'))).toMatchObject({ rows: [{ one: 1 }] })
})

/** What a client does that is told `retriable`. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (explainDatabaseError(error)?.retriable !== true || tries === 100) throw error
      await sleep(20)
    }
  }
}

test('a database that cannot be reached, and a URL that is none, are named', async () => {
  const { dataDir } = store
  const nobody = openStore({ dataDir, databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' })
  await expect(nobody).rejects.toMatchObject({ problem: { code: 'store/unreachable' } })
  await expect(openStore({ dataDir, databaseUrl: 'nonsense' })).rejects.toMatchObject({
    problem: { code: 'store/bad-url' },
  })
})

test('a database user who may not make roles gets a store without the role, whose journal still refuses', async () => {
  await store.owner.query(`CREATE ROLE plain_${process.pid} LOGIN`)
  const name = `plain_${process.pid}`
  await store.owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`)
  const url = new URL(store.databaseUrl)
  url.username = name
  const plain = await openStore({ dataDir: store.dataDir, databaseUrl: url.href })
  try {
    expect((await plain.pool.query('SELECT current_user AS role')).rows[0].role).toBe(name)
    await expect(plain.pool.query('DELETE FROM journal')).rejects.toThrow('the journal is append-only')
  } finally {
    await plain.close()
    await store.owner.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`)
  }
})
