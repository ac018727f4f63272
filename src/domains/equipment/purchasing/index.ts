import { z } from 'zod'
import { domain, sentence } from '../../../kernel/domain.ts'
import { countOf, formula, sumOf } from '../../../kernel/figures/indicator.ts'
import { choice, count, day, decimal, integer, money, reference, rows, text } from '../../../kernel/records/fields.ts'
import { lead } from '../../../kernel/records/rule.ts'
import { recordType } from '../../../kernel/records/type.ts'
import { inOrder } from '../days.ts'
import { kinds } from '../topics.ts'
import { chain } from './chain.ts'
import { itemsOf, quantities } from './items.ts'
import { rules } from './rules.ts'
import { comparison, purchaseList } from './versions.ts'

// Purchasing: what is planned, configured, tendered and contracted, up to the lot that arrives.

const kind = choice(kinds, { zh: '设备类别', en: 'Kind' })
const model = text({ zh: '型号', en: 'Model', max: 60 })
const quantity = count({ zh: '数量', en: 'Quantity', unit: 'device', max: 100_000 })
const price = money({ zh: '单价', en: 'Price each' })

export const configuration = recordType('purchasing.configuration', {
  title: { zh: '设备配置方案', en: 'Configuration plan' },
  help: { zh: '每次修订另录一版；同一方案只有一版是批准的', en: 'Each revision is a record; one of them is approved' },
  day: 'draftedOn',
  fields: z.object({
    number: text({ zh: '方案编号', en: 'Number', max: 40, linked: true }),
    revision: integer({ zh: '版次', en: 'Revision', min: 1, max: 999 }),
    title: text({ zh: '方案名称', en: 'Title', max: 200 }),
    draftedOn: day({ zh: '编制日期', en: 'Drafted on' }),
    approvedOn: day({ zh: '批准日期', en: 'Approved on' }).optional(),
    reason: text({ zh: '修订原因', en: 'Why revised', max: 500 }).optional(),
    items: rows({ kind, model, quantity, price }, { zh: '配置清单', en: 'Items' }),
  }),
  key: ['number', 'revision'],
  states: { draft: ['approved'], approved: ['superseded'], superseded: [] },
  stateTitles: {
    draft: { zh: '编制中', en: 'Draft' },
    approved: { zh: '批准执行', en: 'Approved' },
    superseded: { zh: '已被新版代替', en: 'Superseded' },
  },
  stateRoles: { approved: 'manager', superseded: 'manager' },
  columns: ['number', 'revision', 'title', 'draftedOn', 'approvedOn'],
  check: fields =>
    quantities(itemsOf({ fields })).size < itemsOf({ fields }).length
      ? [{ field: 'items', code: 'repeated', zh: '同一类别和型号只列一行', en: 'One line for each kind and model' }]
      : [],
})

export const plan = recordType('purchasing.plan', {
  title: { zh: '设备采购计划', en: 'Purchase plan' },
  day: 'plannedOn',
  fields: z.object({
    number: text({ zh: '计划编号', en: 'Number', max: 40 }),
    plannedOn: day({ zh: '计划日期', en: 'Planned on' }),
    kind,
    quantity,
    budget: money({ zh: '预算', en: 'Budget' }),
    reason: text({ zh: '用途', en: 'For', max: 300 }).optional(),
    project: reference('equipment.project', { zh: '设备投资项目', en: 'Project' }).optional(),
  }),
  key: ['number'],
})

export const tender = recordType('purchasing.tender', {
  title: { zh: '招标比选', en: 'Tender' },
  day: 'openedOn',
  fields: z.object({
    number: text({ zh: '招标编号', en: 'Number', max: 40 }),
    title: text({ zh: '名称', en: 'Title', max: 200 }),
    plan: reference('purchasing.plan', { zh: '采购计划', en: 'Plan' }).optional(),
    openedOn: day({ zh: '开标日期', en: 'Opened on' }),
    bids: rows(
      {
        bidder: text({ zh: '投标单位', en: 'Bidder', max: 100 }),
        price: money({ zh: '报价', en: 'Price' }),
        score: decimal({ zh: '评分', en: 'Score', min: 0, max: 100 }),
      },
      { zh: '投标和评分', en: 'Bids' },
    ),
    winner: text({ zh: '中标单位', en: 'Winner', max: 100 }).optional(),
  }),
  key: ['number'],
  states: { opened: ['awarded', 'failed'], awarded: [], failed: [] },
  stateTitles: {
    opened: { zh: '已开标', en: 'Opened' },
    awarded: { zh: '已定标', en: 'Awarded' },
    failed: { zh: '流标', en: 'Failed' },
  },
  stateRoles: { awarded: 'manager' },
  check: ({ bids, winner }) =>
    winner !== undefined && !(bids as readonly { bidder: string }[]).some(({ bidder }) => bidder === winner)
      ? [{ field: 'winner', code: 'no-bid', zh: '中标单位没有投标', en: 'The winner made no bid' }]
      : [],
})

export const contract = recordType('purchasing.contract', {
  title: { zh: '设备采购合同', en: 'Purchase contract' },
  day: 'signedOn',
  fields: z.object({
    number: text({ zh: '合同编号', en: 'Number', max: 40 }),
    tender: reference('purchasing.tender', { zh: '招标比选', en: 'Tender' }).optional(),
    configuration: reference('purchasing.configuration', { zh: '配置方案', en: 'Configuration plan' }).optional(),
    supplier: text({ zh: '供货单位', en: 'Supplier', max: 100 }),
    signedOn: day({ zh: '签订日期', en: 'Signed on' }),
    dueOn: day({ zh: '交货日期', en: 'Delivery due on', future: true }),
    items: rows({ kind, model, quantity, price }, { zh: '采购清单', en: 'Items' }),
    deliveredOn: day({ zh: '交齐日期', en: 'Delivered on' }).optional(),
  }),
  key: ['number'],
  check: fields => inOrder(fields, ['signedOn', 'dueOn']),
})

export const indicators = {
  'purchasing.planned': sumOf(plan, 'quantity', {
    zh: '计划采购设备',
    en: 'Devices planned',
    unit: 'device',
    by: ['kind'],
  }),
  'purchasing.ordered': sumOf(contract, 'quantity', {
    zh: '签约采购设备',
    en: 'Devices ordered',
    unit: 'device',
    each: 'items',
    by: ['kind'],
  }),
  'purchasing.to-order': formula('purchasing.planned - purchasing.ordered', {
    zh: '计划未签约设备',
    en: 'Planned and not ordered',
    unit: 'device',
  }),
  'purchasing.to-arrive': formula('purchasing.ordered - equipment.arrived', {
    zh: '签约未到货设备',
    en: 'Ordered and not arrived',
    unit: 'device',
  }),
  'purchasing.to-install': formula('equipment.arrived - equipment.installed', {
    zh: '到货未调测设备',
    en: 'Arrived and not tested',
    unit: 'device',
  }),
  'purchasing.contracts': countOf(contract, { zh: '设备采购合同', en: 'Purchase contracts', unit: 'contract' }),
  'purchasing.tenders': countOf(tender, { zh: '设备招标比选', en: 'Tenders', unit: 'time' }),
}

const summary = sentence('', ['签订设备采购合同{{ purchasing.contracts }}', '签约采购设备{{ purchasing.ordered }}'])

export default domain('purchasing', {
  zh: '设备采购',
  en: 'Purchasing',
  types: [configuration, plan, tender, contract],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [chain, comparison, purchaseList],
  leads: [
    lead('purchasing.tendered', {
      zh: '转为招标',
      en: 'Put out to tender',
      from: 'purchasing.plan',
      to: 'purchasing.tender',
      fields: ({ id, fields }) => ({ plan: id, title: fields.reason, bids: [] }),
    }),
    lead('purchasing.signed', {
      zh: '转为合同',
      en: 'Make the contract',
      from: 'purchasing.tender',
      to: 'purchasing.contract',
      when: ({ state }) => state === 'awarded',
      fields: ({ id, fields }) => ({ tender: id, supplier: fields.winner }),
    }),
    lead('purchasing.arrived', {
      zh: '到货验收',
      en: 'Take delivery',
      from: 'purchasing.contract',
      to: 'equipment.lot',
      fields: ({ id, fields }) => {
        const [first] = (fields.items ?? []) as readonly Record<string, unknown>[]
        return { contract: id, kind: first?.kind, model: first?.model, quantity: first?.quantity, price: first?.price }
      },
    }),
  ],
  awaiting: [
    {
      id: 'purchasing.due',
      title: { zh: '采购合同到期未交齐', en: 'Contracts due for delivery' },
      type: contract,
      due: { field: 'dueOn', days: 7 },
      until: 'deliveredOn',
    },
  ],
})
