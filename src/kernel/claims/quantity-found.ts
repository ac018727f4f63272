import type { ClaimKind } from './claim.ts'
import type { Zones } from './zones.ts'

/** A number with its unit as found, before anything around it is understood. */
export interface Quantity {
  readonly start: number
  readonly end: number
  readonly value: number
  readonly upper: number | null
  /** As written, magnitude included. */
  readonly unit: string
  readonly base: string
  readonly kind: ClaimKind
  /** Base units in one of `value`. */
  readonly factor: number
  /** One in the last written digit, in the base unit: 1000 for `1.2万`. */
  readonly step: number
  /** Written inside the number: 余, 多, 近, 上, 数, 几. */
  readonly vague: string
  readonly arabic: boolean
  readonly confidence: number
  /** Terms of `10.0:37.0:53.0`, else null. */
  readonly terms: readonly number[] | null
}

export interface Source {
  /** Folded text. */
  readonly text: string
  /** As given. */
  readonly raw: string
  readonly zones: Zones
}

/** Floating products to at most 15 significant digits: 0.13 × 10000 is 1300. */
export const tidy = (value: number): number => Number(value.toPrecision(15))
