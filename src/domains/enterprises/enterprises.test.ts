import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { must } from '../../kernel/result.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

const waiting = async (id: string, org = 'A') => must(await awaiting(at.world, clerk, org)).find(one => one.id === id)

test('recognised enterprises in all are the earlier 7 and 5 more, each with a day of expiry that warns', async () => {
  const recognised = (name: string, recognisedOn: string, validUntil?: string) => ({
    name,
    kind: 'innovation-pilot',
    industry: 'machinery',
    recommendedOn: '2021-01-10',
    recognisedOn,
    ...(validUntil && { validUntil }),
  })
  expect(await at.tried('enterprises.recognition', recognised('无期', '2022-05-01'))).toEqual(['record/missing'])
  expect(await at.tried('enterprises.recognition', recognised('倒期', '2022-05-01', '2022-05-01'))).toEqual([
    'record/before',
  ])
  for (let i = 0; i < 7; i++)
    await at.enter('enterprises.recognition', recognised(`早${i}`, '2022-05-01', i === 0 ? '2025-07-31' : '2027-05-01'))
  for (let i = 0; i < 5; i++)
    await at.enter('enterprises.recognition', recognised(`新${i}`, '2024-05-20', '2029-05-20'))
  const asked = { indicator: 'enterprises.valid', org: 'A', where: { kind: 'innovation-pilot' } }
  expect(must(await figure(at.world, clerk, { ...asked, period: '2023' })).value).toBe(7)
  expect(must(await explain(at.world, clerk, { ...asked, period: '2024' }))).toMatchObject({ value: 12 })
  expect(must(await figure(at.world, clerk, { ...asked, period: '2025-H2' })).value).toBe(11)
  expect(await waiting('enterprises.expiring')).toMatchObject({ count: 1, late: 0 })
})

test('growth of output is computed from both years, and a blank cannot be entered', async () => {
  const month = (monthEnd: string, added: number, more: object = {}) => ({
    monthEnd,
    industry: 'machinery',
    enterprises: 12,
    output: 9_000_000,
    added,
    ...more,
  })
  await at.enter('enterprises.output', month('2024-01-31', 1_000_000))
  await at.enter('enterprises.output', month('2025-01-31', 1_116_000))
  const growth = { indicator: 'enterprises.added-growth', org: 'A', period: '2025-01' }
  expect(must(await figure(at.world, clerk, growth)).value).toBeCloseTo(0.116, 10)
  // Nothing to compare with is no figure, never a nought.
  expect(must(await figure(at.world, clerk, { ...growth, period: '2024-01' })).value).toBeNull()
  const { added: _, ...blank } = month('2025-02-28', 0)
  expect(await at.tried('enterprises.output', blank)).toEqual(['field/required'])
  expect(await at.tried('enterprises.output', month('2025-02-28', 9_000_001))).toEqual(['record/above-output'])
  expect(await at.tried('enterprises.output', month('2025-02-27', 1))).toEqual(['record/not-last'])
  const missing = must(await gaps(at.world, clerk, 'S', '2025-Q1')).find(({ id }) => id === 'enterprises.months')
  expect(missing?.missing.map(({ what }) => what.zh)).toEqual(['2025年2月', '2025年3月'])
})

test('planned >= this year >= paid', async () => {
  const upgrade = (planned: number, thisYear: number, paid: number) =>
    at.tried('enterprises.upgrade', {
      enterprise: '甲糖厂',
      title: '节能改造',
      year: 2025,
      reportedOn: '2025-05-01',
      planned,
      thisYear,
      paid,
    })
  expect(await upgrade(100, 101, 50)).toEqual(['record/above-plan'])
  expect(await upgrade(100, 60, 61)).toEqual(['record/above-year'])
  expect(await upgrade(100, 100, 100)).toEqual([])
})

test('a centre has level, day and partners, and its yearly result waits until it is told', async () => {
  const centre = {
    name: '水产种苗联盟',
    kind: 'alliance',
    level: 'prefectural',
    host: '农科院',
    partners: '水产所',
    establishedOn: '2023-09-10',
  }
  const { partners: _, ...bare } = centre
  expect(await at.tried('enterprises.centre', bare)).toEqual(['field/required'])
  const id = await at.enter('enterprises.centre', centre)
  expect(await waiting('enterprises.results')).toMatchObject({ count: 1, late: 1 })
  const result = (year: number) => ({ year, result: '育苗300万尾', reportedOn: '2025-01-10' })
  expect(await at.changed(id, { fields: { results: [result(2023), result(2024)] } })).toEqual([])
  expect(await waiting('enterprises.results')).toBeUndefined()
})
