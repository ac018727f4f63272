import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAt, type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { perform } from '../../kernel/operation.ts'
import { referring } from '../../kernel/records/beside.ts'
import { change } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import { agenda } from './agenda.ts'
import worksites from './index.ts'

let here: Counties
let site: string
beforeAll(async () => {
  here = await counties(worksites)
  site = must(
    await here.save('worksites.site', { name: '于赵社区', kind: 'consolidation', since: '2025-03-01', team: 3 }),
  ).id
})
afterAll(() => here.close())

interface Agenda {
  plans: { id: string; waited: number }[]
  problems: { id: string; carried: boolean; late: boolean }[]
}
const agendaOf = async (period: string) =>
  must(await perform(agenda, here.world, clerk, { org: 'A', period })) as Agenda
const newProblem = (foundOn: string, dueOn: string) =>
  here.save('worksites.problem', {
    site,
    foundOn,
    kind: 'approval',
    problem: '用地规划未批',
    owner: '国土所',
    dueOn,
    nextStep: '每周催办',
  })

test('survey, meeting and plan are records of one site', async () => {
  must(
    await here.save('worksites.survey', {
      site,
      surveyedOn: '2025-03-05',
      hamlet: '前庄',
      households: 18,
      found: '以务工为主',
    }),
  )
  must(
    await here.save('worksites.survey', {
      site,
      surveyedOn: '2025-03-06',
      hamlet: '后庄',
      households: 14,
      found: '耕地少',
    }),
  )
  must(
    await here.save('worksites.survey', {
      site,
      surveyedOn: '2025-04-06',
      hamlet: '前庄',
      households: 3,
      found: '补访',
    }),
  )
  must(await here.save('worksites.meeting', { site, heldOn: '2025-03-20', topic: '征求意见', attended: 25 }))
  must(await here.save('worksites.plan', { site, kind: 'six-ones', draftedOn: '2025-03-25' }))
  expect([await here.told('worksites.hamlets'), await here.told('worksites.surveyed')]).toEqual([2, 35])
  const groups = must(await referring(here.world, clerk, site))
  expect(new Set(groups.map(({ type }) => type))).toEqual(
    new Set(['worksites.meeting', 'worksites.plan', 'worksites.survey']),
  )
})

test('a plan shows how many days its approval has waited, and how long it took', async () => {
  const days = { site, kind: 'land', draftedOn: '2025-04-01' }
  expect(codes(await here.save('worksites.plan', days, 'submitted'))).toEqual(['worksites.plan-days/missing'])
  const { id } = must(await here.save('worksites.plan', { ...days, submittedOn: '2025-04-11' }, 'submitted'))
  // The clock stands at 2025-06-30.
  expect((await agendaOf('2025')).plans).toEqual([expect.objectContaining({ id, waited: 80 })])
  expect(must(await awaiting(here.world, clerk, 'A'))).toContainEqual(
    expect.objectContaining({ id: 'worksites.approval', count: 1 }),
  )
  const approve = (approvedOn: string) => change(here.world, clerk, id, { state: 'approved', fields: { approvedOn } })
  expect(codes(await approve('2025-04-10'))).toEqual(['worksites.plan-days/order'])
  must(await approve('2025-05-11'))
  expect((await agendaOf('2025')).plans).toEqual([expect.objectContaining({ id, waited: 30 })])
  expect(await here.told('worksites.approval-days')).toBe(30)
})

test('a problem has owner, due day and outcome, and is carried over until it is closed', async () => {
  const { id } = must(await newProblem('2025-02-01', '2025-05-31'))
  const of = async (period: string) => (await agendaOf(period)).problems.filter(one => one.id === id)
  expect(await of('2025-Q1')).toEqual([expect.objectContaining({ carried: false, late: true })])
  expect(await of('2025-Q2')).toEqual([expect.objectContaining({ carried: true })])
  expect(await of('2024')).toEqual([])
  expect(await here.told('worksites.open', '2025-Q1')).toBe(1)
  const close = (fields: Record<string, unknown>) => change(here.world, clerk, id, { state: 'closed', fields })
  expect(codes(await close({ closedOn: '2025-06-10' }))).toEqual(['worksites.closed-with-outcome/missing'])
  expect(codes(await close({ closedOn: '2025-01-10', outcome: '已批' }))).toEqual([
    'worksites.closed-with-outcome/order',
  ])
  must(await close({ closedOn: '2025-06-10', outcome: '规划已批复' }))
  expect(await of('2025-Q2')).toEqual([])
  expect(await of('2025-Q1')).toHaveLength(1)
  expect([await here.told('worksites.open', '2025-Q1'), await here.told('worksites.open', '2025-Q2')]).toEqual([1, 0])
  expect(codes(await change(here.world, clerk, id, { state: 'open' }))).toEqual([
    'worksites.closed-with-outcome/still-open',
  ])
})

test('a problem without owner or due day is refused', async () => {
  const problem = { site, foundOn: '2025-02-01', kind: 'policy', problem: '政策未落实' }
  expect(codes(await here.save('worksites.problem', problem)).sort()).toEqual(['field/required', 'field/required'])
})

test('person-times and days are two figures of one record', async () => {
  must(
    await here.save('worksites.labour', {
      workedOn: '2025-01-08',
      kind: 'irrigation',
      place: '东干渠',
      people: 40,
      days: 43,
    }),
  )
  expect([await here.told('worksites.people'), await here.told('worksites.days')]).toEqual([40, 43])
})

test('a stranger sees no agenda, and a period must be one', async () => {
  const stranger = actorAt(here.world, 'B', 'manager')
  expect(codes(await perform(agenda, here.world, stranger, { org: 'A', period: '2025' }))).toEqual([
    'permission/denied',
  ])
  expect(codes(await perform(agenda, here.world, clerk, { org: 'A', period: 'x' }))).toEqual(['period/format'])
})
