import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bureau, bureau, codesOf } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import { isCarried } from './vote.ts'

let at: Bureau
let project: string
let requirements: string
let number = 0
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())
beforeEach(async () => {
  requirements = await at.enter('projects.requirements', {
    title: '集中交易系统',
    department: '公众服务处',
    collectedOn: '2024-01-05',
    signedOn: '2024-01-10',
    items: [
      { number: 1, requirement: '一次录入', priority: 'must' },
      { number: 2, requirement: '按支局统计', priority: 'could' },
    ],
  })
  project = await at.enter(
    'projects.project',
    {
      number: `P-${++number}`,
      title: `项目${number}`,
      programme: 'post-research',
      level: 'own',
      applicant: '信息局',
      requirements,
      appliedOn: '2024-01-15',
      establishedOn: '2024-02-01',
    },
    { state: 'established' },
  )
})

const documents = ['summary', 'technical', 'accounts', 'users', 'contract']
const traced = [
  { number: 1, met: true },
  { number: 2, met: false },
]
const acceptance = (more: object = {}) => ({
  title: '集中交易系统验收',
  project,
  requirements,
  heldOn: '2025-05-20',
  organiser: '管局科技处',
  documents,
  items: traced,
  inFavour: 5,
  against: 1,
  abstained: 1,
  result: 'passed',
  ...more,
})
const accepted = { state: 'accepted', fields: { acceptedOn: '2025-05-20', acceptor: 'administration' } }

describe('an acceptance passes', () => {
  test('with every document', async () => {
    expect(await at.tried('acceptance.acceptance', acceptance({ documents: documents.slice(1) }))).toEqual([
      'record/missing',
    ])
    expect(await at.tried('acceptance.acceptance', acceptance({ documents: [], result: 'again' }))).toEqual([])
  })

  test('with two thirds of three experts at least', async () => {
    expect(await at.tried('acceptance.acceptance', acceptance({ inFavour: 4, against: 3 }))).toEqual([
      'record/not-carried',
    ])
    expect(await at.tried('acceptance.acceptance', acceptance())).toEqual([])
    expect([isCarried(2, 0, 0), isCarried(2, 1, 0), isCarried(2, 1, 1), isCarried(4, 1, 1)]).toEqual([
      false,
      true,
      false,
      true,
    ])
  })

  test('with every requirement traced, and what must be met', async () => {
    const missing = acceptance({ items: traced.slice(0, 1) })
    expect(await at.tried('acceptance.acceptance', missing)).toEqual(['acceptance.traced/not-traced'])
    const unmet = acceptance({ items: [{ number: 1, met: false }, traced[1]] })
    expect(await at.tried('acceptance.acceptance', unmet)).toEqual(['acceptance.traced/not-traced'])
    const { requirements: _, ...without } = acceptance()
    expect(await at.tried('acceptance.acceptance', without)).toEqual(['acceptance.begun/other-list'])
  })
})

test('a project is accepted after a passed acceptance only, which then stays', async () => {
  expect(await at.changed(project, accepted)).toEqual(['acceptance.accepted/not-passed'])
  await at.enter('acceptance.acceptance', acceptance({ heldOn: '2025-04-01', result: 'again' }))
  expect(await at.changed(project, accepted)).toEqual(['acceptance.accepted/not-passed'])
  const fields = await at.becomes(project, 'acceptance.accept')
  expect(fields).toMatchObject({ project, requirements })
  const passed = await at.enter('acceptance.acceptance', { ...acceptance(), ...fields })
  const early = { ...accepted, fields: { ...accepted.fields, acceptedOn: '2025-05-19' } }
  expect(await at.changed(project, early)).toEqual(['acceptance.accepted/not-passed'])
  expect(await at.changed(project, accepted)).toEqual([])
  expect(codesOf(await voidRecord(at.world, clerk, passed, '误录'))).toEqual(['acceptance.stays/accepted'])
  expect(await at.changed(passed, { fields: { result: 'again' } })).toEqual(['acceptance.stays/accepted'])
})

test('a project goes to the archive when its acceptance has passed, without its name typed again', async () => {
  const archive = { number: `D-${number}`, archivedOn: '2025-06-10', volumes: 1, keeping: 'long', place: '档案室' }
  expect(await at.tried('acceptance.archive', { ...archive, project })).toEqual(['acceptance.archived/not-ended'])
  await at.enter('acceptance.acceptance', acceptance())
  expect(await at.changed(project, accepted)).toEqual([])
  const fields = await at.becomes(project, 'acceptance.archive')
  expect(await at.tried('acceptance.archive', { ...archive, ...fields })).toEqual([])
})

test('an inspected project has scheme, day, findings and result; what is to be rectified waits', async () => {
  const visit = {
    project,
    visitedOn: '2025-05-10',
    kind: 'inspection',
    scheme: '监督检查方案',
    partners: '市发改委、市财政局',
    findings: '进度滞后',
    result: 'rectify',
  }
  const { scheme: _, ...bare } = visit
  expect(await at.tried('acceptance.visit', { ...bare, rectifyBy: '2025-06-20' })).toEqual(['field/required'])
  expect(await at.tried('acceptance.visit', visit)).toEqual(['record/missing'])
  const id = await at.enter('acceptance.visit', { ...visit, rectifyBy: '2025-06-20' })
  const waiting = async () => must(await awaiting(at.world, clerk, 'A')).find(one => one.id === 'acceptance.rectify')
  expect(await waiting()).toMatchObject({ count: 1, late: 1 })
  expect(await at.changed(id, { fields: { rectifiedOn: '2025-06-25' } })).toEqual([])
  expect(await waiting()).toBeUndefined()
  const counted = { indicator: 'acceptance.visits', org: 'A', period: '2025', where: { result: 'rectify' } }
  expect(must(await figure(at.world, clerk, counted)).value).toBe(1)
})
