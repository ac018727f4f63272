import type { Random } from './random.ts'

/** How busy each month is, January first. */
export type Season = readonly number[]

export const EVEN: Season = [8, 6, 9, 9, 9, 9, 9, 9, 9, 8, 9, 8]
/** Winter and spring, when fields leave time. */
export const WINTER: Season = [14, 9, 14, 9, 5, 4, 5, 5, 6, 7, 11, 15]
/** Calls come with pests, typhoons and sowing. */
export const GROWING: Season = [4, 4, 8, 10, 11, 11, 12, 12, 10, 8, 6, 4]
export const WORKING: Season = [6, 4, 9, 9, 9, 9, 8, 8, 9, 8, 10, 11]

const pad = (n: number) => String(n).padStart(2, '0')

export const dayText = (year: number, month: number, day: number) => `${year}-${pad(month)}-${pad(day)}`

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

export const daysBetween = (from: string, until: string) =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000)

const weekday = (day: string) => new Date(day).getUTCDay()

/** A day of the year, as the season has it; work days four times out of five. */
export function dayIn(
  random: Random,
  year: number,
  season: Season = EVEN,
  months: readonly [number, number] = [1, 12],
): string {
  const [first, last] = months
  const weights = Object.fromEntries(season.slice(first - 1, last).map((weight, i) => [String(first + i), weight]))
  const month = Number(random.weighted(weights))
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = dayText(year, month, random.int(1, length))
  return [0, 6].includes(weekday(day)) && random.chance(0.8) ? dayIn(random, year, season, months) : day
}

/** Days of the year in order. */
export const daysIn = (
  random: Random,
  year: number,
  count: number,
  season: Season = EVEN,
  months: readonly [number, number] = [1, 12],
) => Array.from({ length: count }, () => dayIn(random, year, season, months)).sort()

/** The day, or nothing when it has not come yet. */
export const past = (day: string, today: string): string | undefined => (day <= today ? day : undefined)
