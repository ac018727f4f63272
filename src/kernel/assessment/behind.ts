import { figures } from '../figures/figure.ts'
import { compare, type Fraction, fromNumber, minus, times, toNumber } from '../figures/fraction.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { addDays, type Day, daysBetween, type Period, parsePeriod } from '../period/period.ts'
import { ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'

/** A target that its figure lags behind on a day. Numbers in the indicator's base unit. */
export interface Behind {
  readonly indicator: string
  readonly title: Words
  readonly unit: string
  readonly org: string
  readonly orgName: string
  readonly where: Readonly<Record<string, string>>
  readonly period: string
  readonly target: number
  /** From the beginning of the period to the day; null where there is no such figure. */
  readonly value: number | null
  /** What there should be by the day: the share of the target that its days make up, or all of one that is not pro-rated. */
  readonly expected: number
  readonly gap: number
  /** What is left to the whole target. */
  readonly left: number
  readonly daysLeft: number
}

/** 对照任务指标查漏补缺: targets of a unit and those beneath that lag behind on a day, the furthest behind first. */
export async function targetsBehind(ledger: Ledger, actor: Actor, org: string, day: Day): Promise<Result<Behind[]>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'read', unit.value)
  if (!permitted.ok) return permitted
  const { rows } = await ledger.store.pool.query<{
    org: number
    indicator: string
    dims: string
    period: string
    value: string
    prorated: boolean
  }>(
    'SELECT org, indicator, dims, period, value, prorated FROM target WHERE root = $1 AND org = ANY($2) ORDER BY org, indicator, dims, period',
    [unit.value.root, ledger.orgs.under(unit.value.path).map(one => one.id)],
  )
  const running = rows.flatMap(row => {
    const period = parsePeriod(row.period)
    const declared = ledger.registry.indicators.get(row.indicator)
    if (!period.ok || !declared || day < period.value.from || day >= period.value.until) return []
    const where = JSON.parse(row.dims) as Record<string, string>
    return [{ ...row, span: period.value, where, declared, at: ledger.orgs.byId(row.org)! }]
  })
  const found = await figures(
    ledger,
    actor,
    running.map(({ indicator, where, span, at }) => ({
      indicator,
      where,
      org: at.code,
      period: `${span.from}..${day}`,
    })),
  )
  if (!found.ok) return found
  const behind = running.flatMap(({ indicator, where, span, declared, at, value: target, prorated }, i) => {
    const { value } = found.value[i]!
    const expected = prorated ? shareBy(span, day, fromNumber(Number(target))) : fromNumber(Number(target))
    const gap = minus(expected, fromNumber(value ?? 0))
    if (compare(gap, { n: 0n, d: 1n }) <= 0) return []
    return [
      {
        indicator,
        title: declared.title,
        unit: declared.unit,
        org: at.code,
        orgName: at.name,
        where,
        period: span.text,
        target: Number(target),
        value,
        expected: toNumber(expected),
        gap: toNumber(gap),
        left: toNumber(minus(fromNumber(Number(target)), fromNumber(value ?? 0))),
        daysLeft: daysBetween(addDays(day, 1), span.until),
      },
    ]
  })
  return ok(behind.sort((a, b) => b.gap / b.target - a.gap / a.target))
}

/** The part of a target that the days up to a day, itself included, make up. */
const shareBy = ({ from, days }: Period, day: Day, target: Fraction): Fraction =>
  times(target, { n: BigInt(daysBetween(from, addDays(day, 1))), d: BigInt(days) })
