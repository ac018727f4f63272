import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { domain } from '../kernel/domain.ts'
import { question } from '../kernel/operation.ts'
import { registryOf } from '../kernel/registry.ts'
import { ok } from '../kernel/result.ts'
import { operationRoutes } from './routes/operations.ts'
import { type Browser, type Served, serve } from './testing.ts'

let served: Served
let analyst: Browser
beforeAll(async () => {
  served = await serve()
  analyst = await served.as('a1-analyst')
})
afterAll(() => served.close())

test('a question is answered, and refused in the words of the domain', async () => {
  const said = await analyst.ask('GET', `/api/v1/domains/world/echo?org=A1&words=${encodeURIComponent('喂')}`)
  expect(said.json).toEqual({ said: '喂' })
  const refused = await analyst.ask('GET', `/api/v1/domains/world/echo?org=A1&words=${encodeURIComponent('安静')}`)
  expect([refused.status, refused.json.code, refused.json.errors[0].field]).toEqual([400, 'world/silence', 'words'])
})

test('input that is none is named before anything runs', async () => {
  const refused = await analyst.ask('GET', '/api/v1/domains/world/echo?org=A1&word=x')
  expect(refused.status).toBe(400)
})

test('a file comes under its name', async () => {
  const { headers, text } = await analyst.ask('GET', '/api/v1/domains/world/sheet?org=A1')
  expect(text).toBe('纸')
  expect(headers.get('content-disposition')).toContain(encodeURIComponent('纸.txt'))
})

test('an action takes the right it declares, at the unit it names', async () => {
  const body = { org: 'A1', words: '记' }
  expect((await analyst.ask('POST', '/api/v1/domains/world/note', { body })).status).toBe(403)
  const clerk = await served.as('a1-clerk')
  expect((await clerk.ask('POST', '/api/v1/domains/world/note', { body })).json).toEqual({ org: 'A1' })
  expect((await clerk.ask('POST', '/api/v1/domains/world/note', { body: { ...body, org: 'A2' } })).status).toBe(403)
})

test('operations stand in the description of the API', async () => {
  const { json } = await analyst.ask('GET', '/api/openapi.json')
  expect(json.paths['/api/v1/domains/world/note'].post.operationId).toBe('world.note')
})

test('one whose unit cannot be told is a mistake of its declaration', () => {
  const nowhere = question('x.y', { zh: 'x', en: 'x', input: z.strictObject({}), answer: z.string() }, async () =>
    ok(''),
  )
  const wrong = registryOf([domain('x', { zh: 'x', en: 'x', types: [], indicators: {}, operations: [nowhere] })])
  expect(() => operationRoutes(wrong)).toThrow('names no org unit')
})
