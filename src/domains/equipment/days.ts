import { type Day, day, daysBetween } from '../../kernel/period/day.ts'
import type { Fields } from '../../kernel/records/type.ts'

/** A day, or null where there is none. */
export const dayNamed = (value: unknown): Day | null => {
  const named = day(typeof value === 'string' ? value : '')
  return named.ok ? named.value : null
}

/** Days from one to another; null while one of them is missing. */
export function daysFrom(first: unknown, last: unknown): number | null {
  const [from, to] = [dayNamed(first), dayNamed(last)]
  return from && to ? daysBetween(from, to) : null
}

/** A problem for each day that comes before one that should come first. */
export function inOrder(fields: Fields, names: readonly string[]) {
  let latest = ''
  return names.flatMap(field => {
    const value = fields[field]
    if (typeof value !== 'string') return []
    const isEarly = value < latest
    latest = isEarly ? latest : value
    return isEarly ? [{ field, code: 'order', zh: '不能早于前一步', en: 'may not come before the step before' }] : []
  })
}
