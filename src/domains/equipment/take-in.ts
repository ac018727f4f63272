import { z } from 'zod'
import { action } from '../../kernel/operation.ts'
import { permit } from '../../kernel/people/actor.ts'
import { orgUnit, text } from '../../kernel/records/fields.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { createMany } from '../../kernel/records/records.ts'
import { fail, ok } from '../../kernel/result.ts'

/** Registers the devices of a delivered lot: nothing but their numbers is entered, the rest the lot says. */
export const takeIn = action(
  'equipment.take-in',
  {
    zh: '设备入账',
    en: 'Register the devices of a lot',
    input: z.strictObject({
      org: orgUnit({ zh: '放置单位', en: 'Where they go' }),
      lot: z.uuid(),
      numbers: text({ zh: '设备编号(空格或换行分开)', en: 'Device numbers, apart by spaces', max: 20_000 }),
    }),
    on: { type: 'equipment.lot', as: 'lot' },
    answer: z.strictObject({ devices: z.array(z.string()) }),
  },
  async (ledger, actor, { org, lot, numbers }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'enter', unit.value)
    if (!permitted.ok) return permitted
    const found = await readRecord(ledger, actor, lot)
    if (!found.ok) return found
    const { type, fields } = found.value
    if (type !== 'equipment.lot')
      return fail('equipment/no-lot', { field: 'lot', zh: '这不是到货批', en: 'This is not a delivered lot' })
    const { kind, model, arrivedOn, price } = fields
    const cost = price === undefined ? {} : { cost: price }
    const made = await createMany(
      ledger,
      actor,
      'equipment.device',
      numbers.split(/[\s,，、]+/).map(number => ({ org, fields: { number, kind, model, arrivedOn, lot, ...cost } })),
    )
    return made.ok ? ok({ devices: made.value.map(one => one.id) }) : made
  },
)
