import { type Day, dayOf } from '../../../kernel/period/day.ts'

/** Shanghai has kept to UTC+8 since 1991; scans come by the thousand, and a calendar asked for each would cost more than the scan. */
const AHEAD_MS = 8 * 3_600_000

/** The day of an instant in Shanghai. */
export function dayOfInstant(time: string): Day {
  const there = new Date(Date.parse(time) + AHEAD_MS)
  return dayOf(there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate())
}
