import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'

/** How many years without a break end with the last one. Pure. */
export function yearsInARow(years: readonly number[]): number {
  const had = new Set(years)
  const last = Math.max(...had)
  let count = 0
  while (had.has(last - count)) count++
  return count
}

/** Honours that came again year after year, the longest first: 连续五年. */
export const inARow = question(
  'awards.in-a-row',
  {
    zh: '连续获得的荣誉',
    en: 'Honours kept over years',
    input: z.strictObject({ org: z.string(), least: z.coerce.number().int().min(2).default(2) }),
    answer: z.strictObject({
      honours: z.array(
        z.strictObject({ title: z.string(), recipient: z.string(), years: z.number(), last: z.number() }),
      ),
    }),
  },
  async (ledger, actor, { org, least }) => {
    const awards = await allRecords(ledger, actor, { type: 'awards.award', org })
    if (!awards.ok) return awards
    const by = new Map<string, { title: string; recipient: string; years: number[] }>()
    for (const { fields } of awards.value) {
      const key = JSON.stringify([fields.title, fields.recipient, fields.kind])
      const one = by.get(key) ?? { title: String(fields.title), recipient: String(fields.recipient), years: [] }
      one.years.push(Number(fields.year))
      by.set(key, one)
    }
    return ok({
      honours: [...by.values()]
        .map(({ years, ...honour }) => ({ ...honour, years: yearsInARow(years), last: Math.max(...years) }))
        .filter(({ years }) => years >= least)
        .sort((a, b) => b.years - a.years || b.last - a.last),
    })
  },
)
