import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../test/world.ts'
import { change, voidRecord } from '../kernel/records/records.ts'
import { must } from '../kernel/result.ts'
import { type Ask, asking, type Served, serve, visit } from './testing.ts'

let served: Served
let anybody: Ask
beforeAll(async () => {
  served = await serve()
  anybody = asking(served.base)
})
afterAll(() => served.close())

const API = '/api/v1/public/A/boards/world.visits'
/** Each asks something else: what anybody asked a moment ago is not asked again. */
let asked = 0
const places = async (query = '') => {
  const { status, json } = await anybody('GET', `${API}?page=1&${query}&search=${'%20'.repeat(++asked)}`)
  expect(status).toBe(200)
  return json.posted.map((one: { fields: { place: string } }) => one.fields.place)
}

test('anybody sees what stands on a board of a unit and those beneath, and nothing beside it', async () => {
  await visit(served.world, 'A1', { place: '东村', host: '张三丰', endedOn: '2025-06-30' })
  await visit(served.world, 'A2', { place: '西村', topic: 'pigs' })
  await visit(served.world, 'A1', { place: '昨日村', endedOn: '2025-06-29' })
  const done = await visit(served.world, 'A1', { place: '办结村' })
  must(await change(served.world, clerk, done, { state: 'done' }))
  const gone = await visit(served.world, 'A1', { place: '作废村' })
  must(await voidRecord(served.world, clerk, gone, '重复'))
  await visit(served.world, 'B', { place: '外县村' })
  expect(await places()).toEqual(['西村', '东村'])
  expect(await places('by=pigs')).toEqual(['西村'])
  const { json } = await anybody('GET', `${API}?search=东村`)
  expect(json).toMatchObject({
    count: 1,
    posted: [{ org: 'A1', fields: { place: '东村', topic: 'rice', people: 12 } }],
  })
  expect(Object.keys(json.posted[0].fields)).toEqual(['place', 'topic', 'people'])
})

test('the page needs no script, says the words of choices, and tells nobody’s name', async () => {
  const { status, text } = await anybody('GET', '/public/A/boards/world.visits')
  expect(status).toBe(200)
  expect(text).toContain('走访公示')
  expect(text).toContain('东村')
  expect(text).toContain('水稻')
  expect(text).not.toMatch(/<script|张/)
})

test('an unknown unit, an unknown board and a senseless page are refused', async () => {
  expect((await anybody('GET', '/api/v1/public/X/boards/world.visits')).status).toBe(404)
  expect((await anybody('GET', '/api/v1/public/A/boards/world.none')).status).toBe(404)
  expect((await anybody('GET', `${API}?page=0`)).status).toBe(400)
})
