import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { missingPapers } from './rules.ts'
import { papers } from './topics.ts'

const paper = z.enum(Object.keys(papers) as [keyof typeof papers, ...(keyof typeof papers)[]])

/** Applications that still lack papers their call asks for, each with what it lacks. */
export const incomplete = question(
  'projects.incomplete',
  {
    zh: '材料不全的申报',
    en: 'Applications that lack papers',
    input: z.strictObject({ org: z.string() }),
    answer: z.strictObject({
      applications: z.array(z.strictObject({ id: z.string(), title: z.string(), missing: z.array(paper) })),
    }),
  },
  async (ledger, actor, { org }) => {
    const applied = await allRecords(ledger, actor, { type: 'projects.project', org, state: ['applied'] })
    if (!applied.ok) return applied
    const calls = await allRecords(ledger, actor, { type: 'projects.call' })
    if (!calls.ok) return calls
    const asked = new Map(calls.value.map(({ id, fields }) => [id, fields.papers]))
    return ok({
      applications: applied.value
        .map(({ id, fields }) => ({
          id,
          title: String(fields.title),
          missing: missingPapers(asked.get(String(fields.call)), fields.papers),
        }))
        .filter(({ missing }) => missing.length > 0),
    })
  },
)
