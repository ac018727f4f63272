/** An exact number n/d with d > 0: 1 亩 is 2000/3 m², which no decimal holds. Not kept in lowest terms. */
export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

export const whole = (n: bigint | number): Fraction => ({ n: BigInt(n), d: 1n })

/** The number that a decimal text writes (`-12.50`, `1e-7`); the text must be a number. */
export function fromText(text: string): Fraction {
  const match = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!match) throw new Error(`not a decimal: ${text}`)
  const [, sign, integer = '', decimals = '', exponent = '0'] = match
  const digits = BigInt(`${sign}${integer}${decimals}` || '0')
  const power = Number(exponent) - decimals.length
  return power >= 0 ? whole(digits * 10n ** BigInt(power)) : { n: digits, d: 10n ** BigInt(-power) }
}

/** The decimal that a number prints as: 0.1 is one tenth, as whoever entered it meant. */
export const fromNumber = (value: number): Fraction => fromText(String(value))

export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d })

/** b must not be zero. */
export const over = (a: Fraction, b: Fraction): Fraction =>
  b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: a.d * -b.n }

export const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
export const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const magnitude = ({ n, d }: Fraction): Fraction => ({ n: n < 0n ? -n : n, d })

/** Negative when a < b, zero when equal. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** How many whole steps lie in a non-negative number. */
export const stepsIn = (value: Fraction, step: Fraction): bigint => (value.n * step.d) / (value.d * step.n)

/** The nearest whole number of steps to a non-negative number; half goes up. */
export const nearestSteps = (value: Fraction, step: Fraction): bigint =>
  (2n * value.n * step.d + value.d * step.n) / (2n * value.d * step.n)

/** Whether some decimal with so many digits after the point is exactly this number. */
export const fitsDecimals = ({ n, d }: Fraction, digits: number): boolean => (n * 10n ** BigInt(digits)) % d === 0n

/** Written with at most so many digits after the point (half goes away from zero), without trailing zeros. */
export const toDecimal = (value: Fraction, digits: number): string => {
  const text = toFixed(value, digits)
  return digits === 0 ? text : text.replace(/\.?0+$/, '').replace(/^-0$/, '0')
}

/** Written with exactly so many digits after the point; half goes away from zero. */
export function toFixed(value: Fraction, digits: number): string {
  const scaled = nearestSteps(magnitude(value), { n: 1n, d: 10n ** BigInt(digits) })
  const text = String(scaled).padStart(digits + 1, '0')
  const sign = value.n < 0n && scaled !== 0n ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** The nearest double. */
export function toNumber({ n, d }: Fraction): number {
  if (d === 1n) return Number(n)
  // Twenty significant digits decide the nearest double but for ties that no entered figure comes near.
  const size = String(n < 0n ? -n : n).length - String(d).length
  return Number(toFixed({ n, d }, Math.max(0, 20 - size)))
}
