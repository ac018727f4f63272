import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('', ['{{ period.words }}切换上线{{ cutover.live }}'])}${sentence('', [
  '网点通信网改造完成{{ cutover.outlets-converted }}',
  "其中两网合一{{ cutover.outlets-converted | where: 'mode', 'merged' }}",
  "储蓄独立网点{{ cutover.outlets-converted | where: 'mode', 'stand-alone' }}",
])}`
