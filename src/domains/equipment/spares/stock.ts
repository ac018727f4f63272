import { z } from 'zod'
import { question } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { ok } from '../../../kernel/result.ts'

export interface Movement {
  readonly on: string
  /** What comes in is positive. */
  readonly change: number
}

/** The first day at whose end more would have gone out than had come in; null when there is none. */
export function firstShortage(movements: readonly Movement[]): { readonly on: string; readonly left: number } | null {
  const byDay = new Map<string, number>()
  for (const { on, change } of movements) byDay.set(on, (byDay.get(on) ?? 0) + change)
  let left = 0
  for (const on of [...byDay.keys()].sort()) {
    left += byDay.get(on)!
    if (left < 0) return { on, left }
  }
  return null
}

/** What there is of each part at a unit and beneath, those below their least first. */
export const stock = question(
  'spares.on-hand',
  {
    zh: '备件库存',
    en: 'Parts on hand',
    input: z.strictObject({ org: z.string() }),
    answer: z.strictObject({
      parts: z.array(
        z.strictObject({
          id: z.string(),
          number: z.string(),
          name: z.string(),
          least: z.int(),
          stock: z.int(),
          isLow: z.boolean(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const { rows } = await ledger.store.pool.query<{
      id: string
      number: string
      name: string
      least: number
      stock: number
    }>(
      `SELECT p.id, p.fields ->> 'number' AS number, p.fields ->> 'name' AS name, (p.fields ->> 'least')::int AS least,
              coalesce(m.stock, 0)::int AS stock
       FROM record p LEFT JOIN (
         SELECT fields ->> 'part' AS part, sum((fields ->> 'quantity')::int *
                CASE fields ->> 'sort' WHEN 'receipt' THEN 1 ELSE -1 END) AS stock
         FROM record WHERE root = $1 AND type = 'spares.movement' AND org = ANY($2) AND status IN ('entered', 'confirmed')
         GROUP BY 1) m ON m.part = p.id::text
       WHERE p.root = $1 AND p.type = 'spares.part' AND p.status IN ('entered', 'confirmed')
       ORDER BY coalesce(m.stock, 0) >= (p.fields ->> 'least')::int, p.fields ->> 'number'`,
      [unit.value.root, ledger.orgs.under(unit.value.path).map(one => one.id)],
    )
    return ok({ parts: rows.map(row => ({ ...row, isLow: row.stock < row.least })) })
  },
)
