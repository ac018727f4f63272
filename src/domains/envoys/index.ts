import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, distinctOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { area, choice, count, day, money, orgUnit, personalName, reference, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { pages } from './pages.ts'
import { rules } from './rules.ts'
import { bodies, grades, introductions, trades } from './topics.ts'

// Technology envoys: who is in post, their projects, what they spread, what they founded, how many days they served.

const agreement = reference('envoys.appointment', { zh: '特派员', en: 'Envoy' })

export const appointment = recordType('envoys.appointment', {
  title: { zh: '特派员任职', en: 'Envoy appointment' },
  day: 'since',
  fields: z.object({
    number: text({ zh: '协议编号', en: 'Agreement number', max: 40 }),
    envoy: personalName({ zh: '姓名', en: 'Name' }),
    grade: choice(grades, { zh: '级别', en: 'Grade' }),
    trade: choice(trades, { zh: '专业', en: 'Trade' }),
    body: text({ zh: '派出单位', en: 'Sending organisation', max: 100 }),
    township: orgUnit({ zh: '服务乡镇', en: 'Township served', kind: 'township' }).optional(),
    duties: text({ zh: '协议任务', en: 'Duties', max: 500 }).optional(),
    agreedDays: count({ zh: '协议服务天数(年)', en: 'Days agreed a year', unit: 'day', max: 366 }).optional(),
    since: day({ zh: '起始日期', en: 'Since' }),
    until: day({ zh: '终止日期', en: 'Until', future: true }).optional(),
  }),
  key: ['number'],
  columns: ['number', 'envoy', 'grade', 'trade', 'body', 'township', 'since', 'until'],
  check: ({ since, until }) =>
    typeof until === 'string' && until < String(since)
      ? [
          {
            field: 'until',
            code: 'until-before-since',
            zh: '终止不能早于起始',
            en: 'The end cannot come before the start',
          },
        ]
      : [],
})

export const project = recordType('envoys.project', {
  title: { zh: '特派员开发项目', en: 'Envoy project' },
  day: 'startedOn',
  fields: z.object({
    title: text({ zh: '项目名称', en: 'Title', max: 200 }),
    envoy: agreement.optional(),
    trade: choice(trades, { zh: '产业', en: 'Trade' }),
    startedOn: day({ zh: '开始日期', en: 'Started on' }),
    finishedOn: day({ zh: '完成日期', en: 'Finished on' }).optional(),
    households: count({ zh: '带动农户', en: 'Households led', unit: 'household' }).optional(),
    area: area({ zh: '面积', en: 'Area' }).optional(),
    income: money({ zh: '新增收入', en: 'Added income' }).optional(),
  }),
  like: ['title'],
})

export const introduction = recordType('envoys.introduction', {
  title: { zh: '新技术新品种推广', en: 'Introduction' },
  help: {
    zh: '同一品种在两个乡镇推广，登记两条，计一个品种',
    en: 'One variety in two townships: two records, one variety',
  },
  day: 'introducedOn',
  fields: z.object({
    introducedOn: day({ zh: '引进日期', en: 'Introduced on' }),
    kind: choice(introductions, { zh: '类别', en: 'Kind' }),
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    trade: choice(trades, { zh: '产业', en: 'Trade' }),
    source: text({ zh: '来源', en: 'Source', max: 100 }).optional(),
    envoy: agreement.optional(),
    township: orgUnit({ zh: '乡镇', en: 'Township', kind: 'township' }).optional(),
    area: area({ zh: '推广面积', en: 'Area' }).optional(),
    households: count({ zh: '推广农户', en: 'Households', unit: 'household' }).optional(),
  }),
  like: ['introducedOn', 'kind', 'name', 'township'],
})

export const body = recordType('envoys.body', {
  title: { zh: '协会合作社', en: 'Association or co-operative' },
  day: 'foundedOn',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    kind: choice(bodies, { zh: '类别', en: 'Kind' }),
    trade: choice(trades, { zh: '产业', en: 'Trade' }),
    foundedOn: day({ zh: '成立日期', en: 'Founded on' }),
    dissolvedOn: day({ zh: '注销日期', en: 'Dissolved on' }).optional(),
    members: count({ zh: '成员', en: 'Members', unit: 'person' }).default(0),
    envoy: agreement.optional(),
  }),
  key: ['name'],
})

export const service = recordType('envoys.service', {
  title: { zh: '特派员服务日志', en: 'Envoy service log' },
  day: 'servedOn',
  fields: z.object({
    servedOn: day({ zh: '服务日期', en: 'Served on' }),
    envoy: agreement.optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    trade: choice(trades, { zh: '产业', en: 'Trade' }),
    days: count({ zh: '天数', en: 'Days', unit: 'day', max: 31 }).default(1),
    people: count({ zh: '指导人次', en: 'People guided', unit: 'person-time' }).default(0),
    work: text({ zh: '服务内容', en: 'Work done', max: 500 }),
  }),
})

export const rate = recordType('envoys.rate', {
  title: { zh: '特派员补助标准', en: 'Subsidy rate' },
  help: {
    zh: '按级别定每天补助和每月最多计补天数；从起始日期所在月起执行，直到同级新标准',
    en: 'What a day of a grade is paid and how many days a month; holds until the next rate of the grade',
  },
  day: 'since',
  fields: z.object({
    grade: choice(grades, { zh: '级别', en: 'Grade' }),
    since: day({ zh: '起始日期', en: 'Since' }),
    daily: money({ zh: '每天补助', en: 'A day' }),
    mostDays: count({ zh: '每月最多计补天数', en: 'Most days a month', unit: 'day', max: 31 }),
  }),
  key: ['org', 'grade', 'since'],
})

const spread = (kind: keyof typeof introductions, zh: string, en: string, unit: string, synonyms: string[]) =>
  distinctOf(introduction, 'name', { zh, en, unit, by: ['trade'], where: { kind }, synonyms })

export const indicators = {
  'envoys.in-post': stockOf(appointment, {
    zh: '科技特派员(期末)',
    en: 'Envoys in post',
    unit: 'person',
    by: ['grade', 'trade'],
    since: 'since',
    until: 'until',
    synonyms: ['科技特派员', '现有科技特派员'],
  }),
  'envoys.appointed': countOf(appointment, {
    zh: '增派特派员',
    en: 'Envoys appointed',
    unit: 'person',
    by: ['grade'],
    synonyms: ['增派科技特派员', '选派科技特派员'],
  }),
  'envoys.left': countOf(appointment, { zh: '期满特派员', en: 'Envoys who left', unit: 'person', day: 'until' }),
  'envoys.townships': distinctOf(appointment, 'township', {
    zh: '新派驻乡镇',
    en: 'Townships newly served',
    unit: 'township',
  }),
  'envoys.projects': countOf(project, {
    zh: '实施开发项目',
    en: 'Envoy projects',
    unit: 'project',
    by: ['trade'],
    synonyms: ['科技开发项目', '特派员实施开发项目'],
  }),
  'envoys.project-households': sumOf(project, 'households', {
    zh: '项目带动农户',
    en: 'Households led by projects',
    unit: 'household',
  }),
  'envoys.project-income': sumOf(project, 'income', { zh: '项目新增收入', en: 'Added income', unit: 'fen' }),
  'envoys.techniques': spread('technique', '推广新技术', 'Techniques spread', 'technique', [
    '推广高新实用技术',
    '实用技术',
  ]),
  'envoys.varieties': spread('variety', '引进新品种', 'Varieties introduced', 'variety', ['引进新优品种', '新品种']),
  'envoys.introductions': countOf(introduction, {
    zh: '推广次数',
    en: 'Introductions',
    unit: 'time',
    by: ['kind', 'trade'],
  }),
  'envoys.area': sumOf(introduction, 'area', { zh: '推广面积', en: 'Area of introductions', unit: 'm2', by: ['kind'] }),
  'envoys.cooperatives': countOf(body, {
    zh: '创办协会和合作社',
    en: 'Associations and co-operatives founded',
    unit: 'organisation',
    by: ['kind'],
    synonyms: ['专业协会和农村合作社', '新建专业技术协会'],
  }),
  'envoys.bodies': stockOf(body, {
    zh: '协会和合作社(期末)',
    en: 'Associations and co-operatives',
    unit: 'organisation',
    by: ['kind'],
    since: 'foundedOn',
    until: 'dissolvedOn',
  }),
  'envoys.members': stockOf(body, {
    zh: '协会和合作社成员(期末)',
    en: 'Members',
    unit: 'person',
    field: 'members',
    since: 'foundedOn',
    until: 'dissolvedOn',
  }),
  'envoys.service-days': sumOf(service, 'days', {
    zh: '下乡服务天数',
    en: 'Days of service',
    unit: 'day',
    by: ['trade'],
  }),
  'envoys.people-guided': sumOf(service, 'people', { zh: '指导农户人次', en: 'People guided', unit: 'person-time' }),
  'envoys.days-per-envoy': formula('envoys.service-days / envoys.in-post', {
    zh: '人均服务天数',
    en: 'Days of service per envoy',
    unit: 'day',
  }),
}

const summary = paragraph`
${sentence('', [
  '期末在岗科技特派员{{ envoys.in-post }}',
  '{{ period.words }}新派{{ envoys.appointed }}',
  '承担开发项目{{ envoys.projects }}',
])}${sentence('特派员', [
  '带去新技术{{ envoys.techniques }}',
  '引进新品种{{ envoys.varieties }}',
  '牵头成立协会和合作社{{ envoys.cooperatives }}',
  '下乡服务{{ envoys.service-days }}，指导农户{{ envoys.people-guided }}',
])}`

const plan = sentence('计划', [
  '在岗科技特派员达到{{ envoys.in-post | next_target }}',
  '引进新品种{{ envoys.varieties | next_target }}',
  '推广新技术{{ envoys.techniques | next_target }}',
])

export default domain('envoys', {
  zh: '科技特派员',
  en: 'Technology envoys',
  types: [appointment, project, introduction, body, service, rate],
  indicators,
  paragraphs: { summary, plan },
  rules,
  operations: [pages],
  leads: [
    lead('envoys.log', {
      zh: '记服务日志',
      en: 'Log service',
      from: 'envoys.appointment',
      to: 'envoys.service',
      fields: ({ id, fields }) => ({ envoy: id, trade: fields.trade }),
    }),
    lead('envoys.introduce', {
      zh: '登记引进推广',
      en: 'Record an introduction',
      from: 'envoys.appointment',
      to: 'envoys.introduction',
      fields: ({ id, fields }) => ({ envoy: id, trade: fields.trade, township: fields.township }),
    }),
  ],
})
