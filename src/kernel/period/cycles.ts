import { fail, type Result } from '../result.ts'
import { type Day, dayOf, partsOf } from './day.ts'
import { addMonths, type Period, parsePeriod, periodOf } from './period.ts'

/** What comes round: how often units are assessed, and how often they report. */
export const cycles = {
  year: { zh: '年度', en: 'Yearly' },
  half: { zh: '半年', en: 'Half-yearly' },
  quarter: { zh: '季度', en: 'Quarterly' },
  month: { zh: '月度', en: 'Monthly' },
} as const

export type Cycle = keyof typeof cycles

const MONTHS: Readonly<Record<Cycle, number>> = { year: 12, half: 6, quarter: 3, month: 1 }

const SHAPES: Readonly<Record<Cycle, RegExp>> = {
  year: /^\d{4}$/,
  half: /^\d{4}-H[12]$/,
  quarter: /^\d{4}-Q[1-4]$/,
  month: /^\d{4}-\d{2}$/,
}

const EXAMPLES: Readonly<Record<Cycle, string>> = {
  year: '2024',
  half: '2024-H1',
  quarter: '2024-Q3',
  month: '2024-05',
}

/** A period of the length that a cycle has; `period/cycle`. */
export function periodOfCycle(cycle: Cycle, text: string): Result<Period> {
  const period = parsePeriod(text)
  if (!period.ok || SHAPES[cycle].test(text)) return period
  const { zh, en } = cycles[cycle]
  return fail('period/cycle', {
    field: 'period',
    value: text,
    zh: `这是${zh}的，期间应写作 ${EXAMPLES[cycle]}`,
    en: `This is ${en.toLowerCase()}: the period is written ${EXAMPLES[cycle]}`,
  })
}

/** The period of a cycle that a day lies in. */
export function cycleOn(cycle: Cycle, day: Day): Period {
  const { year, month } = partsOf(day)
  const from = dayOf(year, month - ((month - 1) % MONTHS[cycle]), 1)
  return periodOf(from, addMonths(from, MONTHS[cycle]))
}

/** The periods of a cycle that began on or after a day and ended before another, newest first, so many at most. */
export function cyclesEnded(cycle: Cycle, since: Day, now: Day, most: number): Period[] {
  const ended: Period[] = []
  for (let at = cycleOn(cycle, now); ended.length < most; at = cycleOn(cycle, addMonths(at.from, -1))) {
    if (at.from < since) break
    if (at.until <= now) ended.push(at)
  }
  return ended
}
