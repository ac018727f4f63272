import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { operator } from '../../kernel/people/actor.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'

/** What a unit and those beneath it have published, newest first; to be read by anyone, and nothing else of the ledger. */
export const publicNotes = question(
  'notes.public',
  {
    zh: '科技网页',
    en: 'Technology page',
    may: 'anyone',
    input: z.strictObject({ org: z.string() }),
    answer: z.strictObject({
      notes: z.array(
        z.strictObject({
          id: z.string(),
          unit: z.string(),
          day: z.string(),
          topic: z.string(),
          title: z.string(),
          body: z.string(),
        }),
      ),
    }),
  },
  async (ledger, _, { org }) => {
    const asked = { type: 'notes.note', org, state: ['published'], sort: '-day' }
    const published = await allRecords(ledger, operator('notes.public'), asked)
    if (!published.ok) return published
    return ok({
      notes: published.value.map(({ id, org, day, fields: { topic, title, body } }) => ({
        id,
        unit: ledger.orgs.byCode(org)!.name,
        day,
        topic: String(topic),
        title: String(title),
        body: String(body),
      })),
    })
  },
)
