import { averageOf, countOf, distinctOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import type { RecordType } from '../../kernel/records/type.ts'

interface Types {
  readonly device: RecordType
  readonly work: RecordType
  readonly project: RecordType
  readonly payment: RecordType
}

const COMMISSIONED = ['tested', 'retired']

export const indicatorsOf = ({ device, work, project, payment }: Types) => ({
  'equipment.arrived': countOf(device, { zh: '到货设备', en: 'Devices arrived', unit: 'device', by: ['kind'] }),
  'equipment.installed': countOf(device, {
    zh: '安装调测设备',
    en: 'Devices installed and tested',
    unit: 'device',
    day: 'testedOn',
    by: ['kind'],
    where: { state: COMMISSIONED },
    synonyms: ['安装调测', '共安装调测'],
  }),
  'equipment.base': stockOf(device, {
    zh: '在用设备(期末)',
    en: 'Installed base',
    unit: 'device',
    since: 'testedOn',
    until: 'retiredOn',
    by: ['kind'],
    where: { state: COMMISSIONED },
    synonyms: ['设备总量', '在用设备'],
  }),
  'equipment.base-value': stockOf(device, {
    zh: '在用设备原值(期末)',
    en: 'Cost of the installed base',
    unit: 'fen',
    field: 'cost',
    since: 'testedOn',
    until: 'retiredOn',
    where: { state: COMMISSIONED },
  }),
  'equipment.retired': countOf(device, {
    zh: '报废设备',
    en: 'Devices retired',
    unit: 'device',
    day: 'retiredOn',
    by: ['kind'],
  }),
  'equipment.overhauled': distinctOf(work, 'device', {
    zh: '大修设备',
    en: 'Devices overhauled',
    unit: 'device',
    by: ['kind'],
    where: { sort: 'overhaul' },
    synonyms: ['设备大修', '进行大修', '大修'],
  }),
  'equipment.retrofitted': distinctOf(work, 'device', {
    zh: '改造设备',
    en: 'Devices retrofitted',
    unit: 'device',
    by: ['kind'],
    where: { sort: 'retrofit' },
    synonyms: ['设备改造', '进行改造'],
  }),
  'equipment.work-cost': sumOf(work, 'cost', {
    zh: '大修改造费用',
    en: 'Cost of overhauls and retrofits',
    unit: 'fen',
    by: ['sort', 'kind'],
  }),
  'equipment.average-work-cost': averageOf(work, 'cost', {
    zh: '台均大修改造费用',
    en: 'Cost of a work',
    unit: 'fen',
    by: ['sort', 'kind'],
  }),
  'equipment.projects': countOf(project, {
    zh: '设备投资项目',
    en: 'Equipment projects',
    unit: 'project',
    by: ['purpose'],
    synonyms: ['设备新增、更新及大修改造项目', '更新及大修改造项目'],
  }),
  'equipment.fixed-asset-investment': sumOf(project, 'budget', {
    zh: '固定资产投资',
    en: 'Fixed-asset investment',
    unit: 'fen',
    by: ['purpose'],
    where: { purpose: ['new', 'renewal'] },
    synonyms: ['固定资产投资'],
  }),
  'equipment.overhaul-funds': sumOf(project, 'budget', {
    zh: '大修改造资金',
    en: 'Overhaul funds',
    unit: 'fen',
    where: { purpose: 'overhaul' },
    synonyms: ['大修改造资金'],
  }),
  'equipment.overhaul-funds-used': formula('equipment.work-cost / equipment.overhaul-funds', {
    zh: '大修改造资金使用率',
    en: 'Overhaul funds used',
    unit: 'percent',
  }),
  'equipment.paid': sumOf(payment, 'amount', {
    zh: '设备资金支付',
    en: 'Paid for equipment',
    unit: 'fen',
    by: ['fund'],
  }),
  'equipment.projects-finished': countOf(project, {
    zh: '竣工验收设备项目',
    en: 'Equipment projects accepted',
    unit: 'project',
    day: 'finishedOn',
    by: ['purpose'],
  }),
  'equipment.project-days': averageOf(project, 'days', {
    zh: '设备项目平均工期',
    en: 'Mean duration of equipment projects',
    unit: 'day',
    day: 'finishedOn',
    by: ['purpose'],
  }),
  'equipment.open-obstacles': stockOf(project, {
    zh: '未解决的工程困难(期末)',
    en: 'Open obstacles',
    unit: 'problem',
    each: 'obstacles',
    since: 'openedOn',
    until: 'closedOn',
  }),
  'equipment.label-makers-converted': converted('label-maker', '制签机改造比例', 'Share of label makers converted'),
  'equipment.weighing-terminals-converted': converted(
    'weighing-terminal',
    '称重终端改造比例',
    'Share of weighing terminals converted',
  ),
})

/** Converted of all of a kind in use. */
const converted = (kind: string, zh: string, en: string) =>
  formula(`equipment.retrofitted[kind=${kind}] / equipment.base[kind=${kind}]`, { zh, en, unit: 'percent' })
