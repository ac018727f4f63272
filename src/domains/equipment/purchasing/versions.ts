import { z } from 'zod'
import type { Ledger } from '../../../kernel/ledger.ts'
import { question } from '../../../kernel/operation.ts'
import { type Actor, permit } from '../../../kernel/people/actor.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../../../kernel/records/record.ts'
import { linkTerm } from '../../../kernel/records/terms.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { differences, itemKey, itemsOf, quantities } from './items.ts'

const input = z.strictObject({ org: z.string(), number: z.string().max(40) })
const side = z.strictObject({ quantity: z.int(), price: z.int() }).nullable()

/** All versions of a plan, the first one first. */
async function versionsOf(
  ledger: Ledger,
  actor: Actor,
  org: string,
  number: string,
): Promise<Result<readonly StoredRecord[]>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const type = ledger.registry.types.get('purchasing.configuration')!
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = $1 AND r.type = $2 AND r.links @> ARRAY[$3::text]
       AND r.status IN ('entered', 'confirmed') ORDER BY (r.fields ->> 'revision')::int`,
    [unit.value.root, type.id, linkTerm(type, 'number', number)],
  )
  const readable = rows.filter(row => permit(actor, 'read', ledger.orgs.byId(row.org)!).ok)
  return readable.length > 0
    ? ok(readable)
    : fail('purchasing/no-plan', {
        field: 'number',
        value: number,
        zh: `没有编号为“${number}”的配置方案`,
        en: `There is no configuration plan ${number}`,
      })
}

/** What each version of a configuration plan changed. */
export const comparison = question(
  'purchasing.comparison',
  {
    zh: '配置方案版次对比',
    en: 'Versions of a configuration plan compared',
    input,
    answer: z.strictObject({
      versions: z.array(
        z.strictObject({
          id: z.string(),
          revision: z.int(),
          state: z.string(),
          reason: z.string().nullable(),
          changes: z.array(z.strictObject({ kind: z.string(), model: z.string(), before: side, after: side })),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, number }) => {
    const versions = await versionsOf(ledger, actor, org, number)
    if (!versions.ok) return versions
    return ok({
      versions: versions.value.map((version, i) => ({
        id: version.id,
        revision: Number(version.fields.revision),
        state: version.state,
        reason: typeof version.fields.reason === 'string' ? version.fields.reason : null,
        changes: differences(i === 0 ? [] : itemsOf(versions.value[i - 1]!), itemsOf(version)),
      })),
    })
  },
)

/** What is to be bought by the approved version, what is ordered of it, and what is left. */
export const purchaseList = question(
  'purchasing.list',
  {
    zh: '采购清单',
    en: 'Purchase list',
    input,
    answer: z.strictObject({
      revision: z.int(),
      items: z.array(
        z.strictObject({
          kind: z.string(),
          model: z.string(),
          quantity: z.int(),
          ordered: z.int(),
          left: z.int(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, number }) => {
    const versions = await versionsOf(ledger, actor, org, number)
    if (!versions.ok) return versions
    const approved = versions.value.find(({ state }) => state === 'approved')
    if (!approved)
      return fail('purchasing/not-approved', {
        field: 'number',
        zh: '这个方案还没有批准执行的版次',
        en: 'No version of this plan is approved yet',
      })
    const contract = ledger.registry.types.get('purchasing.contract')!
    const { rows } = await ledger.store.pool.query<StoredRecord>(
      `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = $1 AND r.type = $2 AND r.links @> ARRAY[$3::text]
         AND r.status IN ('entered', 'confirmed')`,
      [approved.root, contract.id, linkTerm(contract, 'configuration', approved.id)],
    )
    const ordered = quantities(rows.flatMap(itemsOf))
    return ok({
      revision: Number(approved.fields.revision),
      items: itemsOf(approved).map(item => {
        const of = ordered.get(itemKey(item)) ?? 0
        return { kind: item.kind, model: item.model, quantity: item.quantity, ordered: of, left: item.quantity - of }
      }),
    })
  },
)
