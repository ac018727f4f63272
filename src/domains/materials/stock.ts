import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { allRecords, type ListedRecord } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { GIVERS, given, printed } from './given.ts'

/** Of each material: copies printed, given and left, and at how many events and sessions they were given. */
export const stock = question(
  'materials.stock',
  {
    zh: '资料库存',
    en: 'Stock of materials',
    input: z.strictObject({ org: z.string() }),
    answer: z.strictObject({
      materials: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          printed: z.number(),
          given: z.number(),
          left: z.number(),
          givenAt: z.array(z.string()),
        }),
      ),
    }),
  },
  async (ledger, actor, { org }) => {
    const materials = await allRecords(ledger, actor, { type: 'materials.material', org, sort: 'name' })
    if (!materials.ok) return materials
    const givers: ListedRecord[] = []
    for (const type of GIVERS) {
      const list = await allRecords(ledger, actor, { type, org })
      if (!list.ok) return list
      givers.push(...list.value)
    }
    return ok({
      materials: materials.value.map(({ id, fields }) => {
        const out = givers.filter(giver => given(id, [giver]) > 0)
        const copies = { printed: printed({ fields }), given: given(id, out) }
        return {
          id,
          name: String(fields.name),
          ...copies,
          left: copies.printed - copies.given,
          givenAt: out.map(giver => giver.id),
        }
      }),
    })
  },
)
