import { figuresOf } from '../figures/figures-of.ts'
import { type Fraction, fromNumber, toNumber } from '../figures/fraction.ts'
import { writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { operator } from '../people/actor.ts'
import type { Period } from '../period/period.ts'
import { ok, type Result } from '../result.ts'
import { marksOf, type StoredMark } from './marks.ts'
import { pointsOf, ranksOf, rounded, type Total, totalOf, ZERO } from './points.ts'
import { type Scheme, type SchemeItem, shareOf, unitsOfKinds, valueTold } from './scheme.ts'
import { targetsOf } from './targets.ts'
import { type Rate, rateValue, usageOf } from './use-rates.ts'

// Where the units of a scheme stand: values, points, score and rank, as of now. Computed anew whenever it is asked.

/** One item of one unit. */
export interface Standing {
  /** In the base unit of the item. */
  readonly value: number | null
  readonly target: number | null
  /** Numerator and denominator, where the value is a rate of use. */
  readonly rate: Rate | null
  /** Rounded to the digits of the scheme. */
  readonly points: Fraction
  readonly mark: StoredMark | null
}

export interface UnitStanding extends Total {
  readonly unit: OrgUnit
  readonly rank: number
  /** In the order of the scheme's items. */
  readonly items: readonly Standing[]
}

/** States in which what people gave for an item counts. */
const COUNTING = new Set(['checked', 'published', 'appealed', 'settled'])

export async function standingOf(ledger: Ledger, scheme: Scheme, period: Period): Promise<Result<UnitStanding[]>> {
  const units = unitsOfKinds(ledger, scheme.org, scheme.kinds, period)
  const [values, use, targets, marks] = await Promise.all([
    figureValues(ledger, scheme, units, period),
    scheme.items.some(item => item.rate) ? usageOf(ledger, units, period) : [],
    targetValues(ledger, scheme, units, period),
    marksOf(ledger, scheme, period.text),
  ])
  if (!values.ok) return values
  const byPlace = new Map(marks.map(mark => [`${mark.fields.unit} ${mark.fields.item}`, mark]))
  const columns = scheme.items.map((item, column) => {
    const parts = units.map((unit, row) => {
      const mark = byPlace.get(`${unit.code} ${item.code}`) ?? null
      const target = targets.get(`${row} ${column}`) ?? null
      const rate = item.rate && use[row] ? use[row][item.rate] : null
      const share = rate && rateValue(rate)
      const value = item.source === 'figure' ? values.value[row]![column]! : share ? toNumber(share) : told(item, mark)
      return { mark, target, value, rate }
    })
    return pointsOfColumn(item, parts, scheme.digits)
  })
  const totals = units.map((unit, row) => {
    const items = columns.map(column => column[row]!)
    const total = totalOf(
      items.map(({ points }, i) => ({ kind: scheme.items[i]!.kind, points })),
      scheme.ceilings,
    )
    return { unit, items, ...total }
  })
  const ranks = ranksOf(totals.map(total => total.score))
  return ok(totals.map((total, row) => ({ ...total, rank: ranks[row]! })))
}

/** Figures of the items that have one, null elsewhere. */
async function figureValues(ledger: Ledger, { items }: Scheme, units: readonly OrgUnit[], period: Period) {
  const asked = items.flatMap(({ indicator, where }, column) =>
    indicator === null ? [] : [{ indicator, where, column }],
  )
  const found = await figuresOf(
    ledger,
    operator('assessment'),
    units.map(unit => unit.code),
    asked.map(({ indicator, where }) => ({ indicator, where })),
    period.text,
  )
  if (!found.ok) return found
  const places = new Map(asked.map(({ column }, i) => [column, i]))
  return ok(
    found.value.map(row =>
      items.map((_, column) => {
        const at = places.get(column)
        return at === undefined ? null : row[at]!
      }),
    ),
  )
}

/** Targets of the items that go by one, under `row column`. */
async function targetValues(ledger: Ledger, { items }: Scheme, units: readonly OrgUnit[], period: Period) {
  const asked = items.flatMap((item, column) =>
    item.target ? units.map((unit, row) => ({ at: `${row} ${column}`, unit, item })) : [],
  )
  if (asked.length === 0) return new Map<string, number>()
  const held = await targetsOf(
    ledger,
    asked.map(({ unit, item }) => ({ indicator: item.indicator!, org: unit.code, period, where: item.where })),
  )
  return new Map(asked.flatMap(({ at }, i) => (held[i] ? [[at, held[i].value] as const] : [])))
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)

function told(item: SchemeItem, mark: StoredMark | null): number | null {
  if (!mark || item.source !== 'value') return null
  const value = valueTold(item, numberOf(mark.fields.value), numberOf(mark.fields.base))
  return value && toNumber(value)
}

function pointsOfColumn(
  item: SchemeItem,
  parts: readonly Omit<Standing, 'points'>[],
  digits: number,
): readonly Standing[] {
  const counted = (mark: StoredMark | null) => (mark && COUNTING.has(mark.state) ? mark : null)
  const points = item.method
    ? pointsOf(
        item.method,
        item.weight,
        parts.map(({ value, target, rate, mark }) => {
          if (item.target) return shareOf(value, target)
          if (rate) return rateValue(rate)
          if (item.source === 'figure') return value === null ? null : fromNumber(value)
          const given = counted(mark)
          return given && valueTold(item, numberOf(given.fields.value), numberOf(given.fields.base))
        }),
      )
    : parts.map(({ mark }) => judged(counted(mark)))
  return parts.map((part, i) => ({ ...part, points: rounded(points[i]!, digits) }))
}

function judged(mark: StoredMark | null): Fraction {
  const score = numberOf(mark?.fields.finalScore) ?? numberOf(mark?.fields.score)
  return score === null ? ZERO : fromNumber(score)
}

/** A value as a table prints it: 87.5%, 3,264人次. */
export const valueText = (
  item: SchemeItem,
  { value, rate, mark }: Pick<Standing, 'value' | 'rate' | 'mark'>,
): string | null => {
  if (value === null) return null
  const written = writeNumber(value, item.unit.id)
  const [part, whole] = rate ? [rate.part, rate.whole] : [numberOf(mark?.fields.value), numberOf(mark?.fields.base)]
  return whole === null ? written : `${written}（${part}/${whole}）`
}
