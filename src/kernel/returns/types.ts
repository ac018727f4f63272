import { z } from 'zod'
import { cycles } from '../period/cycles.ts'
import { choice, day, decimal, instant, integer, reference, rows, text, yesNo } from '../records/fields.ts'
import { type Fields, recordType } from '../records/type.ts'

// What is asked of units period by period, and what they returned. A form is written like any record; returns only by
// the steps of steps.ts.

export const kinds = {
  figure: { zh: '台账指标（自动带出）', en: 'Figure of the ledger (filled in)' },
  number: { zh: '填报数值', en: 'Number to be told' },
  confirm: { zh: '确认（是/否）', en: 'To be confirmed' },
  words: { zh: '文字说明', en: 'In words' },
} as const

export type AskedKind = keyof typeof kinds

type Item = Readonly<Record<string, unknown>>

export const form = recordType('returns.form', {
  title: { zh: '上报要求', en: 'Return form' },
  help: {
    zh: '哪类单位、每期报什么、期满后几个工作日内报。指标数字由台账带出，不再填报。',
    en: 'Which units report what each period, and by when. Figures come from the ledger and are not typed again.',
  },
  day: 'startsOn',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    document: text({ zh: '依据文件', en: 'Document', max: 100 }).optional(),
    startsOn: day({ zh: '施行日期', en: 'In force from', future: true }),
    cycle: choice(cycles, { zh: '上报周期', en: 'Cycle' }),
    kinds: text({
      zh: '上报单位类别',
      en: 'Kinds of unit that report',
      max: 100,
      help: { zh: '如 township；几类用逗号隔开', en: 'Such as township, several with commas' },
    }),
    dueDays: integer({
      zh: '期满后几个工作日内上报',
      en: 'Due so many working days after the period',
      min: 0,
      max: 60,
    }),
    remindDays: integer({
      zh: '提前几个工作日提醒',
      en: 'Reminded so many working days before',
      min: 0,
      max: 30,
    }).default(3),
    items: rows(
      {
        code: text({ zh: '编号', en: 'Number', max: 20 }),
        title: text({ zh: '内容', en: 'Item', max: 200 }),
        kind: choice(kinds, { zh: '方式', en: 'Kind' }),
        indicator: text({ zh: '指标', en: 'Indicator', max: 80 }).optional(),
        narrowed: text({ zh: '限定', en: 'Narrowed', max: 200 }).optional(),
        optional: yesNo({ zh: '可以不填', en: 'May be left out' }).default(false),
      },
      { zh: '上报内容', en: 'Items', max: 100 },
    ),
  }),
  key: ['org', 'name', 'startsOn'],
  columns: ['name', 'cycle', 'kinds', 'dueDays', 'startsOn'],
  states: { preparing: ['inForce'], inForce: ['ended'], ended: [] },
  stateTitles: {
    preparing: { zh: '拟订', en: 'In preparation' },
    inForce: { zh: '施行', en: 'In force' },
    ended: { zh: '停止施行', en: 'Ended' },
  },
  stateRoles: { inForce: 'manager', ended: 'manager' },
  check: ({ items }) => checkItems(items as readonly Item[]),
})

function checkItems(items: readonly Item[]) {
  if (items.length === 0)
    return [{ field: 'items', code: 'form-empty', zh: '请写明上报内容', en: 'Say what is to be returned' }]
  return items.flatMap(({ code, kind, indicator }, i) => [
    ...(items.findIndex(other => other.code === code) < i
      ? [
          {
            field: `items[${i + 1}].code`,
            code: 'form-repeated',
            zh: `编号“${code}”用了两次`,
            en: `Number ${code} stands twice`,
          },
        ]
      : []),
    ...(kind === 'figure' && !indicator
      ? [
          {
            field: `items[${i + 1}].indicator`,
            code: 'form-indicator',
            zh: '请写明是哪个指标',
            en: 'Say which indicator',
          },
        ]
      : []),
  ])
}

export const made = recordType('returns.return', {
  title: { zh: '上报', en: 'Return' },
  through: { zh: '上报', en: 'Returns' },
  day: 'submittedOn',
  fields: z.object({
    form: reference('returns.form', { zh: '上报要求', en: 'Form' }),
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    period: text({ zh: '期间', en: 'Period', max: 20 }),
    dueOn: day({ zh: '期限', en: 'Due on', future: true }),
    submittedOn: day({ zh: '上报日期', en: 'Submitted on' }),
    submittedAt: instant({ zh: '上报时间', en: 'Submitted at' }),
    timely: choice(
      { yes: { zh: '按时', en: 'On time' }, no: { zh: '逾期', en: 'Late' } },
      { zh: '是否按时', en: 'Timeliness' },
    ),
    answers: rows(
      {
        code: text({ zh: '编号', en: 'Number', max: 20 }),
        title: text({ zh: '内容', en: 'Item', max: 200 }),
        answer: text({ zh: '上报内容', en: 'Answer', max: 1000 }),
        value: decimal({ zh: '数值', en: 'Value', scale: 4 }).optional(),
      },
      { zh: '上报内容', en: 'Answers' },
    ),
    remark: text({ zh: '退回原因', en: 'Why sent back', max: 500 }).optional(),
  }),
  key: ['org', 'form', 'period'],
  columns: ['name', 'period', 'dueOn', 'submittedOn', 'timely'],
  states: { submitted: ['returned', 'approved'], returned: ['submitted'], approved: [] },
  stateTitles: {
    submitted: { zh: '已上报', en: 'Submitted' },
    returned: { zh: '已退回', en: 'Sent back' },
    approved: { zh: '已核准', en: 'Approved' },
  },
})

export const itemsAsked = (fields: Fields): readonly Item[] => fields.items as readonly Item[]
