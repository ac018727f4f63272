import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('', [
  "科技经费投入{{ funds.appropriated | in: '万元' }}，{{ funds.appropriated | compared: 'percent' }}",
])}${sentence('', ["下达项目预算{{ funds.budgeted | in: '万元' }}", "支付项目资金{{ funds.paid | in: '万元' }}"])}`
