import { compare, type Fraction, minus, nearestSteps, over, plus, times, whole } from '../figures/fraction.ts'

// How points follow from what was reached: exactly, in fractions, rounded once.

/** How points follow from a value. */
export type Method =
  /** None at `floor` or worse, all at `full` or better, in proportion between. `full` below `floor`: less is better. */
  | { readonly kind: 'linear'; readonly floor: Fraction; readonly full: Fraction }
  /** The share of the best step that was reached. */
  | { readonly kind: 'step'; readonly steps: readonly Step[]; readonly better: Better }
  /** All for the first of those that have a value, 1/n of it for the last; equals have the place of the best of them. */
  | { readonly kind: 'ranked'; readonly better: Better }

export interface Step {
  readonly from: Fraction
  /** Points for reaching it. */
  readonly points: Fraction
}

export type Better = 'more' | 'less'

export const ZERO = whole(0)

/**
 * Points of all units on one item, before rounding; none where there is no value.
 * @param values one of each unit
 * @param weight the most there is to have
 */
export function pointsOf(method: Method, weight: Fraction, values: readonly (Fraction | null)[]): Fraction[] {
  switch (method.kind) {
    case 'linear':
      return values.map(value =>
        value === null ? ZERO : times(weight, shareBetween(method.floor, method.full, value)),
      )
    case 'step':
      return values.map(value => (value === null ? ZERO : least(weight, bestStep(method, value))))
    case 'ranked': {
      const ranks = ranksOf(values, method.better)
      const all = values.filter(value => value !== null).length
      return ranks.map(rank =>
        rank === null ? ZERO : times(weight, { n: BigInt(all - rank + 1), d: BigInt(Math.max(1, all)) }),
      )
    }
  }
}

/** How far a value has come from floor to full, between 0 and 1. With one and the same for both: reached or not. */
function shareBetween(floor: Fraction, full: Fraction, value: Fraction): Fraction {
  if (compare(floor, full) === 0) return compare(value, full) >= 0 ? whole(1) : ZERO
  const share = over(minus(value, floor), minus(full, floor))
  return least(whole(1), most(ZERO, share))
}

function bestStep({ steps, better }: Extract<Method, { kind: 'step' }>, value: Fraction): Fraction {
  const reached = steps.filter(({ from }) =>
    better === 'more' ? compare(value, from) >= 0 : compare(value, from) <= 0,
  )
  return reached.reduce((best, { points }) => most(best, points), ZERO)
}

/** Places from 1; equals share the better place and the ones after them are skipped (1, 2, 2, 4). Null where there is none. */
export function ranksOf(values: readonly (Fraction | null)[], better: Better = 'more'): (number | null)[] {
  const sign = better === 'more' ? -1 : 1
  const order = values
    .flatMap((value, i) => (value === null ? [] : [{ value, i }]))
    .sort((a, b) => sign * compare(a.value, b.value) || a.i - b.i)
  const ranks: (number | null)[] = values.map(() => null)
  let rank = 0
  order.forEach(({ value, i }, place) => {
    const before = order[place - 1]
    if (!before || compare(before.value, value) !== 0) rank = place + 1
    ranks[i] = rank
  })
  return ranks
}

export const least = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b)
export const most = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b)

/** The nearest decimal with so many digits to a number that is not negative; half goes up. */
export function rounded(value: Fraction, digits: number): Fraction {
  const d = 10n ** BigInt(digits)
  return { n: nearestSteps(value, { n: 1n, d }), d }
}

export const sum = (values: readonly Fraction[]): Fraction => values.reduce(plus, ZERO)

/** What an item adds up under. */
export type ItemKind = 'points' | 'bonus' | 'deduction' | 'veto'

export interface Ceilings {
  /** The most that all bonuses together add; no limit when not given. */
  readonly bonus?: Fraction
  readonly deduction?: Fraction
}

export interface Total {
  readonly points: Fraction
  readonly bonus: Fraction
  readonly deduction: Fraction
  /** Zero when vetoed, never below zero. */
  readonly score: Fraction
  /** Places in the list of items that veto. */
  readonly vetoes: readonly number[]
}

/**
 * The score of one unit from the points of its items, each rounded already, so that what is printed adds up.
 * @param items kind of each item and its points; a veto fires with any points at all
 */
export function totalOf(
  items: readonly { readonly kind: ItemKind; readonly points: Fraction }[],
  ceilings: Ceilings = {},
): Total {
  const of = (kind: ItemKind) => sum(items.flatMap(item => (item.kind === kind ? [item.points] : [])))
  const limited = (value: Fraction, ceiling: Fraction | undefined) => (ceiling ? least(ceiling, value) : value)
  const points = of('points')
  const bonus = limited(of('bonus'), ceilings.bonus)
  const deduction = limited(of('deduction'), ceilings.deduction)
  const vetoes = items.flatMap((item, i) => (item.kind === 'veto' && item.points.n > 0n ? [i] : []))
  const score = vetoes.length > 0 ? ZERO : most(ZERO, minus(plus(points, bonus), deduction))
  return { points, bonus, deduction, score, vetoes }
}
