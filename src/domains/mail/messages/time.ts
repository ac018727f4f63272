import { daysInMonth } from '../../../kernel/period/day.ts'

declare const brand: unique symbol

/** A time by the clock on the wall, with its distance from UTC: `2024-11-23T08:30:15+08:00`. */
export type LocalTime = string & { readonly [brand]: 'LocalTime' }

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})$/

/** Reads a local time with offset; seconds may be left out, `Z` is +00:00. Undefined when there is no such time. */
export function localTime(text: string): LocalTime | undefined {
  const match = SHAPE.exec(text)
  if (!match) return undefined
  const [, year, month, date, hour, minute, second = '00', zone = 'Z'] = match
  const offset = zone === 'Z' ? '+00:00' : zone
  if (Number(month) < 1 || Number(month) > 12) return undefined
  if (Number(date) < 1 || Number(date) > daysInMonth(Number(year), Number(month))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  // The widest offsets in use are -12:00 and +14:00.
  if (Number(offset.slice(1, 3)) > 14 || Number(offset.slice(4)) > 59) return undefined
  // The one place where a string becomes a local time.
  return `${year}-${month}-${date}T${hour}:${minute}:${second}${offset}` as LocalTime
}

/** The instant of a local time. */
export const instantOf = (time: LocalTime): Date => new Date(time)
