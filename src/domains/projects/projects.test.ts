import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bureau, bureau, codesOf } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { change, create, voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import { history } from './history.ts'
import { incomplete } from './incomplete.ts'
import { missingPapers } from './rules.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

let number = 0
const application = (more: object = {}) => ({
  number: `P-${++number}`,
  title: `项目${number}`,
  programme: 'spark',
  level: 'provincial',
  applicant: '甲县农技中心',
  appliedOn: '2025-02-01',
  ...more,
})
const list = (more: object = {}) => ({
  title: '集中交易系统',
  department: '公众服务处',
  collectedOn: '2025-01-05',
  items: [{ number: 1, requirement: '一次录入', priority: 'must' }],
  ...more,
})

describe('requirements', () => {
  test('no project is established without a requirement list that the department signed', async () => {
    const established = { establishedOn: '2025-03-01' }
    expect(await at.tried('projects.project', application(established), { state: 'established' })).toEqual([
      'projects.required/unsigned',
    ])
    const requirements = await at.enter('projects.requirements', list())
    const project = application({ ...established, requirements })
    expect(await at.tried('projects.project', project, { state: 'established' })).toEqual([
      'projects.required/unsigned',
    ])
    expect(await at.changed(requirements, { fields: { signedOn: '2025-01-20' } })).toEqual([])
    expect(await at.tried('projects.project', project, { state: 'established' })).toEqual([])
  })

  test('a list that a project was established on is neither unsigned nor voided', async () => {
    const requirements = await at.enter('projects.requirements', list({ signedOn: '2025-01-20' }))
    const fields = application({ requirements, establishedOn: '2025-03-01' })
    await at.enter('projects.project', fields, { state: 'established' })
    const refused = ['projects.stays-signed/established']
    expect(await at.changed(requirements, { fields: { signedOn: null } })).toEqual(refused)
    expect(codesOf(await voidRecord(at.world, clerk, requirements, '重复'))).toEqual(refused)
  })

  test('an empty list is not signed, and numbers stand once', async () => {
    expect(await at.tried('projects.requirements', list({ items: [], signedOn: '2025-01-20' }))).toHaveLength(1)
    const item = { number: 1, requirement: '两次', priority: 'must' }
    expect(await at.tried('projects.requirements', list({ items: [item, item] }))).toHaveLength(1)
  })
})

describe('calls', () => {
  const call = {
    title: '2025年星火计划申报通知',
    programme: 'spark',
    level: 'provincial',
    opensOn: '2025-01-01',
    closesOn: '2025-03-31',
    papers: ['application', 'budget'],
  }

  test('an application keeps to programme and term, and is approved with all papers; missing ones are named', async () => {
    const id = await at.enter('projects.call', call)
    expect(await at.tried('projects.project', application({ call: id, appliedOn: '2025-04-01' }))).toEqual([
      'projects.in-call/outside-call',
    ])
    expect(await at.tried('projects.project', application({ call: id, programme: 'key' }))).toEqual([
      'projects.in-call/other',
    ])
    const project = await at.enter('projects.project', application({ call: id, papers: ['application'] }))
    const asked = { org: 'A' }
    const { applications } = must(await perform(incomplete, at.world, clerk, asked)) as {
      applications: { id: string; missing: string[] }[]
    }
    expect(applications).toEqual([expect.objectContaining({ id: project, missing: ['budget'] })])
    const won = { state: 'won', fields: { wonOn: '2025-06-01' } }
    expect(await at.changed(project, won)).toEqual(['projects.complete/missing'])
    expect(await at.changed(project, { fields: { papers: ['application', 'budget'] } })).toEqual([])
    expect(await at.changed(project, won)).toEqual([])
    expect(must(await perform(incomplete, at.world, clerk, asked))).toEqual({ applications: [] })
  })

  test('missing papers are those asked and not given', () => {
    expect(missingPapers(['application', 'budget'], ['budget'])).toEqual(['application'])
    expect(missingPapers(undefined, ['budget'])).toEqual([])
    expect(missingPapers(['licence'], undefined)).toEqual(['licence'])
  })
})

test('an entry of the pool becomes an application without anything typed again', async () => {
  const idea = await at.enter('projects.idea', {
    title: '富硒茶开发',
    programme: 'spark',
    level: 'provincial',
    proposer: '甲县茶叶站',
    proposedOn: '2025-01-10',
    estimate: 50_000_000,
    summary: '开发富硒茶',
  })
  const fields = await at.becomes(idea, 'projects.apply-idea')
  expect(fields).toEqual({
    idea,
    title: '富硒茶开发',
    programme: 'spark',
    level: 'provincial',
    applicant: '甲县茶叶站',
    investment: 50_000_000,
  })
  expect(await at.tried('projects.project', { ...fields, number: 'P-idea', appliedOn: '2025-02-02' })).toEqual([])
  expect(await at.changed(idea, { state: 'dropped' })).toEqual([])
  expect(await at.becomes(idea, 'projects.apply-idea')).toEqual({})
})

test('a won project goes on to contract and budget without anything typed again', async () => {
  const fields = application({ wonOn: '2025-04-01', dueOn: '2026-12-31', investment: 30_000_000 })
  const id = await at.enter('projects.project', fields, { state: 'won' })
  expect(await at.becomes(id, 'contracts.of-project')).toMatchObject({
    project: id,
    title: fields.title,
    partner: fields.applicant,
    amount: 30_000_000,
    startsOn: '2025-04-01',
    endsOn: '2026-12-31',
  })
  expect(await at.becomes(id, 'funds.budget-of')).toEqual({ project: id })
})

test('projects past their end without acceptance are listed and late', async () => {
  const due = (dueOn: string) =>
    at.enter('projects.project', application({ wonOn: '2025-03-01', dueOn }), { state: 'won', org: 'B' })
  await due('2025-05-31')
  await due('2025-07-15')
  await due('2026-05-31')
  const waiting = must(await awaiting(at.world, clerk, 'B')).find(({ id }) => id === 'projects.due')
  expect(waiting).toMatchObject({ count: 2, late: 1 })
  const overdue = { indicator: 'projects.overdue', org: 'B', period: '2025-01..2025-06' }
  expect(must(await figure(at.world, clerk, overdue)).value).toBe(1)
})

test('application, contract, milestone, budget and payment have one history', async () => {
  const project = await at.enter('projects.project', application({ wonOn: '2025-03-01' }), { state: 'won' })
  const contract = await at.enter(
    'contracts.contract',
    {
      number: 'HT-history',
      title: '任务书',
      kind: 'project',
      project,
      partner: '甲县农技中心',
      amount: 10_000_000,
      draftedOn: '2025-03-02',
      signedOn: '2025-03-10',
      startsOn: '2025-03-10',
      endsOn: '2026-03-10',
    },
    { state: 'signed' },
  )
  const milestone = { contract, title: '方案', plannedOn: '2025-04-01', weight: 50, doneOn: '2025-04-01' }
  const done = await at.enter('contracts.milestone', milestone)
  const money = {
    project,
    fund: 'research',
    source: 'provincial',
    year: 2025,
    approvedOn: '2025-03-15',
    amount: 10_000_000,
  }
  const budget = await at.enter('funds.budget', money)
  const paid = { contract, budget, milestone: done, paidOn: '2025-05-01', amount: 4_000_000, voucher: 'V-history' }
  await at.enter('funds.payment', paid)
  const { events } = must(await perform(history, at.world, clerk, { org: 'A', project })) as {
    events: { type: string; day: string }[]
  }
  expect(events.map(({ type, day }) => [type, day])).toEqual([
    ['projects.project', '2025-02-01'],
    ['contracts.contract', '2025-03-02'],
    ['funds.budget', '2025-03-15'],
    ['contracts.milestone', '2025-04-01'],
    ['funds.payment', '2025-05-01'],
  ])
  expect(codesOf(await perform(history, at.world, clerk, { org: 'A', project: budget }))).toEqual([
    'projects/no-project',
  ])
  expect(codesOf(await perform(history, at.world, at.as('auditor', 'B'), { org: 'A', project }))).toEqual([
    'record/unknown',
  ])
})

test('a clerk applies, a manager approves', async () => {
  const entered = { org: 'A', fields: application() }
  const applied = must(await create(at.world, at.as('clerk'), 'projects.project', entered))
  const won = { state: 'won', fields: { wonOn: '2025-04-01' } }
  expect(codesOf(await change(at.world, at.as('clerk'), applied.id, won))).toEqual(['permission/denied'])
  expect(codesOf(await change(at.world, at.as('manager', 'B'), applied.id, won))).toEqual(['record/unknown'])
  expect(codesOf(await change(at.world, at.as('manager'), applied.id, won))).toEqual([])
})
