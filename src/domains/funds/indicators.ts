import { formula, sumOf } from '../../kernel/figures/indicator.ts'
import type { RecordType } from '../../kernel/records/type.ts'

export const indicatorsOf = (appropriation: RecordType, budget: RecordType, payment: RecordType) => ({
  'funds.appropriated': sumOf(appropriation, 'amount', {
    zh: '科技经费投入',
    en: 'Funds for science',
    unit: 'fen',
    by: ['source', 'purpose'],
    synonyms: ['科技投入'],
  }),
  'funds.appropriated-growth': formula('yoy(funds.appropriated)', {
    zh: '科技经费投入增幅',
    en: 'Growth of funds for science',
    unit: 'percent',
  }),
  'funds.budgeted': sumOf(budget, 'amount', {
    zh: '下达项目预算',
    en: 'Budgets of projects',
    unit: 'fen',
    by: ['fund', 'source'],
  }),
  'funds.carried-over': sumOf(budget, 'carried', {
    zh: '结转项目资金',
    en: 'Carried over',
    unit: 'fen',
    by: ['fund', 'source'],
  }),
  'funds.paid': sumOf(payment, 'amount', { zh: '支付项目资金', en: 'Paid on projects', unit: 'fen' }),
})
