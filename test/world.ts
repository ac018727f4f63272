import { z } from 'zod'
import { domain } from '../src/kernel/domain.ts'
import { averageOf, countOf, distinctOf, formula, stockOf, sumOf } from '../src/kernel/figures/indicator.ts'
import { loadKeys } from '../src/kernel/journal/keys.ts'
import type { Ledger } from '../src/kernel/ledger.ts'
import { orgDirectory } from '../src/kernel/org/directory.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { choice, count, day, decimal, money, personalName, rows, text } from '../src/kernel/records/fields.ts'
import { recordType } from '../src/kernel/records/type.ts'
import { registryOf } from '../src/kernel/registry.ts'
import { type TestStore, testStore } from '../src/store/testing.ts'

/** A small world for tests of the kernel: one record type with every way of counting. */

const topics = { rice: { zh: '水稻', en: 'Rice' }, pigs: { zh: '生猪', en: 'Pigs' }, fish: { zh: '水产', en: 'Fish' } }
const payments = rows(
  { paidOn: day({ zh: '支付日期', en: 'Paid on' }), amount: money({ zh: '金额', en: 'Amount' }) },
  { zh: '支付', en: 'Payments' },
)
const common = {
  on: day({ zh: '日期', en: 'On' }),
  endedOn: day({ zh: '结束日期', en: 'Ended on', future: true }).optional(),
  place: text({ zh: '地点', en: 'Place', max: 40 }),
  host: personalName({ zh: '接待人', en: 'Host' }).optional(),
  hours: decimal({ zh: '时长', en: 'Hours', scale: 1, min: 0 }).optional(),
  payments: payments.optional(),
}
const states = { open: ['done'], done: [] }

export const visitBefore = recordType('world.visit', {
  title: { zh: '走访', en: 'Visit' },
  day: 'on',
  fields: z.object({
    ...common,
    subject: choice({ ...topics, seafood: { zh: '海产', en: 'Seafood' } }, { zh: '主题', en: 'Subject' }),
    crowd: count({ zh: '人数', en: 'Crowd', unit: 'person-time' }),
  }),
  states,
})

export const visit = recordType('world.visit', {
  title: { zh: '走访', en: 'Visit' },
  version: 2,
  changes: [
    {
      version: 2,
      renamed: { subject: 'topic', crowd: 'people' },
      choices: { topic: { seafood: 'fish' } },
      added: { weather: 'fine' },
    },
  ],
  day: 'on',
  fields: z.object({
    ...common,
    topic: choice(topics, { zh: '主题', en: 'Topic' }),
    people: count({ zh: '人数', en: 'People', unit: 'person-time' }),
    weather: choice(
      { fine: { zh: '晴', en: 'Fine' }, wet: { zh: '雨', en: 'Wet' } },
      { zh: '天气', en: 'Weather' },
    ).default('fine'),
  }),
  states,
})

const indicatorsOf = (type: typeof visit | typeof visitBefore, topic: string, people: string) => ({
  'world.visits': countOf(type, { zh: '走访', en: 'Visits', unit: 'visit', by: [topic] }),
  'world.people': sumOf(type, people, { zh: '走访人次', en: 'People', unit: 'person-time', by: [topic] }),
  'world.hours': averageOf(type, 'hours', { zh: '平均时长', en: 'Hours', unit: 'visit', by: [topic] }),
  'world.places': distinctOf(type, 'place', { zh: '地点数', en: 'Places', unit: 'visit', by: [topic] }),
  'world.standing': stockOf(type, {
    zh: '在办',
    en: 'Standing',
    unit: 'visit',
    since: 'on',
    until: 'endedOn',
    by: [topic],
  }),
  'world.paid': sumOf(type, 'amount', {
    zh: '支付',
    en: 'Paid',
    unit: 'fen',
    each: 'payments',
    day: 'paidOn',
    by: [topic],
  }),
  'world.people-each': formula('world.people / world.visits', {
    zh: '次均人数',
    en: 'People a visit',
    unit: 'person-time',
  }),
})

export const registryBefore = registryOf([
  domain('world', {
    zh: '世界',
    en: 'World',
    types: [visitBefore],
    indicators: indicatorsOf(visitBefore, 'subject', 'crowd'),
  }),
])

export const registry = registryOf([
  domain('world', { zh: '世界', en: 'World', types: [visit], indicators: indicatorsOf(visit, 'topic', 'people') }),
])

export type World = Ledger & { readonly store: TestStore }

/** A ledger on a database of its own; `close` the store when done. The clock stands at 2025-06-30 in Shanghai and ticks by the millisecond. */
export async function testWorld(options: Partial<Pick<Ledger, 'registry'>> = {}): Promise<World> {
  const store = await testStore()
  let ticks = Date.parse('2025-06-30T04:00:00Z')
  return {
    store,
    registry: options.registry ?? registry,
    orgs: await orgDirectory(store),
    keys: await loadKeys(store.dataDir),
    clock: () => new Date(ticks++),
    onTouched: () => undefined,
  }
}

export const clerk = operator('test')
