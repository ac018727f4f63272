import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, registry, testWorld, visit, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { day, instant } from '../records/fields.ts'
import { change, create, sendBack, voidRecord } from '../records/records.ts'
import { recordType } from '../records/type.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { awaiting } from './awaiting.ts'

const call = recordType('waiting.call', {
  title: { zh: '来电', en: 'Call' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    promisedAt: instant({ zh: '承诺时间', en: 'Promised at' }),
  }),
})

const waiting = registryOf([
  ...registry.domains,
  domain('waiting', {
    zh: '待办',
    en: 'Waiting',
    types: [call],
    indicators: {},
    awaiting: [
      { id: 'promised', title: { zh: '承诺', en: 'Promised' }, type: call, due: { field: 'promisedAt', days: 2 } },
      { id: 'open', title: { zh: '在办', en: 'Open' }, type: visit, state: ['open'] },
      { id: 'due', title: { zh: '到期', en: 'Due' }, type: visit, due: { field: 'endedOn', days: 30 } },
    ],
  }),
])

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: waiting })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A-2', kind: 'township', name: '二镇', parent: 'A' },
    ]),
  )
})
afterAll(() => world.store.close())

const entered = async (org: string, more: Record<string, unknown> = {}) => {
  const fields = { on: '2025-05-01', place: '东村', topic: 'rice', people: 3, ...more }
  return must(await create(world, clerk, 'world.visit', { org, fields })).id
}
const counts = async (org: string, actor: Actor = clerk) =>
  Object.fromEntries(must(await awaiting(world, actor, org)).map(({ id, count, late }) => [id, [count, late]]))

test('what waits is counted with the units beneath, and leaves when it is done, void or sent back', async () => {
  const first = await entered('A-1', { endedOn: '2025-06-29' })
  const second = await entered('A-2', { endedOn: '2025-07-20' })
  await entered('A-2', { endedOn: '2026-07-20' })
  expect(await counts('A')).toEqual({ open: [3, 0], due: [2, 1] })
  expect(await counts('A-1')).toEqual({ open: [1, 0], due: [1, 1] })

  must(await change(world, clerk, first, { state: 'done' }))
  must(await sendBack(world, clerk, second, '人数不对'))
  expect(await counts('A')).toEqual({ open: [1, 0], due: [1, 1], 'world.visit.returned': [1, 0] })
  must(await voidRecord(world, clerk, second, '重复'))
  expect(await counts('A')).toEqual({ open: [1, 0], due: [1, 1] })
})

test('what is due at an instant is late the moment it has passed, by the clock alone', async () => {
  let now = Date.parse('2025-06-30T04:00:00Z')
  const ledger = { ...world, clock: () => new Date(now) }
  const called = { org: 'A-1', fields: { on: '2025-06-30', promisedAt: '2025-06-30T13:30:00+08:00' } }
  must(await create(ledger, clerk, 'waiting.call', called))
  const count = async () => must(await awaiting(ledger, clerk, 'A')).find(({ id }) => id === 'promised')
  expect(await count()).toMatchObject({ count: 1, late: 0 })
  now = Date.parse('2025-06-30T05:30:00Z')
  expect(await count()).toMatchObject({ count: 1, late: 0 })
  now += 1
  expect(await count()).toMatchObject({ count: 1, late: 1 })
  now = Date.parse('2025-06-28T05:29:00Z')
  expect(await count()).toBeUndefined()
})

test('whoever may only read is not told of drafts, and another tree is refused', async () => {
  const unit = world.orgs.byCode('A-1')!
  const reader: Actor = {
    person: null,
    name: 'reader',
    from: 'test',
    grants: [{ org: unit.id, path: unit.path, role: 'analyst' }],
  }
  must(
    await create(world, clerk, 'world.visit', {
      org: 'A-1',
      fields: { on: '2025-05-01', place: '西村', topic: 'pigs', people: 1 },
      draft: true,
    }),
  )
  expect(Object.keys(await counts('A-1'))).toContain('world.visit.returned')
  expect(Object.keys(await counts('A-1', reader))).not.toContain('world.visit.returned')
  expect((await awaiting(world, reader, 'A-2')).ok).toBe(false)
})
