import type { Language, Words } from '../words.ts'
import {
  compare,
  type Fraction,
  fitsDecimals,
  fromNumber,
  magnitude,
  minus,
  nearestSteps,
  over,
  stepsIn,
  times,
  toDecimal,
  toFixed,
  toNumber,
  whole,
} from './fraction.ts'
import { baseOf, type Unit, unitOf, unitWord } from './units.ts'

/** How a number is to be written; `{}` is the exact number as running text has it. */
export interface Style {
  /** `exact` 3264人次, `about` 3260多人次, `table` 3,264 (digits alone: the unit stands in the head of the column). */
  readonly form?: 'exact' | 'about' | 'table'
  /** `about`: to what; by default tens below 10,000 and at most three digits of 万 or 亿 above. */
  readonly round?: Rounding
  /**
   * `about`: the word that says there is more. Given, it stands whenever there is more; '' rounds to the nearest and
   * says 约 where the digits do not show that they are rounded; by default 多 stands when what is left is worth saying
   * (a tenth of the last digit of 万 or 亿).
   */
  readonly more?: '多' | '余' | ''
  /** The unit to write in: 万元, 亩. */
  readonly in?: string
  /** What stands after the number in Chinese instead of the unit: 名, 份(册), 场(次). */
  readonly classifier?: string
  /** At most so many digits after the point; exactly so many in a table. */
  readonly digits?: number
}

export type Rounding = 'tens' | 'hundreds' | 'thousands' | 'wan' | 'yi'

/** What stands where there is no figure. */
export const MISSING = '—'

/**
 * A figure as a report writes it.
 * @param value in the base unit of `unit` (money in fen, a percentage as a ratio); null when there is no figure
 * Source: GB/T 15835-2011, 4 and 5: Arabic digits, 万 and 亿 as units, 多 and 余 after the digits.
 */
export function writeNumber(value: number | null, unit: string, style: Style = {}, language: Language = 'zh'): string {
  if (value === null || !Number.isFinite(value)) return MISSING
  const declared = unitOf(unit)
  const sign = value < 0 ? '-' : ''
  const size = magnitude(fromNumber(value))
  switch (style.form ?? 'exact') {
    case 'table':
      return signed(sign, inTable(size, tableUnit(unit, style), style))
    case 'about':
      if (declared.measure !== 'ratio') return signed(sign, about(size, declared, style, language))
      return signed(sign, exact(size, declared, style, language))
    case 'exact':
      return signed(sign, exact(size, declared, style, language))
  }
}

/** A rounded zero has no sign. */
const signed = (sign: string, text: string) => (/[1-9]/.test(text) ? sign + text : text)

/** The unit of a column of figures, for its head. */
export function tableUnit(unit: string, style: Style = {}): Unit {
  if (style.in) return unitOf(style.in)
  const declared = unitOf(unit)
  if (declared.id !== declared.base) return declared
  return unitOf({ fen: 'yuan', g: 'kg', mm: 'm' }[declared.id] ?? declared.id)
}

/** Units that an exact amount climbs to, largest first, while two decimals hold it. */
const LADDERS: Readonly<Record<string, readonly string[]>> = {
  fen: ['yi-yuan', 'wan-yuan', 'yuan'],
  g: ['tonne', 'kg', 'g'],
  mm: ['km', 'm', 'cm', 'mm'],
}
const LADDERS_EN: Readonly<Record<string, readonly string[]>> = { ...LADDERS, fen: ['yuan'] }
const DECIMALS = 2
/** A percentage keeps one decimal, hence a bare ratio three. */
const decimalsOf = ({ id, measure }: Unit) => (id === 'ratio' ? 3 : measure === 'ratio' ? 1 : DECIMALS)

const amountIn = (size: Fraction, unit: Unit) => over(times(size, baseOf(unit).factor), unit.factor)

function exact(size: Fraction, declared: Unit, style: Style, language: Language): string {
  const unit = style.in ? unitOf(style.in) : largestHolding(size, declared, language)
  const text = toDecimal(amountIn(size, unit), style.digits ?? decimalsOf(unit))
  return language === 'zh' ? text + (style.classifier ?? unit.zh) : joined(separated(text), unit, text === '1')
}

function largestHolding(size: Fraction, declared: Unit, language: Language): Unit {
  const ladder = (language === 'zh' ? LADDERS : LADDERS_EN)[declared.id]?.map(unitOf)
  if (!ladder) return language === 'en' && declared.measure === 'money' ? unitOf('yuan') : declared
  const holds = (unit: Unit) => {
    const amount = amountIn(size, unit)
    return compare(amount, whole(1)) >= 0 && fitsDecimals(amount, DECIMALS)
  }
  return ladder.find(holds) ?? ladder.at(-1)!
}

const joined = (text: string, unit: Unit, one: boolean) =>
  ['', '%', '‰'].includes(unit.en) ? text + unit.en : `${text} ${unitWord(unit, 'en', one)}`

function inTable(size: Fraction, unit: Unit, { digits }: Style): string {
  const amount = amountIn(size, unit)
  return separated(digits === undefined ? toDecimal(amount, decimalsOf(unit)) : toFixed(amount, digits))
}

/** Thousands by comma. Source: GB/T 15835-2011, 5.1.1 */
const separated = (text: string) => text.replace(/^\d+/, digits => digits.replace(/\B(?=(\d{3})+$)/g, ','))

interface Rounded {
  readonly amount: Fraction
  /** The written number counts these: 1, 万 or 亿. */
  readonly scale: Scale
  readonly digits: number
  readonly more: boolean
  /** Rounded, and the digits alone do not show it. */
  readonly circa: boolean
}

interface Scale {
  readonly word: string
  readonly size: bigint
}

const PLAIN: Scale = { word: '', size: 1n }
const WAN: Scale = { word: '万', size: 10_000n }
const YI: Scale = { word: '亿', size: 100_000_000n }

function about(size: Fraction, declared: Unit, style: Style, language: Language): string {
  const { unit, round } = aboutIn(size, declared, style)
  const amount = amountIn(size, unit)
  if (compare(amount, whole(10)) < 0) return exact(size, unit, { ...style, in: unit.id }, language)
  const rounded = roundedTo(amount, round, style)
  const written = toDecimal(over(rounded.amount, whole(rounded.scale.size)), rounded.digits)
  if (language === 'en') {
    const digits = separated(toDecimal(rounded.amount, 0))
    const hedge = rounded.more ? 'more than ' : compare(rounded.amount, amount) === 0 ? '' : 'about '
    return hedge + joined(digits, unit, false)
  }
  const more = rounded.more ? style.more || '多' : ''
  return (rounded.circa ? '约' : '') + written + rounded.scale.word + more + (style.classifier ?? unit.zh)
}

/** 万元 and 亿元 are 元 told in 万 and 亿: 多 stands between them (27万多元). */
function aboutIn(size: Fraction, declared: Unit, style: Style): { unit: Unit; round: Rounding | undefined } {
  const wanted = style.in ? unitOf(style.in) : declared
  if (wanted.id === 'wan-yuan') return { unit: unitOf('yuan'), round: style.round ?? 'wan' }
  if (wanted.id === 'yi-yuan') return { unit: unitOf('yuan'), round: style.round ?? 'yi' }
  if (style.in || LADDERS[wanted.id] === undefined) return { unit: wanted, round: style.round }
  if (wanted.id === 'fen') return { unit: unitOf('yuan'), round: style.round }
  const ladder = LADDERS[wanted.id]!.map(unitOf)
  const unit = ladder.find(one => compare(amountIn(size, one), whole(10)) >= 0) ?? ladder.at(-1)!
  return { unit, round: style.round }
}

function roundedTo(amount: Fraction, round: Rounding | undefined, style: Style): Rounded {
  const { scale, step, digits } = stepOf(amount, round, style.digits)
  const down = times(step, whole(stepsIn(amount, step)))
  const left = minus(amount, down)
  if (style.more === '') {
    const nearest = times(step, whole(nearestSteps(amount, step)))
    return { amount: nearest, scale, digits, more: false, circa: scale === PLAIN && left.n > 0n }
  }
  const worthSaying = scale === PLAIN ? HALF : over(step, whole(10))
  const more = style.more ? left.n > 0n : compare(left, worthSaying) >= 0
  return { amount: down, scale, digits, more, circa: false }
}

const HALF: Fraction = { n: 1n, d: 2n }

interface Step {
  readonly scale: Scale
  readonly step: Fraction
  readonly digits: number
}

/** What to round to: as asked, unless nothing would be left of the number. The amount is at least 10. */
function stepOf(amount: Fraction, round: Rounding | undefined, digits: number | undefined): Step {
  const reaches = (size: bigint) => compare(amount, whole(size)) >= 0
  const plain = (size: bigint): Step => ({ scale: PLAIN, step: whole(size), digits: 0 })
  const scaled = (scale: Scale): Step => {
    const kept = digits ?? (reaches(scale.size * 100n) ? 0 : 1)
    return { scale, step: { n: scale.size, d: 10n ** BigInt(kept) }, digits: kept }
  }
  if (round === 'yi' && reaches(YI.size)) return scaled(YI)
  if (round === 'wan' && reaches(WAN.size)) return scaled(WAN)
  if (round === 'thousands' && reaches(1000n)) return plain(1000n)
  if (round === 'hundreds' && reaches(100n)) return plain(100n)
  if (round === 'tens') return plain(10n)
  if (reaches(YI.size)) return scaled(YI)
  if (reaches(WAN.size)) return scaled(WAN)
  return plain(10n)
}

export interface Comparison {
  /** The period compared with: the whole year before, the same period of the year before, the period before. */
  readonly against?: 'last-year' | 'same-period' | 'previous'
  /** `amount` 比上年增加16万元, `percent` 同比增长11.6%, `both`. */
  readonly by?: 'amount' | 'percent' | 'both'
  /** How the difference is written. */
  readonly style?: Style
}

interface Terms {
  readonly than: Words
  readonly rate: Words
}

const TERMS: Readonly<Record<NonNullable<Comparison['against']>, Terms>> = {
  'last-year': {
    than: { zh: '上年', en: 'the year before' },
    rate: { zh: '同比', en: 'year on year' },
  },
  'same-period': {
    than: { zh: '上年同期', en: 'the same period of the year before' },
    rate: { zh: '同比', en: 'year on year' },
  },
  previous: {
    than: { zh: '上期', en: 'the period before' },
    rate: { zh: '环比', en: 'on the period before' },
  },
}

/**
 * A figure against an earlier one, as a report says it. Both are in the base unit of `unit`. Without a base to divide
 * by (zero, negative) the amount is told instead of a percentage; percentages themselves are compared in points.
 */
export function comparison(
  now: number | null,
  before: number | null,
  unit: string,
  { against = 'last-year', by = 'amount', style = {} }: Comparison = {},
): Words {
  const { than, rate } = TERMS[against]
  if (now === null || before === null) return { zh: `${than.zh}无可比数字`, en: `no comparable figure for ${than.en}` }
  const difference = minus(fromNumber(now), fromNumber(before))
  if (difference.n === 0n) return { zh: `与${than.zh}持平`, en: `unchanged from ${than.en}` }
  const rises = difference.n > 0n
  if (unitOf(unit).measure === 'ratio') return points(difference, than)
  const amount = amountWords(magnitude(difference), unit, rises, than, style)
  const growth = before > 0 ? over(difference, fromNumber(before)) : null
  if (by === 'amount' || growth === null) return amount
  const percent = percentOf(growth)
  if (percent === '0') return by === 'percent' ? aboutSame(than) : amount
  const zh = `${rises ? '增长' : '下降'}${percent}%`
  const en = `${rises ? 'up' : 'down'} ${percent}%`
  if (by === 'percent') return { zh: rate.zh + zh, en: `${en} ${rate.en}` }
  return { zh: `${amount.zh}，${zh}`, en: `${amount.en}, ${en}` }
}

const percentOf = ({ n, d }: Fraction) => toDecimal(magnitude({ n: n * 100n, d }), 1)

const aboutSame = (than: Words): Words => ({ zh: `与${than.zh}基本持平`, en: `about the same as ${than.en}` })

function amountWords(size: Fraction, unit: string, rises: boolean, than: Words, style: Style): Words {
  const value = toNumber(size)
  return {
    zh: `比${than.zh}${rises ? '增加' : '减少'}${writeNumber(value, unit, style)}`,
    en: `${writeNumber(value, unit, style, 'en')} ${rises ? 'more' : 'less'} than in ${than.en}`,
  }
}

function points(difference: Fraction, than: Words): Words {
  const size = percentOf(difference)
  if (size === '0') return aboutSame(than)
  const rises = difference.n > 0n
  return {
    zh: `比${than.zh}${rises ? '提高' : '降低'}${size}个百分点`,
    en: `${size} percentage ${size === '1' ? 'point' : 'points'} ${rises ? 'higher' : 'lower'} than in ${than.en}`,
  }
}
