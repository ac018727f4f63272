import type { Language } from './words.ts'

export const isRatio = (unit: string) => unit === 'percent' || unit === 'ratio' || unit === 'permille'

/** Growth as a ratio; of a ratio, the difference. Null where there is nothing to compare with. */
export function change(now: number | null, then: number | null, unit: string): number | null {
  if (now === null || then === null) return null
  if (isRatio(unit)) return now - then
  return then === 0 ? null : (now - then) / then
}

/** A change in words: +12.5%, of a ratio +3.2 points; `none` where there is nothing to compare with. */
export function changeText(value: number | null, unit: string, language: Language, none = '—'): string {
  if (value === null) return none
  const number = Math.round(value * 1000) / 10
  const sign = number > 0 ? '+' : ''
  return `${sign}${number}${isRatio(unit) ? (language === 'zh' ? '个百分点' : ' pts') : '%'}`
}
