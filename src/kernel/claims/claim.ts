/** What a text states as a number, and what follows from several such statements. Offsets are UTF-16 units into `text`. */

export type ClaimKind =
  | 'count'
  | 'money'
  | 'percent'
  | 'area'
  | 'length'
  | 'mass'
  | 'volume'
  | 'energy'
  | 'duration'
  | 'rank'
  | 'ratio'
  | 'measure'

export interface Claim {
  readonly start: number
  readonly end: number
  readonly quote: string
  /** In the written unit: 1.2 of `1.2万人次`. The lower end of a range. */
  readonly value: number
  /** Upper end of a range (`3至5个`) in the written unit, else null. */
  readonly upper: number | null
  /** As written, magnitude included: `万人次`. */
  readonly unit: string
  /** Value in the base unit: 12000 of `1.2万人次`. Percents stay percents (50 of `五成`). */
  readonly normalized: number
  readonly normalizedUpper: number | null
  /** The unit `normalized` is in: 元, 人, m², m, g, m³, kWh, 天 … or the classifier itself. */
  readonly base: string
  /** What the writing allows in the base unit: `1.2万` covers 11,500 to 12,499. `null` = no bound on that side. */
  readonly covers: { readonly from: number | null; readonly to: number | null }
  readonly qualifier: string | null
  readonly noun: string
  readonly kind: ClaimKind
  readonly period: string | null
  /** Bounds a class (60岁以上老人, 500万元以上项目) rather than saying how much there is. */
  readonly threshold: boolean
  /** Planned or hoped for, not done. */
  readonly target: boolean
  /** Of the year (or period) before the one reported on. */
  readonly prior: boolean
  /** A state since some beginning rather than the work of the period. */
  readonly cumulative: boolean
  readonly actor: string | null
  /** `level` states how much there is; the others state a change. */
  readonly polarity: 'increase' | 'decrease' | 'level'
  readonly section: readonly string[]
  /** 0 to 1: how sure the reader is that this is a claim at all. */
  readonly confidence: number
}

export type IdentityType =
  | 'sum'
  | 'share'
  | 'growth'
  | 'difference'
  | 'average'
  | 'repeat'
  | 'rank'
  | 'target'
  | 'structure'
  | 'part'

export interface Identity {
  readonly type: IdentityType
  readonly holds: boolean
  /** Indices into `claims`; for a sum the total comes first. */
  readonly claims: readonly number[]
  /** The arithmetic a person can check: `1054 + 495 = 1549`. */
  readonly arithmetic: string
}

export interface Blank {
  readonly start: number
  readonly end: number
  readonly quote: string
  /** The unit that waits for its number, '' when none follows. */
  readonly unit: string
}

export interface Reading {
  readonly text: string
  readonly claims: readonly Claim[]
  readonly identities: readonly Identity[]
  readonly blanks: readonly Blank[]
  /** Filled by reconciliation with a ledger; a bare reading has none. */
  readonly links: readonly unknown[]
}

export interface ReadOptions {
  /** The year reported on when the text does not say: `今年` means this. */
  readonly year?: number
  /** The org unit the report is of, when the text does not say. */
  readonly actor?: string
}
