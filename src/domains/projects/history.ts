import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { referring } from '../../kernel/records/beside.ts'
import type { ListedRecord } from '../../kernel/records/list.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { fail, ok } from '../../kernel/result.ts'

/** How far a project's history goes: what names the project, what names that, and what names that again. */
const STEPS = 3

const event = z.strictObject({
  id: z.string(),
  type: z.string(),
  org: z.string(),
  day: z.string(),
  state: z.string(),
  status: z.string(),
})

/** Application, contract, milestones, payments, visits, acceptance, results: whatever names the project, in one line of days. */
export const history = question(
  'projects.history',
  {
    zh: '项目全过程',
    en: 'History of a project',
    input: z.strictObject({ org: z.string(), project: z.string() }),
    answer: z.strictObject({ events: z.array(event) }),
  },
  async (ledger, actor, { project }) => {
    const found = await readRecord(ledger, actor, project)
    if (!found.ok) return found
    const { id, type, org, day, state, status } = found.value
    if (type !== 'projects.project')
      return fail('projects/no-project', { field: 'project', zh: '这不是一个项目', en: 'That is no project' })
    const events = new Map<string, z.input<typeof event>>()
    events.set(id, { id, type, org: ledger.orgs.byId(org)!.code, day, state, status })
    for (let step = 0, ends = [id]; step < STEPS && ends.length > 0; step++) {
      const next: ListedRecord[] = []
      for (const end of ends) {
        const named = await referring(ledger, actor, end)
        if (!named.ok) return named
        next.push(...named.value.filter(one => !events.has(one.id)))
      }
      for (const one of next)
        events.set(one.id, {
          id: one.id,
          type: one.type,
          org: one.org,
          day: one.day,
          state: one.state,
          status: one.status,
        })
      ends = [...new Set(next.map(one => one.id))]
    }
    return ok({ events: [...events.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) })
  },
)
