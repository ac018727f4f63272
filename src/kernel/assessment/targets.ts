import { uuidv7 } from 'uuidv7'
import { figures } from '../figures/figure.ts'
import { unitOf } from '../figures/units.ts'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { type Period, parsePeriod } from '../period/period.ts'
import { indicatorNamed } from '../registry.ts'
import { fail, ok, type Result } from '../result.ts'

/** A planned figure: an indicator of an org unit for a period, in the indicator's base unit. */
export interface Target {
  readonly indicator: string
  readonly org: string
  readonly period: string
  readonly value: number
  readonly where?: Readonly<Record<string, string>>
  /** A part of the period is held against the part of the target that its days make up. */
  readonly prorated?: boolean
}

/** Sets targets of one tree, each replacing an earlier one for the same indicator, unit, period and narrowing. All or none. */
export async function setTargets(ledger: Ledger, actor: Actor, targets: readonly Target[]): Promise<Result<number>> {
  for (const target of targets) {
    const bad = check(ledger, actor, target)
    if (bad) return bad
  }
  const client = await ledger.store.pool.connect()
  try {
    await client.query('BEGIN')
    for (const target of targets) {
      const org = ledger.orgs.byCode(target.org)!
      const dims = canonical(target.where ?? {})
      const { rows } = await client.query<{ id: string; version: number; before: string | null }>(
        `WITH old AS (SELECT value FROM target WHERE root = $1 AND org = $3 AND indicator = $4 AND dims = $5 AND period = $6)
         INSERT INTO target (root, id, org, indicator, dims, period, value, prorated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (root, org, indicator, dims, period)
           DO UPDATE SET value = excluded.value, prorated = excluded.prorated, version = target.version + 1
         RETURNING id, version, (SELECT value::text FROM old) AS before`,
        [org.root, uuidv7(), org.id, target.indicator, dims, target.period, target.value, target.prorated ?? false],
      )
      const { id, version, before } = rows[0]!
      await appendTo(client, org.root, [
        {
          action: 'target-set',
          actor: actor.person,
          after: sha256Hex(canonical(targetContent(target))),
          at: ledger.clock().toISOString(),
          before: before === null ? null : sha256Hex(canonical(targetContent({ ...target, value: Number(before) }))),
          from: actor.from,
          note: { ...targetContent(target) },
          org: target.org,
          root: ledger.orgs.byId(org.root)!.code,
          subject: `target:${id}`,
          version,
        },
      ])
    }
    await client.query('COMMIT')
    return ok(targets.length)
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** What a target's journal entry vouches for. */
export const targetContent = ({ indicator, org, period, value, where, prorated }: Target) => ({
  indicator,
  org,
  period,
  prorated: prorated ?? false,
  value,
  where: where ?? {},
})

function check(ledger: Ledger, actor: Actor, target: Target) {
  const indicator = indicatorNamed(ledger.registry, target.indicator)
  if (!indicator.ok) return indicator
  const org = ledger.orgs.find(target.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'confirm', org.value)
  if (!permitted.ok) return permitted
  const period = parsePeriod(target.period)
  if (!period.ok) return period
  const dimensions: readonly string[] = indicator.value.by
  const stranger = Object.keys(target.where ?? {}).find(name => !dimensions.includes(name))
  if (stranger !== undefined)
    return fail('figure/unknown-dimension', {
      field: stranger.slice(0, 40),
      indicator: target.indicator,
      zh: `指标“${indicator.value.title.zh}”没有维度“${stranger.slice(0, 40)}”`,
      en: `${target.indicator} has no dimension ${stranger.slice(0, 40)}`,
    })
  if (!Number.isFinite(target.value) || target.value < 0)
    return fail('target/value', {
      field: 'value',
      value: target.value,
      zh: '目标值应为不小于零的数',
      en: 'A target is a number not below zero',
    })
  return undefined
}

export interface Attainment {
  readonly target: number
  readonly value: number | null
  /** value / target; null when there is nothing to divide. */
  readonly ratio: number | null
  /** The target's period, when the figure's is a part of it. */
  readonly of: string
}

export interface TargetRequest {
  readonly indicator: string
  readonly org: string
  readonly period: Period
  readonly where?: Readonly<Record<string, string>>
}

interface Held {
  readonly value: number
  /** The period the target was set for. */
  readonly of: string
}

/** The target of an indicator for a unit and period; a pro-rated one of a longer period counts by its days. */
export async function targetOf(ledger: Ledger, request: TargetRequest): Promise<Held | null> {
  return (await targetsOf(ledger, [request]))[0]!
}

/** Many targets with one query, in the order asked. */
export async function targetsOf(ledger: Ledger, requests: readonly TargetRequest[]): Promise<(Held | null)[]> {
  const units = requests.map(request => ledger.orgs.byCode(request.org))
  if (units.every(unit => unit === undefined)) return requests.map(() => null)
  const { rows } = await ledger.store.pool.query<{ slot: number; period: string; value: string; prorated: boolean }>(
    `SELECT a.slot, t.period, t.value, t.prorated
     FROM unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::text[]) AS a(slot, root, org, indicator, dims)
     JOIN target t ON t.root = a.root AND t.org = a.org AND t.indicator = a.indicator AND t.dims = a.dims`,
    [
      requests.map((_, i) => i),
      units.map(unit => unit?.root ?? null),
      units.map(unit => unit?.id ?? null),
      requests.map(({ indicator }) => indicator),
      requests.map(({ where }) => canonical(where ?? {})),
    ],
  )
  return requests.map(({ indicator, period }, slot) =>
    held(
      rows.filter(row => row.slot === slot),
      period,
      ledger.registry.indicators.get(indicator)?.unit ?? 'item',
    ),
  )
}

function held(
  rows: readonly { period: string; value: string; prorated: boolean }[],
  { text, from, until, days }: Period,
  unit: string,
): Held | null {
  const same = rows.find(row => row.period === text)
  if (same) return { value: Number(same.value), of: same.period }
  for (const row of rows) {
    const whole = parsePeriod(row.period)
    if (!whole.ok || !row.prorated) continue
    if (whole.value.from <= from && until <= whole.value.until)
      return { value: share(Number(row.value), days, whole.value.days, unit), of: row.period }
  }
  return null
}

/** What is asked of a part of the time. There is no third of a call: what is counted or weighed is rounded up. */
function share(target: number, days: number, whole: number, unit: string): number {
  const exact = (target * days) / whole
  return ['ratio', 'score', 'temperature'].includes(unitOf(unit).measure) ? exact : Math.ceil(exact)
}

/** How far a figure has come towards its target; null when none is set. */
export async function attainment(
  ledger: Ledger,
  actor: Actor,
  request: { indicator: string; org: string; period: string; where?: Readonly<Record<string, string>> },
): Promise<Result<Attainment | null>> {
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const done = await figures(ledger, actor, [request])
  if (!done.ok) return done
  const target = await targetOf(ledger, { ...request, period: period.value })
  if (!target) return ok(null)
  const value = done.value[0]!.value
  return ok({
    target: target.value,
    value,
    ratio: value === null || target.value === 0 ? null : value / target.value,
    of: target.of,
  })
}

/** The targets that hold for a unit and period, with the shares of longer ones; those of a whole indicator only. */
export async function targetsHeld(
  ledger: Ledger,
  actor: Actor,
  org: string,
  period: string,
): Promise<Result<readonly Target[]>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'read', unit.value)
  if (!permitted.ok) return permitted
  const parsed = parsePeriod(period)
  if (!parsed.ok) return parsed
  const indicators = [...ledger.registry.indicators.keys()]
  const held = await targetsOf(
    ledger,
    indicators.map(indicator => ({ indicator, org: unit.value.code, period: parsed.value })),
  )
  return ok(
    indicators.flatMap((indicator, i) => {
      const one = held[i]
      return one ? [{ indicator, org: unit.value.code, period: one.of, value: one.value }] : []
    }),
  )
}

/** All targets at or under an org unit for a period. */
export async function targetsUnder(
  ledger: Ledger,
  actor: Actor,
  org: string,
  period: string,
): Promise<Result<readonly Target[]>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'read', unit.value)
  if (!permitted.ok) return permitted
  const ids = ledger.orgs.under(unit.value.path).map(one => one.id)
  const { rows } = await ledger.store.pool.query<{
    org: number
    indicator: string
    dims: string
    period: string
    value: string
    prorated: boolean
  }>(
    'SELECT org, indicator, dims, period, value, prorated FROM target WHERE root = $1 AND org = ANY($2) AND period = $3 ORDER BY org, indicator, dims',
    [unit.value.root, ids, period],
  )
  return ok(
    rows.map(row => ({
      indicator: row.indicator,
      org: ledger.orgs.byId(row.org)!.code,
      period: row.period,
      value: Number(row.value),
      where: JSON.parse(row.dims) as Record<string, string>,
      prorated: row.prorated,
    })),
  )
}
