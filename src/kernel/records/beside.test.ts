import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { leadsOf, referring } from './beside.ts'
import { day, personalName, reference, rows, text } from './fields.ts'
import { change, create, voidRecord } from './records.ts'
import { lead } from './rule.ts'
import { recordType } from './type.ts'

const on = day({ zh: '日期', en: 'On' })
const title = text({ zh: '题目', en: 'Title', max: 40 })
const idea = recordType('work.idea', {
  title: { zh: '设想', en: 'Idea' },
  day: 'on',
  fields: z.object({ on, title, by: personalName({ zh: '提出人', en: 'By' }).optional() }),
  states: { new: ['kept'], kept: [] },
})
const plan = recordType('work.plan', {
  title: { zh: '计划', en: 'Plan' },
  day: 'on',
  fields: z.object({
    on,
    title,
    idea: reference('work.idea', { zh: '设想', en: 'Idea' }).optional(),
    parts: rows({ idea: reference('work.idea', { zh: '设想', en: 'Idea' }) }, { zh: '部分', en: 'Parts' }).optional(),
  }),
})
const work = registryOf([
  domain('work', {
    zh: '工作',
    en: 'Work',
    types: [idea, plan],
    indicators: {},
    leads: [
      lead('work.becomes-plan', {
        zh: '转为计划',
        en: 'Make it a plan',
        from: 'work.idea',
        to: 'work.plan',
        when: ({ state }) => state === 'kept',
        fields: ({ id, fields }) => ({ idea: id, title: fields.title, by: fields.by }),
      }),
    ],
  }),
])

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: work })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A2', kind: 'township', name: '二镇', parent: 'A' },
    ]),
  )
})
afterAll(() => world.store.close())

const enter = async (type: string, org: string, fields: Record<string, unknown>) =>
  must(await create(world, clerk, type, { org, fields: { on: '2025-05-01', ...fields } })).id
const under = (code: string, role: 'clerk' | 'analyst'): Actor => {
  const { id, path } = world.orgs.byCode(code)!
  return { person: null, name: role, from: 'test', grants: [{ org: id, path, role }] }
}

test('records that refer to one are found, in rows too, but not what is void or another tree of rights', async () => {
  const id = await enter('work.idea', 'A1', { title: '修渠' })
  const first = await enter('work.plan', 'A1', { title: '一期', idea: id })
  const second = await enter('work.plan', 'A2', { title: '二期', parts: [{ idea: id }] })
  const third = await enter('work.plan', 'A1', { title: '三期', idea: id })
  must(await voidRecord(world, clerk, third, '重复'))
  const found = async (actor: Actor) => must(await referring(world, actor, id)).map(one => one.id)
  expect((await found(clerk)).sort()).toEqual([first, second].sort())
  expect(await found(under('A1', 'analyst'))).toEqual([first])
  must(await change(world, clerk, first, { fields: { idea: null } }))
  expect(await found(clerk)).toEqual([second])
})

test('what a record may become is offered with its first values, without personal ones, to whoever may enter it', async () => {
  const id = await enter('work.idea', 'A1', { title: '建塘', by: '王小二' })
  expect(must(await leadsOf(world, clerk, id))).toEqual([])
  must(await change(world, clerk, id, { state: 'kept' }))
  expect(must(await leadsOf(world, under('A1', 'clerk'), id))).toEqual([
    {
      lead: 'work.becomes-plan',
      title: { zh: '转为计划', en: 'Make it a plan' },
      type: 'work.plan',
      org: 'A1',
      fields: { idea: id, title: '建塘' },
    },
  ])
  expect(must(await leadsOf(world, under('A1', 'analyst'), id))).toEqual([])
})
