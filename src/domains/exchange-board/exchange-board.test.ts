import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { boardPage } from '../../kernel/disclosure/posted.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { createUnits } from '../../kernel/org/change.ts'
import { change, create } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import hotline from '../hotline/index.ts'
import information from '../information/index.ts'
import exchangeBoard from './index.ts'

let world: World
let now = new Date('2024-05-18T01:00:00Z')
beforeAll(async () => {
  const registry = registryOf([hotline, information, exchangeBoard])
  world = { ...(await testWorld({ registry })), clock: () => now }
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A-1-1', kind: 'village', name: '东村', parent: 'A-1' },
    ]),
  )
})
afterAll(() => world.store.close())

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const fields = {
  collectedOn: '2024-05-18',
  kind: 'supply',
  title: '供应荔枝',
  content: '妃子笑五千斤，六月上旬采收',
  product: '荔枝',
  quantity: 2_500_000,
  village: 'A-1-1',
  contact: '王小明',
  phone: '13900000001',
  expiresOn: '2024-06-10',
}
const collect = (more: Record<string, unknown> = {}, org = 'A-1') =>
  create(world, clerk, 'exchange-board.item', { org, fields: { ...fields, ...more } })
const posted = async (query = {}) => must(await boardPage(world, 'A', 'exchange-board.items', query))

test('an item collected once appears on the public board when it is published, and expires by itself', async () => {
  const { id } = must(await collect())
  expect((await posted()).count).toBe(0)
  must(await change(world, clerk, id, { state: 'published' }))
  const { posted: shown } = await posted()
  expect(shown).toMatchObject([
    { id, org: 'A-1', fields: { title: '供应荔枝', quantity: 2_500_000, village: 'A-1-1' } },
  ])
  expect(JSON.stringify(shown)).not.toMatch(/王|139|sealed/)
  now = new Date('2024-06-10T15:59:00Z')
  expect((await posted()).count).toBe(1)
  now = new Date('2024-06-10T16:00:00Z')
  expect((await posted()).count).toBe(0)
  now = new Date('2024-05-18T01:00:00Z')
})

test('the board is narrowed by kind and searched by words; what is concluded leaves it', async () => {
  const wanted = must(await collect({ kind: 'demand', title: '求购辣椒苗', content: '要两万株', product: '辣椒苗' }))
  must(await change(world, clerk, wanted.id, { state: 'published' }))
  expect((await posted({ by: 'demand' })).posted.map(one => one.id)).toEqual([wanted.id])
  expect((await posted({ search: '辣椒苗' })).count).toBe(1)
  expect((await posted({ search: '香蕉苗' })).count).toBe(0)
  must(await change(world, clerk, wanted.id, { state: 'concluded' }))
  expect((await posted({ by: 'demand' })).count).toBe(0)
  const rate = { indicator: 'exchange-board.publish-rate', org: 'A', period: '2024' }
  expect(must(await figure(world, clerk, rate)).value).toBe(1)
})

test('an item that would stand for ever, or had expired before it came, or comes twice, is refused', async () => {
  expect(codes(await collect({ expiresOn: '2024-05-17' }))).toEqual(['record/expires-out-of-time'])
  expect(codes(await collect({ expiresOn: '2025-05-18' }))).toEqual(['record/expires-out-of-time'])
  expect(codes(await collect({ kind: 'rumour' }))).toEqual(['field/choice'])
  expect(codes(await collect())).toEqual(['record/similar'])
})

test('a market call becomes an item, and a published item a message, with nothing typed again', async () => {
  const [fromCall, send] = exchangeBoard.leads
  const seen = { id: 'x', org: 'A', day: '2024-05-18', status: 'entered' as const, evidence: 0 }
  const call = {
    ...seen,
    state: 'open',
    fields: { topic: 'market', question: '荔枝快收了，哪里收购？', village: 'A-1-1', receivedOn: '2024-05-18' },
  }
  expect([fromCall!.when!(call), fromCall!.when!({ ...call, fields: { topic: 'pest' } })]).toEqual([true, false])
  must(await collect({ ...fromCall!.fields(call), title: '供应荔枝早熟' }))
  const item = { ...seen, state: 'published', fields }
  expect([send!.when!(item), send!.when!({ ...item, state: 'collected' })]).toEqual([true, false])
  const message = {
    ...send!.fields(item),
    sentOn: '2024-05-18',
    channel: 'sms',
    deliveries: [{ village: 'A-1-1', sent: 40 }],
  }
  must(await create(world, clerk, 'information.message', { org: 'A', fields: message }))
})
