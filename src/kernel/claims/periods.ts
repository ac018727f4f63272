import type { DateMark } from './dates.ts'
import type { Paragraph } from './layout.ts'

/** A word or date that says when, at an offset. */
export interface PeriodMark {
  readonly at: number
  readonly end: number
  /** Null when no year is known: 去年 of a text that names none. */
  readonly period: string | null
  readonly year: number | null
  /** Years from the one reported on: -1 for 去年; 0 for dates. */
  readonly offset: number
  /** Compared with (比去年, 较2020年) rather than reported on. */
  readonly isCompared: boolean
}

interface Relative {
  readonly years: number
  readonly suffix: string
}

const RELATIVE: readonly (readonly [string, Relative])[] = [
  ['去年同期', { years: -1, suffix: '' }],
  ['上年同期', { years: -1, suffix: '' }],
  ['去年', { years: -1, suffix: '' }],
  ['上年', { years: -1, suffix: '' }],
  ['前年', { years: -2, suffix: '' }],
  ['今年上半年', { years: 0, suffix: '-H1' }],
  ['今年以来', { years: 0, suffix: '' }],
  ['今年', { years: 0, suffix: '' }],
  ['本年', { years: 0, suffix: '' }],
  ['全年', { years: 0, suffix: '' }],
  ['年内', { years: 0, suffix: '' }],
  ['年末', { years: 0, suffix: '' }],
  ['年底', { years: 0, suffix: '' }],
  ['明年', { years: 1, suffix: '' }],
  ['来年', { years: 1, suffix: '' }],
  ['上半年', { years: 0, suffix: '-H1' }],
  ['下半年', { years: 0, suffix: '-H2' }],
  ['前三季度', { years: 0, suffix: '-Q1..-Q3' }],
  ['前两季度', { years: 0, suffix: '-H1' }],
  ['一季度', { years: 0, suffix: '-Q1' }],
  ['二季度', { years: 0, suffix: '-Q2' }],
  ['三季度', { years: 0, suffix: '-Q3' }],
  ['四季度', { years: 0, suffix: '-Q4' }],
]
/** Five-year plans by their names: 十四五 is 2021 to 2025. */
const PLANS: readonly (readonly [string, string, number])[] = [
  ['十一五', '2006..2010', 2010],
  ['十二五', '2011..2015', 2015],
  ['十三五', '2016..2020', 2020],
  ['十四五', '2021..2025', 2025],
  ['十五五', '2026..2030', 2030],
]

/** The year each paragraph speaks of: its innermost heading's, else the title's, else the first that is written. */
export function yearsOf(
  text: string,
  paragraphs: readonly Paragraph[],
  dates: readonly DateMark[],
  given?: number,
): (number | null)[] {
  const first = given ?? titleYear(text, paragraphs, dates)
  const years: (number | null)[] = []
  const bySection = new Map<string, number | null>()
  for (const paragraph of paragraphs) {
    let year: number | null = first
    for (const title of paragraph.section) {
      let own = bySection.get(title)
      if (own === undefined) {
        own = headingYear(title)
        bySection.set(title, own)
      }
      if (own !== null) year = own
    }
    years.push(year)
  }
  return years
}

const headingYear = (title: string): number | null => {
  const found = /(?:^|[^\d])((?:19|20)\d\d)年/.exec(title)
  return found ? Number(found[1]) : null
}

function titleYear(text: string, paragraphs: readonly Paragraph[], dates: readonly DateMark[]): number | null {
  const review = paragraphs
    .slice(0, 400)
    .find(each => each.isHeading && /回顾|总结|完成情况|公报/.test(each.section.at(-1) ?? ''))
  const own = review ? headingYear(review.section.at(-1)!) : null
  if (own !== null) return own
  const years = dates.filter(each => each.year !== null)
  const early = years.find(each => each.month === null && each.start < 600) ?? years[0]
  return early?.year ?? (text.length > 0 ? null : null)
}

/** Every mark of time in the text, in order. */
export function findPeriodMarks(
  text: string,
  paragraphs: readonly Paragraph[],
  years: readonly (number | null)[],
  dates: readonly DateMark[],
): PeriodMark[] {
  const marks: PeriodMark[] = []
  let date = 0
  for (const paragraph of paragraphs) {
    const year = years[paragraph.index] ?? null
    let near: PeriodMark | null = null
    for (let at = paragraph.start; at < paragraph.end; at++) {
      while (date < dates.length && dates[date]!.start < at) date++
      const here = dates[date]?.start === at ? dates[date] : undefined
      // 2023年全年: the word takes the year just named.
      const own: number | null = near && at - near.end <= 1 ? near.year : year
      const mark: PeriodMark | null = here ? dateMark(text, here, own) : wordMark(text, at, own)
      if (!mark) continue
      marks.push(mark)
      near = mark
      at = mark.end - 1
    }
  }
  return marks
}

function dateMark(text: string, date: DateMark, sectionYear: number | null): PeriodMark | null {
  const year = date.year ?? sectionYear
  if (year === null) return null
  if (date.year === null && date.month === null) return null
  const end = date.end
  const from = part(year, date.month, date.day)
  const until = date.until ? part(date.until.year ?? year, date.until.month, date.until.day) : null
  return {
    at: date.start,
    end,
    period: until === null ? from : `${from}..${until}`,
    offset: 0,
    year: date.until?.year ?? year,
    isCompared: isCompared(text, date.start),
  }
}

const part = (year: number, month: number | null, day: number | null): string =>
  `${year}${month === null ? '' : `-${two(month)}`}${month === null || day === null ? '' : `-${two(day)}`}`

const two = (value: number): string => String(value).padStart(2, '0')

function wordMark(text: string, at: number, year: number | null): PeriodMark | null {
  const ch = text[at]!
  if (ch === '十') {
    const plan = PLANS.find(([name]) => text.startsWith(name, at))
    if (plan) return { at, end: at + 3, period: plan[1], year: plan[2], offset: 0, isCompared: isCompared(text, at) }
  }
  if (!'去上前今本全年明来下一二三四'.includes(ch)) return null
  const found = RELATIVE.find(([word]) => text.startsWith(word, at))
  if (!found) return null
  const [word, { years, suffix }] = found
  if (word === '年内' && text[at - 1] === '成') return null
  const end = at + word.length
  if (year === null) return { at, end, period: null, year, offset: years, isCompared: isCompared(text, at) }
  const named = year + years
  const period = suffix.includes('..') ? `${named}-Q1..${named}-Q3` : `${named}${suffix}`
  return { at, end, period, year: named, offset: years, isCompared: isCompared(text, at) }
}

const isCompared = (text: string, at: number): boolean =>
  '比较与同'.includes(text[at - 1] ?? '-') && !text.startsWith('比重', at - 2)
