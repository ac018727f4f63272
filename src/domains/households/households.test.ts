import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAt, type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { perform } from '../../kernel/operation.ts'
import { listRecords } from '../../kernel/records/list.ts'
import { reveal } from '../../kernel/records/personal.ts'
import { change } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import households from './index.ts'
import { planVisits, quartersDue } from './plan-visits.ts'
import { progress } from './progress.ts'

let here: Counties
beforeAll(async () => {
  here = await counties(households)
})
afterAll(() => here.close())

let number = 0
const newHousehold = async () =>
  must(
    await here.save('households.household', {
      number: `H${++number}`,
      registeredOn: '2025-01-05',
      head: '田禾苗',
      identity: '110101190001010000',
      village: 'A-1-1',
      people: 4,
      reason: 'planning',
      farming: ['pigs', 'tea'],
    }),
  ).id
const pair = (household: string, helper: string, since = '2025-01-10', more: Record<string, unknown> = {}) =>
  here.save('households.pairing', { household, helper, name: '李春雨', since, plan: '发展养猪两头', led: 3, ...more })
const aid = (more: Record<string, unknown>) =>
  here.save('households.aid', {
    givenOn: '2025-03-01',
    aim: 'household',
    village: 'A-1-1',
    sort: 'cash',
    item: '慰问金',
    amount: 50_000,
    receipts: [{ number: `R${++number}`, amount: 50_000 }],
    ...more,
  })
const ask = async (actor = clerk) => must(await perform(progress, here.world, actor, { org: 'A', year: 2025 }))

test('one helper helps one household at a time', async () => {
  const [first, second] = [await newHousehold(), await newHousehold()]
  must(await pair(first, 'K01', '2025-01-10', { until: '2025-04-01' }))
  expect(codes(await pair(first, 'K02'))).toEqual(['households.one-to-one/paired'])
  expect(codes(await pair(second, 'K01'))).toEqual(['households.one-to-one/paired'])
  must(await pair(second, 'K01', '2025-04-01'))
  must(await pair(first, 'K02', '2025-04-01'))
})

test('a pairing begins with its plan', async () => {
  expect(codes(await pair(await newHousehold(), 'K03', '2025-01-10', { plan: '' }))).toEqual(['field/required'])
})

test("each helper's quarter shows the visit done or due", async () => {
  const household = await newHousehold()
  const pairing = must(await pair(household, 'K10', '2025-02-01')).id
  const plan = () => perform(planVisits, here.world, clerk, { org: 'A', year: 2025 })
  expect(must(await plan())).toHaveProperty('planned')
  expect(must(await plan())).toEqual({ planned: 0 })
  const visits = must(
    await listRecords(here.world, clerk, { type: 'households.visit', filter: { pairing }, sort: 'day' }),
  ).records
  expect(visits.map(({ fields }) => fields.dueOn)).toEqual(['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31'])
  const [first] = visits
  const due = async () =>
    must(await awaiting(here.world, clerk, 'A')).find(one => one.id === 'households.visits-due')!.count
  const before = await due()
  expect(codes(await change(here.world, clerk, first!.id, { state: 'done' }))).toEqual([
    'households.visit-done/nothing-told',
  ])
  const work = { visitedOn: '2025-03-12', work: '指导春耕' }
  must(await change(here.world, clerk, first!.id, { state: 'done', fields: work }))
  expect(await due()).toBe(before - 1)
  const { pairings } = (await ask()) as { pairings: { helper: string; quarters: unknown }[] }
  expect(pairings.find(one => one.helper === 'K10')!.quarters).toEqual([
    { quarter: '2025-Q1', state: 'done', visitedOn: '2025-03-12' },
    { quarter: '2025-Q2', state: 'due' },
    { quarter: '2025-Q3', state: 'due' },
    { quarter: '2025-Q4', state: 'due' },
  ])
  const period = '2025-Q1'
  expect(await here.told('households.visits', period)).toBe(1)
})

test('aid adds up to its receipts, in money and in kind', async () => {
  const household = await newHousehold()
  must(await pair(household, 'K20'))
  const differ = await aid({ household, receipts: [{ number: 'X1', amount: 40_000 }] })
  expect(codes(differ)).toEqual(['record/receipts-differ'])
  expect(codes(await aid({ household, receipts: [1, 2].map(() => ({ number: 'X2', amount: 25_000 })) }))).toEqual([
    'record/receipt-twice',
  ])
  must(
    await aid({
      household,
      amount: 70_000,
      receipts: [
        { number: 'X3', amount: 30_000 },
        { number: 'X4', amount: 40_000 },
      ],
    }),
  )
  must(
    await aid({
      aim: 'village',
      sort: 'equipment',
      item: '膜下滴灌首部机',
      amount: 2_500_000,
      receipts: [{ number: 'X5', amount: 2_500_000 }],
    }),
  )
  expect(await here.told('households.cash')).toBe(70_000)
  expect(await here.told('households.goods')).toBe(2_500_000)
  expect(await here.told('households.aid')).toBe(await here.told('households.receipts'))
  const { pairings } = (await ask()) as { pairings: { helper: string; aid: number; receipts: number }[] }
  expect(pairings.find(one => one.helper === 'K20')).toMatchObject({ aid: 70_000, receipts: 70_000 })
})

test('income before and after stand side by side', async () => {
  const household = await newHousehold()
  must(await pair(household, 'K30'))
  for (const [year, income] of [
    ['2023', 900_000],
    ['2024', 1_150_000],
  ] as const)
    must(await here.save('households.income', { household, year, surveyedOn: `${year}-12-20`, income }))
  const { pairings } = (await ask()) as { pairings: { helper: string }[] }
  expect(pairings.find(one => one.helper === 'K30')).toMatchObject({ before: 900_000, after: 1_150_000 })
  expect(await here.told('households.income-each', '2024')).toBe(1_150_000)
})

test('who is helped is masked unless a purpose is stated, and an analyst is not told at all', async () => {
  const id = await newHousehold()
  const listed = must(await listRecords(here.world, clerk, { type: 'households.household', filter: { id } })).records
  expect(listed[0]!.fields).toMatchObject({ head: '田**', identity: expect.stringMatching(/\*{4}/) })
  expect(must(await reveal(here.world, clerk, id, '核对身份'))).toMatchObject({ head: '田禾苗' })
  expect(codes(await reveal(here.world, clerk, id, ''))).toEqual(['personal/why'])
  expect(codes(await reveal(here.world, actorAt(here.world, 'A', 'analyst'), id, '核对身份'))).toEqual([
    'permission/denied',
  ])
})

test('quarters in which a pairing did not stand at the end are not due', () => {
  expect(quartersDue(2025, '2025-04-01').map(one => one.quarter)).toEqual(['2025-Q2', '2025-Q3', '2025-Q4'])
  expect(quartersDue(2025, '2024-01-01', '2025-06-30').map(one => one.quarter)).toEqual(['2025-Q1'])
  expect(quartersDue(2025, '2026-01-01')).toEqual([])
})

test('a stranger may neither plan nor see', async () => {
  const stranger = actorAt(here.world, 'B', 'manager')
  expect(codes(await perform(progress, here.world, stranger, { org: 'A', year: 2025 }))).toEqual(['permission/denied'])
  expect(codes(await perform(planVisits, here.world, stranger, { org: 'A', year: 2026 }))).toEqual([
    'permission/denied',
  ])
})
