import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { averageOf, countOf, distinctOf, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, orgUnit, reference, text } from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { agenda } from './agenda.ts'
import { daysBetween } from './days.ts'
import { rules } from './rules.ts'
import { labours, planStates, plans, problemStates, problems, sites } from './topics.ts'

// Work sites of a bureau in the villages: surveys, meetings, plans and their approval, problems until they are solved, work days.

export const site = recordType('worksites.site', {
  title: { zh: '驻点', en: 'Work site' },
  day: 'since',
  fields: z.object({
    name: text({ zh: '驻点名称', en: 'Name', max: 100 }),
    kind: choice(sites, { zh: '工作', en: 'Kind' }),
    township: orgUnit({ zh: '乡镇', en: 'Township', kind: 'township' }).optional(),
    since: day({ zh: '进驻日期', en: 'Since' }),
    until: day({ zh: '撤点日期', en: 'Until', future: true }).optional(),
    team: count({ zh: '工作组人数', en: 'Team', unit: 'person' }),
  }),
  key: ['name'],
})

const atSite = reference('worksites.site', { zh: '驻点', en: 'Site' })

export const survey = recordType('worksites.survey', {
  title: { zh: '入户调研', en: 'Survey' },
  day: 'surveyedOn',
  fields: z.object({
    site: atSite,
    surveyedOn: day({ zh: '调研日期', en: 'Surveyed on' }),
    hamlet: text({ zh: '自然村', en: 'Hamlet', max: 100 }),
    households: count({ zh: '走访农户', en: 'Households', unit: 'household' }),
    found: text({ zh: '了解到的情况', en: 'What was found', max: 1000 }),
  }),
})

export const meeting = recordType('worksites.meeting', {
  title: { zh: '驻点会议', en: 'Site meeting' },
  day: 'heldOn',
  fields: z.object({
    site: atSite,
    heldOn: day({ zh: '会议日期', en: 'Held on' }),
    topic: text({ zh: '议题', en: 'Topic', max: 200 }),
    attended: count({ zh: '到会人次', en: 'Attendance', unit: 'person-time' }),
  }),
})

export const plan = recordType('worksites.plan', {
  title: { zh: '驻点规划', en: 'Site plan' },
  day: 'draftedOn',
  fields: z.object({
    site: atSite,
    kind: choice(plans, { zh: '规划', en: 'Plan' }),
    draftedOn: day({ zh: '完稿日期', en: 'Drafted on' }),
    submittedOn: day({ zh: '报批日期', en: 'Submitted on' }).optional(),
    to: text({ zh: '审批单位', en: 'Submitted to', max: 100 }).optional(),
    approvedOn: day({ zh: '批准日期', en: 'Approved on' }).optional(),
  }),
  computed: {
    waited: computed({ zh: '审批用时', en: 'Days until approval', unit: 'day' }, ({ submittedOn, approvedOn }) =>
      typeof submittedOn === 'string' && typeof approvedOn === 'string' ? daysBetween(submittedOn, approvedOn) : null,
    ),
  },
  states: { drafted: ['submitted'], submitted: ['approved', 'returned'], returned: ['submitted'], approved: [] },
  stateTitles: planStates,
})

export const problem = recordType('worksites.problem', {
  title: { zh: '驻点问题', en: 'Problem' },
  day: 'foundOn',
  fields: z.object({
    site: atSite,
    foundOn: day({ zh: '发现日期', en: 'Found on' }),
    kind: choice(problems, { zh: '类别', en: 'Kind' }),
    problem: text({ zh: '问题', en: 'Problem', max: 500 }),
    owner: text({ zh: '责任单位', en: 'Owner', max: 100 }),
    dueOn: day({ zh: '办结期限', en: 'Due on', future: true }),
    nextStep: text({ zh: '下步措施', en: 'Next step', max: 500 }).optional(),
    closedOn: day({ zh: '解决日期', en: 'Closed on' }).optional(),
    outcome: text({ zh: '结果', en: 'Outcome', max: 500 }).optional(),
  }),
  columns: ['site', 'kind', 'problem', 'owner', 'dueOn', 'closedOn'],
  states: { open: ['closed'], closed: ['open'] },
  stateTitles: problemStates,
})

export const labour = recordType('worksites.labour', {
  title: { zh: '出工', en: 'Work days' },
  day: 'workedOn',
  fields: z.object({
    workedOn: day({ zh: '出工日期', en: 'Worked on' }),
    kind: choice(labours, { zh: '工作', en: 'Work' }),
    site: atSite.optional(),
    place: text({ zh: '地点', en: 'Place', max: 100 }),
    people: count({ zh: '出工人次', en: 'People', unit: 'person-time' }),
    days: count({ zh: '天数', en: 'Days', unit: 'day', max: 366 }),
  }),
})

export const indicators = {
  'worksites.sites': stockOf(site, {
    zh: '在驻工作点',
    en: 'Work sites',
    unit: 'site',
    by: ['kind'],
    since: 'since',
    until: 'until',
  }),
  'worksites.surveyed': sumOf(survey, 'households', {
    zh: '调研走访农户',
    en: 'Households surveyed',
    unit: 'household',
  }),
  'worksites.hamlets': distinctOf(survey, 'hamlet', { zh: '调研自然村', en: 'Hamlets surveyed', unit: 'village' }),
  'worksites.meetings': countOf(meeting, { zh: '驻点座谈会', en: 'Site meetings', unit: 'meeting' }),
  'worksites.plans': countOf(plan, { zh: '编制驻点规划', en: 'Plans drafted', unit: 'document', by: ['kind'] }),
  'worksites.approved': countOf(plan, {
    zh: '批准驻点规划',
    en: 'Plans approved',
    unit: 'document',
    day: 'approvedOn',
    where: { state: 'approved' },
  }),
  'worksites.approval-days': averageOf(plan, 'waited', {
    zh: '规划审批平均用时',
    en: 'Days until approval',
    unit: 'day',
    day: 'approvedOn',
  }),
  'worksites.problems': countOf(problem, {
    zh: '驻点发现问题',
    en: 'Problems found',
    unit: 'problem',
    by: ['kind', 'owner'],
  }),
  'worksites.closed': countOf(problem, {
    zh: '驻点解决问题',
    en: 'Problems closed',
    unit: 'problem',
    day: 'closedOn',
    by: ['kind'],
  }),
  'worksites.open': stockOf(problem, {
    zh: '驻点未解决问题(期末)',
    en: 'Problems open',
    unit: 'problem',
    by: ['kind'],
    since: 'foundOn',
    until: 'closedOn',
    synonyms: ['驻点遗留问题'],
  }),
  'worksites.people': sumOf(labour, 'people', {
    zh: '干部职工出工',
    en: 'People at work',
    unit: 'person-time',
    by: ['kind'],
  }),
  'worksites.days': sumOf(labour, 'days', { zh: '干部职工出工天数', en: 'Days of work', unit: 'day', by: ['kind'] }),
}

const summary = paragraph`
${sentence('驻点工作中，', [
  '调研走访农户{{ worksites.surveyed }}',
  '召开驻点座谈会{{ worksites.meetings }}',
  '编制驻点规划{{ worksites.plans }}',
  '批准驻点规划{{ worksites.approved }}',
  '调研自然村{{ worksites.hamlets }}',
])}${sentence('', [
  '驻点发现问题{{ worksites.problems }}',
  '驻点解决问题{{ worksites.closed }}',
])}${sentence('', ['期末驻点遗留问题{{ worksites.open }}，转入下期继续督办'])}${sentence('', [
  '干部职工出工{{ worksites.people }}，干部职工出工天数{{ worksites.days }}',
])}`

export default domain('worksites', {
  zh: '驻点帮扶',
  en: 'Work sites',
  types: [site, survey, meeting, plan, problem, labour],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [agenda],
  awaiting: [
    {
      id: 'worksites.approval',
      title: { zh: '等待审批的规划', en: 'Plans awaiting approval' },
      type: plan,
      state: ['submitted'],
      due: { field: 'submittedOn', days: 0 },
    },
    {
      id: 'worksites.problems',
      title: { zh: '未解决的驻点问题', en: 'Problems not solved' },
      type: problem,
      state: ['open'],
      due: { field: 'dueOn', days: 30 },
    },
  ],
})
