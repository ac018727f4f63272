import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { buildServer } from '../../http/server.ts'
import { asking } from '../../http/testing.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { createPerson } from '../../kernel/people/people.ts'
import { createToken } from '../../kernel/people/sessions.ts'
import { listRecords } from '../../kernel/records/list.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must } from '../../kernel/result.ts'
import hotline from './index.ts'

let world: World
let app: Awaited<ReturnType<typeof buildServer>>
let base: string
let token: string

beforeAll(async () => {
  world = await testWorld({ registry: registryOf([hotline]) })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'B', kind: 'county', name: '乙县' },
    ]),
  )
  const grants = [{ org: 'A', role: 'clerk' as const }]
  const person = must(
    await createPerson(world, clerk, { login: 'exchange', name: '交换机', password: 'a long password', grants }),
  )
  const { id, path } = world.orgs.byCode('A')!
  const actor: Actor = { person: person.id, name: '交换机', from: 'test', grants: [{ org: id, path, role: 'clerk' }] }
  token = must(await createToken(world, actor, { name: 'exchange', days: 1 })).token
  app = await buildServer(world, {})
  await app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.close()
  await world.store.close()
})

/** An exchange on a bad line: it tells every event, loses the answer at times, and then tells it again. */
function fakeExchange(org: string, bearer: string) {
  const ask = asking(base, { authorization: `Bearer ${bearer}` })
  const tell = (event: object) => ask('POST', '/api/v1/domains/hotline/ring', { body: { org, ...event } })
  return {
    tell,
    async call(number: string, phone: string, events: readonly string[]) {
      for (const event of events) {
        const told = { call: number, event, phone, line: '963110' }
        const answers = await Promise.all(number.endsWith('2') ? [tell(told), tell(told)] : [tell(told)])
        expect(answers.map(answer => answer.status)).toEqual(answers.map(() => 200))
      }
    },
  }
}

const rings = async () =>
  must(await listRecords(world, clerk, { type: 'hotline.ring', org: 'A', sort: 'number' })).records.map(
    ({ state, fields }) => [fields.number, state, fields.phone],
  )

test('an exchange tells of its calls with a token; each is one ring in its last state, its number masked', async () => {
  const exchange = fakeExchange('A', token)
  await Promise.all([
    exchange.call('n1', '13800138001', ['ringing', 'answered', 'ended']),
    exchange.call('n2', '13800138002', ['ringing', 'answered', 'ended']),
    exchange.call('n3', '13800138003', ['ringing', 'ended']),
    exchange.call('n4', '13800138004', ['ringing']),
  ])
  expect(await rings()).toEqual([
    ['n1', 'ended', '138****8001'],
    ['n2', 'ended', '138****8002'],
    ['n3', 'missed', '138****8003'],
    ['n4', 'ringing', '138****8004'],
  ])
})

test('a wrong token, another unit, and what is no event are refused, and leave nothing', async () => {
  const before = await rings()
  const event = { call: 'n9', event: 'ringing', phone: '13800138009' }
  const status = async (exchange: ReturnType<typeof fakeExchange>, told: object) => (await exchange.tell(told)).status
  expect(await status(fakeExchange('A', `${token}x`), event)).toBe(401)
  expect(await status(fakeExchange('B', token), event)).toBe(403)
  expect(await status(fakeExchange('A', token), { ...event, event: 'exploded' })).toBe(422)
  expect(await status(fakeExchange('A', token), { ...event, at: 'yesterday' })).toBe(422)
  const unknown = await fakeExchange('A', token).tell({ ...event, event: 'ended' })
  expect([unknown.status, unknown.json.errors[0].code]).toEqual([422, 'hotline/unknown-ring'])
  expect(await rings()).toEqual(before)
})
