import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import { choice, day, integer, orgUnit } from '../records/fields.ts'
import { createMany, voidRecord } from '../records/records.ts'
import { recordType } from '../records/type.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { gaps } from './gaps.ts'

const journals = { post: { zh: '《邮政科技》', en: 'Postal Technology' }, digest: { zh: '《摘编》', en: 'Digest' } }
const on = day({ zh: '日期', en: 'On' })
const notice = recordType('town.notice', {
  title: { zh: '公开', en: 'Notice' },
  day: 'on',
  fields: z.object({ on }),
})
const issue = recordType('town.issue', {
  title: { zh: '刊物', en: 'Issue' },
  day: 'on',
  fields: z.object({
    on,
    journal: choice(journals, { zh: '刊名', en: 'Journal' }),
    number: integer({ zh: '期号', en: 'Number' }),
  }),
})
const deputy = recordType('town.deputy', {
  title: { zh: '科技副村长', en: 'Deputy' },
  day: 'on',
  fields: z.object({
    on,
    until: day({ zh: '卸任', en: 'Until' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }),
  }),
})

const town = registryOf([
  domain('town', {
    zh: '镇',
    en: 'Town',
    types: [notice, issue, deputy],
    indicators: {},
    gaps: [
      { id: 'town.notices', zh: '没有公开的月份', en: 'Months without notice', every: 'month', type: 'town.notice' },
      {
        id: 'town.quarters',
        zh: '没有公开的季度',
        en: 'Quarters without notice',
        every: 'quarter',
        type: 'town.notice',
        kinds: ['township'],
      },
      {
        id: 'town.issues',
        zh: '缺的期号',
        en: 'Missing issues',
        numbered: 'number',
        by: ['journal'],
        type: 'town.issue',
      },
      {
        id: 'town.deputies',
        zh: '没有科技副村长的村',
        en: 'Villages without a deputy',
        kinds: ['village'],
        type: 'town.deputy',
        unit: 'village',
        since: 'on',
        until: 'until',
      },
    ],
  }),
])

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: town })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A11', kind: 'village', name: '一村', parent: 'A1' },
      { code: 'A12', kind: 'village', name: '二村', parent: 'A1' },
    ]),
  )
})
afterAll(() => world.store.close())

const enter = async (type: string, all: readonly Record<string, unknown>[], org = 'A1') =>
  must(
    await createMany(
      world,
      clerk,
      type,
      all.map(fields => ({ org, fields })),
    ),
  )
const missing = async (id: string, period = '2025') =>
  must(await gaps(world, clerk, 'A', period))
    .find(gap => gap.id === id)
    ?.missing.map(({ org, what }) => org + what.zh)

// The small world's clock stands in June 2025: June is not over.
test('months and quarters that are over and have no record are named', async () => {
  await enter(
    'town.notice',
    ['2025-01-31', '2025-03-01', '2025-04-15'].map(on => ({ on })),
  )
  expect(await missing('town.notices')).toEqual(['A2025年2月', 'A2025年5月'])
  expect(await missing('town.notices', '2025-Q1')).toEqual(['A2025年2月'])
  expect(await missing('town.quarters')).toBeUndefined()
  expect(await missing('town.quarters', '2024-H2')).toEqual(['A12024年第三季度', 'A12024年第四季度'])
  expect(await missing('town.notices', '2026')).toBeUndefined()
})

test('a number left out is named, each journal by itself; what is void is missing', async () => {
  const numbers = [
    ['post', 1],
    ['post', 2],
    ['post', 4],
    ['digest', 2],
  ] as const
  const made = await enter(
    'town.issue',
    numbers.map(([journal, number]) => ({ on: '2025-02-01', journal, number })),
  )
  expect(await missing('town.issues')).toEqual(['A1《邮政科技》第3号', 'A1《摘编》第1号'])
  must(await voidRecord(world, clerk, made[0]!.id, '没有出版'))
  expect(await missing('town.issues')).toEqual(['A1《邮政科技》第1号', 'A1《邮政科技》第3号', 'A1《摘编》第1号'])
})

test('units without a standing record are named, as of the end of the period', async () => {
  await enter('town.deputy', [
    { on: '2024-05-01', village: 'A11' },
    { on: '2024-05-01', until: '2025-02-01', village: 'A12' },
  ])
  expect(await missing('town.deputies', '2024')).toBeUndefined()
  expect(await missing('town.deputies', '2025')).toEqual(['A12'])
})

test('whoever may not read there is refused', async () => {
  const stranger = { person: null, name: 'stranger', from: 'test', grants: [] }
  expect((await gaps(world, stranger, 'A', '2025')).ok).toBe(false)
})
