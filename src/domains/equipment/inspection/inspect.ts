import { z } from 'zod'
import { action } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { today } from '../../../kernel/period/day.ts'
import { create } from '../../../kernel/records/records.ts'
import { linkTerm } from '../../../kernel/records/terms.ts'
import { fail, ok } from '../../../kernel/result.ts'

/** Enters the check of a device whose tag was read: all but the result is known from the tag and the round. */
export const inspect = action(
  'inspection.inspect',
  {
    zh: '扫码检查',
    en: 'Check a scanned device',
    input: z.strictObject({
      org: z.string(),
      round: z.uuid(),
      number: z.string().trim().min(1).max(40).meta({ title: '设备编号' }),
      /** What is wrong; nothing when the device is in order. */
      finding: z.string().min(1).max(300).optional(),
    }),
    answer: z.strictObject({ check: z.string(), model: z.string(), unit: z.string() }),
  },
  async (ledger, actor, { org, round, number, finding }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const device = ledger.registry.types.get('equipment.device')!
    const { rows } = await ledger.store.pool.query<{
      id: string
      org: number
      kind: string
      model: string
      sort: string | null
    }>(
      `SELECT d.id, d.org, d.fields ->> 'kind' AS kind, d.fields ->> 'model' AS model, r.fields ->> 'sort' AS sort
       FROM record d LEFT JOIN record r ON r.root = d.root AND r.id = $4 AND r.type = 'inspection.round'
       WHERE d.root = $1 AND d.type = $2 AND d.links @> ARRAY[$3::text] AND d.state <> 'retired'
         AND d.status IN ('entered', 'confirmed')`,
      [unit.value.root, device.id, linkTerm(device, 'number', number), round],
    )
    const [found] = rows
    const at = found && ledger.orgs.byId(found.org)!
    if (!found || !at || !permit(actor, 'read', at).ok)
      return fail('inspection/no-device', {
        field: 'number',
        value: number,
        zh: `没有编号为“${number}”的在册设备`,
        en: `There is no device ${number}`,
      })
    if (found.sort === null)
      return fail('inspection/no-round', { field: 'round', zh: '没有这个检查轮次', en: 'There is no such round' })
    const made = await create(ledger, actor, 'inspection.check', {
      org: at.code,
      fields: {
        round,
        sort: found.sort,
        device: found.id,
        kind: found.kind,
        checkedOn: today(ledger.clock),
        result: finding ? 'faulty' : 'sound',
        ...(finding ? { finding } : {}),
      },
    })
    return made.ok ? ok({ check: made.value.id, model: found.model, unit: at.name }) : made
  },
)
