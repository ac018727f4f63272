import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { parsePeriod, today } from '../../kernel/period/period.ts'
import { ok } from '../../kernel/result.ts'
import { running } from './running.ts'

const place = z.strictObject({ lon: z.number(), lat: z.number() })

const bar = z.strictObject({
  id: z.string(),
  org: z.string(),
  number: z.string(),
  title: z.string(),
  from: z.string(),
  until: z.string(),
  closed: z.string().nullable(),
  place: place.nullable(),
  milestones: z.array(
    z.strictObject({ title: z.string(), plannedOn: z.string(), doneOn: z.string().nullable(), overdue: z.boolean() }),
  ),
})

/** Projects with contracts that run in a period: from when to when, what is promised on the way, and where. */
export const gantt = question(
  'contracts.gantt',
  {
    zh: '项目进度图',
    en: 'Gantt chart of projects',
    input: z.strictObject({ org: z.string(), period: z.string() }),
    answer: z.strictObject({ today: z.string(), projects: z.array(bar) }),
  },
  async (ledger, actor, { org, period: text }) => {
    const period = parsePeriod(text)
    if (!period.ok) return period
    const found = await running(ledger, actor, org)
    if (!found.ok) return found
    const now = today(ledger.clock)
    return ok({
      today: now,
      projects: found.value
        .filter(({ from, until }) => from < period.value.until && until >= period.value.from)
        .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
        .map(({ project: { id, org, fields }, from, until, milestones }) => ({
          id,
          org,
          number: String(fields.number),
          title: String(fields.title),
          from,
          until,
          closed: typeof fields.closedOn === 'string' ? fields.closedOn : null,
          place: place.safeParse(fields.place).data ?? null,
          milestones: milestones.map(({ title, plannedOn, doneOn }) => ({
            title,
            plannedOn,
            doneOn: doneOn ?? null,
            overdue: doneOn === undefined && plannedOn < now,
          })),
        })),
    })
  },
)
