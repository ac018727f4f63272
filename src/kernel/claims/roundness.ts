import type { Claim } from './claim.ts'

/** Whether more figures are round than counting things gives. */
export interface Roundness {
  /** Counts of at least three digits, written out and not said to be approximate. */
  readonly counted: number
  /** Of these, how many end in 0. */
  readonly round: number
  /** How often so many or more would end in 0 if last digits were all equally likely. */
  readonly probability: number
}

/** Fewer figures say nothing either way. */
const FEWEST = 8
const RARE = 0.01

/**
 * Tests the last digits of a text's counts against a binomial with p = 1/10. Null where there are too few, or nothing
 * remarkable. It proves nothing: quotas, plans and seats are round by nature.
 */
export function roundnessOf(claims: readonly Claim[]): Roundness | null {
  const values = claims
    .filter(
      ({ kind, qualifier, target, threshold, upper, quote, polarity }) =>
        kind === 'count' &&
        qualifier === null &&
        !target &&
        !threshold &&
        upper === null &&
        polarity === 'level' &&
        isPlain(quote),
    )
    .map(({ normalized }) => normalized)
  const distinct = [...new Set(values)].filter(value => value >= 100)
  const round = distinct.filter(value => value % 10 === 0).length
  const probability = binomialTail(distinct.length, round, 0.1)
  if (distinct.length < FEWEST || probability >= RARE) return null
  return { counted: distinct.length, round, probability }
}

/** 1.2万 is rounded openly. */
const isPlain = (quote: string): boolean => /^[\d,０-９，]+/.test(quote) && !/[.．万亿千百]/.test(quote)

/** P(X ≥ k) of n draws. Source: the recursion of successive terms, exact enough for n below some thousands. */
export function binomialTail(n: number, k: number, p: number): number {
  let term = (1 - p) ** n
  let below = 0
  for (let i = 0; i < k; i++) {
    below += term
    term *= ((n - i) / (i + 1)) * (p / (1 - p))
  }
  return Math.min(1, Math.max(0, 1 - below))
}
