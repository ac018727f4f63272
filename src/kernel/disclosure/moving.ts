import { addMonths, lastYear, type Period, parsePeriod, periodOf, previous, sinceYearStart } from '../period/period.ts'
import { must, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'

/** Periods that move with the day on which they are read. */
export const MOVING = {
  'this-year': { zh: '今年以来', en: 'This year so far' },
  'last-year': { zh: '上年', en: 'Last year' },
  'this-quarter': { zh: '本季度', en: 'This quarter' },
  'this-month': { zh: '本月', en: 'This month' },
  'last-month': { zh: '上月', en: 'Last month' },
} as const satisfies Readonly<Record<string, Words>>

type Moving = keyof typeof MOVING

const isMoving = (text: string): text is Moving => Object.hasOwn(MOVING, text)

/** What a moving period is called; null for any other. */
export const movingWords = (text: string): Words | null => (isMoving(text) ? MOVING[text] : null)

/** The days that a chosen period means on a day: of a moving one, or of one like any other. */
export function periodOn(text: string, day: string): Result<Period> {
  return isMoving(text) ? ok(moved(text, day)) : parsePeriod(text)
}

function moved(text: Moving, day: string): Period {
  const year = must(parsePeriod(day.slice(0, 4)))
  const month = must(parsePeriod(day.slice(0, 7)))
  switch (text) {
    case 'this-year':
      // To the end of the month that is under way, so that its name stays short.
      return sinceYearStart(month)
    case 'last-year':
      return lastYear(year)
    case 'this-quarter': {
      const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3)
      const from = addMonths(year.from, first * 3)
      return periodOf(from, addMonths(from, 3))
    }
    case 'this-month':
      return month
    case 'last-month':
      return previous(month)
  }
}
