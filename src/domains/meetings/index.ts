import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, integer, orgUnit, reference, text } from '../../kernel/records/fields.ts'
import { lead, rule } from '../../kernel/records/rule.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { decisionStates, kinds, ranks } from './topics.ts'

// Meetings and their decisions, visits of superiors and their opinions, and the tasks that both become.

export const meeting = recordType('meetings.meeting', {
  title: { zh: '会议', en: 'Meeting' },
  day: 'heldOn',
  fields: z.object({
    title: text({ zh: '会议名称', en: 'Title', max: 200 }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    heldOn: day({ zh: '召开日期', en: 'Held on' }),
    place: text({ zh: '地点', en: 'Place', max: 100 }).optional(),
    chair: text({ zh: '主持', en: 'Chaired by', max: 60 }),
    bodies: count({ zh: '到会单位', en: 'Bodies present', unit: 'organisation' }).default(0),
    people: count({ zh: '到会人数', en: 'People present', unit: 'person-time' }),
    agenda: text({ zh: '议程', en: 'Agenda' }),
  }),
  like: ['title', 'heldOn'],
})

export const decision = recordType('meetings.decision', {
  title: { zh: '议定事项', en: 'Decision' },
  day: 'decidedOn',
  fields: z.object({
    meeting: reference('meetings.meeting', { zh: '会议', en: 'Meeting' }),
    number: integer({ zh: '序号', en: 'Number', min: 1, max: 99 }),
    decidedOn: day({ zh: '议定日期', en: 'Decided on' }),
    matter: text({ zh: '事项', en: 'Matter', max: 500 }),
    responsible: text({ zh: '牵头单位', en: 'Responsible', max: 100 }),
  }),
  key: ['meeting', 'number'],
  states: { open: ['done', 'dropped'], done: ['open'], dropped: ['open'] },
  stateTitles: decisionStates,
})

export const visit = recordType('meetings.visit', {
  title: { zh: '上级检查指导', en: 'Visit of superiors' },
  day: 'visitedOn',
  fields: z.object({
    visitedOn: day({ zh: '日期', en: 'Visited on' }),
    visitor: text({ zh: '单位和职务', en: 'Body and office', max: 100 }),
    rank: choice(ranks, { zh: '层级', en: 'Level' }),
    place: text({ zh: '到访地点', en: 'Where', max: 200 }),
    opinions: text({ zh: '意见和要求', en: 'Opinions' }).optional(),
  }),
  like: ['visitedOn', 'visitor'],
})

export const task = recordType('meetings.task', {
  title: { zh: '督办任务', en: 'Task' },
  day: 'givenOn',
  fields: z.object({
    title: text({ zh: '任务', en: 'Task', max: 300 }),
    decision: reference('meetings.decision', { zh: '议定事项', en: 'Decision' }).optional(),
    visit: reference('meetings.visit', { zh: '上级检查', en: 'Visit' }).optional(),
    unit: orgUnit({ zh: '承办单位', en: 'Unit' }),
    owner: text({ zh: '责任人或岗位', en: 'Owner', max: 60 }),
    givenOn: day({ zh: '交办日期', en: 'Given on' }),
    dueOn: day({ zh: '完成期限', en: 'Due on', future: true }),
    doneOn: day({ zh: '完成日期', en: 'Done on' }).optional(),
    result: text({ zh: '办理结果', en: 'Result', max: 1000 }).optional(),
  }),
  computed: {
    punctual: computed({ zh: '按期完成', en: 'Done in time' }, ({ dueOn, doneOn }) =>
      doneOn === undefined ? null : Number(String(doneOn) <= String(dueOn)),
    ),
  },
  check: ({ doneOn, result, givenOn, dueOn }) => [
    ...(doneOn !== undefined && result === undefined
      ? [{ field: 'result', code: 'missing', zh: '办结应写明结果', en: 'Say what came of it' }]
      : []),
    ...(String(dueOn) < String(givenOn)
      ? [{ field: 'dueOn', code: 'before', zh: '不能早于交办日期', en: 'Cannot come before it was given' }]
      : []),
  ],
})

export const indicators = {
  'meetings.meetings': countOf(meeting, { zh: '召开会议', en: 'Meetings', unit: 'meeting', by: ['kind'] }),
  'meetings.people': sumOf(meeting, 'people', {
    zh: '到会人次',
    en: 'People at meetings',
    unit: 'person-time',
    by: ['kind'],
  }),
  'meetings.decisions': countOf(decision, { zh: '会议议定事项', en: 'Decisions', unit: 'task' }),
  'meetings.visits': countOf(visit, {
    zh: '上级检查指导',
    en: 'Visits of superiors',
    unit: 'time',
    by: ['rank'],
    synonyms: ['莅临检查指导'],
  }),
  'meetings.tasks-given': countOf(task, { zh: '交办督办任务', en: 'Tasks given', unit: 'task', by: ['unit'] }),
  'meetings.tasks-done': countOf(task, {
    zh: '办结督办任务',
    en: 'Tasks done',
    unit: 'task',
    day: 'doneOn',
    by: ['unit'],
  }),
  'meetings.tasks-punctual': sumOf(task, 'punctual', {
    zh: '按期办结任务',
    en: 'Tasks done in time',
    unit: 'task',
    day: 'doneOn',
    by: ['unit'],
  }),
  'meetings.punctual-rate': formula('meetings.tasks-punctual / meetings.tasks-done', {
    zh: '任务按期办结率',
    en: 'Share of tasks done in time',
    unit: 'percent',
  }),
}

const summary = paragraph`
${sentence('', [
  '召开会议{{ meetings.meetings }}',
  "其中科普联席会议{{ meetings.meetings | where: 'kind', 'joint' }}",
])}${sentence('', ['接待上级检查指导{{ meetings.visits }}'])}${sentence('', [
  '交办督办任务{{ meetings.tasks-given }}',
  '办结督办任务{{ meetings.tasks-done }}',
  '任务按期办结率为{{ meetings.punctual-rate }}',
])}`

export default domain('meetings', {
  zh: '会议与督办',
  en: 'Meetings and tasks',
  types: [meeting, decision, visit, task],
  indicators,
  paragraphs: { summary },
  rules: [
    rule('meetings.tasks-first', {
      zh: '任务都办结，事项才算办结',
      en: 'A decision is done when its tasks are',
      type: 'meetings.decision',
      reads: { tasks: { of: 'meetings.task', via: 'decision' } },
      check: ({ state }, { tasks }) =>
        state === 'done' && tasks!.some(({ fields }) => fields.doneOn === undefined)
          ? [{ field: 'matter', code: 'open-tasks', zh: '还有任务没有办结', en: 'There are tasks to do yet' }]
          : [],
    }),
  ],
  leads: [
    lead('meetings.decide', {
      zh: '登记议定事项',
      en: 'Record a decision',
      from: 'meetings.meeting',
      to: 'meetings.decision',
      fields: ({ id, day }) => ({ meeting: id, decidedOn: day }),
    }),
    lead('meetings.task-of-decision', {
      zh: '分解为任务',
      en: 'Make it a task',
      from: 'meetings.decision',
      to: 'meetings.task',
      when: ({ state }) => state === 'open',
      fields: ({ id, org, day, fields: { matter, responsible } }) => ({
        decision: id,
        title: matter,
        owner: responsible,
        unit: org,
        givenOn: day,
      }),
    }),
    lead('meetings.task-of-opinion', {
      zh: '意见转为任务',
      en: 'Make an opinion a task',
      from: 'meetings.visit',
      to: 'meetings.task',
      when: ({ fields }) => fields.opinions !== undefined,
      fields: ({ id, org, day, fields: { opinions } }) => ({
        visit: id,
        title: String(opinions).slice(0, 300),
        unit: org,
        givenOn: day,
      }),
    }),
  ],
  awaiting: [
    {
      id: 'meetings.tasks',
      title: { zh: '督办任务待办', en: 'Tasks to do' },
      type: task,
      due: { field: 'dueOn', days: 30 },
      until: 'doneOn',
    },
    {
      id: 'meetings.decisions',
      title: { zh: '议定事项未办结', en: 'Decisions open' },
      type: decision,
      state: ['open'],
    },
  ],
  gaps: [
    {
      id: 'meetings.joint',
      zh: '没有召开科普联席会议的季度',
      en: 'Quarters without joint meeting',
      every: 'quarter',
      type: 'meetings.meeting',
      where: { kind: 'joint' },
      kinds: ['county'],
    },
  ],
})
