import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { parsePeriod, today } from '../../kernel/period/period.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { quartersDue } from './plan-visits.ts'

const quarter = z.strictObject({
  quarter: z.string(),
  state: z.enum(['done', 'due', 'late']),
  visitedOn: z.string().optional(),
})

const row = z.strictObject({
  pairing: z.string(),
  helper: z.string(),
  /** Masked. */
  name: z.string(),
  household: z.string(),
  quarters: z.array(quarter),
  /** In fen, of the year. */
  aid: z.number(),
  receipts: z.number(),
  before: z.number().optional(),
  after: z.number().optional(),
})

/** Of each helper in a year: each quarter's visit, done or due; aid and its receipts; income at first and last. */
export const progress = question(
  'households.progress',
  {
    zh: '帮扶进度',
    en: 'Progress of pairings',
    input: z.strictObject({ org: z.string(), year: z.coerce.number().int().min(2000).max(2100) }),
    answer: z.strictObject({ pairings: z.array(row) }),
  },
  async (ledger, actor, { org, year }) => {
    const period = parsePeriod(String(year))
    if (!period.ok) return period
    const pairings = await allRecords(ledger, actor, { type: 'households.pairing', org })
    if (!pairings.ok) return pairings
    const households = await allRecords(ledger, actor, { type: 'households.household', org })
    if (!households.ok) return households
    const visits = await allRecords(ledger, actor, { type: 'households.visit', org, period: String(year) })
    if (!visits.ok) return visits
    const aids = await allRecords(ledger, actor, { type: 'households.aid', org, period: String(year) })
    if (!aids.ok) return aids
    const incomes = await allRecords(ledger, actor, { type: 'households.income', org, sort: 'year' })
    if (!incomes.ok) return incomes
    const numbers = new Map(households.value.map(one => [one.id, String(one.fields.number)]))
    const made = new Map(visits.value.map(one => [`${one.fields.pairing} ${one.fields.quarter}`, one]))
    const now = today(ledger.clock)
    const rows = pairings.value.flatMap(({ id, fields }) => {
      const since = String(fields.since)
      const until = fields.until === undefined ? undefined : String(fields.until)
      if (since >= period.value.until || (until !== undefined && until <= period.value.from)) return []
      const own = aids.value.filter(one => one.fields.household === fields.household)
      const earned = incomes.value
        .filter(one => one.fields.household === fields.household)
        .map(one => Number(one.fields.income))
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
      return [
        {
          pairing: id,
          helper: String(fields.helper),
          name: String(fields.name),
          household: numbers.get(String(fields.household)) ?? '',
          quarters: quartersDue(year, since, until).map(({ quarter, dueOn }) => {
            const visit = made.get(`${id} ${quarter}`)
            if (visit?.state === 'done')
              return { quarter, state: 'done' as const, visitedOn: String(visit.fields.visitedOn) }
            return { quarter, state: dueOn < now ? ('late' as const) : ('due' as const) }
          }),
          aid: sum(own.map(one => Number(one.fields.amount))),
          receipts: sum(
            own.flatMap(one => (one.fields.receipts as readonly { amount: number }[]).map(receipt => receipt.amount)),
          ),
          ...(earned.length > 0 ? { before: earned[0]!, after: earned.at(-1)! } : {}),
        },
      ]
    })
    return ok({ pairings: rows })
  },
)
