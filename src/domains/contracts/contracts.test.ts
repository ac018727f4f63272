import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bureau, bureau, codesOf } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import { gantt } from './gantt.ts'
import { assess, quarter } from './quarter.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

let number = 0
const newProject = (state: string, more: object = {}) =>
  at.enter(
    'projects.project',
    {
      number: `P-${++number}`,
      title: `项目${number}`,
      programme: 'spark',
      level: 'provincial',
      applicant: '甲县农技中心',
      appliedOn: '2024-01-10',
      ...(state === 'won' && { wonOn: '2024-02-01' }),
      ...more,
    },
    { state },
  )
const contractOf = (project: string, more: object = {}) => ({
  number: `HT-${++number}`,
  title: '任务书',
  kind: 'project',
  project,
  partner: '甲县农技中心',
  amount: 10_000_000,
  draftedOn: '2024-02-10',
  startsOn: '2024-02-15',
  endsOn: '2025-12-31',
  ...more,
})
const signed = async (project?: string) =>
  at.enter('contracts.contract', contractOf(project ?? (await newProject('won')), { signedOn: '2024-02-12' }), {
    state: 'signed',
  })

describe('no milestone without an approved application and a signed contract', () => {
  test('a contract is signed for an approved project only', async () => {
    const applied = await newProject('applied')
    expect(await at.tried('contracts.contract', contractOf(applied))).toEqual([])
    expect(await at.tried('contracts.contract', contractOf(applied), { state: 'signed' })).toEqual([
      'contracts.approved/not-approved',
    ])
    expect(await at.changed(applied, { state: 'won', fields: { wonOn: '2024-02-01' } })).toEqual([])
    expect(await at.tried('contracts.contract', contractOf(applied), { state: 'signed' })).toEqual([])
  })

  test('a purchase needs no project', async () => {
    const { project: _, ...fields } = contractOf('')
    expect(await at.tried('contracts.contract', { ...fields, kind: 'purchase' }, { state: 'signed' })).toEqual([])
  })

  test('a milestone needs a signed contract, and weights end at 100', async () => {
    const drafted = await at.enter('contracts.contract', contractOf(await newProject('won')))
    const milestone = { contract: drafted, title: '方案', plannedOn: '2024-06-30', weight: 60 }
    expect(await at.tried('contracts.milestone', milestone)).toEqual(['contracts.milestone-of-signed/not-signed'])
    expect(await at.changed(drafted, { state: 'signed', fields: { signedOn: '2024-03-01' } })).toEqual([])
    expect(await at.tried('contracts.milestone', milestone)).toEqual([])
    expect(await at.tried('contracts.milestone', { ...milestone, title: '开发', weight: 41 })).toEqual([
      'contracts.milestone-of-signed/above-100',
    ])
    expect(await at.tried('contracts.milestone', { ...milestone, title: '开发', weight: 40 })).toEqual([])
  })

  test('neither contract nor project goes from under what rests on it', async () => {
    const project = await newProject('won')
    const contract = await signed(project)
    await at.enter('contracts.milestone', { contract, title: '方案', plannedOn: '2024-06-30', weight: 60 })
    expect(codesOf(await voidRecord(at.world, clerk, project, '误录'))).toEqual([
      'contracts.project-stays/has-contract',
    ])
    expect(codesOf(await voidRecord(at.world, clerk, contract, '误录'))).toEqual([
      'contracts.contract-stays/has-milestones',
    ])
  })
})

test('what was signed changes by an approved request only, and to what was approved', async () => {
  const contract = await signed()
  const later = { fields: { endsOn: '2026-06-30' } }
  expect(await at.changed(contract, later)).toEqual(['contracts.amended/not-amended'])
  const request = { contract, kind: 'time', askedOn: '2025-05-01', reason: '设备到货推迟', endsOn: '2026-06-30' }
  const asked = await at.enter('contracts.amendment', request)
  const waiting = must(await awaiting(at.world, clerk, 'A')).find(({ id }) => id === 'contracts.changes')
  expect(waiting?.count).toBe(1)
  expect(await at.changed(contract, later)).toEqual(['contracts.amended/not-amended'])
  expect(await at.changed(asked, { state: 'approved', fields: { decidedOn: '2025-05-10' } })).toEqual([])
  expect(await at.changed(contract, { fields: { endsOn: '2027-06-30' } })).toEqual(['contracts.amended/not-amended'])
  expect(await at.changed(contract, later)).toEqual([])
  expect(await at.changed(contract, { fields: { title: '任务书(修订)' } })).toEqual([])
})

describe('the quarter', () => {
  let project: string
  beforeEach(async () => {
    project = await newProject('won', { place: { lon: 150.1, lat: 20.2 } })
    const contract = await signed(project)
    const milestone = (title: string, plannedOn: string, weight: number, doneOn?: string) =>
      at.enter('contracts.milestone', { contract, title, plannedOn, weight, ...(doneOn && { doneOn }) })
    await milestone('方案', '2024-06-30', 40, '2024-06-20')
    await milestone('开发', '2025-03-31', 40)
    await milestone('推广', '2025-12-01', 20)
  })

  const ask = async (operation: typeof quarter, input: object) =>
    must(await perform(operation, at.world, clerk, input)) as {
      projects: { project: string; score: number; overdue: string[]; planned: number; done: number }[]
    }

  test('each project has a score from planned against actual milestones, with overdue ones named', async () => {
    const { projects } = await ask(quarter, { org: 'A', quarter: '2025-Q1' })
    expect(projects.find(one => one.project === project)).toMatchObject({
      planned: 80,
      done: 40,
      score: 50,
      result: 'behind',
      overdue: ['开发'],
    })
    const before = await ask(quarter, { org: 'A', quarter: '2024-Q4' })
    expect(before.projects.find(one => one.project === project)).toMatchObject({ score: 100, overdue: [] })
  })

  test('the assessment of a quarter that is over is kept once, by whoever may confirm', async () => {
    const input = { org: 'A', quarter: '2025-Q1' }
    const first = must(await perform(assess, at.world, at.as('manager'), input)) as { created: number }
    expect(first.created).toBeGreaterThan(0)
    expect(must(await perform(assess, at.world, at.as('manager'), input))).toEqual({
      created: 0,
      already: first.created,
    })
    const told = { indicator: 'contracts.assessed', org: 'A', period: '2025-Q1' }
    expect(must(await figure(at.world, clerk, told)).value).toBe(first.created)
    expect(codesOf(await perform(assess, at.world, at.as('manager'), { org: 'A', quarter: '2025-Q2' }))).toEqual([
      'contracts/not-over',
    ])
    expect(codesOf(await perform(quarter, at.world, clerk, { org: 'A', quarter: '2025-05' }))).toEqual([
      'contracts/quarter',
    ])
    expect(codesOf(await perform(quarter, at.world, at.as('clerk', 'B'), input))).toContain('permission/denied')
  })

  test('the chart shows bars, milestones and the place', async () => {
    const { projects } = must(await perform(gantt, at.world, clerk, { org: 'A', period: '2025' })) as {
      projects: { id: string; milestones: { title: string; overdue: boolean }[]; place: unknown }[]
    }
    const one = projects.find(({ id }) => id === project)
    expect(one).toMatchObject({ from: '2024-02-15', until: '2025-12-31', place: { lon: 150.1, lat: 20.2 } })
    expect(one!.milestones.filter(({ overdue }) => overdue).map(({ title }) => title)).toEqual(['开发'])
    const other = must(await perform(gantt, at.world, clerk, { org: 'A', period: '2027' })) as { projects: unknown[] }
    expect(other.projects).toEqual([])
  })

  test('milestones near or past their day wait', async () => {
    const waiting = must(await awaiting(at.world, clerk, 'A')).find(({ id }) => id === 'contracts.milestones')
    expect(waiting!.late).toBeGreaterThan(0)
  })
})
