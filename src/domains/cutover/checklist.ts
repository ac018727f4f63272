import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { fail, ok } from '../../kernel/result.ts'

const listed = (value: unknown): readonly { item: string; checkedAt?: string }[] => (Array.isArray(value) ? value : [])

/** What is to be checked at a site: whoever works at the site sees the list of its campaign, which lies above them. */
export const checklist = question(
  'cutover.checklist',
  {
    zh: '网点核对单',
    en: 'Checklist of a site',
    input: z.strictObject({ org: z.string(), site: z.uuid() }),
    answer: z.strictObject({
      id: z.string(),
      version: z.int(),
      code: z.string(),
      name: z.string(),
      campaign: z.string(),
      state: z.string(),
      items: z.array(z.strictObject({ item: z.string(), checkedAt: z.string().nullable() })),
    }),
  },
  async (ledger, actor, { site }) => {
    const found = await readRecord(ledger, actor, site)
    if (!found.ok) return found
    const { id, root, type, state, version, fields } = found.value
    if (type !== 'cutover.site')
      return fail('cutover/no-site', { field: 'site', zh: '这不是切换网点', en: 'This is not a site' })
    const { rows } = await ledger.store.pool.query<{ title: string; checklist: unknown }>(
      `SELECT fields ->> 'title' AS title, fields -> 'checklist' AS checklist FROM record
       WHERE root = $1 AND id = $2::uuid`,
      [root, fields.campaign],
    )
    const checked = new Map(listed(fields.checks).map(({ item, checkedAt }) => [item, checkedAt ?? null]))
    return ok({
      id,
      version,
      code: String(fields.code),
      name: String(fields.name),
      campaign: rows[0]?.title ?? '',
      state,
      items: listed(rows[0]?.checklist).map(({ item }) => ({ item, checkedAt: checked.get(item) ?? null })),
    })
  },
)
