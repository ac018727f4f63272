import { averageOf, countOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import type { RecordType } from '../../kernel/records/type.ts'

export const indicatorsOf = (
  contract: RecordType,
  milestone: RecordType,
  amendment: RecordType,
  assessment: RecordType,
) => ({
  'contracts.signed': countOf(contract, {
    zh: '签订合同',
    en: 'Contracts signed',
    unit: 'contract',
    day: 'signedOn',
    by: ['kind'],
  }),
  'contracts.amount': sumOf(contract, 'amount', {
    zh: '签订合同金额',
    en: 'Value of contracts signed',
    unit: 'fen',
    day: 'signedOn',
    by: ['kind'],
  }),
  'contracts.running': stockOf(contract, {
    zh: '履行中的合同(期末)',
    en: 'Contracts running',
    unit: 'contract',
    since: 'signedOn',
    until: 'closedOn',
    by: ['kind'],
  }),
  'contracts.milestones-due': countOf(milestone, { zh: '应完成节点', en: 'Milestones due', unit: 'count' }),
  'contracts.milestones-done': countOf(milestone, {
    zh: '完成节点',
    en: 'Milestones done',
    unit: 'count',
    day: 'doneOn',
  }),
  'contracts.changes': countOf(amendment, { zh: '合同变更申请', en: 'Changes asked for', unit: 'count', by: ['kind'] }),
  'contracts.assessed': countOf(assessment, {
    zh: '季度进度考核',
    en: 'Quarterly assessments',
    unit: 'time',
    by: ['result'],
    synonyms: ['季度考核'],
  }),
  'contracts.score': averageOf(assessment, 'score', {
    zh: '进度考核平均分',
    en: 'Mean score of progress',
    unit: 'point',
  }),
  'contracts.on-time-rate': formula('1 - contracts.assessed[result=behind] / contracts.assessed', {
    zh: '进度达标率',
    en: 'Assessments on or ahead of plan',
    unit: 'percent',
  }),
})
