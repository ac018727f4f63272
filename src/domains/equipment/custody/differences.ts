import { z } from 'zod'
import { question } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { referringTerm } from '../../../kernel/records/terms.ts'
import { ok } from '../../../kernel/result.ts'

export interface Booked {
  readonly number: string
  readonly unit: string
  readonly isRetired: boolean
}

export interface Counted {
  readonly number: string
  readonly unit: string
}

export interface Difference {
  readonly number: string
  /** Not seen; seen at another unit; seen though retired; seen and in no register. */
  readonly sort: 'missing' | 'moved' | 'retired' | 'unknown'
  readonly booked: string | null
  readonly counted: string | null
}

/**
 * What the register says and the count does not, and the other way round.
 * @param booked devices of the register: those of the counted units, and any other that was counted
 * @param within whether a unit is one of those counted
 */
export function compared(
  booked: readonly Booked[],
  counted: readonly Counted[],
  within: (unit: string) => boolean,
): Difference[] {
  const seen = new Map(counted.map(one => [one.number, one.unit]))
  const known = new Map(booked.map(one => [one.number, one]))
  const missing = booked
    .filter(({ number, unit, isRetired }) => !isRetired && within(unit) && !seen.has(number))
    .map(({ number, unit }): Difference => ({ number, sort: 'missing', booked: unit, counted: null }))
  const others = [...seen].flatMap(([number, unit]): Difference[] => {
    const device = known.get(number)
    if (!device) return [{ number, sort: 'unknown', booked: null, counted: unit }]
    if (device.isRetired) return [{ number, sort: 'retired', booked: device.unit, counted: unit }]
    return device.unit === unit ? [] : [{ number, sort: 'moved', booked: device.unit, counted: unit }]
  })
  return [...missing, ...others].sort((a, b) => (a.number < b.number ? -1 : 1))
}

const MOST = 2000

/** A stock-taking at a unit and beneath, against the register as it is now. */
export const differences = question(
  'custody.differences',
  {
    zh: '盘点差异',
    en: 'Differences of a stock-taking',
    input: z.strictObject({ org: z.string(), take: z.uuid() }),
    answer: z.strictObject({
      booked: z.int(),
      counted: z.int(),
      agreed: z.int(),
      count: z.int(),
      differences: z.array(
        z.strictObject({
          number: z.string(),
          sort: z.enum(['missing', 'moved', 'retired', 'unknown']),
          booked: z.string().nullable(),
          counted: z.string().nullable(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, take }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const { root, path } = unit.value
    const units = ledger.orgs.under(path)
    const counts = await ledger.store.pool.query<{ number: string; org: number }>(
      `SELECT fields ->> 'number' AS number, org FROM record WHERE root = $1 AND type = 'custody.count'
         AND links @> ARRAY[$2::text] AND org = ANY($3) AND status IN ('entered', 'confirmed')`,
      [root, referringTerm(take), units.map(one => one.id)],
    )
    const devices = await ledger.store.pool.query<{ number: string; org: number; state: string }>(
      `SELECT fields ->> 'number' AS number, org, state FROM record WHERE root = $1 AND type = 'equipment.device'
         AND status IN ('entered', 'confirmed') AND (org = ANY($2) AND state <> 'retired' OR fields ->> 'number' = ANY($3))`,
      [root, units.map(one => one.id), counts.rows.map(one => one.number)],
    )
    const nameOf = (id: number) => ledger.orgs.byId(id)!.code
    const inside = new Set(units.map(one => one.code))
    const booked = devices.rows.map(row => ({
      number: row.number,
      unit: nameOf(row.org),
      isRetired: row.state === 'retired',
    }))
    const counted = counts.rows.map(row => ({ number: row.number, unit: nameOf(row.org) }))
    const found = compared(booked, counted, one => inside.has(one))
    const expected = booked.filter(one => !one.isRetired && inside.has(one.unit)).length
    const wrong = new Set(found.map(one => one.number))
    return ok({
      booked: expected,
      counted: counted.length,
      agreed: counted.filter(one => !wrong.has(one.number)).length,
      count: found.length,
      differences: found.slice(0, MOST),
    })
  },
)
