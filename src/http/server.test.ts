import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { API } from './route.ts'
import { asking, type Browser, PASSWORD, type Served, serve, visit, visitFields } from './testing.ts'

let served: Served
let manager: Browser

beforeAll(async () => {
  served = await serve()
  manager = await served.as('a1-manager')
})
afterAll(() => served.close())

const anonymous = () => asking(served.base)
const entered = (more = {}) => ({ org: 'A1', fields: visitFields(more) })

describe('a saved record', () => {
  test('counts at once, can be read, changed and explained down to its journal entry', async () => {
    const { ask } = manager
    const before = await ask('GET', `${API}/figures/world.people?org=A&period=2023`)
    expect(before.status).toBe(403)
    const made = await ask('POST', `${API}/types/world.visit/records`, {
      body: entered({ on: '2023-03-01', people: 30 }),
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('etag')).toBe('"1"')
    const figure = () => ask('GET', `${API}/figures/world.people?org=A1&period=2023&where[topic]=rice`)
    expect((await figure()).json).toMatchObject({ value: 30, unit: 'person-time' })
    const changed = await ask('PATCH', `${API}/records/${made.json.id}`, {
      body: { fields: { people: 31 } },
      headers: { 'if-match': made.headers.get('etag')! },
    })
    expect(changed.json).toMatchObject({ id: made.json.id, version: 2 })
    expect((await figure()).json.value).toBe(31)
    const explained = await ask('GET', `${API}/figures/world.people/explain?org=A1&period=2023`)
    expect(explained.json.records).toMatchObject([{ id: made.json.id, value: 31, entry: { seq: changed.json.seq } }])
    const history = await ask('GET', `${API}/records/${made.json.id}/history`)
    expect(history.json.versions).toMatchObject([
      { version: 2, differences: [{ field: 'people', before: 30, after: 31 }] },
      { version: 1, action: 'create' },
    ])
  })

  test('is listed with filter, search and totals, page by page', async () => {
    const { ask } = manager
    for (const people of [5, 7, 9])
      await ask('POST', `${API}/types/world.visit/records`, {
        body: entered({ on: '2022-02-0'.concat(String(people - 4)), people, topic: 'fish', place: '青石渔场' }),
      })
    const query = 'org=A1&period=2022&filter[topic]=fish&search=渔场&totals=true&limit=2'
    const first = await ask('GET', `${API}/types/world.visit/records?${query}`)
    expect(first.json).toMatchObject({ count: 3, totals: { people: 21 } })
    expect(first.json.records).toHaveLength(2)
    const second = await ask(
      'GET',
      `${API}/types/world.visit/records?${query}&after=${encodeURIComponent(first.json.next)}`,
    )
    expect(second.json.records.map((record: { fields: { people: number } }) => record.fields.people)).toEqual([5])
    expect(second.json.next).toBeUndefined()
  })
})

describe('a change', () => {
  test('with a stale If-Match is refused, and without one asked for', async () => {
    const id = await visit(served.world)
    const change = (headers: Record<string, string>) =>
      manager.ask('PATCH', `${API}/records/${id}`, { body: { fields: { people: 13 } }, headers })
    expect((await change({})).status).toBe(428)
    expect((await change({ 'if-match': 'seven' })).json.code).toBe('request/if-match')
    expect((await change({ 'if-match': '"1"' })).status).toBe(200)
    const stale = await change({ 'if-match': '"1"' })
    expect(stale.status).toBe(412)
    expect(stale.json.errors[0]).toMatchObject({ code: 'record/stale', seen: 1, now: 2 })
    expect((await change({ 'if-match': '*' })).status).toBe(200)
  })

  test('with a key that was used gets the same answer, once saved', async () => {
    const post = (body: unknown) =>
      manager.ask('POST', `${API}/types/world.visit/records`, { body, headers: { 'idempotency-key': 'visit-1' } })
    const first = await post(entered({ place: '一次' }))
    const again = await post(entered({ place: '一次' }))
    expect(again.status).toBe(201)
    expect(again.json).toEqual(first.json)
    const other = await post(entered({ place: '另一次' }))
    expect([other.status, other.json.code]).toEqual([422, 'idempotency/other-request'])
    const listed = await manager.ask('GET', `${API}/types/world.visit/records?search=一次&totals=1`)
    expect(listed.json.count).toBe(1)
  })

  test('other than of records keeps its key as well', async () => {
    const county = await served.as('county')
    const post = (period: string) =>
      county.ask('PUT', `${API}/targets`, {
        body: { targets: [{ indicator: 'world.visits', org: 'A1', period, value: 10 }] },
        headers: { 'idempotency-key': 'target-1' },
      })
    expect((await post('2024')).json).toEqual({ set: 1 })
    expect((await post('2024')).json).toEqual({ set: 1 })
    expect((await post('2025')).json.code).toBe('idempotency/other-request')
    const refused = (value: number) =>
      county.ask('PUT', `${API}/targets`, {
        body: { targets: [{ indicator: 'world.visits', org: 'A1', period: '2024', value }] },
        headers: { 'idempotency-key': `target ${value}` },
      })
    expect((await refused(1)).json.code).toBe('idempotency/key')
  })

  test('from another site, or without the page’s token, is refused', async () => {
    const body = entered()
    const path = `${API}/types/world.visit/records`
    const bare = asking(served.base, { cookie: manager.cookie })
    expect((await bare('POST', path, { body })).json.code).toBe('csrf/refused')
    expect((await bare('POST', path, { body, headers: { 'x-csrf-token': 'x'.repeat(24) } })).status).toBe(403)
    const cross = await manager.ask('POST', path, { body, headers: { 'sec-fetch-site': 'cross-site' } })
    expect(cross.json.code).toBe('csrf/refused')
  })
})

test('an API token acts as its person without cookie or CSRF token, until it is revoked', async () => {
  const made = await manager.ask('POST', `${API}/me/tokens`, { body: { name: '扫描仪', days: 30 } })
  expect(made.status).toBe(201)
  const program = asking(served.base, { authorization: `Bearer ${made.json.token}` })
  expect((await program('GET', `${API}/me`)).json).toMatchObject({ login: 'a1-manager', csrf: null })
  expect((await program('POST', `${API}/types/world.visit/records`, { body: entered() })).status).toBe(201)
  expect((await manager.ask('DELETE', `${API}/me/tokens/${made.json.id}`)).status).toBe(204)
  expect((await program('GET', `${API}/me`)).status).toBe(401)
})

test('signing out ends the session', async () => {
  const clerk = await served.as('a1-clerk')
  expect((await clerk.ask('GET', `${API}/me`)).json.grants).toEqual([{ org: 'A1', name: '青石镇', role: 'clerk' }])
  expect((await clerk.ask('DELETE', `${API}/session`)).status).toBe(204)
  expect((await clerk.ask('GET', `${API}/me`)).status).toBe(401)
})

test('failed sign-ins are slowed, by login and address, and told how long to wait', async () => {
  const attempt = (password: string) =>
    anonymous()('POST', `${API}/session`, { body: { login: 'A1-Analyst', password } })
  for (let i = 0; i < 8; i++) expect((await attempt('wrong password')).status).toBe(401)
  const slowed = await attempt(PASSWORD)
  expect([slowed.status, slowed.json.code]).toEqual([429, 'sign-in/too-often'])
  expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
  // Another login from the same address is not held up by it.
  expect(
    (await anonymous()('POST', `${API}/session`, { body: { login: 'a1-auditor', password: PASSWORD } })).status,
  ).toBe(201)
})

test('health and readiness are told to anyone, metrics to the machine itself', async () => {
  expect((await anonymous()('GET', '/healthz')).json).toEqual({ ok: true })
  expect((await anonymous()('GET', '/readyz')).json).toEqual({ ok: true })
  const metrics = await anonymous()('GET', '/metrics')
  expect(metrics.text).toMatch(
    /yilu_http_request_seconds_count\{route="\/api\/v1\/session",method="POST",status="201"\} \d/,
  )
  expect(metrics.text).toMatch(/yilu_tally_pending \d/)
  expect(metrics.text).toMatch(/yilu_journal_unsealed [1-9]/)
  const proxied = await anonymous()('GET', '/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })
  expect(proxied.status).toBe(403)
})
