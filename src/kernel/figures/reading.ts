import { compare, type Fraction, fromNumber, fromText, minus, over, plus, times, whole } from './fraction.ts'
import { baseOf, type Unit, unitNamed } from './units.ts'

/** What a written number says: an exact value, or the range that a rounded one or a hedge leaves open. */
export interface Reading {
  /** Nothing in the writing rounds or hedges. */
  readonly exact: boolean
  /** In the base unit. */
  readonly value: Fraction
  covers(value: number): boolean
}

const WRITTEN = /^(约?)(-?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d,.])(万|亿)?(多|余)?(.*)$/su
const SCALES: Readonly<Record<string, bigint>> = { 万: 10_000n, 亿: 100_000_000n }

/**
 * Reads a number as a report writes it: `3264人次`, `3260多人次`, `1.2万人次`, `27万元`, `11.6%`.
 * `3260多` is more than 3260 and less than 3270; `1.2万` and `约200` are what rounds to them; a count in digits alone is
 * exact.
 * @param unit what the figure is in; another unit of the same measure may stand in the text
 * @returns null when it is not written so
 */
export function readNumber(text: string, unit: Unit): Reading | null {
  const match = WRITTEN.exec(text.trim())
  if (!match) return null
  const [, circa, sign, digits = '', scaleWord, more, rest = ''] = match
  const written = unitNamed(rest)
  const used = written.ok && written.value.measure === unit.measure && unit.measure !== 'count' ? written.value : unit
  const toBase = over(times(whole(scaleWord ? SCALES[scaleWord]! : 1n), used.factor), baseOf(used).factor)
  const plain = fromText(digits.replaceAll(',', ''))
  const value = times(plain, toBase)
  const exact = !circa && !more && !scaleWord && !digits.includes('.') && used.measure === 'count'
  const step = times(more || circa ? roundedPlace(digits) : lastPlace(digits), toBase)
  const half = over(step, whole(2))
  return {
    exact,
    value: sign ? times(value, whole(-1)) : value,
    covers: given => {
      const size = times(fromNumber(given), whole(sign ? -1 : 1))
      if (more) return compare(size, value) > 0 && compare(size, plus(value, step)) < 0
      if (exact) return compare(size, value) === 0
      return compare(size, minus(value, half)) >= 0 && compare(size, plus(value, half)) <= 0
    },
  }
}

/** The place of the last digit: 1.2 → 0.1. */
function lastPlace(digits: string): Fraction {
  const decimals = digits.split('.')[1]?.length ?? 0
  return { n: 1n, d: 10n ** BigInt(decimals) }
}

/** The place that a hedged number was rounded to: 3260多 → 10, 200多 → 100, 2.2多 → 0.1. */
function roundedPlace(digits: string): Fraction {
  if (digits.includes('.')) return lastPlace(digits)
  return whole(10n ** BigInt(/0*$/.exec(digits)![0].length))
}
