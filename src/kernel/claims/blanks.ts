import { isDigit, isHan, isLatin, isSpace } from './characters.ts'
import type { Blank } from './claim.ts'
import type { Paragraph } from './layout.ts'
import { readUnit } from './units.ts'

const QUALIFIERS = new Set([...'约近达共为计至到超增降']) // before `  万元`
const FILLERS = new Set([...'×╳✕xX*□■◯△·…﹍﹎ˍ'])

/** Places where a number (or a name) was never filled in: `____`, `·亿元`, `××`, `x.x%`, `约 万元`. */
export function findBlanks(text: string, paragraphs: readonly Paragraph[]): Blank[] {
  const blanks: Blank[] = []
  for (const paragraph of paragraphs) {
    if (isRule(text, paragraph)) continue
    let at = paragraph.start
    while (at < paragraph.end) {
      const end = blankEnd(text, at, paragraph.end)
      if (end > at) {
        const start = withDigitsBefore(text, at, paragraph.start)
        blanks.push({ start, end, quote: text.slice(start, end), unit: unitAfter(text, end) })
      }
      at = Math.max(end, at + 1)
    }
  }
  return blanks
}

/** A line of nothing but underscores, dashes or stars divides a page. */
function isRule(text: string, { start, end }: Paragraph): boolean {
  for (let at = start; at < end; at++) if (!'_-—*=·…|: '.includes(text[at]!)) return false
  return true
}

function blankEnd(text: string, at: number, limit: number): number {
  const ch = text[at]!
  // Only the first sign of a run is looked at, so that a long run costs no more than its length.
  if (at > 0 && text[at - 1] === ch && ch !== '(') return at
  if (ch === '_') return underscores(text, at, limit)
  // A tab parts the cells of a table.
  if (ch !== '\t' && isSpace(text, at)) return gap(text, at, limit)
  if (ch === '(') return brackets(text, at, limit)
  if (!FILLERS.has(ch)) return at
  return fillers(text, at, limit)
}

/** `____`, and `__—__` as one blank of a range of years. */
function underscores(text: string, at: number, limit: number): number {
  let end = at
  while (end < limit && (text[end] === '_' || ('—-.'.includes(text[end]!) && text[end + 1] === '_'))) end++
  if (isLatin(text, at - 1) && isLatin(text, end)) return at
  if (end - at === 1 && (isLatin(text, end) || isLatin(text, at - 1))) return at
  while (end < limit && isDigit(text, end) && end < at + 40) end++
  return end
}

/** `××`, `xx`, `X.X`, `**`; one sign alone is a blank only before a unit (`·亿元`). */
function fillers(text: string, at: number, limit: number): number {
  const ch = text[at]!
  if (isLatin(text, at - 1) || isDigitLike(text, at - 1, ch)) return at
  let end = at
  while (end < limit && (text[end] === ch || (text[end] === '.' && text[end + 1] === ch))) end++
  if (isLatin(text, end)) return at
  const length = end - at
  if (ch === '…' || ch === '·') return isWaiting(text, at, end) && (ch === '·' || length >= 2) ? end : at
  if (ch === '*') return length >= 2 && !text.startsWith('**', at - 2) && isWaiting(text, at, end) ? end : at
  if (ch === '×' && (isDigit(text, at - 1) || isDigit(text, end)) && length === 1) return at
  if (length >= 2) return isHan(text, end) || isHan(text, at - 1) || text[end] === '%' ? end : at
  return isWaiting(text, at, end) ? end : at
}

const isDigitLike = (text: string, at: number, ch: string): boolean =>
  ch !== '×' && ch !== '*' && isDigit(text, at) && text[at + 1] !== 'x'

/** A word before and a unit of measure after: something is missing between them. */
function isWaiting(text: string, at: number, end: number): boolean {
  const unit = readUnit(text, end) ?? readUnit(text, magnitudeEnd(text, end))
  const before = text[at - 1] ?? ''
  return unit !== null && unit.strength !== 'weak' && (isHan(text, at - 1) || ',、:(。;'.includes(before))
}

const magnitudeEnd = (text: string, at: number): number => ('万亿'.includes(text[at] ?? '-') ? at + 1 : at)

/** `约 万元`, `收入  亿元`: white space where a number belongs. */
function gap(text: string, at: number, limit: number): number {
  let end = at
  while (end < limit && isSpace(text, end) && text[end] !== '\t') end++
  if (!isHan(text, at - 1)) return at
  const isScaled = '万亿'.includes(text[end] ?? '-')
  const unit = readUnit(text, isScaled ? end + 1 : end)
  const hasMeasure = unit?.strength === 'measure' && (isScaled || unit.start === end)
  const isExpected = QUALIFIERS.has(text[at - 1]!) || end - at >= 2 || isScaled
  const isUnit = hasMeasure || (unit !== null && unit.strength === 'classifier' && QUALIFIERS.has(text[at - 1]!))
  return isUnit && isExpected && !isWordAfter(text, unit!.end) ? end : at
}

/** 元 of 元旦 or 米 of 米粉 begins a word; units stand before a mark, a noun of amounts or the end. */
const isWordAfter = (text: string, end: number): boolean =>
  isHan(text, end) && !'的用左以资人次余和及钱、'.includes(text[end]!)

/** `(  )万元`, `（ ）个`. */
function brackets(text: string, at: number, limit: number): number {
  let end = at + 1
  while (end < limit && (isSpace(text, end) || text[end] === '_')) end++
  if (text[end] !== ')' || end === at + 1) return at
  return isWaiting(text, at, end + 1) ? end + 1 : at
}

/** `3____`: the digits are part of what was left unfinished. */
function withDigitsBefore(text: string, at: number, from: number): number {
  let start = at
  while (start > from && isDigit(text, start - 1) && start > at - 12) start--
  return start
}

function unitAfter(text: string, end: number): string {
  const from = text[end] === ' ' ? end + 1 : end
  const unit = readUnit(text, magnitudeEnd(text, from))
  if (!unit) return ''
  return text.slice(from, unit.end)
}
