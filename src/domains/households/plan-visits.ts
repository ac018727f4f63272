import { z } from 'zod'
import { action } from '../../kernel/operation.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { createMany } from '../../kernel/records/records.ts'
import { ok } from '../../kernel/result.ts'

const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31'] as const

/** The quarters of a year in which a pairing stands at their end, each with its last day. Pure. */
export const quartersDue = (year: number, since: string, until?: string): { quarter: string; dueOn: string }[] =>
  LAST_DAYS.map((day, i) => ({ quarter: `${year}-Q${i + 1}`, dueOn: `${year}-${day}` })).filter(
    ({ dueOn }) => since <= dueOn && (until === undefined || dueOn < until),
  )

/** Puts down the visits that all pairings of a unit owe in a year; those that are there already stay. */
export const planVisits = action(
  'households.plan-visits',
  {
    zh: '排定全年季度走访',
    en: 'Plan the visits of a year',
    input: z.strictObject({ org: z.string(), year: z.int().min(2000).max(2100) }),
    answer: z.strictObject({ planned: z.number() }),
  },
  async (ledger, actor, { org, year }) => {
    const pairings = await allRecords(ledger, actor, { type: 'households.pairing', org })
    if (!pairings.ok) return pairings
    const there = await allRecords(ledger, actor, { type: 'households.visit', org, period: String(year) })
    if (!there.ok) return there
    const known = new Set(there.value.map(({ fields }) => `${fields.pairing} ${fields.quarter}`))
    const wanted = pairings.value.flatMap(({ id, org: own, fields }) =>
      quartersDue(year, String(fields.since), fields.until === undefined ? undefined : String(fields.until))
        .filter(({ quarter }) => !known.has(`${id} ${quarter}`))
        .map(due => ({ org: own, fields: { pairing: id, ...due } })),
    )
    if (wanted.length === 0) return ok({ planned: 0 })
    const created = await createMany(ledger, actor, 'households.visit', wanted)
    return created.ok ? ok({ planned: created.value.length }) : created
  },
)
