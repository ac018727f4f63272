import { z } from 'zod'
import { domain } from '../../../kernel/domain.ts'
import { countOf, formula, stockOf, sumOf } from '../../../kernel/figures/indicator.ts'
import { choice, choices, count, day, money, personalName, reference, text } from '../../../kernel/records/fields.ts'
import { rule } from '../../../kernel/records/rule.ts'
import { recordType } from '../../../kernel/records/type.ts'
import { kinds } from '../topics.ts'
import { firstShortage, stock } from './stock.ts'

// Spare parts: what comes in and goes out, never more than there is.

export const sorts = {
  receipt: { zh: '入库', en: 'Received' },
  issue: { zh: '领用', en: 'Issued' },
} as const

export const part = recordType('spares.part', {
  title: { zh: '备件', en: 'Spare part' },
  day: 'listedOn',
  fields: z.object({
    number: text({ zh: '备件编号', en: 'Part number', max: 40, linked: true }),
    name: text({ zh: '名称', en: 'Name', max: 60 }),
    fits: choices(kinds, { zh: '适用设备', en: 'Fits' }),
    listedOn: day({ zh: '建账日期', en: 'Listed on' }),
    least: count({ zh: '最低库存', en: 'Least stock', unit: 'piece' }),
  }),
  key: ['number'],
})

export const movement = recordType('spares.movement', {
  title: { zh: '备件出入库', en: 'Movement of parts' },
  day: 'on',
  fields: z.object({
    part: reference('spares.part', { zh: '备件', en: 'Part' }),
    sort: choice(sorts, { zh: '方式', en: 'Sort' }),
    on: day({ zh: '日期', en: 'On' }),
    quantity: count({ zh: '数量', en: 'Quantity', unit: 'piece', max: 1_000_000 }),
    cost: money({ zh: '金额', en: 'Cost' }).optional(),
    fault: reference('maintenance.fault', { zh: '用于故障', en: 'For the fault' }).optional(),
    takenBy: personalName({ zh: '经手人', en: 'Handled by' }).optional(),
  }),
})

const PIECES = { unit: 'piece', field: 'quantity', since: 'on' }

export const indicators = {
  'spares.received-so-far': stockOf(movement, {
    zh: '备件累计入库',
    en: 'Parts received so far',
    where: { sort: 'receipt' },
    ...PIECES,
  }),
  'spares.issued-so-far': stockOf(movement, {
    zh: '备件累计领用',
    en: 'Parts issued so far',
    where: { sort: 'issue' },
    ...PIECES,
  }),
  'spares.stock': formula('spares.received-so-far - spares.issued-so-far', {
    zh: '备件库存',
    en: 'Parts in stock',
    unit: 'piece',
  }),
  'spares.issued': sumOf(movement, 'quantity', {
    zh: '领用备件',
    en: 'Parts issued',
    unit: 'piece',
    where: { sort: 'issue' },
  }),
  'spares.kinds': countOf(part, { zh: '备件品种', en: 'Sorts of parts', unit: 'kind' }),
}

export default domain('spares', {
  zh: '备件',
  en: 'Spare parts',
  types: [part, movement],
  indicators,
  operations: [stock],
  rules: [
    rule('spares.in-stock', {
      zh: '领用不超过库存',
      en: 'No more is issued than there is',
      type: 'spares.movement',
      leaving: true,
      reads: { others: { of: 'spares.movement', via: 'part', same: 'part' } },
      check(now, { others = [] }) {
        const counts = now.status === 'entered' || now.status === 'confirmed'
        const store = [...(counts ? [now] : []), ...others].filter(({ org }) => org === now.org)
        const short = firstShortage(store.map(({ day: on, fields }) => ({ on, ...moved(fields) })))
        return short
          ? [
              {
                field: 'quantity',
                code: 'short',
                zh: `${short.on}库存不足，缺${-short.left}件`,
                en: `on ${short.on} there would be ${-short.left} too few`,
              },
            ]
          : []
      },
    }),
  ],
})

const moved = ({ sort, quantity }: Readonly<Record<string, unknown>>) => ({
  change: sort === 'receipt' ? Number(quantity) : -Number(quantity),
})
