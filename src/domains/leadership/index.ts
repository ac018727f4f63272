import { z } from 'zod'
import { domain, sentence } from '../../kernel/domain.ts'
import { countOf, formula, stockOf } from '../../kernel/figures/indicator.ts'
import { choice, day, reference, rows, text, yesNo } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { operations } from './proposals.ts'

// Who answers for what: posts and their holders, lead groups whose members go with their posts, and the list of duties.

const roles = {
  head: { zh: '组长', en: 'Head' },
  deputy: { zh: '副组长', en: 'Deputy head' },
  member: { zh: '成员', en: 'Member' },
  office: { zh: '办公室', en: 'Office' },
} as const

export const holding = recordType('leadership.holding', {
  title: { zh: '任职', en: 'Holder of a post' },
  day: 'since',
  fields: z.object({
    post: text({ zh: '职务', en: 'Post', max: 60 }),
    holder: text({ zh: '任职人', en: 'Holder', max: 40 }),
    since: day({ zh: '任职日期', en: 'Since' }),
    until: day({ zh: '免职日期', en: 'Until', future: true }).optional(),
    document: text({ zh: '任免文件', en: 'Document', max: 60 }).optional(),
  }),
  key: ['org', 'post', 'since'],
})

export const group = recordType('leadership.group', {
  title: { zh: '领导小组', en: 'Lead group' },
  day: 'establishedOn',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 80 }),
    document: text({ zh: '成立文件', en: 'Document', max: 60 }).optional(),
    establishedOn: day({ zh: '成立日期', en: 'Established on' }),
    dissolvedOn: day({ zh: '撤销日期', en: 'Dissolved on' }).optional(),
    members: rows(
      {
        role: choice(roles, { zh: '组内职务', en: 'Role' }),
        post: text({ zh: '职务', en: 'Post', max: 60 }),
        holder: text({ zh: '姓名', en: 'Name', max: 40 }),
      },
      { zh: '成员', en: 'Members', max: 60 },
    ),
  }),
  key: ['org', 'name'],
})

export const duty = recordType('leadership.duty', {
  title: { zh: '责任清单', en: 'Duty' },
  day: 'setOn',
  fields: z.object({
    title: text({ zh: '职责', en: 'Duty', max: 200 }),
    basis: text({ zh: '依据文件', en: 'By which document', max: 100 }).optional(),
    group: reference('leadership.group', { zh: '领导小组', en: 'Lead group' }).optional(),
    post: text({ zh: '责任职务', en: 'Responsible post', max: 60 }),
    setOn: day({ zh: '下达日期', en: 'Set on' }),
    dueOn: day({ zh: '完成时限', en: 'Due on', future: true }),
    veto: yesNo({ zh: '一票否决事项', en: 'Vetoes when it fails' }).default(false),
  }),
  key: ['org', 'title', 'setOn'],
  states: { open: ['done', 'failed'], done: ['open'], failed: ['open'] },
  stateTitles: {
    open: { zh: '待履行', en: 'Open' },
    done: { zh: '已履行', en: 'Done' },
    failed: { zh: '未履行', en: 'Failed' },
  },
  stateRoles: { failed: 'manager' },
})

const indicators = {
  'leadership.groups': stockOf(group, {
    zh: '领导小组',
    en: 'Lead groups',
    unit: 'organisation',
    since: 'establishedOn',
    until: 'dissolvedOn',
  }),
  'leadership.duties': countOf(duty, { zh: '责任事项', en: 'Duties', unit: 'item' }),
  'leadership.duty-rate': formula('leadership.duties[state=done] / leadership.duties', {
    zh: '责任履行率',
    en: 'Duties done',
    unit: 'percent',
  }),
  'leadership.vetoes': countOf(duty, {
    zh: '一票否决事项未履行',
    en: 'Vetoing duties failed',
    unit: 'item',
    where: { state: 'failed', veto: true },
  }),
}

export default domain('leadership', {
  zh: '责任制',
  en: 'Responsibility',
  types: [holding, group, duty],
  indicators,
  paragraphs: {
    summary: sentence('落实目标管理责任制，', [
      '下达责任事项{{ leadership.duties }}',
      '责任履行率{{ leadership.duty-rate }}',
    ]),
  },
  operations,
  awaiting: [
    {
      id: 'leadership.due',
      title: { zh: '责任事项将到期', en: 'Duties due' },
      type: duty,
      state: ['open'],
      due: { field: 'dueOn', days: 15 },
    },
  ],
  screens: [
    {
      id: 'leadership/proposals',
      title: { zh: '领导小组调整', en: 'Changes of lead groups' },
      help: {
        zh: '职务换了人，这里提出领导小组成员的调整；采纳后写入领导小组的记录。',
        en: 'When a post changes hands, the change of the lead group is proposed here; adopting it writes the group.',
      },
      may: 'read',
    },
  ],
})
