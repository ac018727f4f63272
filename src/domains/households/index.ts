import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import {
  choice,
  choices,
  count,
  day,
  idNumber,
  money,
  orgUnit,
  personalName,
  phone,
  reference,
  rows,
  text,
} from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { planVisits } from './plan-visits.ts'
import { progress } from './progress.ts'
import { receiptProblems, rules } from './rules.ts'
import { aims, farming, reasons, sorts, visitStates } from './topics.ts'

// Helping households: who helps whom by which plan, the visit of each quarter, aid with its receipts, income over the years.

export const household = recordType('households.household', {
  title: { zh: '帮扶户', en: 'Household' },
  day: 'registeredOn',
  fields: z.object({
    number: text({ zh: '户编号', en: 'Number', max: 40 }),
    registeredOn: day({ zh: '登记日期', en: 'Registered on' }),
    head: personalName({ zh: '户主', en: 'Head' }),
    identity: idNumber({ zh: '身份证号', en: 'Identity number' }).optional(),
    phone: phone({ zh: '电话', en: 'Phone' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }),
    people: count({ zh: '家庭人口', en: 'People', unit: 'person', max: 50 }),
    reason: choice(reasons, { zh: '帮扶原因', en: 'Reason' }),
    farming: choices(farming, { zh: '发展产业', en: 'Farming' }).optional(),
    releasedOn: day({ zh: '退出日期', en: 'Released on' }).optional(),
  }),
  key: ['number'],
})

const ofHousehold = reference('households.household', { zh: '帮扶户', en: 'Household' })

export const pairing = recordType('households.pairing', {
  title: { zh: '结对帮扶', en: 'Pairing' },
  day: 'since',
  fields: z.object({
    household: ofHousehold,
    helper: text({ zh: '帮扶人工号', en: 'Number of the helper', max: 40, linked: true }),
    name: personalName({ zh: '帮扶人', en: 'Helper' }),
    since: day({ zh: '结对日期', en: 'Since' }),
    until: day({ zh: '结束日期', en: 'Until', future: true }).optional(),
    plan: text({ zh: '年度帮扶计划', en: 'Plan', max: 1000 }),
    led: count({ zh: '帮带户', en: 'Households led', unit: 'household' }).default(0),
  }),
  columns: ['household', 'helper', 'name', 'since', 'until', 'led'],
})

const ofPairing = reference('households.pairing', { zh: '结对', en: 'Pairing' })

export const visit = recordType('households.visit', {
  title: { zh: '季度走访', en: 'Quarterly visit' },
  day: 'dueOn',
  fields: z.object({
    pairing: ofPairing,
    quarter: text({ zh: '季度', en: 'Quarter', max: 7 }),
    dueOn: day({ zh: '应在此日前', en: 'Due on', future: true }),
    visitedOn: day({ zh: '走访日期', en: 'Visited on' }).optional(),
    work: text({ zh: '走访内容', en: 'What was done', max: 500 }).optional(),
  }),
  key: ['pairing', 'quarter'],
  states: { due: ['done'], done: [] },
  stateTitles: visitStates,
})

export const aid = recordType('households.aid', {
  title: { zh: '帮扶资金物资', en: 'Aid' },
  day: 'givenOn',
  fields: z.object({
    givenOn: day({ zh: '给予日期', en: 'Given on' }),
    aim: choice(aims, { zh: '对象', en: 'To' }),
    household: ofHousehold.optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }),
    sort: choice(sorts, { zh: '类别', en: 'Sort' }),
    item: text({ zh: '名称', en: 'Item', max: 100 }),
    households: count({ zh: '受助户', en: 'Households', unit: 'household' }).default(1),
    amount: money({ zh: '金额(折价)', en: 'Amount or worth' }),
    receipts: rows(
      {
        number: text({ zh: '票据号', en: 'Number', max: 40 }),
        amount: money({ zh: '金额', en: 'Amount' }),
      },
      { zh: '票据', en: 'Receipts', max: 100 },
    ),
  }),
  columns: ['givenOn', 'aim', 'village', 'sort', 'item', 'households', 'amount'],
  check: receiptProblems,
})

export const income = recordType('households.income', {
  title: { zh: '帮扶户收入', en: 'Income' },
  day: 'surveyedOn',
  fields: z.object({
    household: ofHousehold,
    year: text({ zh: '年度', en: 'Year', max: 4 }),
    surveyedOn: day({ zh: '调查日期', en: 'Surveyed on' }),
    income: money({ zh: '全年收入', en: 'Income of the year' }),
  }),
  key: ['household', 'year'],
})

const aidOf = (zh: string, en: string, where: Readonly<Record<string, string | readonly string[]>> = {}) =>
  sumOf(aid, 'amount', { zh, en, unit: 'yuan', by: ['aim', 'sort'], where })

export const indicators = {
  'households.households': stockOf(household, {
    zh: '在册帮扶户',
    en: 'Households on the list',
    unit: 'household',
    by: ['reason', 'village'],
    since: 'registeredOn',
    until: 'releasedOn',
  }),
  'households.pairings': stockOf(pairing, {
    zh: '结对帮扶户',
    en: 'Households paired',
    unit: 'household',
    since: 'since',
    until: 'until',
    synonyms: ['联系帮扶'],
  }),
  'households.led': stockOf(pairing, {
    zh: '帮带农户',
    en: 'Households led',
    unit: 'household',
    field: 'led',
    since: 'since',
    until: 'until',
  }),
  'households.visits': countOf(visit, {
    zh: '入户走访',
    en: 'Visits made',
    unit: 'visit',
    day: 'visitedOn',
    where: { state: 'done' },
  }),
  'households.visits-due': countOf(visit, { zh: '应走访', en: 'Visits due', unit: 'visit' }),
  'households.visits-in-time': countOf(visit, {
    zh: '应走访已完成',
    en: 'Due visits done',
    unit: 'visit',
    where: { state: 'done' },
  }),
  'households.visit-rate': formula('households.visits-in-time / households.visits-due', {
    zh: '季度走访完成率',
    en: 'Share of visits done',
    unit: 'percent',
  }),
  'households.aid': aidOf('帮扶资金和物资', 'Aid'),
  'households.cash': aidOf('帮扶现金', 'Cash', { sort: 'cash' }),
  'households.goods': aidOf('帮扶物资折价', 'Worth of goods', {
    sort: Object.keys(sorts).filter(sort => sort !== 'cash'),
  }),
  'households.receipts': sumOf(aid, 'amount', {
    zh: '帮扶票据',
    en: 'Receipts',
    unit: 'yuan',
    each: 'receipts',
    by: ['sort'],
  }),
  'households.aided': sumOf(aid, 'households', {
    zh: '受助户',
    en: 'Households aided',
    unit: 'household',
    by: ['sort'],
  }),
  'households.surveyed': countOf(income, { zh: '调查收入户', en: 'Households surveyed', unit: 'household' }),
  'households.income': sumOf(income, 'income', { zh: '帮扶户收入', en: 'Income of households', unit: 'yuan' }),
  'households.income-each': formula('households.income / households.surveyed', {
    zh: '帮扶户户均收入',
    en: 'Income a household',
    unit: 'yuan',
  }),
}

const summary = paragraph`
${sentence('', [
  '期末结对帮扶户{{ households.pairings }}，帮带农户{{ households.led }}',
  '{{ period.words }}入户走访{{ households.visits }}',
])}${sentence('', [
  '给予帮扶资金和物资{{ households.aid }}，其中帮扶现金{{ households.cash }}',
  '帮扶物资折价{{ households.goods }}',
  '受助户{{ households.aided }}',
])}`

export default domain('households', {
  zh: '结对帮扶',
  en: 'Household pairing',
  types: [household, pairing, visit, aid, income],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [planVisits, progress],
  leads: [
    lead('households.pair', {
      zh: '结对帮扶',
      en: 'Pair with a helper',
      from: 'households.household',
      to: 'households.pairing',
      fields: ({ id }) => ({ household: id }),
    }),
    lead('households.help', {
      zh: '登记帮扶资金物资',
      en: 'Record aid',
      from: 'households.household',
      to: 'households.aid',
      fields: ({ id, fields }) => ({ household: id, village: fields.village, aim: 'household' }),
    }),
  ],
  awaiting: [
    {
      id: 'households.visits-due',
      title: { zh: '本季度还没有走访的帮扶户', en: 'Households to be visited this quarter' },
      type: visit,
      state: ['due'],
      due: { field: 'dueOn', days: 92 },
    },
  ],
})
