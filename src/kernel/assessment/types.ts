import { z } from 'zod'
import { cycles } from '../period/cycles.ts'
import { choice, count, day, decimal, integer, orgUnit, reference, rows, text, yesNo } from '../records/fields.ts'
import { type Fields, recordType } from '../records/type.ts'
import type { Words } from '../words.ts'
import { useRates } from './use-rates.ts'

// What assessments are made of. A scheme is written like any record; marks and results only by the steps of steps.ts.

export const itemKinds = {
  points: { zh: '计分', en: 'Points' },
  bonus: { zh: '加分', en: 'Bonus' },
  deduction: { zh: '扣分', en: 'Deduction' },
  veto: { zh: '一票否决', en: 'Veto' },
} as const

/** Where the value of an item comes from. */
export const sources = {
  figure: { zh: '台账指标', en: 'Figure of the ledger' },
  use: { zh: '系统应用情况', en: 'Use of the system' },
  value: { zh: '填报数值', en: 'Value that is told' },
  judged: { zh: '凭佐证评分', en: 'Judged by evidence' },
} as const

export const methods = {
  linear: { zh: '按比例', en: 'In proportion' },
  step: { zh: '分档', en: 'By step' },
  ranked: { zh: '按名次', en: 'By rank' },
  target: { zh: '按目标完成率', en: 'By share of the target' },
} as const

const better = {
  more: { zh: '越多越好', en: 'More is better' },
  less: { zh: '越少越好', en: 'Less is better' },
} as const

const limitHelp = {
  zh: '可带单位，如 60%、30万元；不带单位按指标的单位',
  en: 'With its unit (60%, 30万元) or in that of the indicator',
}

const items = rows(
  {
    code: text({ zh: '编号', en: 'Number', max: 20 }),
    title: text({ zh: '考核内容', en: 'Item', max: 200 }),
    group: text({ zh: '类别', en: 'Group', max: 60 }).optional(),
    kind: choice(itemKinds, { zh: '性质', en: 'Kind' }).default('points'),
    source: choice(sources, { zh: '依据', en: 'By' }),
    weight: decimal({ zh: '分值', en: 'Points', min: 0, max: 1000 }).optional(),
    indicator: text({ zh: '指标', en: 'Indicator', max: 80 }).optional(),
    rate: choice(useRates, { zh: '应用率', en: 'Rate of use' }).optional(),
    narrowed: text({
      zh: '限定',
      en: 'Narrowed',
      max: 200,
      help: { zh: '维度=值，用分号隔开', en: 'dimension=value; …' },
    }).optional(),
    unit: text({ zh: '数值单位', en: 'Unit of the value', max: 20 }).optional(),
    method: choice(methods, { zh: '计分办法', en: 'Method' }).optional(),
    floor: text({ zh: '零分值', en: 'No points at', max: 30, help: limitHelp }).optional(),
    full: text({ zh: '满分值', en: 'All points at', max: 30, help: limitHelp }).optional(),
    steps: text({
      zh: '分档',
      en: 'Steps',
      max: 300,
      help: { zh: '达到的值=得分，用分号隔开：60%=4；80%=7', en: 'value=points; …: 60%=4; 80%=7' },
    }).optional(),
    better: choice(better, { zh: '方向', en: 'Better' }).default('more'),
    department: orgUnit({ zh: '责任单位', en: 'Department' }).optional(),
    dueOn: day({ zh: '完成时限', en: 'Due on', future: true }).optional(),
    evidence: text({ zh: '要求的佐证', en: 'Evidence asked', max: 300 }).optional(),
  },
  { zh: '考核项目', en: 'Items', max: 200 },
)

/** What the items of a scheme add up to. */
export const FULL_SCORE = 100

type Item = Readonly<Record<string, unknown>>

export const scheme = recordType('assessment.scheme', {
  title: { zh: '考核办法', en: 'Assessment scheme' },
  help: {
    zh: '写明考核谁、考核什么、怎样计分。计分项目的分值合计为100分。',
    en: 'Who is assessed, on what, and how points follow. Points of the items add up to 100.',
  },
  day: 'startsOn',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    document: text({ zh: '依据文件', en: 'Document', max: 100 }).optional(),
    startsOn: day({ zh: '施行日期', en: 'In force from', future: true }),
    cycle: choice(cycles, { zh: '考核周期', en: 'Cycle' }),
    kinds: text({
      zh: '被考核单位类别',
      en: 'Kinds of unit assessed',
      max: 100,
      help: {
        zh: '如 township；几类用逗号隔开。不填则考核本单位，各项由责任单位完成',
        en: 'Such as township, several with commas. None: this unit itself, its items done by departments',
      },
    }).optional(),
    bonusCeiling: decimal({ zh: '加分上限', en: 'Bonus ceiling', min: 0, max: 1000 }).optional(),
    deductionCeiling: decimal({ zh: '扣分上限', en: 'Deduction ceiling', min: 0, max: 1000 }).optional(),
    digits: integer({ zh: '小数位数', en: 'Decimals', min: 0, max: 4 }).default(2),
    appealDays: integer({ zh: '申诉期（工作日）', en: 'Days to appeal (working days)', min: 0, max: 60 }).default(5),
    items,
  }),
  key: ['org', 'name', 'startsOn'],
  columns: ['name', 'cycle', 'kinds', 'startsOn', 'document'],
  states: { preparing: ['inForce'], inForce: ['ended'], ended: [] },
  stateTitles: {
    preparing: { zh: '拟订', en: 'In preparation' },
    inForce: { zh: '施行', en: 'In force' },
    ended: { zh: '停止施行', en: 'Ended' },
  },
  stateRoles: { inForce: 'manager', ended: 'manager' },
  check: ({ items: entered }) => checkItems(entered as readonly Item[]),
})

function checkItems(all: readonly Item[]) {
  const problems: (Words & { field: string; code: string })[] = []
  const refuse = (i: number, field: string, code: string, zh: string, en: string) =>
    problems.push({ field: `items[${i + 1}].${field}`, code, zh, en })
  const hundredths = all.reduce(
    (total, { kind, weight }) => total + (kind === 'points' ? Math.round(Number(weight ?? 0) * 100) : 0),
    0,
  )
  if (hundredths !== FULL_SCORE * 100)
    problems.push({
      field: 'items',
      code: 'scheme-weights',
      zh: `计分项目的分值合计应为${FULL_SCORE}分，现为${hundredths / 100}分`,
      en: `The points of the items must add up to ${FULL_SCORE}; they are ${hundredths / 100}`,
    })
  all.forEach(({ code, kind, source, weight, indicator, rate, method }, i) => {
    if (all.findIndex(other => other.code === code) < i)
      refuse(i, 'code', 'scheme-repeated', `编号“${code}”用了两次`, `Number ${code} stands twice`)
    if (kind !== 'veto' && !weight) refuse(i, 'weight', 'scheme-weight', '请填写分值', 'Say how many points')
    if (source === 'figure' && !indicator)
      refuse(i, 'indicator', 'scheme-indicator', '请写明是哪个指标', 'Say which indicator')
    if (source === 'use' && !rate) refuse(i, 'rate', 'scheme-rate', '请选择应用率', 'Choose a rate of use')
    if (source !== 'judged' && kind !== 'veto' && !method)
      refuse(i, 'method', 'scheme-method', '请选择计分办法', 'Choose how points follow')
    if (source !== 'figure' && method === 'target')
      refuse(i, 'method', 'scheme-target', '只有台账指标有目标', 'Only figures of the ledger have targets')
  })
  return problems
}

const assessing = { zh: '考核', en: 'Assessment' }
const ofPeriod = {
  scheme: reference('assessment.scheme', { zh: '考核办法', en: 'Scheme' }),
  period: text({ zh: '考核期', en: 'Period', max: 20 }),
  unit: orgUnit({ zh: '被考核单位', en: 'Unit assessed' }),
}
const points = (options: Words) => decimal({ ...options, min: 0, max: 1000 })

/** One item of one unit for one period, wherever people have a part in it. Its org unit is the one that answers for it. */
export const mark = recordType('assessment.mark', {
  title: { zh: '考核项目', en: 'Assessed item' },
  through: assessing,
  day: 'openedOn',
  fields: z.object({
    ...ofPeriod,
    item: text({ zh: '编号', en: 'Number', max: 20 }),
    title: text({ zh: '考核内容', en: 'Item', max: 200 }),
    openedOn: day({ zh: '布置日期', en: 'Opened on' }),
    dueOn: day({ zh: '完成时限', en: 'Due on', future: true }).optional(),
    evidence: text({ zh: '要求的佐证', en: 'Evidence asked', max: 300 }).optional(),
    value: decimal({ zh: '数值（比率填分子）', en: 'Value (numerator of a rate)', scale: 4 }).optional(),
    base: decimal({ zh: '分母', en: 'Denominator', scale: 4 }).optional(),
    statement: text({ zh: '自评说明', en: 'Statement', max: 1000 }).optional(),
    selfScore: points({ zh: '自评分', en: 'Own score' }).optional(),
    score: points({ zh: '审核分', en: 'Score' }).optional(),
    remark: text({ zh: '审核意见', en: 'Remark', max: 500 }).optional(),
    publishedOn: day({ zh: '公示日期', en: 'Published on' }).optional(),
    appealBy: day({ zh: '申诉截止', en: 'Appeal by', future: true }).optional(),
    appeal: text({ zh: '申诉理由', en: 'Appeal', max: 1000 }).optional(),
    finalScore: points({ zh: '复核分', en: 'Score after appeal' }).optional(),
    ruling: text({ zh: '复核意见', en: 'Ruling', max: 500 }).optional(),
  }),
  key: ['unit', 'scheme', 'period', 'item'],
  columns: ['item', 'title', 'unit', 'dueOn', 'selfScore', 'score', 'finalScore'],
  states: {
    open: ['submitted'],
    submitted: ['open', 'checked'],
    checked: ['open', 'published'],
    published: ['appealed'],
    appealed: ['settled'],
    settled: [],
  },
  stateTitles: {
    open: { zh: '待自评', en: 'To be stated' },
    submitted: { zh: '待审核', en: 'To be checked' },
    checked: { zh: '已审核', en: 'Checked' },
    published: { zh: '公示中', en: 'Published' },
    appealed: { zh: '申诉中', en: 'Appealed' },
    settled: { zh: '已复核', en: 'Settled' },
  },
})

/** What a unit came to in a period, as it was published. */
export const result = recordType('assessment.result', {
  title: { zh: '考核结果', en: 'Assessment result' },
  through: assessing,
  day: 'publishedOn',
  fields: z.object({
    ...ofPeriod,
    publishedOn: day({ zh: '公示日期', en: 'Published on' }),
    score: decimal({ zh: '得分', en: 'Score', scale: 4, unit: 'point' }),
    rank: count({ zh: '名次', en: 'Rank' }),
    units: count({ zh: '参评单位', en: 'Units assessed' }),
    bonus: decimal({ zh: '加分', en: 'Bonus', scale: 4 }),
    deduction: decimal({ zh: '扣分', en: 'Deduction', scale: 4 }),
    vetoed: yesNo({ zh: '一票否决', en: 'Vetoed' }),
    points: rows(
      {
        item: text({ zh: '编号', en: 'Number', max: 20 }),
        title: text({ zh: '考核内容', en: 'Item', max: 200 }),
        value: text({ zh: '实绩', en: 'Reached', max: 60 }).optional(),
        points: decimal({ zh: '得分', en: 'Points', scale: 4 }),
      },
      { zh: '各项得分', en: 'Points' },
    ),
  }),
  key: ['unit', 'scheme', 'period'],
  columns: ['unit', 'period', 'score', 'rank', 'units', 'vetoed', 'publishedOn'],
  states: { published: ['final'], final: [] },
  stateTitles: { published: { zh: '公示', en: 'Published' }, final: { zh: '定案', en: 'Final' } },
})

/** The items of a stored scheme as they were entered. */
export const itemsEntered = (fields: Fields): readonly Item[] => fields.items as readonly Item[]
