import { z } from 'zod'
import { domain, paragraph, sentence } from '../../../kernel/domain.ts'
import { countOf, formula, stockOf } from '../../../kernel/figures/indicator.ts'
import { choice, day, personalName, reference, text } from '../../../kernel/records/fields.ts'
import { type RuleProblem, rule } from '../../../kernel/records/rule.ts'
import { recordType } from '../../../kernel/records/type.ts'
import { inOrder } from '../days.ts'
import { kinds } from '../topics.ts'
import { inspect } from './inspect.ts'
import { open } from './open.ts'
import { progress } from './progress.ts'

// Inspection: rounds that are ordered, and in each the devices that were looked at, one by one, by scanning their tags.

export const sorts = {
  tour: { zh: '巡检', en: 'Tour' },
  self: { zh: '自查', en: 'Self-inspection' },
  mutual: { zh: '互查', en: 'Mutual inspection' },
  surprise: { zh: '抽查', en: 'Surprise inspection' },
} as const

export const results = {
  sound: { zh: '完好', en: 'In order' },
  faulty: { zh: '有问题', en: 'Faulty' },
} as const

export const round = recordType('inspection.round', {
  title: { zh: '检查轮次', en: 'Inspection round' },
  day: 'from',
  fields: z.object({
    title: text({ zh: '名称', en: 'Title', max: 100 }),
    sort: choice(sorts, { zh: '方式', en: 'Sort' }),
    from: day({ zh: '开始日期', en: 'From' }),
    to: day({ zh: '结束日期', en: 'To', future: true }),
    orderedBy: text({ zh: '布置单位', en: 'Ordered by', max: 60 }),
  }),
  key: ['title', 'from'],
  states: { open: ['closed'], closed: [] },
  stateTitles: { open: { zh: '检查中', en: 'Open' }, closed: { zh: '已收尾', en: 'Closed' } },
  check: fields => inOrder(fields, ['from', 'to']),
})

export const check = recordType('inspection.check', {
  title: { zh: '设备检查', en: 'Inspected device' },
  day: 'checkedOn',
  fields: z.object({
    round: reference('inspection.round', { zh: '检查轮次', en: 'Round', above: true }),
    sort: choice(sorts, { zh: '方式', en: 'Sort' }),
    device: reference('equipment.device', { zh: '设备', en: 'Device' }),
    kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
    checkedOn: day({ zh: '检查日期', en: 'Checked on' }),
    inspector: personalName({ zh: '检查人', en: 'Inspector' }).optional(),
    result: choice(results, { zh: '结论', en: 'Result' }),
    finding: text({ zh: '问题', en: 'Finding', max: 300 }).optional(),
    repair: text({ zh: '修复内容', en: 'Repair', max: 300 }).optional(),
    repairedOn: day({ zh: '修复日期', en: 'Repaired on' }).optional(),
  }),
  key: ['device', 'round'],
  columns: ['round', 'device', 'kind', 'checkedOn', 'result', 'finding', 'repairedOn'],
  check: fields => [
    ...inOrder(fields, ['checkedOn', 'repairedOn']),
    ...(fields.result === 'faulty' && fields.finding === undefined
      ? [{ field: 'finding', code: 'unsaid', zh: '有问题的要写明', en: 'Say what was found' }]
      : []),
    ...(fields.repairedOn !== undefined && fields.repair === undefined
      ? [{ field: 'repair', code: 'unsaid', zh: '修复要写明内容', en: 'Say how it was repaired' }]
      : []),
  ],
})

const kept = rule('inspection.finding', {
  zh: '检查发现的问题只有修复才能销号',
  en: 'A finding is closed by its repair alone',
  type: 'inspection.check',
  leaving: true,
  reads: { device: { by: 'device' }, round: { by: 'round' } },
  check(now, { device = [], round: rounds = [] }, before) {
    const counts = now.status === 'entered' || now.status === 'confirmed'
    const wasOpen = before?.fields.result === 'faulty' && before.fields.repairedOn === undefined
    const problems: RuleProblem[] = []
    if (wasOpen && !(counts && now.fields.result === 'faulty'))
      problems.push({
        field: 'result',
        code: 'open',
        zh: '问题还没有修复，请登记修复',
        en: 'the finding is open; record its repair',
      })
    if (counts && device.some(one => one.fields.kind !== now.fields.kind))
      problems.push({ field: 'kind', code: 'other-kind', zh: '与设备登记的类别不同', en: 'is not what the device is' })
    if (counts && rounds.some(one => one.fields.sort !== now.fields.sort))
      problems.push({
        field: 'sort',
        code: 'other-sort',
        zh: '与检查轮次的方式不同',
        en: 'is not the sort of its round',
      })
    return problems
  },
})

const by = ['sort', 'kind']

export const indicators = {
  'inspection.rounds': countOf(round, { zh: '设备检查轮次', en: 'Rounds', unit: 'inspection', by: ['sort'] }),
  'inspection.checked': countOf(check, { zh: '检查设备', en: 'Devices checked', unit: 'device', by }),
  'inspection.sound': countOf(check, {
    zh: '完好设备',
    en: 'Devices in order',
    unit: 'device',
    by,
    where: { result: 'sound' },
  }),
  'inspection.sound-rate': formula('inspection.sound / inspection.checked', {
    zh: '设备完好率',
    en: 'Share in order',
    unit: 'percent',
  }),
  'inspection.findings': countOf(check, {
    zh: '检查发现问题',
    en: 'Findings',
    unit: 'problem',
    by,
    where: { result: 'faulty' },
  }),
  'inspection.open-findings': stockOf(check, {
    zh: '未修复问题(期末)',
    en: 'Open findings',
    unit: 'problem',
    since: 'checkedOn',
    until: 'repairedOn',
    by,
    where: { result: 'faulty' },
  }),
}

const summary = paragraph`
${sentence('', [
  '开展设备检查{{ inspection.rounds }}，检查设备{{ inspection.checked }}，完好率{{ inspection.sound-rate }}',
  '期末尚未修复的问题{{ inspection.open-findings }}',
])}`

export default domain('inspection', {
  zh: '设备检查',
  en: 'Inspection',
  types: [round, check],
  indicators,
  paragraphs: { summary },
  rules: [kept],
  operations: [inspect, progress, open],
  awaiting: [
    {
      id: 'inspection.rounds',
      title: { zh: '到期的检查轮次', en: 'Inspection rounds due' },
      type: round,
      state: ['open'],
      due: { field: 'to', days: 7 },
    },
  ],
})
