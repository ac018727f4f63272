import { isDigit } from './characters.ts'
import { HAN_DIGITS } from './han-sum.ts'

/** A date, month, year or time of day in the text. Parts not written are null. */
export interface DateMark {
  readonly start: number
  readonly end: number
  readonly year: number | null
  readonly month: number | null
  readonly day: number | null
  /** The end of a range (1-5月, 2003至2004年度, 23日至25日), else null. */
  readonly until: { readonly year: number | null; readonly month: number | null; readonly day: number | null } | null
}

const isYear = (value: number): boolean => value >= 1900 && value <= 2100
const SEPARATORS = new Set(['-', '—', '~', '至', '到', '、', '/'])

/** Reads the date that begins at `at`, or null. Never reads more than a few dozen characters. */
export function readDate(text: string, at: number): DateMark | null {
  if (isDigit(text, at)) return readClock(text, at) ?? readArabicDate(text, at)
  return readHanDate(text, at)
}

interface Part {
  readonly end: number
  readonly value: number
  readonly length: number
}

function digits(text: string, at: number): Part | null {
  let end = at
  while (isDigit(text, end) && end < at + 5) end++
  return end === at || isDigit(text, end) ? null : { end, value: Number(text.slice(at, end)), length: end - at }
}

/** 8:30, 08:30:15, 14时30分, 8点半, 24时. `1:20` as a ratio is told apart by the caller. */
function readClock(text: string, at: number): DateMark | null {
  const hour = digits(text, at)
  if (!hour || hour.length > 2 || hour.value > 24) return null
  const mark = (end: number): DateMark => ({ start: at, end, year: null, month: null, day: null, until: null })
  const sign = text[hour.end]
  if (sign === ':') {
    const minute = digits(text, hour.end + 1)
    const before = text.slice(Math.max(0, at - 4), at)
    const isTime = /[午晨晚间时日天前后至—~-]$/.test(before) || (minute?.length === 2 && hour.length === 2)
    if (minute?.length !== 2 || minute.value > 59 || !isTime || text[minute.end] === '.' || /比|为$/.test(before))
      return null
    const second = text[minute.end] === ':' ? digits(text, minute.end + 1) : null
    return mark(second?.length === 2 ? second.end : minute.end)
  }
  if (sign !== '时' && sign !== '点') return null
  const after = text[hour.end + 1] ?? ''
  const isPoint = sign === '点' && !'整半至—-许左前后钟,。、;)'.includes(after) && !isDigit(text, hour.end + 1)
  if (isPoint || (sign === '点' && !/[午晨晚日天间早夜每至—-]$/.test(text.slice(Math.max(0, at - 1), at)))) return null
  const minute = digits(text, hour.end + 1)
  if (minute && text[minute.end] === '分') return mark(minute.end + 1)
  return mark(hour.end + 1)
}

function readArabicDate(text: string, at: number): DateMark | null {
  const first = digits(text, at)
  if (!first) return null
  return (
    yearFirst(text, at, first) ?? monthFirst(text, at, first) ?? dayOnly(text, at, first) ?? yearSpan(text, at, first)
  )
}

function yearFirst(text: string, at: number, first: Part): DateMark | null {
  const sign = text[first.end] === ' ' ? first.end + 1 : first.end
  const isLong = first.length === 4 && isYear(first.value)
  const isShort = first.length === 2 && (first.value >= 70 || text[at] === '0')
  if (text[sign] === '年' && (isLong || isShort)) {
    const year = isLong ? first.value : first.value >= 70 ? 1900 + first.value : 2000 + first.value
    let end = sign + 1
    if (text[end] === '度' || text[end] === '份') end++
    const month = digits(text, text[end] === ' ' ? end + 1 : end)
    const rest = month && month.length <= 2 ? monthFirst(text, month.end - month.length, month) : null
    if (rest) return { ...rest, start: at, year }
    const span = rangeTail(text, end)
    if (span && isYear(span.value) && span.length === 4 && text[span.end] === '年')
      return {
        start: at,
        end: span.end + 1,
        year,
        month: null,
        day: null,
        until: { year: span.value, month: null, day: null },
      }
    return { start: at, end, year, month: null, day: null, until: null }
  }
  if (!isLong) return null
  // 2024-05-18, 2024.5.18, 2024/5
  const joint = text[first.end] ?? ''
  if (joint !== '-' && joint !== '.' && joint !== '/') return null
  const month = digits(text, first.end + 1)
  if (!month || month.length > 2 || month.value < 1 || month.value > 12) return null
  if (text[month.end] !== joint) return joint === '.' ? null : mark(at, month.end, first.value, month.value, null)
  const day = digits(text, month.end + 1)
  return day && day.length <= 2 && day.value <= 31 ? mark(at, day.end, first.value, month.value, day.value) : null
}

/** 2003至2004年度, 2024—2026年, (2021-2025). */
function yearSpan(text: string, at: number, first: Part): DateMark | null {
  if (first.length !== 4 || !isYear(first.value)) return null
  const second = rangeTail(text, first.end)
  if (
    second &&
    second.length === 4 &&
    isYear(second.value) &&
    second.value >= first.value &&
    !isUnitLike(text, second.end)
  ) {
    let end = second.end
    if (text[end] === '学') end++
    if (text[end] === '年') end += text[end + 1] === '度' ? 2 : 1
    return {
      start: at,
      end,
      year: first.value,
      month: null,
      day: null,
      until: { year: second.value, month: null, day: null },
    }
  }
  const isBare = text[at - 1] === '(' && text[first.end] === ')'
  return isBare ? mark(at, first.end, first.value, null, null) : null
}

const isUnitLike = (text: string, at: number): boolean => '万亿元人个项户亩名家'.includes(text[at] ?? '-')

function rangeTail(text: string, at: number): Part | null {
  let from = at
  if (!SEPARATORS.has(text[from] ?? '')) return null
  while (SEPARATORS.has(text[from] ?? '') && from < at + 2) from++
  return digits(text, from)
}

function monthFirst(text: string, at: number, first: Part): DateMark | null {
  if (first.length > 2 || first.value < 1 || first.value > 12) return null
  const span = text[first.end] === '月' ? null : rangeTail(text, first.end)
  const last = span && span.length <= 2 && span.value <= 12 && text[span.end] === '月' ? span : null
  if (text[first.end] !== '月' && !last) return null
  let end = (last ?? first).end + 1
  if (last) {
    if (text[end] === '份') end++
    return {
      start: at,
      end,
      year: null,
      month: first.value,
      day: null,
      until: { year: null, month: last.value, day: null },
    }
  }
  const other = rangeTail(text, end)
  if (other && other.length <= 2 && other.value <= 12 && text[other.end] === '月' && !isDigit(text, other.end + 1)) {
    const until = { year: null, month: other.value, day: null }
    return { start: at, end: other.end + 1, year: null, month: first.value, day: null, until }
  }
  const day = digits(text, end)
  if (day && day.length <= 2 && day.value <= 31) {
    const tail = daySpan(text, at, day, first.value)
    if (tail) return tail
  }
  for (const word of ['份', '底', '末', '初', '上旬', '中旬', '下旬', '中下旬', '间'])
    if (text.startsWith(word, end)) {
      end += word.length
      break
    }
  return mark(at, end, null, first.value, null)
}

function daySpan(text: string, at: number, day: Part, month: number | null): DateMark | null {
  const isDay = text[day.end] === '日' || (text[day.end] === '号' && month !== null)
  const second = rangeTail(text, isDay ? day.end + 1 : day.end)
  if (second && second.length <= 2 && second.value <= 31 && text[second.end] === '日')
    return {
      start: at,
      end: second.end + 1,
      year: null,
      month,
      day: day.value,
      until: { year: null, month, day: second.value },
    }
  return isDay ? mark(at, day.end + 1, null, month, day.value) : null
}

function dayOnly(text: string, at: number, first: Part): DateMark | null {
  if (first.length > 2 || first.value < 1 || first.value > 31) return null
  return daySpan(text, at, first, null)
}

const mark = (start: number, end: number, year: number | null, month: number | null, day: number | null): DateMark => ({
  start,
  end,
  year,
  month,
  day,
  until: null,
})

const YEAR_DIGITS = new Map([...HAN_DIGITS, ['o', 0], ['O', 0], ['0', 0]] as [string, number][])

/** 二〇二四年十月十四日, 二00九年, 十二月, 十四日. */
function readHanDate(text: string, at: number): DateMark | null {
  let end = at
  let value = 0
  while (end < at + 4 && YEAR_DIGITS.has(text[end] ?? '') && text[end] !== '两')
    value = value * 10 + YEAR_DIGITS.get(text[end++]!)!
  const year = end === at + 4 && text[end] === '年' && isYear(value) ? value : null
  if (year !== null) {
    const rest = readHanMonth(text, end + 1)
    return rest ? { ...rest, start: at, year } : mark(at, end + 1, year, null, null)
  }
  return readHanMonth(text, at)
}

function readHanMonth(text: string, at: number): DateMark | null {
  const month = smallHan(text, at)
  if (!month || month.value > 12 || text[month.end] !== '月') return null
  const day = smallHan(text, month.end + 1)
  if (day && day.value <= 31 && text[day.end] === '日') return mark(at, day.end + 1, null, month.value, day.value)
  return mark(at, month.end + 1 + (text[month.end + 1] === '份' ? 1 : 0), null, month.value, null)
}

/** 一 to 三十一. */
function smallHan(text: string, at: number): { end: number; value: number } | null {
  let end = at
  const tens = HAN_DIGITS.get(text[end] ?? '')
  if (tens !== undefined && text[end + 1] === '十') end += 2
  else if (text[end] === '十') end += 1
  else return tens && tens > 0 && text[end] !== '两' ? { end: end + 1, value: tens } : null
  const ones = HAN_DIGITS.get(text[end] ?? '')
  const value = (text[at] === '十' ? 10 : tens! * 10) + (ones ?? 0)
  return { end: ones === undefined ? end : end + 1, value }
}
