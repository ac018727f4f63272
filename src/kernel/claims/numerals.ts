import { isDigit } from './characters.ts'
import { GREAT, HAN_DIGITS, HanSum, TENS } from './han-sum.ts'

/** A number as written, before its unit. */
export interface Numeral {
  readonly start: number
  readonly end: number
  /** Mantissa: 1.2 of `1.2万`; the lower end of `三五`. */
  readonly value: number
  readonly upper: number | null
  /** What the mantissa is multiplied with: 10000 for `万`. */
  readonly scale: number
  readonly scaleText: string
  /** Digits after the point of the mantissa. */
  readonly decimals: number
  /** 余, 多, 来, 几 written inside or right after the number, or 近, 上, 数 fused in front of 百, 千, 万. */
  readonly vague: string
  readonly arabic: boolean
  /** `二〇二四`, `一二三`: digits in a row, a year or a list rather than a quantity. */
  readonly digitsOnly: boolean
}

const VAGUE = new Set(['余', '多', '来', '几'])
/** 千克, 千瓦 …: here 千 belongs to the unit. */
const AFTER_KILO = new Set([...'克米瓦伏焦卡赫帕升'])

/** Reads the number that begins at `at`, or null. `raw` is the text before folding, to tell `，` from `,`. */
export function readNumeral(text: string, at: number, raw: string): Numeral | null {
  if (isDigit(text, at)) return readArabic(text, at, raw)
  return readHan(text, at)
}

function readArabic(text: string, start: number, raw: string): Numeral {
  const plain = readDigits(text, start, raw)
  let { end } = plain
  let { value, decimals } = plain
  let vague = ''
  let scale = 1
  let scaleText = ''
  const first = readScale(text, end)
  if (first) {
    ;({ scale, scaleText, end, vague } = first)
    // 2亿3000万, 3万4千: a second, smaller part makes one number of both.
    const more = isDigit(text, end) && vague === '' ? readDigits(text, end, raw) : null
    const second = more && readScale(text, more.end)
    if (more && second && second.scale < scale && more.value * second.scale < scale) {
      value = value * scale + more.value * second.scale
      ;({ end, vague } = second)
      scale = 1
      scaleText = ''
      decimals = 0
    }
  }
  if (vague === '' && isVagueTail(text, end)) {
    vague = text[end]!
    end += 1
  }
  return { start, end, value, upper: null, scale, scaleText, decimals, vague, arabic: true, digitsOnly: false }
}

function readDigits(text: string, start: number, raw: string): { end: number; value: number; decimals: number } {
  let end = start
  while (isDigit(text, end)) end++
  let digits = text.slice(start, end)
  if (end - start <= 3) {
    while (isThousandsComma(text, end, raw)) {
      digits += text.slice(end + 1, end + 4)
      end += 4
    }
  }
  let decimals = 0
  if (text[end] === '.' && isDigit(text, end + 1)) {
    let tail = end + 1
    while (isDigit(text, tail)) tail++
    decimals = tail - end - 1
    digits += text.slice(end, tail)
    end = tail
  }
  return { end, value: Number(digits), decimals }
}

/** `1,549` and `１，５４９`, but not `3，549个` where the comma is punctuation between half-width digits. */
export function isThousandsComma(text: string, at: number, raw: string): boolean {
  if (text[at] !== ',' || !isDigit(text, at - 1)) return false
  if (!(isDigit(text, at + 1) && isDigit(text, at + 2) && isDigit(text, at + 3)) || isDigit(text, at + 4)) return false
  return raw[at] === ',' || raw.charCodeAt(at - 1) > 0xff00
}

const SCALES: readonly (readonly [string, number])[] = [
  ['万亿', 1e12],
  ['千亿', 1e11],
  ['百亿', 1e10],
  ['十亿', 1e9],
  ['千万', 1e7],
  ['百万', 1e6],
  ['十万', 1e5],
  ['亿', 1e8],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 1e2],
]

function readScale(text: string, at: number): { scale: number; scaleText: string; end: number; vague: string } | null {
  const vague = VAGUE.has(text[at] ?? '') ? text[at]! : ''
  let from = at + vague.length
  if (vague === '') while (text[from] === ' ' && from < at + 1) from++
  const hit = SCALES.find(([word]) => text.startsWith(word, from))
  if (!hit) return null
  const [word, scale] = hit
  const end = from + word.length
  const next = text[end] ?? ''
  if (word === '百' && (next === '分' || next === '货' || next === '姓')) return null
  if (word === '千' && AFTER_KILO.has(next)) return null
  if (word.endsWith('千') && next === '分') return null
  const tail = vague === '' && isVagueTail(text, end) ? text[end]! : ''
  return { scale, scaleText: word, end: end + tail.length, vague: vague || tail }
}

function isVagueTail(text: string, at: number): boolean {
  const ch = text[at]
  const next = text[at + 1] ?? ''
  if (ch === '余') return next !== '额' && next !== '热'
  if (ch === '多') return next !== '' && !'功媒样渠形业数地'.includes(next)
  if (ch === '+') return true
  return (ch === '来' || ch === '几') && '个人名家项次户天年场只头亩条台'.includes(next)
}

const RUN = new Set([...'零〇一二三四五六七八九两十百千万亿几数余多点半廿卅'])

function readHan(text: string, start: number): Numeral | null {
  const first = text[start] ?? ''
  if (!HAN_DIGITS.has(first) && !TENS.has(first) && !GREAT.has(first) && !'几数近上廿卅'.includes(first)) return null
  let end = start
  let vague = ''
  if ('近上数几'.includes(first)) {
    // 近百, 上千, 数十, 几百: only before a bare power of ten.
    if (!TENS.has(text[start + 1] ?? '') && !GREAT.has(text[start + 1] ?? '')) return null
    if (first === '上' && HAN_DIGITS.has(text[start + 2] ?? '')) return null
    vague = first
    end = start + 1
  }
  const sum = new HanSum()
  while (end < text.length && RUN.has(text[end]!)) {
    const ch = text[end]!
    if (ch === '余' || ch === '多') {
      if (vague !== '' || sum.empty) break
      const next = text[end + 1] ?? ''
      if (!GREAT.has(next) && !isVagueTail(text, end)) break
      vague = ch
    } else if (ch === '几') {
      if (vague !== '' || sum.lastScale === 0) break
      vague = ch
    } else if (ch === '数' || ch === '半') break
    else if (ch === '点') {
      if (!sum.point(text[end + 1] ?? '')) break
    } else if (GREAT.has(ch) && sum.empty && vague === '' && !'余多'.includes(text[end + 1] ?? '-')) break
    else if (ch === '千' && AFTER_KILO.has(text[end + 1] ?? '')) break
    else if (ch === '百' && text[end + 1] === '分') break
    else if (!sum.take(ch)) break
    end++
  }
  if (sum.empty) return null
  const { value, upper, scale, scaleText, decimals, digitsOnly } = sum.result()
  return { start, end, value, upper, scale, scaleText, decimals, vague, arabic: false, digitsOnly }
}
