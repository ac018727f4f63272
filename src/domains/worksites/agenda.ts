import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { parsePeriod, today } from '../../kernel/period/period.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { daysBetween } from './days.ts'

const plan = z.strictObject({ id: z.string(), kind: z.string(), state: z.string(), waited: z.number() })
const problem = z.strictObject({
  id: z.string(),
  kind: z.string(),
  problem: z.string(),
  owner: z.string(),
  dueOn: z.string(),
  nextStep: z.string(),
  /** Open since an earlier period. */
  carried: z.boolean(),
  late: z.boolean(),
})

/** What the next plan of a unit has to deal with: problems not solved before the period's end, and how long plans have waited for approval. */
export const agenda = question(
  'worksites.agenda',
  {
    zh: '驻点待办',
    en: 'Agenda of work sites',
    input: z.strictObject({ org: z.string(), period: z.string() }),
    answer: z.strictObject({ plans: z.array(plan), problems: z.array(problem) }),
  },
  async (ledger, actor, { org, period: text }) => {
    const period = parsePeriod(text)
    if (!period.ok) return period
    const { from, until } = period.value
    const now = today(ledger.clock)
    const plans = await allRecords(ledger, actor, { type: 'worksites.plan', org, state: ['submitted', 'approved'] })
    if (!plans.ok) return plans
    const found = await allRecords(ledger, actor, { type: 'worksites.problem', org, sort: 'dueOn' })
    if (!found.ok) return found
    return ok({
      plans: plans.value
        .filter(({ fields }) => String(fields.submittedOn) < until)
        .map(({ id, state, fields }) => ({
          id,
          kind: String(fields.kind),
          state,
          waited: daysBetween(String(fields.submittedOn), String(fields.approvedOn ?? now)),
        })),
      problems: found.value
        .filter(({ fields }) => String(fields.foundOn) < until && String(fields.closedOn ?? '9999') >= until)
        .map(({ id, fields }) => ({
          id,
          kind: String(fields.kind),
          problem: String(fields.problem),
          owner: String(fields.owner),
          dueOn: String(fields.dueOn),
          nextStep: String(fields.nextStep ?? ''),
          carried: String(fields.foundOn) < from,
          late: String(fields.dueOn) < now,
        })),
    })
  },
)
