import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'

export interface Ranked {
  readonly id: string
  readonly score: number
  readonly reviews: number
  readonly supporting: number
  readonly place: number
}

interface Judged {
  readonly id: string
  readonly score: number
  readonly verdict: string
}

/** From so many marks on the highest and the lowest do not count. */
const TRIMMED_FROM = 5

/** The mean of the marks to two digits; of five or more without the highest and the lowest. */
export function meanMark(marks: readonly number[]): number {
  const sorted = [...marks].sort((a, b) => a - b)
  const counted = sorted.length >= TRIMMED_FROM ? sorted.slice(1, -1) : sorted
  return Math.round((counted.reduce((sum, mark) => sum + mark, 0) * 100) / counted.length) / 100
}

/** What was judged, best first; those of one mark share a place. Pure. */
export function ranked(reviews: readonly Judged[]): Ranked[] {
  const by = new Map<string, Judged[]>()
  for (const one of reviews) by.set(one.id, [...(by.get(one.id) ?? []), one])
  const all = [...by].map(([id, list]) => ({
    id,
    score: meanMark(list.map(one => one.score)),
    reviews: list.length,
    supporting: list.filter(one => one.verdict !== 'reject').length,
  }))
  return all
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(one => ({ ...one, place: 1 + all.filter(other => other.score > one.score).length }))
}

export const ranking = question(
  'reviews.ranking',
  {
    zh: '评审排名',
    en: 'Ranking by review',
    input: z.strictObject({ org: z.string(), period: z.string(), of: z.enum(['project', 'nomination']) }),
    answer: z.strictObject({
      ranking: z.array(
        z.strictObject({
          id: z.string(),
          score: z.number(),
          reviews: z.number(),
          supporting: z.number(),
          place: z.number(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, period, of }) => {
    const reviews = await allRecords(ledger, actor, { type: 'reviews.review', org, period })
    if (!reviews.ok) return reviews
    const judged = reviews.value
      .filter(({ fields }) => fields[of] !== undefined)
      .map(({ fields }) => ({
        id: String(fields[of]),
        score: Number(fields.score),
        verdict: String(fields.verdict),
      }))
    return ok({ ranking: ranked(judged) })
  },
)
