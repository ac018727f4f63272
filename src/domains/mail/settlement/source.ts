import type { EventSource } from '../../../kernel/figures/event-source.ts'
import { eventsOf, formula } from '../../../kernel/figures/indicator.ts'
import { products } from '../codes/item.ts'
import { chosen, plain } from '../events/source.ts'

export const transits: EventSource = {
  id: 'mail.transit',
  title: { zh: '全程时限', en: 'Transit time' },
  table: 'mail_transit',
  columns: ['id', 'org', 'subject', 'times', 'product', 'origin', 'office', 'minutes', 'on_time'],
  label: 'e.subject',
  times: 'e.times',
  dimensions: {
    product: chosen({ zh: '业务种类', en: 'Product' }, products, 'e.product'),
    origin: plain({ zh: '收寄局所', en: 'Accepted at' }, 'e.origin'),
    onTime: { info: { kind: 'boolean', title: { zh: '按时', en: 'In time' } }, sql: 'e.on_time' },
  },
}

export const charges: EventSource = {
  id: 'mail.charge',
  title: { zh: '内部结算', en: 'Internal settlement' },
  table: 'mail_charge',
  columns: [
    'id',
    'org',
    'month',
    'basis',
    'times',
    'rule',
    'office',
    'route',
    'run',
    'bag',
    'metres',
    'amount',
    'reason',
  ],
  label: 'e.basis',
  times: 'e.times',
  dimensions: {
    route: plain({ zh: '邮路', en: 'Route' }, 'e.route'),
    sort: chosen(
      { zh: '项目', en: 'For' },
      { carry: { zh: '运输', en: 'Carrying' }, handle: { zh: '处理', en: 'Handling' } },
      `split_part(e.basis, ':', 1)`,
    ),
  },
}

export const settlementIndicators = {
  'mail.items-timed': eventsOf(transits, {
    zh: '有全程时限的邮件',
    en: 'Items timed',
    unit: 'mail-item',
    by: ['product', 'onTime'],
  }),
  'mail.items-in-time': formula('mail.items-timed[onTime=true] / mail.items-timed', {
    zh: '全程时限达标率',
    en: 'Items delivered in time',
    unit: 'percent',
  }),
  'mail.settlement': eventsOf(charges, {
    zh: '内部结算金额',
    en: 'Internal settlement',
    unit: 'fen',
    amount: 'e.amount',
    by: ['route', 'sort'],
  }),
  'mail.bags-settled': eventsOf(charges, {
    zh: '结算运输总包',
    en: 'Bags settled for carrying',
    unit: 'bag',
    where: { sort: 'carry' },
    by: ['route'],
  }),
}
