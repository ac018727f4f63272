import { z } from 'zod'
import { question } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { type Day, daysBetween, today } from '../../../kernel/period/day.ts'
import { parsePeriod } from '../../../kernel/period/period.ts'
import { ok } from '../../../kernel/result.ts'
import { kinds } from '../topics.ts'

/** Days within [from, until) on which a device was in use. */
export function daysInUse(since: Day, retired: Day | null, from: Day, until: Day): number {
  const begin = since > from ? since : from
  const end = retired !== null && retired < until ? retired : until
  return Math.max(0, daysBetween(begin, end))
}

/** Mean time between failures: days in use of all devices by the number of their faults; null without a fault. */
export const meanTimeBetween = (days: number, faults: number): number | null => (faults === 0 ? null : days / faults)

const figures = {
  devices: z.int(),
  /** Days in use of all devices together. */
  days: z.int(),
  faults: z.int(),
  /** Days between two faults of one device, and from fault to repair. */
  betweenFailures: z.number().nullable(),
  toRepair: z.number().nullable(),
}

/** How reliable the devices of a unit were in a period up to today, by kind. */
export const reliability = question(
  'maintenance.reliability',
  {
    zh: '设备可靠性',
    en: 'Reliability',
    input: z.strictObject({ org: z.string(), period: z.string() }),
    answer: z.strictObject({ kinds: z.array(z.strictObject({ kind: z.string(), ...figures })) }),
  },
  async (ledger, actor, { org, period: asked }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const period = parsePeriod(asked)
    if (!period.ok) return period
    const { from } = period.value
    const now = today(ledger.clock)
    const until = period.value.until < now ? period.value.until : now
    const units = ledger.orgs.under(unit.value.path).map(one => one.id)
    const { rows } = await ledger.store.pool.query<{ kind: string; since: Day; retired: Day | null }>(
      `SELECT fields ->> 'kind' AS kind, fields ->> 'testedOn' AS since, fields ->> 'retiredOn' AS retired FROM record
       WHERE root = $1 AND type = 'equipment.device' AND org = ANY($2) AND status IN ('entered', 'confirmed')
         AND fields ->> 'testedOn' < $4 AND coalesce(fields ->> 'retiredOn', '9999') > $3`,
      [unit.value.root, units, from, until],
    )
    const faults = await ledger.store.pool.query<{ kind: string; faults: number; days: number | null }>(
      `SELECT fields ->> 'kind' AS kind, count(*)::int AS faults, avg((fields ->> 'daysDown')::numeric)::float8 AS days
       FROM record WHERE root = $1 AND type = 'maintenance.fault' AND org = ANY($2) AND status IN ('entered', 'confirmed')
         AND day >= $3::date AND day < $4::date GROUP BY 1`,
      [unit.value.root, units, from, until],
    )
    const broken = new Map(faults.rows.map(row => [row.kind, row]))
    return ok({
      kinds: Object.keys(kinds).flatMap(kind => {
        const mine = rows.filter(row => row.kind === kind)
        if (mine.length === 0) return []
        const days = mine.reduce((sum, { since, retired }) => sum + daysInUse(since, retired, from, until), 0)
        const { faults: count = 0, days: toRepair = null } = broken.get(kind) ?? {}
        return [
          { kind, devices: mine.length, days, faults: count, betweenFailures: meanTimeBetween(days, count), toRepair },
        ]
      }),
    })
  },
)
