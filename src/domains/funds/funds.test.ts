import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bureau, bureau, codesOf } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { figure, figures } from '../../kernel/figures/figure.ts'
import { create, voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'

let at: Bureau
let project: string
let contract: string
let number = 0
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())
beforeEach(async () => {
  number++
  project = await at.enter(
    'projects.project',
    {
      number: `P-${number}`,
      title: `项目${number}`,
      programme: 'spark',
      level: 'provincial',
      applicant: '甲县农技中心',
      appliedOn: '2024-01-10',
      wonOn: '2024-02-01',
    },
    { state: 'won' },
  )
  contract = await at.enter('contracts.contract', contractOf(), { state: 'signed' })
})

const contractOf = () => ({
  number: `HT-${++number}`,
  title: '任务书',
  kind: 'project',
  project,
  partner: '甲县农技中心',
  amount: 20_000,
  draftedOn: '2024-02-10',
  signedOn: '2024-02-12',
  startsOn: '2024-02-15',
  endsOn: '2025-12-31',
})
const budgetOf = (more: object = {}) => ({
  project,
  fund: 'research',
  source: 'provincial',
  year: 2024,
  approvedOn: '2024-03-01',
  amount: 10_000,
  ...more,
})
const paymentOf = (budget: string, amount: number, more: object = {}) => ({
  contract,
  budget,
  paidOn: '2024-06-01',
  amount,
  voucher: `V-${++number}`,
  ...more,
})

describe('no payment', () => {
  test('without a signed contract of an approved application', async () => {
    const budget = await at.enter('funds.budget', budgetOf())
    const drafted = await at.enter('contracts.contract', contractOf())
    expect(await at.tried('funds.payment', paymentOf(budget, 100, { contract: drafted }))).toEqual([
      'funds.contracted/not-signed',
    ])
    expect(await at.tried('funds.payment', paymentOf(budget, 100))).toEqual([])
  })

  test('beyond the budget of its source and year, by one fen', async () => {
    const budget = await at.enter('funds.budget', budgetOf())
    expect(await at.tried('funds.payment', paymentOf(budget, 6_000))).toEqual([])
    expect(await at.tried('funds.payment', paymentOf(budget, 4_001))).toEqual(['funds.within-budget/beyond-budget'])
    expect(await at.tried('funds.payment', paymentOf(budget, 4_000))).toEqual([])
    const next = await at.enter('funds.budget', budgetOf({ source: 'county' }))
    expect(await at.tried('funds.payment', paymentOf(next, 100, { paidOn: '2025-01-05' }))).toEqual([
      'funds.within-budget/other-year',
    ])
  })

  test('beyond it when two are made at once', async () => {
    const budget = await at.enter('funds.budget', budgetOf())
    const pay = () => create(at.world, clerk, 'funds.payment', { org: 'A', fields: paymentOf(budget, 6_000) })
    const both = await Promise.all([pay(), pay()])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('beyond the contract, from the budget of another project, or for a milestone that is not done', async () => {
    const budget = await at.enter('funds.budget', budgetOf({ amount: 90_000 }))
    expect(await at.tried('funds.payment', paymentOf(budget, 20_001))).toEqual(['funds.contracted/beyond-contract'])
    const other = contract
    const milestone = await at.enter('contracts.milestone', {
      contract,
      title: '方案',
      plannedOn: '2024-05-01',
      weight: 50,
    })
    expect(await at.tried('funds.payment', paymentOf(budget, 100, { milestone }))).toEqual([
      'funds.milestone-done/not-done',
    ])
    expect(await at.changed(milestone, { fields: { doneOn: '2024-05-20' } })).toEqual([])
    expect(await at.tried('funds.payment', paymentOf(budget, 100, { milestone }))).toEqual([])
    project = await at.enter(
      'projects.project',
      {
        number: `P-other-${number}`,
        title: '另一项目',
        programme: 'spark',
        level: 'provincial',
        applicant: '甲县茶叶站',
        appliedOn: '2024-01-10',
        wonOn: '2024-02-01',
      },
      { state: 'won' },
    )
    const foreign = await at.enter('funds.budget', budgetOf())
    expect(await at.tried('funds.payment', paymentOf(foreign, 100, { contract: other }))).toEqual([
      'funds.contracted/other-project',
    ])
  })
})

describe('what is left', () => {
  test('is carried over once, from last year, and no more than is left', async () => {
    const from = await at.enter('funds.budget', budgetOf())
    await at.enter('funds.payment', paymentOf(from, 7_000))
    expect(await at.becomes(from, 'funds.carry-over')).toMatchObject({
      project,
      source: 'provincial',
      year: 2025,
      from,
    })
    const next = (more: object) => budgetOf({ year: 2025, approvedOn: '2025-01-10', amount: 1_000, ...more })
    expect(await at.tried('funds.budget', next({ carried: 3_000 }))).toEqual(['funds.carried/missing'])
    expect(await at.tried('funds.budget', next({ from, carried: 3_001 }))).toEqual(['funds.carried/beyond-left'])
    expect(await at.tried('funds.budget', next({ from, carried: 100, year: 2026 }))).toEqual([
      'funds.carried/not-last-year',
    ])
    const carried = await at.enter('funds.budget', next({ from, carried: 3_000 }))
    const paid = { paidOn: '2025-03-01' }
    expect(await at.tried('funds.payment', paymentOf(carried, 4_001, paid))).toEqual([
      'funds.within-budget/beyond-budget',
    ])
    expect(await at.tried('funds.payment', paymentOf(carried, 4_000, paid))).toEqual([])
    // What was passed on is spent here.
    expect(await at.tried('funds.payment', paymentOf(from, 1))).toEqual(['funds.within-budget/beyond-budget'])
    expect(await at.changed(from, { fields: { amount: 9_999 } })).toEqual(['funds.covers/spent'])
    expect(codesOf(await voidRecord(at.world, clerk, from, '误录'))).toEqual(['funds.covers/spent'])
  })
})

test('no project counts under two funds, and each fund is the sum of its budgets to the fen', async () => {
  const period = '2023'
  const year = { year: 2023, approvedOn: '2023-03-01' }
  await at.enter('funds.budget', budgetOf({ ...year, fund: 'overhaul', amount: 3_333 }))
  expect(await at.tried('funds.budget', budgetOf({ ...year, source: 'own', fund: 'fixed-assets' }))).toEqual([
    'funds.one-fund/two-funds',
  ])
  await at.enter('funds.budget', budgetOf({ ...year, source: 'own', fund: 'overhaul', amount: 6_668 }))
  const asked = { indicator: 'funds.budgeted', org: 'A', period }
  const told = must(
    await figures(at.world, clerk, [
      { ...asked, where: { fund: 'overhaul' } },
      { ...asked, where: { fund: 'fixed-assets' } },
      asked,
    ]),
  )
  expect(told.map(({ value }) => value)).toEqual([10_001, 0, 10_001])
})

test('funds for science: growth over last year is computed, and sources add up', async () => {
  const grant = (grantedOn: string, source: string, amount: number) =>
    at.enter('funds.appropriation', { grantedOn, source, purpose: 'three-funds', amount })
  await grant('2023-03-01', 'county', 40_000_000)
  await grant('2024-03-01', 'county', 45_000_000)
  await grant('2024-05-01', 'provincial', 5_000_000)
  const growth = { indicator: 'funds.appropriated-growth', org: 'A', period: '2024' }
  expect(must(await figure(at.world, clerk, growth)).value).toBe(0.25)
  expect(must(await figure(at.world, clerk, { ...growth, period: '2023' })).value).toBeNull()
  const by = { indicator: 'funds.appropriated', org: 'A', period: '2024', by: 'source' }
  const { rows, value } = must(await figure(at.world, clerk, by))
  expect(value).toBe(50_000_000)
  expect(rows!.reduce((sum, row) => sum + row.value!, 0)).toBe(value)
})
