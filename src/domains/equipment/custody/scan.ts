import { z } from 'zod'
import { action } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { today } from '../../../kernel/period/day.ts'
import { create } from '../../../kernel/records/records.ts'
import { linkTerm } from '../../../kernel/records/terms.ts'
import { ok } from '../../../kernel/result.ts'

/** Counts a device whose tag was read at a unit, and says at once whether it belongs there. Read again it counts once. */
export const scan = action(
  'custody.scan',
  {
    zh: '盘点扫描',
    en: 'Count a scanned device',
    input: z.strictObject({
      org: z.string(),
      take: z.uuid(),
      number: z.string().trim().min(1).max(40).meta({ title: '设备编号' }),
      place: z.string().max(60).optional(),
    }),
    answer: z.strictObject({
      number: z.string(),
      found: z.enum(['here', 'elsewhere', 'retired', 'unknown']),
      isRepeat: z.boolean(),
      model: z.string().nullable(),
      unit: z.string().nullable(),
    }),
  },
  async (ledger, actor, { org, take, number, place }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'enter', unit.value)
    if (!permitted.ok) return permitted
    const fields = { take, number, on: today(ledger.clock), ...(place ? { place } : {}) }
    const made = await create(ledger, actor, 'custody.count', { org, fields })
    const isRepeat = !made.ok && made.problems[0]?.code === 'record/duplicate-key'
    if (!made.ok && !isRepeat) return made
    const device = ledger.registry.types.get('equipment.device')!
    const { rows } = await ledger.store.pool.query<{ org: number; state: string; model: string }>(
      `SELECT org, state, fields ->> 'model' AS model FROM record
       WHERE root = $1 AND type = $2 AND links @> ARRAY[$3::text] AND status IN ('entered', 'confirmed')`,
      [unit.value.root, device.id, linkTerm(device, 'number', number)],
    )
    const [known] = rows
    const at = known && ledger.orgs.byId(known.org)!
    const found = foundOf(known?.state, at?.path.startsWith(unit.value.path) ?? false)
    return ok({ number, found, isRepeat, model: known?.model ?? null, unit: at?.name ?? null })
  },
)

/** What the register says of a device that was read at a unit. */
function foundOf(state: string | undefined, isHere: boolean): 'here' | 'elsewhere' | 'retired' | 'unknown' {
  if (state === undefined) return 'unknown'
  if (state === 'retired') return 'retired'
  return isHere ? 'here' : 'elsewhere'
}
