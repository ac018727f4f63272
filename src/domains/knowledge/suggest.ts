import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { ok } from '../../kernel/result.ts'
import { nearest, termsIn } from '../../kernel/search/nearest.ts'
import { ranked } from './rank.ts'

const MOST = 10

/** While somebody types: reviewed answers of the whole tree, the one most likely meant first. */
export const suggest = question(
  'knowledge.suggest',
  {
    zh: '边输边找知识条目',
    en: 'Entries for what is being typed',
    input: z.strictObject({
      org: z.string(),
      text: z.string().trim().max(500),
      crop: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(MOST).default(5),
    }),
    answer: z.array(
      z.strictObject({
        id: z.uuid(),
        question: z.string(),
        answer: z.string(),
        crop: z.string(),
        subject: z.string(),
        score: z.number(),
      }),
    ),
  },
  async (ledger, _, { org, text, crop, limit }) => {
    const found = await nearest(ledger, org, 'knowledge.answers', text)
    if (!found.ok) return found
    const { posted, weights } = found.value
    return ok(
      ranked(weights, posted, termsIn, crop)
        .slice(0, limit)
        .map(({ entry: { id, fields }, score }) => ({
          id,
          question: String(fields.question),
          answer: String(fields.answer),
          crop: String(fields.crop),
          subject: String(fields.subject),
          score: Math.round(score * 1000) / 1000,
        })),
    )
  },
)
