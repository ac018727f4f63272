import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { question } from '../../kernel/operation.ts'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { permit } from '../../kernel/people/actor.ts'
import { ok } from '../../kernel/result.ts'
import type { Words } from '../../kernel/words.ts'

interface Open {
  readonly id: string
  readonly title: string
  readonly from: string
  readonly to: string
}

/** Open records of a type at a unit, above it and beneath it: what somebody working there may take part in. */
export const openAt =
  (type: string) =>
  async (ledger: Ledger, { root, path }: OrgUnit): Promise<readonly Open[]> => {
    const above = path.split('/').filter(Boolean).map(Number)
    const { rows } = await ledger.store.pool.query<Open>(
      `SELECT id, fields ->> 'title' AS title, fields ->> 'from' AS from, fields ->> 'to' AS to FROM record
       WHERE root = $1 AND type = $2 AND org = ANY($3) AND state = 'open' AND status IN ('entered', 'confirmed')
       ORDER BY day DESC, id DESC LIMIT 100`,
      [root, type, [...above, ...ledger.orgs.under(path).map(unit => unit.id)]],
    )
    return rows
  }

export const openQuestion = (id: string, title: Words, found: ReturnType<typeof openAt>) =>
  question(
    id,
    {
      ...title,
      input: z.strictObject({ org: z.string() }),
      answer: z.strictObject({
        open: z.array(z.strictObject({ id: z.string(), title: z.string(), from: z.string(), to: z.string() })),
      }),
    },
    async (ledger, actor, { org }) => {
      const unit = ledger.orgs.find(org)
      if (!unit.ok) return unit
      const permitted = permit(actor, 'read', unit.value)
      if (!permitted.ok) return permitted
      return ok({ open: [...(await found(ledger, unit.value))] })
    },
  )
