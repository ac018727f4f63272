import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, registry, testWorld, visit, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { change, create, sendBack, voidRecord } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { awaiting } from './awaiting.ts'

const waiting = registryOf([
  ...registry.domains,
  domain('waiting', {
    zh: '待办',
    en: 'Waiting',
    types: [],
    indicators: {},
    awaiting: [
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
