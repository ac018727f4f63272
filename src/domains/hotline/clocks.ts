import { PROMISED_MINUTES } from './topics.ts'

// The clocks of the service promise. All are worked out from what the record says; nothing has to run for a call to be late.

const EIGHT_HOURS = 8 * 3_600_000
const MINUTE = 60_000

/** The clock on the wall in Shanghai at an instant: its day, and its hour as `h08`. */
export function wallClock(instant: string): { readonly day: string; readonly hour: string } {
  const there = new Date(Date.parse(instant) + EIGHT_HOURS).toISOString()
  return { day: there.slice(0, 10), hour: `h${there.slice(11, 13)}` }
}

/** Minutes within which a call of an urgency is to be answered, or someone sent. */
export const promisedMinutes = (urgency: unknown): number =>
  PROMISED_MINUTES[urgency === 'urgent' ? 'urgent' : 'normal']

/**
 * Until when a call is promised an answer. One entered from a paper register, without its time, has until the end of
 * its day.
 */
export function promisedAt(call: Readonly<Record<string, unknown>>): string | null {
  if (typeof call.receivedAt === 'string')
    return new Date(Date.parse(call.receivedAt) + promisedMinutes(call.urgency) * MINUTE).toISOString()
  const day = Date.parse(String(call.receivedOn))
  return Number.isNaN(day) ? null : new Date(day + 24 * 3_600_000 - EIGHT_HOURS).toISOString()
}

/** Whole minutes from one instant to another, rounded up: an answer after 120 minutes and a second is late. */
export const minutesBetween = (from: string, until: Date): number =>
  Math.max(0, Math.ceil((until.getTime() - Date.parse(from)) / MINUTE))
