import { isDigit, isHan, isSpace } from './characters.ts'

/** One line of the text. */
export interface Paragraph {
  readonly index: number
  readonly start: number
  readonly end: number
  /** Where the words begin, after the list number: `(一)`, `1、`, `##`. */
  readonly body: number
  /** 0 running text, 1 title, 2 一、, 3 (一), 4 1., 5 (1), 6 ①. */
  readonly level: number
  /** Headings above and of this paragraph, outermost first. */
  readonly section: readonly string[]
  /** The whole line is a heading. */
  readonly isHeading: boolean
  /** Cells of a table row; null for running text. */
  readonly cells: readonly Cell[] | null
}

export interface Cell {
  readonly start: number
  readonly end: number
}

const HAN_NUMERALS = '一二三四五六七八九十百'
const MAX_HEADING = 60

/** Lines, their list numbers and the headings above them. */
export function layOut(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  const open: { level: number; title: string }[] = []
  let start = 0
  while (start <= text.length) {
    const stop = text.indexOf('\n', start)
    const end = stop < 0 ? text.length : stop
    const first = skipSpaces(text, start, end)
    if (first < end) paragraphs.push(paragraph(text, { start, end, first, index: paragraphs.length }, open))
    if (stop < 0) break
    start = stop + 1
  }
  return paragraphs
}

function paragraph(
  text: string,
  line: { start: number; end: number; first: number; index: number },
  open: { level: number; title: string }[],
): Paragraph {
  const { start, end, first, index } = line
  const cells = tableCells(text, first, end)
  const marker = cells ? { level: 0, end: first } : readMarker(text, first, end)
  const isTitle = !cells && marker.level === 0 && isBareTitle(text, first, end, index)
  const level = isTitle ? (index === 0 ? 1 : 2) : marker.level
  const title = level === 0 ? '' : headingText(text, marker.end, end)
  if (title !== '') {
    while (open.length > 0 && open[open.length - 1]!.level >= level) open.pop()
    open.push({ level, title })
  }
  const isHeading = title !== '' && marker.end + title.length >= end - 1
  return { index, start, end, body: marker.end, level, section: open.map(each => each.title), isHeading, cells }
}

function skipSpaces(text: string, from: number, end: number): number {
  let at = from
  while (at < end && (isSpace(text, at) || text[at] === '\ufeff')) at++
  return at
}

/** Marks of Markdown before the list number proper: `## `, `- `, `> `. */
const MAX_MARKS = 4

function readMarker(text: string, first: number, end: number): { level: number; end: number } {
  let at = first
  let heading = 0
  let isItem = false
  for (let mark = 0; mark < MAX_MARKS; mark++) {
    let stop = at
    if (text[at] === '#') while (stop < at + 7 && text[stop] === '#') stop++
    else if ('-*>'.includes(text[at] ?? ' ')) stop = at + 1
    if (stop === at || text[stop] !== ' ') break
    if (text[at] === '#') heading = Math.min(stop - at, 6)
    else isItem = true
    at = skipSpaces(text, stop, end)
  }
  const inner = readNumber(text, at, end)
  if (inner.level > 0) return inner
  return heading > 0 || isItem ? { level: heading, end: at } : { level: 0, end: first }
}

function readNumber(text: string, first: number, end: number): { level: number; end: number } {
  const none = { level: 0, end: first }
  let at = first
  const circled = text.charCodeAt(at)
  if (circled >= 0x2460 && circled <= 0x2473) return { level: 6, end: at + 1 }
  if (text[at] === '第') {
    let close = at + 1
    while (close < at + 5 && (HAN_NUMERALS.includes(text[close] ?? '-') || isDigit(text, close))) close++
    if (close > at + 1 && '章节篇编'.includes(text[close] ?? '-'))
      return { level: 2, end: skipSpaces(text, close + 1, end) }
    return none
  }
  const bracket = text[at] === '('
  if (bracket) at++
  const from = at
  while (at < from + 4 && HAN_NUMERALS.includes(text[at] ?? '-')) at++
  const isHanNumber = at > from
  if (!isHanNumber) while (at < from + 3 && isDigit(text, at)) at++
  if (at === from || at - from > 3) return none
  if (bracket) {
    if (text[at] !== ')') return none
    let close = at + 1
    if ('、,.'.includes(text[close] ?? '-')) close++
    return { level: isHanNumber ? 3 : 5, end: skipSpaces(text, close, end) }
  }
  const sign = text[at] ?? ''
  if (isHanNumber) {
    if (sign === '、' || (sign === ',' && !HAN_NUMERALS.includes(text[at + 1] ?? '-')) || sign === '.')
      return { level: 2, end: skipSpaces(text, at + 1, end) }
    return none
  }
  if (sign === '、' || sign === ')' || ((sign === '.' || sign === ',') && !isDigit(text, at + 1)))
    return { level: sign === ')' ? 5 : 4, end: skipSpaces(text, at + 1, end) }
  // `1 积极推进`: a list number set apart by a blank.
  if (sign === ' ' && isHan(text, at + 1) && at - from <= 2 && !'年月日个项家'.includes(text[at + 1]!))
    return { level: 4, end: at + 1 }
  return none
}

/** A line without number that stands as a title: short, no full stop, no comma. */
function isBareTitle(text: string, first: number, end: number, index: number): boolean {
  if (end - first > (index === 0 ? MAX_HEADING : 26)) return false
  for (let at = first; at < end; at++) if ('。;,!?'.includes(text[at]!)) return false
  const last = text[end - 1]!
  // 接听科技求助电话(个): a chart or table by its caption, which no section follows from.
  if (last === ')' && /\([^()]{1,6}\)$/.test(text.slice(Math.max(first, end - 8), end))) return false
  return last !== ':' && isHan(text, first) && !isDigit(text, end - 1)
}

/** What the heading says: the line, or its first sentence when text goes on in the same line. */
function headingText(text: string, from: number, end: number): string {
  const limit = Math.min(end, from + MAX_HEADING)
  let at = from
  while (at < limit && !'。;:!?'.includes(text[at]!)) at++
  if (at === limit && limit < end) {
    at = from
    while (at < limit && !',。'.includes(text[at]!)) at++
  }
  return text.slice(from, at).trim()
}

/** `| a | b |` and tab-separated lines. */
function tableCells(text: string, first: number, end: number): Cell[] | null {
  const pipe = text[first] === '|'
  const separator = pipe ? '|' : '\t'
  const cells: Cell[] = []
  let from = pipe ? first + 1 : first
  for (let at = from; at <= end; at++) {
    if (at < end && text[at] !== separator) continue
    if (!(pipe && at === end && skipSpaces(text, from, end) === end)) cells.push(trimmed(text, from, at))
    from = at + 1
  }
  return cells.length >= 2 ? cells : null
}

function trimmed(text: string, from: number, to: number): Cell {
  const start = skipSpaces(text, from, to)
  let end = to
  while (end > start && isSpace(text, end - 1)) end--
  return { start, end }
}

/** Finds, by halving, the cell that holds an offset; -1 when none does. */
export function cellAt(cells: readonly Cell[], offset: number): number {
  let low = 0
  let high = cells.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (cells[middle]!.start <= offset) low = middle
    else high = middle - 1
  }
  const cell = cells[low]
  return cell && cell.start <= offset && offset < cell.end ? low : -1
}
