import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { API } from './route.ts'
import { type Ask, asking, type Browser, type Served, serve, visit, visitFields } from './testing.ts'

// What bad input gets: a named problem in both languages, and nothing half-saved.

let served: Served
let manager: Browser
let county: Browser
let nobody: Ask

beforeAll(async () => {
  served = await serve({ largestUpload: 1024 * 1024 })
  manager = await served.as('a1-manager')
  county = await served.as('county')
  nobody = asking(served.base)
})
afterAll(() => served.close())

const RECORDS = `${API}/types/world.visit/records`
const json = { 'content-type': 'application/json' }

async function count(): Promise<number> {
  return (await manager.ask('GET', `${RECORDS}?totals=true&limit=1`)).json.count
}

describe('an entry', () => {
  test.each([
    ['a field that does not exist', { wind: 3 }, 'field/unknown', 'wind'],
    ['a text for a number', { people: 'many' }, 'field/kind', 'people'],
    ['a number too large for its column', { people: 1e15 }, 'field/too-large', 'people'],
    ['a negative count', { people: -1 }, 'field/negative', 'people'],
    ['a day that does not exist', { on: '2024-02-30' }, 'field/no-such-day', 'on'],
    ['a day in the future', { on: '2099-01-01' }, 'field/future-day', 'on'],
    ['half a character', { place: 'a\ud800' }, 'field/characters', 'place'],
    ['a text too long', { place: 'x'.repeat(41) }, 'field/too-long', 'place'],
    ['nothing where something must be', { place: '' }, 'field/required', 'place'],
    ['a choice that is not offered', { topic: 'tea' }, 'field/choice', 'topic'],
  ])('with %s is refused by name, in both languages', async (_, more, code, field) => {
    const before = await count()
    const answer = await manager.ask('POST', RECORDS, { body: { org: 'A1', fields: visitFields(more) } })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    expect(answer.json).toMatchObject({ status: 422, code, type: `urn:yilu:problem:${code}` })
    expect(answer.json.errors[0]).toMatchObject({ code, field })
    expect(answer.json.errors[0].zh).toMatch(/\p{Script=Han}/u)
    expect(answer.json.errors[0].en).toMatch(/[a-z]/)
    expect(await count()).toBe(before)
  })

  test('of many with a bad one saves none, and says which', async () => {
    const before = await count()
    const good = { org: 'A1', fields: visitFields() }
    const records = [good, { org: 'A1', fields: visitFields({ people: -3 }) }, good]
    const answer = await manager.ask('POST', `${RECORDS}/many`, { body: { records } })
    expect(answer.json.errors).toMatchObject([{ code: 'field/negative', field: 'people', row: 1 }])
    expect(await count()).toBe(before)
  })

  test('as a string of 10 MB is refused', async () => {
    const body = { org: 'A1', fields: visitFields({ place: 'x'.repeat(10_000_000) }) }
    const answer = await manager.ask('POST', RECORDS, { body })
    expect([answer.status, answer.json.code]).toEqual([413, 'request/too-large'])
    const many = await manager.ask('POST', `${RECORDS}/many`, { body: { records: [body] } })
    expect([many.status, many.json.code]).toEqual([422, 'field/too-long'])
  })

  test('with SQL or HTML in a text is saved as it is', async () => {
    const place = `'); DROP TABLE record; -- <b>&`
    const made = await manager.ask('POST', RECORDS, { body: { org: 'A1', fields: visitFields({ place }) } })
    expect(made.status).toBe(201)
    const read = await manager.ask('GET', `${API}/records/${made.json.id}`)
    expect(read.json.fields.place).toBe(place)
  })
})

describe('a body', () => {
  const post = (text: string) => manager.ask('POST', RECORDS, { body: text, headers: json })

  test.each([
    ['not JSON', '{"org": ', 400, 'request/json'],
    ['NaN', '{"org":"A1","fields":{"people":NaN}}', 400, 'request/json'],
    ['a name given twice', '{"org":"A1","org":"A2","fields":{}}', 400, 'request/json'],
    ['a name given twice in other letters', '{"org":"A1","fields":{"people":1,"\\u0070eople":2}}', 400, 'request/json'],
    ['__proto__', '{"org":"A1","__proto__":{"admin":true},"fields":{}}', 400, 'request/json'],
    ['constructor.prototype', '{"org":"A1","constructor":{"prototype":{}},"fields":{}}', 400, 'request/json'],
    ['nothing', '', 400, 'request/json'],
    ['null', 'null', 422, 'request/invalid'],
    ['what is not asked for', '{"org":"A1","fields":{},"status":"confirmed"}', 422, 'request/unknown-field'],
    ['NUL', '{"org":"A1\\u0000","fields":{}}', 400, 'request/characters'],
    ['half a character', '{"org":"A1","state":"\\ud83d","fields":{}}', 400, 'request/characters'],
  ])('of %s is refused', async (_, text, status, code) => {
    const answer = await post(text)
    expect([answer.status, answer.json.code]).toEqual([status, code])
  })

  test('of another kind is refused', async () => {
    const answer = await manager.ask('POST', RECORDS, { body: '<a/>', headers: { 'content-type': 'application/xml' } })
    expect([answer.status, answer.json.code]).toEqual([415, 'request/media-type'])
  })
})

describe('a question', () => {
  test.each([
    ['a period that does not exist', 'world.visits?org=A1&period=2024-13', 400, 'period/month'],
    ['an indicator that does not exist', 'world.nothing?org=A1&period=2024', 404, 'indicator/unknown'],
    ['an org unit that does not exist', 'world.visits?org=ZZ&period=2024', 400, 'org/unknown'],
    [
      'a dimension that does not exist',
      'world.visits?org=A1&period=2024&where[wind]=1',
      400,
      'figure/unknown-dimension',
    ],
    ['__proto__ as a dimension', 'world.visits?org=A1&period=2024&where[__proto__]=1', 400, 'request/unknown-field'],
    ['a parameter that does not exist', 'world.visits?org=A1&period=2024&when=now', 400, 'request/unknown-field'],
    ['a NUL', 'world.visits?org=A1%00&period=2024', 400, 'request/characters'],
    ['SQL', `world.visits?org=${encodeURIComponent("A1' OR '1'='1")}&period=2024`, 400, 'org/unknown'],
  ])('with %s is refused', async (_, path, status, code) => {
    const answer = await manager.ask('GET', `${API}/figures/${path}`)
    expect([answer.status, answer.json.code]).toEqual([status, code])
  })

  test('of what is not there is told alike, whether it never was or may not be seen', async () => {
    const beside = await served.as('beside')
    const id = await visit(served.world)
    const hidden = await beside.ask('GET', `${API}/records/${id}`)
    const none = await beside.ask('GET', `${API}/records/${id.replace(/.$/, last => (last === '0' ? '1' : '0'))}`)
    const odd = await beside.ask('GET', `${API}/records/${encodeURIComponent('../../etc/passwd')}`)
    for (const answer of [hidden, none, odd]) expect([answer.status, answer.json.code]).toEqual([404, 'record/unknown'])
  })

  test.each([
    '/api/v1/nothing',
    '/api/v2/me',
    '/api/v1/records/../../../etc/passwd',
    '/api/v1/%2e%2e/%2e%2e/etc/passwd',
  ])('for %s finds nothing', async path => {
    expect((await manager.ask('GET', path)).status).toBe(404)
  })
})

test('voiding twice is refused', async () => {
  const id = await visit(served.world)
  const voided = () => manager.ask('POST', `${API}/records/${id}/void`, { body: { reason: '重复登记' } })
  expect((await voided()).status).toBe(200)
  const again = await voided()
  expect([again.status, again.json.code]).toEqual([409, 'record/not-void'])
})

test('an org unit cannot be put under itself', async () => {
  const moved = await county.ask('POST', `${API}/orgs/A1/move`, { body: { parent: 'A11', asOf: '2025-01-01' } })
  expect([moved.status, moved.json.code]).toEqual([409, 'org/cycle'])
})

test('problems are told in the language that is asked for, Chinese where nothing is said', async () => {
  const path = `${API}/figures/world.nothing?org=A1&period=2024`
  const asked = async (language?: string) => {
    const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language }
    return (await manager.ask('GET', path, { headers })).json.title
  }
  expect(await asked('*')).toBe('没有找到')
  expect(await asked('en-GB,zh;q=0.5')).toBe('Not found')
  expect(await asked('fr, zh-CN;q=0.9, en;q=0.2')).toBe('没有找到')
})

test('an upload of 1 GB is refused before it is sent', async () => {
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = request(
      `${served.base}${API}/types/world.visit/import?org=A1`,
      {
        method: 'POST',
        headers: {
          cookie: manager.cookie,
          'x-csrf-token': manager.csrf,
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': 1024 ** 3,
        },
      },
      response => {
        let text = ''
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    sending.on('error', reject)
    // Nothing but the head is sent; an answer means that the rest was not waited for.
    sending.flushHeaders()
  })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text)).toMatchObject({
    code: 'request/too-large',
    errors: [{ field: 'file', most: 1024 * 1024 }],
  })
})

test('what goes wrong inside is told by number, not by its inside', async () => {
  const broken = served.world.store.pool
  const { query } = broken
  Object.assign(broken, { query: () => Promise.reject(new Error('secret inside')) })
  const answer = await nobody('GET', '/readyz').finally(() => Object.assign(broken, { query }))
  expect(answer.status).toBe(500)
  expect(answer.json.code).toBe('internal/error')
  expect(answer.text).not.toMatch(/secret|stack|\.ts/)
})

test('a database that is away is told as such, with when to try again', async () => {
  const away = served.world.store.pool
  const { query } = away
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  Object.assign(away, { query: () => Promise.reject(refused) })
  const answer = await nobody('GET', '/readyz').finally(() => Object.assign(away, { query }))
  expect([answer.status, answer.json.code]).toEqual([503, 'store/unavailable'])
  expect(answer.headers.get('retry-after')).toBe('2')
})

describe('every answer', () => {
  test.each([
    '/sign-in',
    '/style.css',
    '/healthz',
    '/nothing',
    `${API}/me`,
    `${API}/nothing`,
  ])('of %s forbids what pages do not need', async path => {
    const { headers } = await nobody('GET', path)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(headers.get('content-security-policy')).not.toMatch(/script|unsafe-eval/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  test('over HTTPS asks to stay with it, and keeps the cookie to itself', async () => {
    const secure = await serve({ secure: true })
    try {
      const signedIn = await asking(secure.base)('POST', `${API}/session`, {
        body: { login: 'county', password: 'correct horse battery' },
      })
      expect(signedIn.headers.get('strict-transport-security')).toMatch(/max-age=\d+/)
      expect(signedIn.headers.get('set-cookie')).toMatch(
        /^__Host-yilu_session=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
    } finally {
      await secure.close()
    }
  })
})
