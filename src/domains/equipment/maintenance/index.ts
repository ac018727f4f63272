import { z } from 'zod'
import { domain, sentence } from '../../../kernel/domain.ts'
import { averageOf, countOf, formula, stockOf, sumOf } from '../../../kernel/figures/indicator.ts'
import { choice, count, day, money, personalName, reference, text } from '../../../kernel/records/fields.ts'
import { lead, rule } from '../../../kernel/records/rule.ts'
import { computed, recordType } from '../../../kernel/records/type.ts'
import { daysFrom, inOrder } from '../days.ts'
import { kinds } from '../topics.ts'
import { reliability } from './reliability.ts'

// Maintenance: what broke and how it was repaired, and how long machines ran.

const device = reference('equipment.device', { zh: '设备', en: 'Device' })
const kind = choice(kinds, { zh: '设备类别', en: 'Kind' })

export const causes = {
  wear: { zh: '磨损老化', en: 'Wear' },
  power: { zh: '电源', en: 'Power' },
  software: { zh: '软件', en: 'Software' },
  misuse: { zh: '操作不当', en: 'Misuse' },
  other: { zh: '其他', en: 'Other' },
} as const

export const fault = recordType('maintenance.fault', {
  title: { zh: '设备故障', en: 'Fault' },
  day: 'occurredOn',
  fields: z.object({
    device,
    kind,
    finding: reference('inspection.check', { zh: '检查发现', en: 'Found by the check' }).optional(),
    occurredOn: day({ zh: '故障日期', en: 'Occurred on' }),
    symptom: text({ zh: '现象', en: 'Symptom', max: 300 }),
    cause: choice(causes, { zh: '原因', en: 'Cause' }).optional(),
    repairedOn: day({ zh: '修复日期', en: 'Repaired on' }).optional(),
    repair: text({ zh: '修理内容', en: 'Repair', max: 300 }).optional(),
    repairedBy: personalName({ zh: '维修人', en: 'Repaired by' }).optional(),
    cost: money({ zh: '修理费用', en: 'Cost' }).optional(),
  }),
  computed: {
    daysDown: computed({ zh: '停用(天)', en: 'Days down', unit: 'day' }, ({ occurredOn, repairedOn }) =>
      daysFrom(occurredOn, repairedOn),
    ),
  },
  states: { reported: ['repairing', 'repaired'], repairing: ['repaired'], repaired: ['reported'] },
  stateTitles: {
    reported: { zh: '报修', en: 'Reported' },
    repairing: { zh: '修理中', en: 'Being repaired' },
    repaired: { zh: '已修复', en: 'Repaired' },
  },
  columns: ['device', 'kind', 'occurredOn', 'symptom', 'repairedOn', 'cost'],
  check: fields => inOrder(fields, ['occurredOn', 'repairedOn']),
})

export const usage = recordType('maintenance.usage', {
  title: { zh: '设备开机月报', en: 'Running time of a month' },
  day: 'on',
  fields: z.object({
    device,
    kind,
    on: day({ zh: '月末日期', en: 'End of the month' }),
    running: count({ zh: '开机时间', en: 'Ran', unit: 'hour', max: 744 }),
    planned: count({ zh: '计划时间', en: 'Planned', unit: 'hour', max: 744 }),
  }),
  key: ['device', 'on'],
  check: ({ running, planned }) =>
    Number(running) > Number(planned)
      ? [{ field: 'running', code: 'beyond', zh: '开机时间不能多于计划时间', en: 'Ran longer than planned' }]
      : [],
})

export const indicators = {
  'maintenance.faults': countOf(fault, { zh: '设备故障', en: 'Faults', unit: 'fault', by: ['kind', 'cause'] }),
  'maintenance.repaired': countOf(fault, {
    zh: '修复故障',
    en: 'Faults repaired',
    unit: 'fault',
    day: 'repairedOn',
    by: ['kind'],
  }),
  'maintenance.open': stockOf(fault, {
    zh: '未修复故障(期末)',
    en: 'Open faults',
    unit: 'fault',
    since: 'occurredOn',
    until: 'repairedOn',
    by: ['kind'],
  }),
  'maintenance.cost': sumOf(fault, 'cost', { zh: '设备修理费用', en: 'Cost of repairs', unit: 'fen', by: ['kind'] }),
  'maintenance.days-down': averageOf(fault, 'daysDown', {
    zh: '平均修复天数',
    en: 'Mean days to repair',
    unit: 'day',
    by: ['kind'],
  }),
  'maintenance.running': sumOf(usage, 'running', { zh: '设备开机时间', en: 'Hours run', unit: 'hour', by: ['kind'] }),
  'maintenance.planned': sumOf(usage, 'planned', {
    zh: '设备计划开机时间',
    en: 'Hours planned',
    unit: 'hour',
    by: ['kind'],
  }),
  'maintenance.utilisation': formula('maintenance.running / maintenance.planned', {
    zh: '设备利用率',
    en: 'Utilisation',
    unit: 'percent',
  }),
}

const other = { field: 'kind', code: 'other-kind', zh: '与设备登记的类别不同', en: 'is not what the device is' }

const summary = sentence('', [
  '发生设备故障{{ maintenance.faults }}',
  '修复故障{{ maintenance.repaired }}',
  "设备修理费用{{ maintenance.cost | in: '万元' }}",
  '大型设备利用率{{ maintenance.utilisation }}',
])

export default domain('maintenance', {
  zh: '设备维修',
  en: 'Maintenance',
  types: [fault, usage],
  indicators,
  paragraphs: { summary },
  operations: [reliability],
  rules: [
    rule('maintenance.fault', {
      zh: '修复要写明日期和内容',
      en: 'A repair says when and what',
      type: 'maintenance.fault',
      reads: { device: { by: 'device' } },
      check: ({ state, fields }, { device: found = [] }) => [
        ...found.filter(one => one.fields.kind !== fields.kind).map(() => other),
        ...(state === 'repaired'
          ? ['repairedOn', 'repair']
              .filter(field => fields[field] === undefined)
              .map(field => ({ field, code: 'unsaid', zh: '修复要写明', en: 'say this of a repair' }))
          : []),
      ],
    }),
    rule('maintenance.usage', {
      zh: '开机月报的类别与设备一致',
      en: 'Running time is of the kind that the device is',
      type: 'maintenance.usage',
      reads: { device: { by: 'device' } },
      check: ({ fields }, { device: found = [] }) =>
        found.filter(one => one.fields.kind !== fields.kind).map(() => other),
    }),
  ],
  leads: [
    lead('maintenance.report', {
      zh: '报修',
      en: 'Report a fault',
      from: 'equipment.device',
      to: 'maintenance.fault',
      when: ({ state }) => state !== 'retired',
      fields: ({ id, fields }) => ({ device: id, kind: fields.kind }),
    }),
    lead('maintenance.found', {
      zh: '转为报修',
      en: 'Report as a fault',
      from: 'inspection.check',
      to: 'maintenance.fault',
      when: ({ fields }) => fields.result === 'faulty' && fields.repairedOn === undefined,
      fields: ({ id, fields }) => ({
        finding: id,
        device: fields.device,
        kind: fields.kind,
        occurredOn: fields.checkedOn,
        symptom: fields.finding,
      }),
    }),
  ],
  awaiting: [
    {
      id: 'maintenance.open',
      title: { zh: '待修复故障', en: 'Faults to be repaired' },
      type: fault,
      state: ['reported', 'repairing'],
    },
  ],
})
