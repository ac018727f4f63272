import { openAt, openQuestion } from '../open.ts'

/** The rounds under way at a unit: its own and those ordered above it. */
export const open = openQuestion(
  'inspection.open',
  { zh: '进行中的检查轮次', en: 'Open rounds' },
  openAt('inspection.round'),
)
