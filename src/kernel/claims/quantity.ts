import { isDigit, isHan, isLatin } from './characters.ts'
import { isQuantity } from './judge.ts'
import type { Paragraph } from './layout.ts'
import { type Numeral, readNumeral } from './numerals.ts'
import { type Quantity, type Source, tidy } from './quantity-found.ts'
import { readShape } from './shapes.ts'
import { readUnit, type Unit } from './units.ts'

/** The longest list of bare numbers that share one unit: `3、5、7个`. */
const MAX_LIST = 16

/** Every quantity of the text in order. Each character is looked at a bounded number of times. */
export function findQuantities(source: Source, paragraphs: readonly Paragraph[]): Quantity[] {
  const found: Quantity[] = []
  for (const paragraph of paragraphs) {
    let at = paragraph.body
    while (at < paragraph.end) {
      const read = readAt(source, at, paragraph, found[found.length - 1])
      for (const quantity of read.quantities) if (quantity.end <= paragraph.end) found.push(quantity)
      at = Math.max(read.end, at + 1)
    }
  }
  return found
}

interface Read {
  readonly quantities: readonly Quantity[]
  readonly end: number
}

function readAt(source: Source, at: number, paragraph: Paragraph, before: Quantity | undefined): Read {
  const { text, raw, zones } = source
  const shape = readShape(source, at)
  if (shape) return { quantities: [shape], end: shape.end }
  if (zones.isMasked(at)) return { quantities: [], end: at + 1 }
  const numeral = readNumeral(text, at, raw)
  if (!numeral) return { quantities: [], end: at + 1 }
  const amount = readAmount(source, numeral)
  const list = amount.unit ? null : readList(source, numeral, amount.end)
  if (list) return list
  const quantity = toQuantity(source, amount)
  const isAccepted = isQuantity({ source, paragraph, numeral, unit: amount.unit, quantity, before })
  return { quantities: isAccepted ? [quantity] : [], end: isAccepted ? quantity.end : skipRun(text, numeral.end) }
}

/** A refused run of digits is left whole, so that no tail of it is taken for a number. */
function skipRun(text: string, from: number): number {
  let end = from
  while (isDigit(text, end) || ((text[end] === '.' || text[end] === '-') && isDigit(text, end + 1))) end++
  return end
}

interface Amount {
  readonly numeral: Numeral
  readonly upper: Numeral | null
  readonly unit: Unit | null
  readonly end: number
  readonly vague: string
}

/** A number or range with its unit, and the 多 or 余 that may follow the unit (3个多月, 5年多). */
function readAmount({ text, raw }: Source, numeral: Numeral): Amount {
  const own = readUnit(text, numeral.end)
  const upper = readRangeEnd(text, raw, numeral, own)
  const unit = upper ? upper.unit : own
  const end = unit?.end ?? (upper?.numeral ?? numeral).end
  const vague = numeral.vague || upper?.numeral.vague || ''
  if (vague === '' && unit && (text[end] === '余' || (text[end] === '多' && !isHan(text, end + 1))))
    return { numeral, upper: null, unit, end: end + 1, vague: text[end]! }
  return { numeral, upper: upper?.numeral ?? null, unit, end, vague }
}

const RANGE_SIGNS = ['——', '—', '-', '~', '至', '到'] as const

function readRangeEnd(text: string, raw: string, first: Numeral, own: Unit | null) {
  if (first.upper !== null) return null
  const from = own?.end ?? first.end
  const sign = RANGE_SIGNS.find(each => text.startsWith(each, from))
  if (sign === undefined) return null
  // 从5个到8个 moves from one to the other; 5个到8个 is a range.
  if (own && (sign === '到' || sign === '至') && /[由从]/.test(text.slice(Math.max(0, first.start - 12), first.start)))
    return null
  const numeral = readNumeral(text, from + sign.length, raw)
  if (!numeral || numeral.arabic !== first.arabic || numeral.digitsOnly) return null
  const unit = readUnit(text, numeral.end)
  if (!unit || (own && own.base !== unit.base)) return null
  // 3—5万: the magnitude stands once for both ends.
  const isShared = !own && first.scale === 1
  const low = isShared ? first.value : first.value * first.scale * (own?.factor ?? 1)
  const high = isShared ? numeral.value : numeral.value * numeral.scale * (own ? unit.factor : 1)
  if (low > high) return null
  return { numeral, unit }
}

function readList(source: Source, first: Numeral, from: number): Read | null {
  const { text, raw, zones } = source
  const numerals = [first]
  let end = from
  while (numerals.length < MAX_LIST) {
    const sign = text[end] ?? ''
    if (sign !== '、' && sign !== '和' && sign !== '与' && sign !== '及') return null
    const minus = text[end + 1] === '-' ? 1 : 0
    const next = zones.isMasked(end + 1) ? null : readNumeral(text, end + 1 + minus, raw)
    if (!next || next.arabic !== first.arabic || next.digitsOnly || next.vague !== '') return null
    numerals.push(next)
    const unit = readUnit(text, next.end)
    if (!unit) {
      end = next.end
      continue
    }
    if (unit.strength === 'weak' || !isArabicList(text, first, numerals)) return null
    const quantities = numerals.map(numeral => {
      const isLast = numeral === next
      const whole = toQuantity(source, { numeral, upper: null, unit, end: isLast ? unit.end : numeral.end, vague: '' })
      const scale = numeral.scale === 1 ? next.scale : numeral.scale
      return isLast ? whole : rescaled(whole, numeral, scale, `${next.scaleText}${unit.written}`, unit)
    })
    return { quantities, end: unit.end }
  }
  return null
}

/** `1、积极推进` numbers an item; a list of quantities stands after a word. */
const isArabicList = (text: string, first: Numeral, numerals: readonly Numeral[]): boolean =>
  first.arabic && numerals.length >= 2 && (isHan(text, first.start - 1) || text[first.start - 1] === ' ')

function rescaled(quantity: Quantity, numeral: Numeral, scale: number, unit: string, { factor }: Unit): Quantity {
  const step = 10 ** -numeral.decimals * scale * factor
  return { ...quantity, unit, factor: scale * factor, step }
}

function toQuantity({ text }: Source, { numeral, upper, unit, end, vague }: Amount): Quantity {
  const { start } = signedStart(text, numeral)
  const sign = start < numeral.start ? -1 : 1
  const outer = upper ?? numeral
  const scale = outer.scale
  const isOwnScale = numeral.scale !== 1 || !upper
  const value = isOwnScale ? (numeral.value * numeral.scale) / scale : numeral.value
  const factor = scale * (unit?.factor ?? 1)
  const unitStart = unit ? unit.start : 0
  const tail = unit ? text.slice(unitStart, unit.end) : ''
  const top = upper?.value ?? (numeral.upper === null ? null : numeral.upper)
  return {
    start,
    end,
    value: tidy(value * sign),
    upper: top,
    unit: `${outer.scaleText}${tail}`,
    base: unit?.base ?? '',
    kind: unit?.kind ?? 'count',
    factor,
    step: 10 ** -numeral.decimals * factor * ownStep(numeral),
    vague,
    arabic: numeral.arabic,
    confidence: unit ? (unit.strength === 'weak' ? 0.8 : numeral.arabic ? 0.98 : 0.9) : 0.7,
    terms: null,
  }
}

/** 2亿3000万 is written in 万: its step is not one. */
const ownStep = (numeral: Numeral): number =>
  numeral.scale === 1 && numeral.value >= 1e8 && numeral.value % 1e4 === 0 ? 1e4 : 1

/** `-3.2%` after a word or mark; a dash between numbers is a range. */
function signedStart(text: string, numeral: Numeral): { start: number } {
  const at = numeral.start - 1
  if (!numeral.arabic || text[at] !== '-') return { start: numeral.start }
  const isJoint = isDigit(text, at - 1) || isLatin(text, at - 1) || text[at - 1] === '-' || text[at - 1] === '%'
  return { start: isJoint ? numeral.start : at }
}
