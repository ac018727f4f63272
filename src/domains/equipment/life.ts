import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { daysBetween, today } from '../../kernel/period/day.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { referringTerm } from '../../kernel/records/terms.ts'
import { fail, ok } from '../../kernel/result.ts'
import { dayNamed } from './days.ts'
import { accumulated, usefulMonths } from './straight-line.ts'

/** What a device has cost over its life so far: bought, overhauled, repaired, less what it was sold for; in fen. */
export const life = question(
  'equipment.life',
  {
    zh: '设备全寿命费用',
    en: 'Cost of a device over its life',
    input: z.strictObject({ org: z.string(), device: z.uuid() }),
    answer: z.strictObject({
      number: z.string(),
      bought: z.int(),
      works: z.int(),
      repairs: z.int(),
      proceeds: z.int(),
      whole: z.int(),
      /** Days in use so far, and what each of them cost. */
      days: z.int(),
      perDay: z.int().nullable(),
      depreciated: z.int(),
      net: z.int(),
    }),
  },
  async (ledger, actor, { device }) => {
    const found = await readRecord(ledger, actor, device)
    if (!found.ok) return found
    const { root, type, fields } = found.value
    if (type !== 'equipment.device')
      return fail('equipment/no-device', { field: 'device', zh: '这不是设备', en: 'This is not a device' })
    const { rows } = await ledger.store.pool.query<{ works: string; repairs: string; proceeds: string }>(
      `SELECT coalesce(sum((fields ->> 'cost')::numeric) FILTER (WHERE type = 'equipment.work'), 0)::text AS works,
              coalesce(sum((fields ->> 'cost')::numeric) FILTER (WHERE type = 'maintenance.fault'), 0)::text AS repairs,
              coalesce(sum((fields ->> 'proceeds')::numeric) FILTER (WHERE type = 'custody.disposal'), 0)::text AS proceeds
       FROM record WHERE root = $1 AND type IN ('equipment.work', 'maintenance.fault', 'custody.disposal')
         AND links @> ARRAY[$2::text] AND status IN ('entered', 'confirmed')`,
      [root, referringTerm(device)],
    )
    const [works, repairs, proceeds] = [Number(rows[0]!.works), Number(rows[0]!.repairs), Number(rows[0]!.proceeds)]
    const bought = Number(fields.cost ?? 0)
    const since = dayNamed(fields.testedOn)
    const until = dayNamed(fields.retiredOn) ?? today(ledger.clock)
    const days = since ? Math.max(0, daysBetween(since, until)) : 0
    const whole = bought + works + repairs - proceeds
    const months = typeof fields.usefulMonths === 'number' ? fields.usefulMonths : usefulMonths(String(fields.kind))
    const depreciated = since ? accumulated(bought, months, since, until) : 0
    return ok({
      number: String(fields.number),
      bought,
      works,
      repairs,
      proceeds,
      whole,
      days,
      perDay: days > 0 ? Math.round(whole / days) : null,
      depreciated,
      net: bought - depreciated,
    })
  },
)
