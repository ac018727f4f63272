import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { type Aspect, aspectPoints, aspects, type Done, ranked } from './points.ts'

const row = z.strictObject({
  assessment: z.string(),
  village: z.string(),
  /** Masked. */
  holder: z.string(),
  points: z.number(),
  aspects: z.record(z.enum(Object.keys(aspects) as [Aspect]), z.number()),
  rank: z.number(),
})

/** The village deputies of a unit by their checked points of a quarter. */
export const ranking = question(
  'townships.ranking',
  {
    zh: '百分考核排名',
    en: 'Ranking of village deputies',
    input: z.strictObject({ org: z.string(), quarter: z.string().regex(/^\d{4}-Q[1-4]$/) }),
    answer: z.strictObject({ deputies: z.array(row) }),
  },
  async (ledger, actor, { org, quarter }) => {
    const list = await allRecords(ledger, actor, {
      type: 'townships.assessment',
      org,
      state: ['checked'],
      filter: { quarter },
    })
    if (!list.ok) return list
    const posts = await allRecords(ledger, actor, { type: 'townships.post', org, filter: { post: 'village-deputy' } })
    if (!posts.ok) return posts
    const postOf = new Map(posts.value.map(post => [post.id, post.fields]))
    const deputies = list.value.map(({ id, fields }) => {
      const post = postOf.get(String(fields.post))
      const village = String(post?.village ?? '')
      const done = fields.items as readonly Done[]
      return {
        assessment: id,
        village: ledger.orgs.byCode(village)?.name ?? village,
        holder: String(post?.holder ?? ''),
        points: Number(fields.points),
        aspects: {
          training: aspectPoints('training', done),
          trials: aspectPoints('trials', done),
          execution: aspectPoints('execution', done),
          service: aspectPoints('service', done),
        },
      }
    })
    return ok({ deputies: ranked(deputies) })
  },
)
