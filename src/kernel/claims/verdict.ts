import type { Claim } from './claim.ts'

/** What comes of holding a claim against the ledger. */
export type Verdict = 'agrees' | 'agrees-rounded' | 'disagrees' | 'no-indicator' | 'no-records'

export interface Compared {
  readonly verdict: 'agrees' | 'agrees-rounded' | 'disagrees'
  /** What the claim states more than the ledger, in the indicator's base unit; 0 when it agrees. */
  readonly difference: number
}

/** A count is exact unless it was written with decimals: a third of a target told as 3.02项. */
function boundsOf({ covers, kind, quote, qualifier, value, normalized }: Claim): Claim['covers'] {
  const decimals = /\.(\d+)/.exec(quote.normalize('NFKC'))?.[1]?.length
  if (kind !== 'count' || decimals === undefined || qualifier !== null || covers.from !== covers.to) return covers
  const half = (0.5 * 10 ** -decimals * normalized) / (value || 1)
  return { from: normalized - half, to: normalized + half }
}

/** Floating point of a few operations; figures themselves are integers or quotients of them. */
const SLACK = 1e-9

/**
 * Compares a claim with the ledger's figure: as exactly as it is written.
 * @param scale multiplies the claim's values to the base unit of the figure
 */
export function compared(claim: Claim, scale: number, figure: number): Compared {
  const sign = claim.polarity === 'decrease' ? -1 : 1
  const stated = claim.normalized * scale * sign
  const size = figure * sign
  const near = (a: number, b: number) => Math.abs(a - b) <= SLACK * Math.max(1, Math.abs(a), Math.abs(b))
  if (claim.normalizedUpper === null && near(claim.normalized * scale, size))
    return { verdict: 'agrees', difference: 0 }
  const { from, to } = boundsOf(claim)
  // A mean of whole things is stated as a whole number: 80多分钟 holds 89.6.
  const isPart = claim.kind !== 'money' && claim.kind !== 'percent' && !Number.isInteger(size)
  const sizes = isPart ? [size, Math.floor(size), Math.round(size)] : [size]
  const isCovered = sizes.some(
    value =>
      (from === null || value > from * scale || near(value, from * scale)) &&
      (to === null || value < to * scale || near(value, to * scale)),
  )
  if (isCovered) return { verdict: 'agrees-rounded', difference: 0 }
  const difference = stated - figure
  return { verdict: 'disagrees', difference: Number(difference.toPrecision(12)) }
}
