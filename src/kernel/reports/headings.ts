import type { Language } from '../words.ts'
import type { Block } from './document.ts'

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 to 99 as headings count: 一, 十, 十二, 二十. */
export function chineseNumber(value: number): string {
  if (value < 10) return DIGITS[value]!
  const tens = Math.floor(value / 10)
  return `${tens === 1 ? '' : DIGITS[tens]}十${DIGITS[value % 10]}`
}

/**
 * The number before a heading of a level, given how many of each level came so far.
 * Source: GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）
 */
function headingNumber(level: 1 | 2 | 3 | 4, counts: readonly number[], language: Language): string {
  const [first = 0, second = 0, third = 0, fourth = 0] = counts
  if (language === 'en')
    return [`${first}. `, `${first}.${second} `, `${first}.${second}.${third} `, `(${fourth}) `][level - 1]!
  return [`${chineseNumber(first)}、`, `（${chineseNumber(second)}）`, `${third}.`, `（${fourth}）`][level - 1]!
}

/** The numbers of a document's headings, by block; '' for what is no heading. Each level counts anew under the one above. */
export function headingNumbers(blocks: readonly Block[], language: Language): string[] {
  const counts = [0, 0, 0, 0]
  return blocks.map(block => {
    if (block.kind !== 'heading') return ''
    counts[block.level - 1]!++
    counts.fill(0, block.level)
    return headingNumber(block.level, counts, language)
  })
}
