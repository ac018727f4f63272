import { openAt, openQuestion } from '../open.ts'

/** The stock-takings under way at a unit: its own and those ordered above it. */
export const open = openQuestion(
  'custody.open',
  { zh: '进行中的盘点', en: 'Open stock-takings' },
  openAt('custody.take'),
)
