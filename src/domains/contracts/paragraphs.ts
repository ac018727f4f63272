import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('', [
  '签订合同{{ contracts.signed }}',
  "签订合同金额{{ contracts.amount | in: '万元' }}",
  '完成节点{{ contracts.milestones-done }}',
])}${sentence('', ['季度进度考核{{ contracts.assessed }}', '进度达标率为{{ contracts.on-time-rate }}'])}`
