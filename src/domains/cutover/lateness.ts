import { type Day, day, daysBetween, today } from '../../kernel/period/day.ts'

const dayNamed = (value: unknown): Day | null => {
  const named = day(typeof value === 'string' ? value : '')
  return named.ok ? named.value : null
}

/** Days from `due` to `done`; negative when it was done before, null while it is not done. */
export function daysLate(done: unknown, due: unknown): number | null {
  const [is, should] = [dayNamed(done), dayNamed(due)]
  return is && should ? daysBetween(should, is) : null
}

/** The day of an instant in Shanghai. */
export const doneOn = (instant: unknown): Day | null =>
  typeof instant === 'string' ? today(() => new Date(instant)) : null

/** A problem when a day or instant comes before the one it follows. */
export const notBefore = (field: string, first: unknown, second: unknown) =>
  typeof first === 'string' && typeof second === 'string' && second < first
    ? [{ field, code: 'order', zh: '不能早于开始', en: 'may not come before the beginning' }]
    : []
