import type { Claim } from './claim.ts'
import type { Evidence } from './evidence.ts'
import { tidy } from './quantity-found.ts'

export interface Range {
  readonly low: number
  readonly high: number
}

/** What a claim allows in a calculation: the qualifier's bounds, else half a step when it was rounded, else itself. */
export function rangeOf({ claim, quantity }: Evidence): Range {
  const isLoose = quantity.vague !== '' || (claim.qualifier !== null && claim.qualifier !== '据不完全统计')
  if (isLoose) return { low: claim.covers.from ?? -Infinity, high: claim.covers.to ?? Infinity }
  const value = claim.normalized
  const half = isRounded(claim) ? quantity.step / 2 : 0
  return { low: value - half, high: (claim.normalizedUpper ?? value) + half }
}

/** Whole 万元 and plain counts are taken as exact; decimals and 亿, 万人 were rounded. */
const isRounded = (claim: Claim): boolean => {
  if (claim.quote.includes('.') || claim.kind === 'ratio') return true
  if (claim.unit.startsWith('亿') || (claim.unit.startsWith('万') && claim.kind !== 'money')) return true
  return claim.kind === 'percent'
}

/** Ranges for a sum, the whole first: a long whole written more coarsely than its parts was rounded (1514976 = 99455.3 + …). */
export function rangesFor([whole, ...parts]: readonly [Evidence, ...Evidence[]]): [Range, ...Range[]] {
  const finest = Math.min(...parts.map(each => each.quantity.step))
  const isCoarse = whole.quantity.step > finest * 1.001 && significantDigits(whole) >= 5 && whole.claim.kind !== 'count'
  return [isCoarse ? halfStepRange(whole) : rangeOf(whole), ...parts.map(rangeOf)]
}

/** Rounded to the last written digit, whatever the qualifiers say: for quotients. */
export function halfStepRange({ claim, quantity }: Evidence): Range {
  const half = quantity.step / 2
  const isCount = claim.kind === 'count' && quantity.step <= 1
  const own = rangeOf({ claim, quantity } as Evidence)
  const pad = isCount ? 0 : half
  return { low: Math.min(own.low, claim.normalized - pad), high: Math.max(own.high, claim.normalized + pad) }
}

export const add = (ranges: readonly Range[]): Range => ({
  low: ranges.reduce((sum, each) => sum + each.low, 0),
  high: ranges.reduce((sum, each) => sum + each.high, 0),
})

export const minus = (a: Range, b: Range): Range => ({ low: a.low - b.high, high: a.high - b.low })

/** Quotient of positive ranges. */
export const over = (a: Range, b: Range): Range => ({
  low: b.high > 0 ? a.low / b.high : -Infinity,
  high: b.low > 0 ? a.high / b.low : Infinity,
})

export const times = (a: Range, factor: number): Range => ({ low: a.low * factor, high: a.high * factor })

const EPSILON = 1e-9

export function meets(a: Range, b: Range): boolean {
  const slack = EPSILON * Math.max(1, ...[a.low, a.high, b.low, b.high].filter(Number.isFinite).map(Math.abs))
  return a.low <= b.high + slack && b.low <= a.high + slack
}

/** Whether one wrong digit, or two neighbours swapped, turns what should stand there into what does. In base units. */
export function isSlip(written: number, should: number, step: number): boolean {
  if (!(step > 0) || !Number.isFinite(should)) return false
  const a = Math.round(Math.abs(written) / step)
  const b = Math.round(Math.abs(should) / step)
  if (a === b || Math.abs(Math.abs(should) / step - b) > 0.01 * Math.max(1, b * 1e-6)) return false
  return digitsDiffer(String(a), String(b))
}

function digitsDiffer(a: string, b: string): boolean {
  const width = Math.max(a.length, b.length)
  const [x, y] = [a.padStart(width, '0'), b.padStart(width, '0')]
  const places: number[] = []
  for (let at = 0; at < width; at++) if (x[at] !== y[at]) places.push(at)
  if (places.length === 1) return true
  const [p, q] = places
  return places.length === 2 && p! + 1 === q && x[p!] === y[q!] && x[q!] === y[p!]
}

/** Whether changing one written digit brings a figure into a range. */
export function canBecome({ claim, quantity }: Evidence, range: Range): boolean {
  const { step } = quantity
  const digits = String(Math.round(Math.abs(claim.normalized) / step))
  if (digits.length > 15 || !(range.high >= range.low)) return false
  for (let at = 0; at < digits.length; at++)
    for (let digit = 0; digit <= 9; digit++) {
      const mended = Number(`${digits.slice(0, at)}${digit}${digits.slice(at + 1)}`) * step
      if (mended >= range.low * (1 - EPSILON) && mended <= range.high * (1 + EPSILON)) return true
    }
  return false
}

/** Digits that carry information: 3 of 1540, 4 of 1549. */
export const significantDigits = ({ claim, quantity }: Evidence): number =>
  String(Math.round(Math.abs(claim.normalized) / quantity.step)).replace(/0+$/, '').length

/** The claim as the arithmetic shows it. */
export const shown = ({ claim }: Evidence): string => claim.quote.replace(/\s/g, '')

export function rounded(value: number, digits: number): string {
  const places = Math.max(0, Math.min(digits, 6))
  return String(tidy(Number(value.toFixed(places))))
}

/** Digits after the point of a claim in its written unit. */
export const decimalsOf = ({ claim }: Evidence): number => /\.(\d+)/.exec(claim.quote)?.[1]?.length ?? 0
