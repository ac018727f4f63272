import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAt, type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { perform } from '../../kernel/operation.ts'
import { change } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import envoys from './index.ts'
import { pages } from './pages.ts'

let here: Counties
let first: string
let second: string

const appoint = async (number: string, since: string, until?: string) =>
  must(
    await here.save('envoys.appointment', {
      number,
      envoy: '田禾苗',
      grade: 'county',
      trade: 'rice',
      body: '农技推广中心',
      since,
      ...(until ? { until } : {}),
      agreedDays: 60,
    }),
  ).id
const introduce = (
  name: string,
  envoy: string | undefined,
  township: string | undefined,
  introducedOn = '2025-03-01',
) => here.save('envoys.introduction', { introducedOn, kind: 'variety', name, trade: 'rice', envoy, township })
const serve = (envoy: string | undefined, servedOn: string, days: number) =>
  here.save('envoys.service', { servedOn, envoy, trade: 'rice', days, people: days * 4, work: '田间指导' })

beforeAll(async () => {
  here = await counties(envoys)
  first = await appoint('T-1', '2024-05-01', '2025-05-01')
  second = await appoint('T-2', '2025-02-01')
})
afterAll(() => here.close())

test('the stock is right on any day', async () => {
  const on = (day: string) => here.told('envoys.in-post', day)
  expect(await Promise.all(['2024-04-30', '2024-05-01', '2025-02-01', '2025-04-30', '2025-05-01'].map(on))).toEqual([
    0, 1, 2, 2, 1,
  ])
})

test('one variety in two towns is one variety and two introductions', async () => {
  must(await introduce('超级稻1号', second, 'A-1'))
  must(await introduce('超级稻1号', second, undefined))
  expect([await here.told('envoys.varieties'), await here.told('envoys.introductions')]).toEqual([1, 2])
})

test('what an envoy did lies within the agreement, and the agreement keeps covering it', async () => {
  expect(codes(await serve(first, '2025-05-01', 1))).toEqual(['envoys.service-within-agreement/not-in-post'])
  expect(codes(await introduce('稻2号', second, 'A-1', '2025-01-31'))).toEqual([
    'envoys.introduction-within-agreement/not-in-post',
  ])
  must(await serve(first, '2025-04-30', 3))
  expect(codes(await change(here.world, clerk, first, { fields: { until: '2025-04-30' } }))).toEqual([
    'envoys.agreement-covers/not-in-post',
  ])
})

test("every envoy's page adds up to the figures of the unit, subsidy by rule", async () => {
  for (const [since, daily] of [
    ['2025-01-01', 5000],
    ['2025-06-01', 6000],
  ] as const)
    must(await here.save('envoys.rate', { grade: 'county', since, daily, mostDays: 8 }))
  must(await serve(second, '2025-05-10', 12))
  must(await serve(second, '2025-06-10', 5))
  must(await serve(undefined, '2025-06-11', 2))
  must(
    await here.save('envoys.project', {
      title: '优质稻示范',
      envoy: second,
      trade: 'rice',
      startedOn: '2025-03-02',
      households: 40,
    }),
  )
  must(
    await here.save('envoys.body', {
      name: '优质稻协会',
      kind: 'association',
      trade: 'rice',
      foundedOn: '2025-03-03',
      envoy: second,
    }),
  )
  const found = must(await perform(pages, here.world, clerk, { org: 'A', period: '2025' }))
  const { pages: list } = pages.answer!.parse(found) as { pages: Record<string, number | string | null>[] }
  const total = (name: string) => list.reduce((sum, page) => sum + Number(page[name]), 0)
  for (const [name, indicator] of [
    ['projects', 'envoys.projects'],
    ['introductions', 'envoys.introductions'],
    ['days', 'envoys.service-days'],
    ['people', 'envoys.people-guided'],
    ['bodies', 'envoys.cooperatives'],
    ['households', 'envoys.project-households'],
  ] as const)
    expect([name, total(name)]).toEqual([name, await here.told(indicator)])
  expect(list.find(page => page.envoy === second)).toMatchObject({
    name: '田**',
    days: 17,
    introductions: 2,
    varieties: 1,
    subsidy: 8 * 5000 + 5 * 6000,
  })
  expect(list.at(-1)).toMatchObject({ envoy: null, days: 2 })
})

test('one page alone can be asked, a stranger for none', async () => {
  const asked = { org: 'A', period: '2025', envoy: first }
  expect(must(await perform(pages, here.world, clerk, asked))).toMatchObject({ pages: [{ number: 'T-1', days: 3 }] })
  expect(codes(await perform(pages, here.world, actorAt(here.world, 'B', 'manager'), asked))).toEqual([
    'permission/denied',
  ])
  expect(codes(await perform(pages, here.world, clerk, { org: 'A', period: '?' }))).toEqual(['period/format'])
})
