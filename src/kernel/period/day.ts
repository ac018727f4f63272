import { fail, ok, type Result } from '../result.ts'

declare const brand: unique symbol

/** A calendar day 'YYYY-MM-DD' (proleptic Gregorian). Days compare as strings. */
export type Day = string & { readonly [brand]: 'Day' }

/** Years that a person may name; arithmetic reaches beyond. */
export const FIRST_YEAR = 1900
export const LAST_YEAR = 2200

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

export const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** @param month 1–12 */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]!

/**
 * A day that someone wrote.
 * @returns the day, or `day/format`, `day/year`, `day/none` (2024-02-30)
 */
export function day(text: string): Result<Day> {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match)
    return fail('day/format', {
      value: text,
      zh: `日期应写作 2024-05-18，不能是“${text}”`,
      en: `A day is written 2024-05-18, not ${JSON.stringify(text)}`,
    })
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number]
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return fail('day/year', {
      value: text,
      zh: `年份应在 ${FIRST_YEAR}—${LAST_YEAR} 之间，“${text}”不在其中`,
      en: `The year must lie between ${FIRST_YEAR} and ${LAST_YEAR}; that of ${text} does not`,
    })
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month))
    return fail('day/none', {
      value: text,
      zh: `没有 ${text} 这一天`,
      en: `There is no day ${text}`,
    })
  return ok(dayOf(year, month, date))
}

const padded = (value: number, width: number) => String(value).padStart(width, '0')

/** A day from its parts, which must exist. */
export const dayOf = (year: number, month: number, date: number): Day =>
  // The one place where a string becomes a Day.
  `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}` as Day

export interface DayParts {
  readonly year: number
  readonly month: number
  readonly date: number
}

export const partsOf = (value: Day): DayParts => ({
  year: Number(value.slice(0, 4)),
  month: Number(value.slice(5, 7)),
  date: Number(value.slice(8, 10)),
})

/**
 * Days since 1970-01-01.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil (years begin in March, eras of 400).
 */
export function serialOf(value: Day): number {
  const { year, month, date } = partsOf(value)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The day of a serial; the inverse of `serialOf` (civil_from_days). */
export function fromSerial(serial: number): Day {
  const shifted = serial + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return dayOf(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}

export const addDays = (value: Day, days: number): Day => fromSerial(serialOf(value) + days)

/** The same date some months on, or the last of that month where it is shorter (31 January + 1 = 28 or 29 February). */
export function addMonths(value: Day, months: number): Day {
  const { year, month, date } = partsOf(value)
  const index = year * 12 + month - 1 + months
  const toYear = Math.floor(index / 12)
  const toMonth = (index % 12) + 1
  return dayOf(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)))
}

/** How many days lie in [from, until); negative when until comes first. */
export const daysBetween = (from: Day, until: Day): number => serialOf(until) - serialOf(from)

export interface IsoWeek {
  readonly year: number
  readonly week: number
}

/** The week of a day. Source: ISO 8601 (GB/T 7408): weeks begin on Monday, week 1 holds the year's first Thursday. */
export function isoWeek(value: Day): IsoWeek {
  const monday = mondayOf(value)
  const { year } = partsOf(addDays(monday, 3))
  return { year, week: daysBetween(weekStart(year, 1), monday) / 7 + 1 }
}

/** The Monday of a week. */
export const weekStart = (year: number, week: number): Day => addDays(mondayOf(dayOf(year, 1, 4)), (week - 1) * 7)

/** 52 or 53. */
export const weeksIn = (year: number): number => daysBetween(weekStart(year, 1), weekStart(year + 1, 1)) / 7

// 1970-01-01, serial 0, was a Thursday.
const mondayOf = (value: Day) => addDays(value, -((((serialOf(value) + 3) % 7) + 7) % 7))

const inZone = (zone: string) =>
  // The Swedish form of a date is YYYY-MM-DD.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })

const SHANGHAI = 'Asia/Shanghai'
/** Asia/Shanghai has kept to UTC+8 since summer time ended for good on 1991-09-15; every save asks for today. */
const FIXED_SINCE = Date.UTC(1992, 0, 1)
const EIGHT_HOURS = 8 * 3_600_000

/** The day it is, by the clock on the wall of a zone. */
export function today(clock: () => Date, zone = SHANGHAI): Day {
  const now = clock()
  const text =
    zone === SHANGHAI && now.getTime() >= FIXED_SINCE
      ? new Date(now.getTime() + EIGHT_HOURS).toISOString().slice(0, 10)
      : inZone(zone).format(now)
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  return dayOf(year, month, date)
}
