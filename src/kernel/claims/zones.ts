import { isDigit, isHan, isLatin } from './characters.ts'
import { type DateMark, readDate } from './dates.ts'
import { IDIOMS } from './idioms.ts'
import type { Paragraph } from './layout.ts'
import { readUnit } from './units.ts'

/** Stretches of text in which no number is a claim, and the dates found on the way. */
export interface Zones {
  readonly isMasked: (at: number) => boolean
  readonly dates: readonly DateMark[]
}

const QUOTES = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
  ['『', '』'],
  ['"', '"'],
  ["'", "'"],
])
/** A quotation this short is a name or slogan; a longer one is speech that may state figures. */
const NAME_LENGTH = 14
const TITLE_LENGTH = 80

/** One pass; every reader looks ahead a bounded number of characters. */
export function findZones(text: string, paragraphs: readonly Paragraph[]): Zones {
  const mask = new Uint8Array(text.length + 1)
  const dates: DateMark[] = []
  for (const paragraph of paragraphs) {
    mask.fill(1, paragraph.start, paragraph.body)
    if (isPageFurniture(text, paragraph)) mask.fill(1, paragraph.start, paragraph.end)
    let at = paragraph.body
    while (at < paragraph.end) {
      const end = Math.min(zoneEnd(text, at, paragraph, dates), paragraph.end)
      if (end > at) mask.fill(1, at, end)
      at = Math.max(end, at + 1)
    }
  }
  return { isMasked: at => mask[at] === 1, dates }
}

/** `共4页,当前第1页`, `第 3 页 共 10 页`, `— 12 —`, `编辑:`. */
function isPageFurniture(text: string, { start, end }: Paragraph): boolean {
  const line = text.slice(start, Math.min(end, start + 80))
  const isPageNumber =
    line.includes('当前第') || (line.includes('第') && line.includes('页') && line.includes('共') && end - start < 24)
  if (isPageNumber) return true
  // Counters that a web page leaves in copied text.
  if (end - start < 16 && /^\s*\d+[位人次]?(?:用户|网友)?(?:关注|浏览|阅读|点赞|收藏|评论|下载)/.test(line)) return true
  return end - start < 16 && !/[^-—·\s\d]/.test(line)
}

function zoneEnd(text: string, at: number, paragraph: Paragraph, dates: DateMark[]): number {
  const ch = text[at]!
  const close = QUOTES.get(ch)
  if (close !== undefined) return quoteEnd(text, at, close)
  if (ch === '《') return closing(text, at, '》', TITLE_LENGTH)
  if (ch === '〔' || ch === '[' || ch === '【' || ch === '(') {
    const end = documentNumber(text, at)
    if (end > at) return end
  }
  if (ch === '第') return ordinal(text, at)
  if (isLatin(text, at)) return latin(text, at)
  // An idiom that is also the head of a number (三级, 一期) gives way to dates, e.g. 十一月.
  const date = isInsideNumber(text, at) ? null : readDate(text, at)
  if (date) {
    dates.push(date)
    return date.end
  }
  if (isHan(text, at)) {
    const session = party(text, at)
    if (session > at) return session
    const idiom = IDIOMS.at(text, at)
    if (idiom !== '') return at + idiom.length
    return at
  }
  return isDigit(text, at) ? telephone(text, at, paragraph) : at
}

const isInsideNumber = (text: string, at: number): boolean =>
  at > 0 && (isDigit(text, at - 1) || (text[at - 1] === '.' && isDigit(text, at - 2)))

/** Names in quotation marks; returns `at` when the marks hold ordinary text. */
function quoteEnd(text: string, at: number, close: string): number {
  const end = closing(text, at, close, close === "'" || close === '"' ? 30 : 60)
  if (end === at) return at
  const inner = text.slice(at + 1, end - 1)
  const isSpeech = inner.length > NAME_LENGTH && /[,。;]/.test(inner)
  return isSpeech ? at : end
}

function closing(text: string, at: number, close: string, limit: number): number {
  for (let end = at + 1; end <= at + limit && end < text.length; end++) {
    if (text[end] === close) return end + 1
    if (text[end] === '\n') return at
  }
  return at
}

/** 〔2009〕12号, (2024)5号, [2008]15号. */
function documentNumber(text: string, at: number): number {
  let end = at + 1
  while (end < at + 6 && (isDigit(text, end) || text[end] === '_')) end++
  if (end === at + 1 || !'〕])】'.includes(text[end] ?? '-')) return at
  end++
  if (text[end] === '第') end++
  const from = end
  while (end < from + 5 && isDigit(text, end)) end++
  return text[end] === '号' ? end + 1 : at
}

const ORDINAL_NUMERALS = new Set([...'零〇一二三四五六七八九十百千0123456789'])

/** 第三批, 第18条, 第十届. A rank (居第三位) is read apart, so here the number alone is masked. */
function ordinal(text: string, at: number): number {
  let end = at + 1
  if (text[end] === ' ') end++
  while (end < at + 8 && ORDINAL_NUMERALS.has(text[end]!)) end++
  return end === at + 1 ? at : end
}

/** 十七届二中全会, 七届五次会议, 三十届. */
function party(text: string, at: number): number {
  if (!ORDINAL_NUMERALS.has(text[at]!)) return at
  let end = at
  while (end < at + 4 && ORDINAL_NUMERALS.has(text[end]!)) end++
  if (
    text[end] === '大' &&
    (text[end + 1] === '报' ||
      text[end + 1] === '精' ||
      text[end + 1] === '以' ||
      text[end + 1] === '、' ||
      text[end + 1] === '和')
  )
    return end + 1
  if (text[end] !== '届') return at
  const session = end + 1
  let tail = session
  while (tail < session + 3 && ORDINAL_NUMERALS.has(text[tail] ?? '')) tail++
  if (tail > session && (text[tail] === '次' || text.startsWith('中全会', tail))) return tail + 1
  return at
}

/** Codes and addresses: PM2.5, G30, COVID-19, www.a.cn/12, a12@b.cn. Letters that stand before a plain amount are left. */
function latin(text: string, at: number): number {
  let end = at
  while (end < text.length && end < at + 200) {
    if (isLatin(text, end) || isDigit(text, end)) end++
    else if (
      '-./_:@#&?=%'.includes(text[end]!) &&
      (isLatin(text, end + 1) || isDigit(text, end + 1) || text[end + 1] === '/')
    )
      end++
    else break
  }
  const word = text.slice(at, end)
  const letters = /^[A-Za-z]{2,}(?=[\d.]+$)/.exec(word)?.[0] ?? ''
  // GDP1200亿元, ATM183台: the unit tells an amount from a code.
  const unit = letters === '' || CODES.test(letters) ? null : readUnit(text, end)
  const isAmount =
    letters !== '' && !CODES.test(letters) && ('万亿'.includes(text[end] ?? '-') || (unit && unit.strength !== 'weak'))
  return isAmount ? at + letters.length : end
}

/** Letters whose digits belong to them. */
const CODES = /^(?:PM|COVID|GB|ISO|CO|SO|NO|DN|HPV|QF|ZL)$/i

/** Numbers that are called, not counted: 0792-8123456, 13800138000, 12345热线 is handled with names. */
function telephone(text: string, at: number, paragraph: Paragraph): number {
  if (at > paragraph.body && (isDigit(text, at - 1) || text[at - 1] === '.')) return at
  let end = at
  while (end < at + 24 && isDigit(text, end)) end++
  const length = end - at
  if (text[at] === '0' && (length === 3 || length === 4) && text[end] === '-' && isDigit(text, end + 1)) {
    while (isDigit(text, end + 1)) end++
    return end + 1
  }
  const next = text[end] ?? ''
  const isBare = !'万亿元人个户%件吨亩名项次余多.,'.includes(next) || next === ''
  if (length >= 7 && isBare && !isHan(text, end))
    return /[话:机真线编码号]$/.test(text.slice(Math.max(0, at - 3), at)) || length >= 11 ? end : at
  return at
}
