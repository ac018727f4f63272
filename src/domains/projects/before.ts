import { z } from 'zod'
import { choice, choices, day, integer, money, personalName, rows, text } from '../../kernel/records/fields.ts'
import { type Fields, recordType } from '../../kernel/records/type.ts'
import { levels, papers, priorities, programmes } from './topics.ts'

// What comes before an application: calls of the programmes, the pool of ideas, requirements that a department signs.

export const call = recordType('projects.call', {
  title: { zh: '申报通知', en: 'Call for applications' },
  day: 'opensOn',
  fields: z.object({
    title: text({ zh: '通知名称', en: 'Title', max: 200 }),
    programme: choice(programmes, { zh: '计划类别', en: 'Programme' }),
    level: choice(levels, { zh: '级别', en: 'Level' }),
    opensOn: day({ zh: '受理开始', en: 'Opens on', future: true }),
    closesOn: day({ zh: '受理截止', en: 'Closes on', future: true }),
    papers: choices(papers, { zh: '应交材料', en: 'Papers to hand in' }),
    most: money({ zh: '单项资助上限', en: 'Most for one project' }).optional(),
    conditions: text({ zh: '申报条件', en: 'Conditions' }).optional(),
  }),
  key: ['title'],
  check: ({ opensOn, closesOn }) =>
    String(closesOn) < String(opensOn)
      ? [{ field: 'closesOn', code: 'before-opening', zh: '不能早于受理开始', en: 'Cannot come before the opening' }]
      : [],
})

export const idea = recordType('projects.idea', {
  title: { zh: '项目库', en: 'Project pool' },
  day: 'proposedOn',
  fields: z.object({
    title: text({ zh: '项目名称', en: 'Title', max: 200 }),
    programme: choice(programmes, { zh: '拟报计划', en: 'Programme in mind' }).optional(),
    level: choice(levels, { zh: '拟报级别', en: 'Level in mind' }).optional(),
    proposer: text({ zh: '提出单位', en: 'Proposed by', max: 100 }),
    proposedOn: day({ zh: '入库日期', en: 'Proposed on' }),
    estimate: money({ zh: '估算投资', en: 'Estimate' }).optional(),
    summary: text({ zh: '主要内容', en: 'Summary' }),
  }),
  key: ['title'],
  states: { pooled: ['chosen', 'dropped'], chosen: ['pooled'], dropped: ['pooled'] },
  stateTitles: {
    pooled: { zh: '在库', en: 'In the pool' },
    chosen: { zh: '已申报', en: 'Applied for' },
    dropped: { zh: '已出库', en: 'Dropped' },
  },
})

export const requirements = recordType('projects.requirements', {
  title: { zh: '需求清单', en: 'Requirement list' },
  help: {
    zh: '前期调研和可研的结果；业务部门签字后才能立项',
    en: 'What research with the business department found; nothing is established before it is signed',
  },
  day: 'collectedOn',
  fields: z.object({
    title: text({ zh: '项目名称', en: 'Title', max: 200 }),
    department: text({ zh: '业务部门', en: 'Business department', max: 100 }),
    collectedOn: day({ zh: '提出日期', en: 'Collected on' }),
    feasibility: text({ zh: '可研结论', en: 'Feasibility' }).optional(),
    items: rows(
      {
        number: integer({ zh: '序号', en: 'Number', min: 1, max: 999 }),
        requirement: text({ zh: '需求', en: 'Requirement', max: 500 }),
        priority: choice(priorities, { zh: '程度', en: 'Priority' }),
      },
      { zh: '需求项', en: 'Items' },
    ),
    signedOn: day({ zh: '签字日期', en: 'Signed on' }).optional(),
    signer: personalName({ zh: '签字人', en: 'Signed by' }).optional(),
  }),
  check: numberedOnce,
})

function numberedOnce({ items, signedOn }: Fields) {
  const list = items as readonly { number: number }[]
  const numbers = list.map(item => item.number)
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i)
  const none = list.length === 0 && signedOn !== undefined
  return [
    ...(twice === undefined
      ? []
      : [{ field: 'items', code: 'repeated', zh: `序号${twice}重复`, en: `Number ${twice} stands twice` }]),
    ...(none ? [{ field: 'items', code: 'empty', zh: '没有需求项，不能签字', en: 'Nothing to sign for' }] : []),
  ]
}
