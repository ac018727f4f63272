import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { count, day, personalName, phone } from './fields.ts'
import { listRecords } from './list.ts'
import { erase } from './personal.ts'
import { change, confirm, create, voidRecord } from './records.ts'
import { recordType } from './type.ts'
import { undo } from './undo.ts'

const ofCalls = (id: string) =>
  recordType(id, {
    title: { zh: '来电', en: 'Call' },
    day: 'on',
    fields: z.object({
      on: day({ zh: '日期', en: 'On' }),
      phone: phone({ zh: '电话', en: 'Telephone', found: true }).optional(),
      caller: personalName({ zh: '来电人', en: 'Caller' }).optional(),
      served: count({ zh: '人次', en: 'Served' }).default(1),
    }),
  })
const [calls, others] = [ofCalls('found.call'), ofCalls('found.other')]

let world: World
beforeAll(async () => {
  const found = domain('found', { zh: '查找', en: 'Found', types: [calls, others], indicators: {} })
  world = await testWorld({ registry: registryOf([found]) })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
    ]),
  )
})
afterAll(() => world.store.close())

const entered = async (phone: string | undefined, type = 'found.call') =>
  must(await create(world, clerk, type, { org: 'A-1', fields: { on: '2025-05-01', caller: '张三丰', phone } })).id
const by = async (phone: string, actor: Actor = clerk, org: string | null = 'A') =>
  listRecords(world, actor, { type: 'found.call', ...(org && { org }), filter: { phone } })
const idsBy = async (phone: string) => must(await by(phone)).records.map(record => record.id)
const as = (role: Role, code: string): Actor => {
  const { id, path } = world.orgs.byCode(code)!
  return { person: null, name: role, from: 'test', grants: [{ org: id, path, role }] }
}

test('records are found by the whole of a personal value, however it is written, and show it masked', async () => {
  const first = await entered('13800138001')
  const second = await entered('+86 138-0013-8001')
  await entered('13800138002')
  await entered('13800138001', 'found.other')
  expect(new Set(await idsBy('138 0013 8001'))).toEqual(new Set([first, second]))
  expect(await idsBy('1380013800')).toEqual([])
  expect(must(await by('13800138001')).records.map(record => record.fields.phone)).toEqual([
    '+86****8001',
    '138****8001',
  ])
})

test('nothing that is stored beside the sealed value tells it', async () => {
  const id = await entered('13800138003')
  const { rows } = await world.store.pool.query<{ text: string }>(
    'SELECT r::text AS text FROM record r WHERE id = $1',
    [id],
  )
  expect(rows[0]!.text).toContain('#phone=')
  expect(rows[0]!.text).not.toMatch(/1380013|8003/)
})

test('what it is found by follows changes of the value, and stays through all others', async () => {
  const id = await entered('13800138004')
  must(await change(world, clerk, id, { fields: { served: 3, phone: '138****8004' } }))
  must(await confirm(world, clerk, id))
  expect(await idsBy('13800138004')).toEqual([id])
  must(await change(world, clerk, id, { fields: { phone: '13800138005' } }))
  expect([await idsBy('13800138004'), await idsBy('13800138005')]).toEqual([[], [id]])
  must(await undo(world, clerk, id))
  expect([await idsBy('13800138004'), await idsBy('13800138005')]).toEqual([[id], []])
  must(await change(world, clerk, id, { fields: { phone: null } }))
  expect(await idsBy('13800138004')).toEqual([])
})

test('erasing takes away what it was found by; a void record is not found', async () => {
  const [erased, voided] = [await entered('13800138006'), await entered('13800138006')]
  must(await erase(world, clerk, erased, '本人要求'))
  expect(await idsBy('13800138006')).toEqual([voided])
  must(await voidRecord(world, clerk, voided, '重复'))
  expect(await idsBy('13800138006')).toEqual([])
})

test('one who may only read cannot try numbers, nor may anyone look for a part of one or for another personal field', async () => {
  const codes = async (...asked: Parameters<typeof by>) => {
    const done = await by(...asked)
    return done.ok ? [] : done.problems.map(problem => problem.code)
  }
  expect(await codes('13800138001', as('analyst', 'A'))).toEqual(['permission/denied'])
  expect(await codes('13800138001', as('clerk', 'A-1'), 'A-1')).toEqual([])
  expect(await codes('13800138001', as('analyst', 'A'), null)).toEqual(['list/filter'])
  expect(await codes(' ')).toEqual(['list/filter'])
  const named = await listRecords(world, clerk, { type: 'found.call', org: 'A', filter: { caller: '张三丰' } })
  expect(named.ok).toBe(false)
})
