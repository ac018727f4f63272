import type { EventDimension, EventSource } from '../../../kernel/figures/event-source.ts'
import { eventsOf, formula } from '../../../kernel/figures/indicator.ts'
import type { Choices } from '../../../kernel/records/fields.ts'
import type { Words } from '../../../kernel/words.ts'
import { classes } from '../codes/bag.ts'
import { products } from '../codes/item.ts'
import { CODES } from './codes.ts'

// What is counted of events: flow and volume, punctuality of runs.

const named = (choices: Readonly<Record<string, Words>>): Choices =>
  Object.fromEntries(Object.entries(choices).map(([key, { zh, en }]) => [key, { zh, en }]))

export const chosen = (title: Words, choices: Readonly<Record<string, Words>>, sql: string): EventDimension => ({
  info: { kind: 'choice', title, choices: named(choices) },
  sql,
})
export const plain = (title: Words, sql: string): EventDimension => ({ info: { kind: 'text', title }, sql })

/** Grams up to which a weight step reaches. */
const STEPS = [500, 1_000, 2_000, 5_000, 10_000, 20_000] as const
const stepName = (limit: number) => String(limit).padStart(5, '0')
const steps = {
  ...Object.fromEntries(
    STEPS.map(limit => [stepName(limit), { zh: `${limit / 1000}千克以内`, en: `up to ${limit / 1000} kg` }]),
  ),
  over: { zh: '20千克以上', en: 'over 20 kg' },
}
const stepSql = `CASE WHEN e.weight IS NULL THEN '' ${STEPS.map(limit => `WHEN e.weight <= ${limit} THEN '${stepName(limit)}'`).join(' ')} ELSE 'over' END`

/** The route of a run: ROUTE-YYYYMMDD-WAVE. */
export const routeSql = (run: string) => `regexp_replace(${run}, '-[0-9]{8}-[0-9X]+$', '')`

/** Minutes behind the timetable that still count as on time. */
export const PUNCTUAL_MINUTES = 10

export const scans: EventSource = {
  id: 'mail.event',
  title: { zh: '邮件事件', en: 'Mail event' },
  table: 'mail_event',
  columns: [
    'id',
    'org',
    'time',
    'subject',
    'code',
    'office',
    'run',
    'bag',
    'giver',
    'receiver',
    'product',
    'origin',
    'destination',
    'weight',
    'amount',
    'items',
    'registered',
    'wave',
    'late',
    'handover',
    'remark',
  ],
  label: `e.subject || ' ' || e.code`,
  dimensions: {
    code: chosen({ zh: '事件', en: 'Event' }, CODES, 'e.code'),
    kind: chosen(
      { zh: '对象', en: 'Of' },
      { item: { zh: '邮件', en: 'Item' }, bag: { zh: '总包', en: 'Bag' } },
      'e.kind',
    ),
    product: chosen({ zh: '业务种类', en: 'Product' }, products, `CASE WHEN e.kind = 'item' THEN e.product END`),
    class: chosen({ zh: '总包种类', en: 'Class' }, classes, `CASE WHEN e.kind = 'bag' THEN e.product END`),
    district: plain({ zh: '寄达邮区', en: 'Destination district' }, 'left(e.destination, 3)'),
    to: plain({ zh: '封往局所', en: 'Closed to' }, 'e.destination'),
    route: plain({ zh: '邮路', en: 'Route' }, routeSql('e.run')),
    wave: plain({ zh: '频次', en: 'Wave' }, 'e.wave'),
    hour: plain({ zh: '时段', en: 'Hour' }, `to_char(e.time AT TIME ZONE 'Asia/Shanghai', 'HH24')`),
    step: chosen({ zh: '重量段', en: 'Weight step' }, steps, stepSql),
    punctual: {
      info: { kind: 'boolean', title: { zh: '准点', en: 'On time' } },
      sql: `e.late <= ${PUNCTUAL_MINUTES}`,
    },
  },
}

const accepted = { code: 'EMA' }
const closed = { code: 'CLS' }
const delivered = { code: 'EMI' }
const handed = { code: 'HND', kind: 'bag' }

export const scanIndicators = {
  'mail.accepted': eventsOf(scans, {
    zh: '收寄邮件',
    en: 'Items accepted',
    unit: 'mail-item',
    where: accepted,
    by: ['product', 'district'],
    synonyms: ['收寄量'],
  }),
  'mail.accepted-weight': eventsOf(scans, {
    zh: '收寄重量',
    en: 'Weight accepted',
    unit: 'g',
    where: accepted,
    by: ['product'],
    amount: 'e.weight',
  }),
  'mail.revenue': eventsOf(scans, {
    zh: '邮费收入',
    en: 'Postage',
    unit: 'fen',
    where: accepted,
    by: ['product'],
    amount: 'e.amount',
  }),
  'mail.accepted-by-step': eventsOf(scans, {
    zh: '收寄邮件（按重量段）',
    en: 'Items accepted by weight',
    unit: 'mail-item',
    where: accepted,
    by: ['step'],
  }),
  'mail.accepted-by-hour': eventsOf(scans, {
    zh: '收寄邮件（按时段）',
    en: 'Items accepted by hour',
    unit: 'mail-item',
    where: accepted,
    by: ['hour'],
  }),
  'mail.delivered': eventsOf(scans, {
    zh: '妥投邮件',
    en: 'Items delivered',
    unit: 'mail-item',
    where: delivered,
    by: ['product'],
    synonyms: ['投递量'],
  }),
  'mail.bags': eventsOf(scans, {
    zh: '封发总包',
    en: 'Bags closed',
    unit: 'bag',
    where: closed,
    by: ['class', 'to', 'wave'],
    synonyms: ['总包量'],
  }),
  'mail.bags-weight': eventsOf(scans, {
    zh: '总包重量',
    en: 'Weight of bags',
    unit: 'g',
    where: closed,
    by: ['class'],
    amount: 'e.weight',
  }),
  'mail.bags-handed': eventsOf(scans, {
    zh: '交接总包',
    en: 'Bags handed over',
    unit: 'bag',
    where: handed,
    by: ['route', 'wave', 'punctual'],
  }),
  'mail.bags-punctual': formula('mail.bags-handed[punctual=true] / mail.bags-handed', {
    zh: '频次准点率',
    en: 'Bags handed over on time',
    unit: 'percent',
  }),
}
