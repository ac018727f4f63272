import { townshipsOf } from '../orgs.ts'
import { addDays } from './calendar.ts'
import type { DemoRecord, Generator } from './record.ts'

const COUNTY = 'KJ-A'
const SITE = 'site KJ-A'

/** The six problems that a team found in its first half-year: kind, what, owner, when, until, solved on. */
const PROBLEMS = [
  ['policy', '优惠政策还没有明确规定', '区政府办', '2024-04-08', '2024-06-30', '2024-09-12'],
  ['approval', '用地规划和建设规划还没有批复', '规划部门', '2024-04-15', '2024-05-31', '2024-08-20'],
  ['income', '集体收入主要靠出租厂房', '社区两委', '2024-05-06', '2024-12-31', undefined],
  ['labour', '外出务工不稳定，增收门路少', '劳动部门', '2024-05-20', '2024-11-30', '2025-02-18'],
  ['labour', '劳动力缺少农业科技知识', '科技局', '2024-06-03', '2024-12-20', '2024-12-15'],
  ['organisation', '年轻党员少，后备干部不足', '乡党委', '2024-06-11', '2025-06-30', undefined],
] as const

const PLANS = [
  ['six-ones', '2024-03-25', '2024-03-26', '2024-04-02', '城区工作团'],
  ['land', '2024-04-10', '2024-04-15', '2024-08-20', '国土部门'],
  ['construction', '2024-04-12', '2024-04-15', '2024-08-20', '规划部门'],
  ['study', '2024-03-28', undefined, undefined, undefined],
] as const

const of = (type: string, fields: Record<string, unknown>, more: Partial<DemoRecord> = {}): DemoRecord => ({
  type: `worksites.${type}`,
  org: COUNTY,
  refs: { site: SITE },
  fields,
  ...more,
})

const step = (day: string | undefined, today: string) => (day !== undefined && day <= today ? day : undefined)

function problem([kind, what, owner, foundOn, dueOn, solved]: (typeof PROBLEMS)[number], today: string): DemoRecord {
  const closedOn = step(solved, today)
  const fields = { kind, problem: what, owner, foundOn, dueOn, nextStep: '每月对接一次' }
  return closedOn
    ? of('problem', { ...fields, closedOn, outcome: '已落实，列入社区台账' }, { state: 'closed' })
    : of('problem', fields)
}

function plan([kind, draftedOn, sent, passed, to]: (typeof PLANS)[number], today: string): DemoRecord {
  const submittedOn = step(sent, today)
  const approvedOn = step(passed, today)
  const fields = { kind, draftedOn, ...(submittedOn && { submittedOn, to }), ...(approvedOn && { approvedOn }) }
  return of('plan', fields, { state: approvedOn ? 'approved' : submittedOn ? 'submitted' : 'drafted' })
}

/** 3 hamlets and 32 households surveyed; 40 person-times and 43 days at irrigation works in 2024. */
export const worksites: Generator = today => [
  {
    type: 'worksites.site',
    org: COUNTY,
    ref: SITE,
    fields: {
      name: '枕石社区合村并建工作组',
      kind: 'consolidation',
      township: townshipsOf(COUNTY)[0],
      since: '2024-03-04',
      team: 3,
    },
  },
  ...(
    [
      ['前庄', 13],
      ['中庄', 10],
      ['后庄', 9],
    ] as const
  ).map(([hamlet, households], i) =>
    of('survey', { surveyedOn: addDays('2024-03-11', i * 4), hamlet, households, found: '以务工收入为主，愿意合村' }),
  ),
  ...['2024-03-22', '2024-05-10', '2024-06-20', '2024-10-16'].map((heldOn, i) =>
    of('meeting', {
      heldOn,
      topic: ['摸底情况通报', '规划征求意见', '上半年推进会', '一期工程协调'][i],
      attended: 18 + i * 5,
    }),
  ),
  ...PLANS.map(one => plan(one, today)),
  ...PROBLEMS.map(one => problem(one, today)),
  ...(
    [
      ['2024-01-15', 24, 25, 'irrigation', '东干渠'],
      ['2024-12-04', 16, 18, 'irrigation', '西支渠'],
      ['2023-12-11', 30, 28, 'irrigation', '东干渠'],
      ['2025-01-13', 34, 31, 'irrigation', '南干渠'],
    ] as const
  ).map(
    ([workedOn, people, days, kind, place]): DemoRecord => ({
      type: 'worksites.labour',
      org: COUNTY,
      fields: { workedOn, kind, place, people, days },
    }),
  ),
]
