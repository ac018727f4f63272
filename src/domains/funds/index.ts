import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, day, integer, money, reference, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { indicatorsOf } from './indicators.ts'
import { summary } from './paragraphs.ts'
import { rules } from './rules.ts'
import { funds, purposes, sources } from './topics.ts'

// Money: what the budget gives to science each year, each project's budget by source and year, and what was paid of it.

const year = integer({ zh: '年度', en: 'Year', min: 1990, max: 2199 })
const source = choice(sources, { zh: '来源', en: 'Source' })

export const appropriation = recordType('funds.appropriation', {
  title: { zh: '科技经费投入', en: 'Funds for science' },
  day: 'grantedOn',
  fields: z.object({
    grantedOn: day({ zh: '下达日期', en: 'Granted on' }),
    source,
    purpose: choice(purposes, { zh: '用途', en: 'Purpose' }),
    amount: money({ zh: '金额', en: 'Amount' }),
    document: text({ zh: '文号', en: 'Document', max: 60 }).optional(),
  }),
  like: ['grantedOn', 'source', 'purpose', 'amount'],
})

export const budget = recordType('funds.budget', {
  title: { zh: '项目预算', en: 'Budget of a project' },
  help: {
    zh: '每个项目按来源、按年度各一条；上年结余填结转，并指明上年预算',
    en: 'One record for each source and year; what is left of last year is carried over from its budget',
  },
  day: 'approvedOn',
  fields: z.object({
    project: reference('projects.project', { zh: '项目', en: 'Project' }),
    fund: choice(funds, { zh: '资金科目', en: 'Fund' }),
    source,
    year,
    approvedOn: day({ zh: '批复日期', en: 'Approved on' }),
    amount: money({ zh: '本年预算', en: 'Budget of the year' }),
    from: reference('funds.budget', { zh: '结转自', en: 'Carried over from' }).optional(),
    carried: money({ zh: '上年结转', en: 'Carried over' }).default(0),
  }),
  key: ['project', 'source', 'year'],
})

export const payment = recordType('funds.payment', {
  title: { zh: '项目支付', en: 'Payment' },
  day: 'paidOn',
  fields: z.object({
    contract: reference('contracts.contract', { zh: '合同', en: 'Contract' }),
    budget: reference('funds.budget', { zh: '预算', en: 'Budget' }),
    milestone: reference('contracts.milestone', { zh: '所付节点', en: 'Milestone paid for' }).optional(),
    paidOn: day({ zh: '支付日期', en: 'Paid on' }),
    amount: money({ zh: '金额', en: 'Amount' }),
    voucher: text({ zh: '凭证号', en: 'Voucher', max: 60 }),
  }),
  key: ['voucher'],
})

export const indicators = indicatorsOf(appropriation, budget, payment)

export default domain('funds', {
  zh: '经费',
  en: 'Funds',
  types: [appropriation, budget, payment],
  indicators,
  paragraphs: { summary },
  rules,
  leads: [
    lead('funds.budget-of', {
      zh: '下达预算',
      en: 'Give it a budget',
      from: 'projects.project',
      to: 'funds.budget',
      when: ({ state }) => state === 'won' || state === 'established',
      fields: ({ id }) => ({ project: id }),
    }),
    lead('funds.carry-over', {
      zh: '结转下年',
      en: 'Carry over',
      from: 'funds.budget',
      to: 'funds.budget',
      fields: ({ id, fields: { project, fund, source, year } }) => ({
        project,
        fund,
        source,
        year: Number(year) + 1,
        from: id,
        amount: 0,
      }),
    }),
    lead('funds.pay', {
      zh: '支付',
      en: 'Pay',
      from: 'contracts.contract',
      to: 'funds.payment',
      when: ({ state }) => state === 'signed' || state === 'performed',
      fields: ({ id }) => ({ contract: id }),
    }),
  ],
})
