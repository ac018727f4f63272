import { type Day, partsOf } from '../period/day.ts'
import type { Language } from '../words.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A day as documents are dated: 2024年12月13日, without leading zeros. Source: GB/T 9704-2012, 7.3.5.4 */
export function dateWords(day: string, language: Language): string {
  // Documents hold days of the ledger's clock.
  const { year, month, date } = partsOf(day as Day)
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`
}
