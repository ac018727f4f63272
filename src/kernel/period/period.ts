import { fail, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import {
  addDays,
  addMonths,
  type Day,
  day,
  dayOf,
  daysBetween,
  FIRST_YEAR,
  isoWeek,
  LAST_YEAR,
  partsOf,
  weekStart,
  weeksIn,
} from './day.ts'

export { addDays, addMonths, type Day, day, daysBetween, isoWeek, today } from './day.ts'

/** Half-open days [from, until), never empty. */
export interface Period {
  /** As it was written; `parsePeriod(text)` gives the same days. */
  readonly text: string
  readonly from: Day
  readonly until: Day
  readonly days: number
}

/**
 * A period that someone wrote: `2024`, `2024-H1`, `2024-Q3`, `2024-05`, `2024-05-18`, `2024-W20`, or `a..b` of these,
 * from the start of a to the end of b.
 * @returns the period, or `period/format`, `/year`, `/half`, `/quarter`, `/month`, `/day`, `/week`, `/order`
 */
export function parsePeriod(text: string): Result<Period> {
  const trimmed = text.trim()
  const [first, last, more] = trimmed.split('..')
  const start = parsePart(first!)
  if (!start.ok) return start
  const end = last === undefined ? start : parsePart(last)
  if (!end.ok) return end
  if (more !== undefined) return refuse('format', text)
  if (end.value.until <= start.value.from) return refuse('order', text)
  return ok(between(start.value.from, end.value.until, trimmed))
}

/** The period of some days, by its shortest name. */
export const periodOf = (from: Day, until: Day): Period => between(from, until, textOf(from, until))

/** The period of the same length that ends where this one begins: whole months before whole months, else days. */
export function previous(period: Period): Period {
  const { from, until } = period
  const months = wholeMonths(from, until)
  return months ? periodOf(addMonths(from, -months), from) : periodOf(addDays(from, -daysBetween(from, until)), from)
}

/**
 * The same period last year: the same months, the same ISO week (the last one where there is no 53rd), the same dates
 * (29 February becomes 28 February).
 */
export const lastYear = (period: Period): Period => yearsOn(period, -1)

/** The same period next year, in the same way. */
export const nextYear = (period: Period): Period => yearsOn(period, 1)

function yearsOn({ from, until }: Period, years: number): Period {
  const moved = (value: Day) => addMonths(value, years * 12)
  if (isWeek(from, until)) {
    const { year, week } = isoWeek(from)
    const monday = weekStart(year + years, Math.min(week, weeksIn(year + years)))
    return periodOf(monday, addDays(monday, 7))
  }
  if (addDays(from, 1) === until) return periodOf(moved(from), addDays(moved(from), 1))
  // A period that ends with its month ends with that month in the other year too, however long February is.
  if (startsMonth(until)) return periodOf(moved(from), moved(until))
  return periodOf(moved(from), addDays(moved(addDays(until, -1)), 1))
}

/** From the first of January to the end of the period, in the year of its last day. */
export const sinceYearStart = ({ until }: Period): Period =>
  periodOf(dayOf(partsOf(addDays(until, -1)).year, 1, 1), until)

/** The months of a period in order; the first and last only as far as the period goes. */
export function months({ from, until }: Period): Period[] {
  const parts: Period[] = []
  for (let start = from; start < until; ) {
    const next = addMonths(monthStart(start), 1)
    const end = next < until ? next : until
    parts.push(periodOf(start, end))
    start = end
  }
  return parts
}

const ORDINALS = ['一', '二', '三', '四'] as const
const ORDINALS_EN = ['first', 'second', 'third', 'fourth'] as const
const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A period as a report names it: 2024年上半年, 2024年1—5月, 2024年5月18日. */
export function periodWords({ from, until }: Pick<Period, 'from' | 'until'>): Words {
  const last = addDays(until, -1)
  const a = partsOf(from)
  const b = partsOf(last)
  const months = wholeMonths(from, until)
  if (months && a.month === 1 && months % 12 === 0)
    return months === 12
      ? { zh: `${a.year}年`, en: `${a.year}` }
      : { zh: `${a.year}—${b.year}年`, en: `${a.year}–${b.year}` }
  if (months === 6 && a.month % 6 === 1) {
    const half = (a.month - 1) / 6
    return { zh: `${a.year}年${half === 0 ? '上' : '下'}半年`, en: `the ${ORDINALS_EN[half]} half of ${a.year}` }
  }
  if (months === 3 && a.month % 3 === 1) {
    const quarter = (a.month - 1) / 3
    return { zh: `${a.year}年第${ORDINALS[quarter]}季度`, en: `the ${ORDINALS_EN[quarter]} quarter of ${a.year}` }
  }
  const monthEn = ({ year, month }: { year: number; month: number }) => `${MONTHS_EN[month - 1]} ${year}`
  if (months === 1) return { zh: `${a.year}年${a.month}月`, en: monthEn(a) }
  if (months && a.year === b.year)
    return { zh: `${a.year}年${a.month}—${b.month}月`, en: `${MONTHS_EN[a.month - 1]}–${monthEn(b)}` }
  if (months) return { zh: `${a.year}年${a.month}月—${b.year}年${b.month}月`, en: `${monthEn(a)} – ${monthEn(b)}` }
  if (isWeek(from, until)) {
    const { year, week } = isoWeek(from)
    return { zh: `${year}年第${week}周`, en: `week ${week} of ${year}` }
  }
  const start = { zh: `${a.year}年${a.month}月${a.date}日`, en: `${a.date} ${monthEn(a)}` }
  if (from === last) return start
  const year = a.year === b.year ? '' : `${b.year}年`
  return { zh: `${start.zh}—${year}${b.month}月${b.date}日`, en: `${start.en} – ${b.date} ${monthEn(b)}` }
}

interface Days {
  readonly from: Day
  readonly until: Day
}

const between = (from: Day, until: Day, text: string): Period => ({ text, from, until, days: daysBetween(from, until) })

const PART = /^(\d{4})(?:-(?:H(\d)|Q(\d)|W(\d{2})|(\d{2})(?:-(\d{2}))?))?$/

function parsePart(text: string): Result<Days> {
  const match = PART.exec(text)
  if (!match) return refuse('format', text)
  const [year, half, quarter, week, month, date] = match
    .slice(1)
    .map(part => (part === undefined ? undefined : Number(part)))
  if (year! < FIRST_YEAR || year! > LAST_YEAR) return refuse('year', text)
  if (half !== undefined) return half >= 1 && half <= 2 ? monthsFrom(year!, half * 6 - 5, 6) : refuse('half', text)
  if (quarter !== undefined)
    return quarter >= 1 && quarter <= 4 ? monthsFrom(year!, quarter * 3 - 2, 3) : refuse('quarter', text)
  if (week !== undefined) {
    if (week < 1 || week > weeksIn(year!)) return refuse('week', text)
    const monday = weekStart(year!, week)
    return ok({ from: monday, until: addDays(monday, 7) })
  }
  if (month === undefined) return monthsFrom(year!, 1, 12)
  if (month < 1 || month > 12) return refuse('month', text)
  if (date === undefined) return monthsFrom(year!, month, 1)
  const known = day(text)
  return known.ok ? ok({ from: known.value, until: addDays(known.value, 1) }) : refuse('day', text)
}

function monthsFrom(year: number, month: number, count: number): Result<Days> {
  const from = dayOf(year, month, 1)
  return ok({ from, until: addMonths(from, count) })
}

const RULES = {
  format: {
    zh: '期间应写作 2024、2024-H1、2024-Q3、2024-05、2024-05-18、2024-W20 或 起..止',
    en: 'a period is written 2024, 2024-H1, 2024-Q3, 2024-05, 2024-05-18, 2024-W20 or first..last',
  },
  year: {
    zh: `年份应在 ${FIRST_YEAR}—${LAST_YEAR} 之间`,
    en: `the year must lie between ${FIRST_YEAR} and ${LAST_YEAR}`,
  },
  half: { zh: '半年只有 H1、H2', en: 'the halves of a year are H1 and H2' },
  quarter: { zh: '季度只有 Q1—Q4', en: 'the quarters of a year are Q1 to Q4' },
  month: { zh: '月份只有 01—12', en: 'the months of a year are 01 to 12' },
  day: { zh: '没有这一天', en: 'there is no such day' },
  week: { zh: '这一年没有这一周', en: 'that year has no such week' },
  order: { zh: '止早于起', en: 'it ends before it begins' },
} as const

const refuse = (rule: keyof typeof RULES, text: string) =>
  fail(`period/${rule}`, {
    field: 'period',
    value: text,
    zh: `期间“${text}”有误：${RULES[rule].zh}`,
    en: `Period ${JSON.stringify(text)}: ${RULES[rule].en}`,
  })

function textOf(from: Day, until: Day): string {
  const months = wholeMonths(from, until)
  const { month } = partsOf(from)
  const last = addDays(until, -1)
  const named = from.slice(0, 4)
  if (months === 12 && month === 1) return named
  if (months === 6 && month % 6 === 1) return `${named}-H${(month + 5) / 6}`
  if (months === 3 && month % 3 === 1) return `${named}-Q${(month + 2) / 3}`
  if (months === 1) return from.slice(0, 7)
  if (months)
    return months % 12 === 0 && month === 1
      ? `${named}..${last.slice(0, 4)}`
      : `${from.slice(0, 7)}..${last.slice(0, 7)}`
  if (from === last) return from
  if (isWeek(from, until)) {
    const week = isoWeek(from)
    return `${String(week.year).padStart(4, '0')}-W${String(week.week).padStart(2, '0')}`
  }
  return `${from}..${last}`
}

const startsMonth = (value: Day) => value.endsWith('-01')
const monthStart = (value: Day): Day => {
  const { year, month } = partsOf(value)
  return dayOf(year, month, 1)
}

/** How many whole months the days are; 0 when they do not begin and end with a month. */
function wholeMonths(from: Day, until: Day): number {
  if (!startsMonth(from) || !startsMonth(until)) return 0
  const a = partsOf(from)
  const b = partsOf(until)
  return (b.year - a.year) * 12 + b.month - a.month
}

const isWeek = (from: Day, until: Day) =>
  daysBetween(from, until) === 7 && weekStart(isoWeek(from).year, isoWeek(from).week) === from
