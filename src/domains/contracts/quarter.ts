import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { action, question } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { addDays, parsePeriod, today } from '../../kernel/period/period.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { createMany } from '../../kernel/records/records.ts'
import { fail, ok } from '../../kernel/result.ts'
import { progressOf } from './progress.ts'
import { running } from './running.ts'

const asked = z.strictObject({ org: z.string(), quarter: z.string() })

const shown = z.strictObject({
  project: z.string(),
  org: z.string(),
  title: z.string(),
  planned: z.number(),
  done: z.number(),
  score: z.number(),
  result: z.enum(['on-track', 'behind', 'ahead']),
  overdue: z.array(z.string()),
})

/** Every running project's progress at the end of a quarter, or today while it lasts, worst first. */
export const quarter = question(
  'contracts.quarter',
  {
    zh: '季度进度',
    en: 'Progress of a quarter',
    input: asked,
    answer: z.strictObject({ on: z.string(), projects: z.array(shown) }),
  },
  (ledger, actor, input) => progressAt(ledger, actor, input),
)

/** Keeps the progress of a quarter that is over as records, once for each project; running it again adds what is missing. */
export const assess = action(
  'contracts.assess',
  {
    zh: '登记季度考核',
    en: 'Record the quarterly assessment',
    may: 'confirm',
    input: asked,
    answer: z.strictObject({ created: z.number(), already: z.number() }),
  },
  async (ledger, actor, input) => {
    const found = await progressAt(ledger, actor, input)
    if (!found.ok) return found
    const { on, projects, over } = found.value
    if (!over)
      return fail('contracts/not-over', { field: 'quarter', zh: '季度还没有结束', en: 'The quarter is not over yet' })
    const kept = await allRecords(ledger, actor, { type: 'contracts.progress', period: on })
    if (!kept.ok) return kept
    const known = new Set(kept.value.map(({ fields }) => fields.project))
    const missing = projects.filter(({ project }) => !known.has(project))
    if (missing.length === 0) return ok({ created: 0, already: projects.length })
    const created = await createMany(
      ledger,
      actor,
      'contracts.progress',
      missing.map(({ org, title: _, overdue, ...fields }) => ({
        org,
        fields: { ...fields, assessedOn: on, ...(overdue.length > 0 && { overdue: overdue.join('；') }) },
      })),
    )
    return created.ok ? ok({ created: missing.length, already: projects.length - missing.length }) : created
  },
)

async function progressAt(ledger: Ledger, actor: Actor, { org, quarter }: z.output<typeof asked>) {
  const period = /^\d{4}-Q[1-4]$/.test(quarter) ? parsePeriod(quarter) : notQuarter
  if (!period.ok) return period
  const now = today(ledger.clock)
  const last = addDays(period.value.until, -1)
  const on = last < now ? last : now
  const found = await running(ledger, actor, org)
  if (!found.ok) return found
  const projects = found.value
    .filter(({ project, from }) => from <= on && String(project.fields.closedOn ?? on) >= on)
    .map(({ project, milestones }) => {
      const { overdue, ...progress } = progressOf(milestones, on)
      const { id, org, fields } = project
      return { project: id, org, title: String(fields.title), ...progress, overdue: [...overdue] }
    })
    .sort((a, b) => a.score - b.score || (a.title < b.title ? -1 : 1))
  return ok({ on, projects, over: period.value.until <= now })
}

const notQuarter = fail('contracts/quarter', {
  field: 'quarter',
  zh: '季度应写作 2024-Q3',
  en: 'A quarter is written 2024-Q3',
})
