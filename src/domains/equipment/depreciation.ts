import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { permit } from '../../kernel/people/actor.ts'
import { day, today } from '../../kernel/period/day.ts'
import { ok } from '../../kernel/result.ts'
import { accumulated, usefulMonths } from './straight-line.ts'

const sums = { devices: z.int(), cost: z.int(), depreciated: z.int(), net: z.int() }

/** What the devices of a unit cost, what of it is depreciated by a day, and what is left; in fen, by kind. */
export const depreciation = question(
  'equipment.depreciation',
  {
    zh: '设备折旧',
    en: 'Depreciation',
    input: z.strictObject({ org: z.string(), on: z.string().optional() }),
    answer: z.strictObject({
      on: z.string(),
      ...sums,
      kinds: z.array(z.strictObject({ kind: z.string(), ...sums })),
    }),
  },
  async (ledger, actor, { org, on: asked }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const on = day(asked ?? today(ledger.clock))
    if (!on.ok) return on
    const { rows } = await ledger.store.pool.query<{
      kind: string
      since: string
      cost: string
      months: number | null
    }>(
      `SELECT fields ->> 'kind' AS kind, fields ->> 'testedOn' AS since, fields ->> 'cost' AS cost,
              (fields ->> 'usefulMonths')::int AS months
       FROM record WHERE root = $1 AND type = 'equipment.device' AND org = ANY($2) AND status IN ('entered', 'confirmed')
         AND fields ? 'cost' AND fields ->> 'testedOn' <= $3 AND coalesce(fields ->> 'retiredOn', '9999') > $3`,
      [unit.value.root, ledger.orgs.under(unit.value.path).map(one => one.id), on.value],
    )
    const empty = () => ({ devices: 0, cost: 0, depreciated: 0, net: 0 })
    const whole = empty()
    const kinds = new Map<string, ReturnType<typeof empty>>()
    for (const { kind, since, cost: text, months } of rows) {
      const cost = Number(text)
      const depreciated = accumulated(cost, months ?? usefulMonths(kind), since, on.value)
      const own = kinds.get(kind) ?? empty()
      kinds.set(kind, own)
      for (const sum of [whole, own]) {
        sum.devices++
        sum.cost += cost
        sum.depreciated += depreciated
        sum.net += cost - depreciated
      }
    }
    return ok({
      on: on.value,
      ...whole,
      kinds: [...kinds].map(([kind, own]) => ({ kind, ...own })).sort((a, b) => b.cost - a.cost),
    })
  },
)
