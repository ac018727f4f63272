import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { action, question } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { today } from '../../kernel/period/period.ts'
import { change } from '../../kernel/records/records.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { type Change, changed, changesOf, type Holding, type Member } from './groups.ts'

interface Proposal {
  readonly group: string
  readonly name: string
  readonly org: string
  readonly members: readonly Member[]
  readonly changes: readonly Change[]
}

/** Groups at a unit and beneath of which members have left or come to their posts. */
async function proposalsAt(ledger: Ledger, org: string): Promise<Result<readonly Proposal[]>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const units = ledger.orgs.under(unit.value.path).map(one => one.id)
  const { rows } = await ledger.store.pool.query<{
    id: string
    org: number
    type: string
    fields: Record<string, unknown>
  }>(
    `SELECT id, org, type, fields FROM record
     WHERE root = $1 AND org = ANY($2) AND type IN ('leadership.holding', 'leadership.group') AND status IN ('entered', 'confirmed')
     ORDER BY org, id`,
    [unit.value.root, units],
  )
  const now = today(ledger.clock)
  const codeOf = (id: number) => ledger.orgs.byId(id)!.code
  const holdings = rows.flatMap(({ type, org: at, fields }): Holding[] =>
    type === 'leadership.holding'
      ? [
          {
            org: codeOf(at),
            post: String(fields.post),
            holder: String(fields.holder),
            since: String(fields.since),
            until: typeof fields.until === 'string' ? fields.until : null,
          },
        ]
      : [],
  )
  return ok(
    rows.flatMap(({ id, type, org: at, fields }): Proposal[] => {
      if (type !== 'leadership.group' || (typeof fields.dissolvedOn === 'string' && fields.dissolvedOn <= now))
        return []
      const members = fields.members as readonly Member[]
      const changes = changesOf(codeOf(at), members, holdings, now)
      return changes.length === 0 ? [] : [{ group: id, name: String(fields.name), org: codeOf(at), members, changes }]
    }),
  )
}

async function adopt(ledger: Ledger, actor: Actor, asked: { org: string; group: string }) {
  const found = await proposalsAt(ledger, asked.org)
  if (!found.ok) return found
  const proposal = found.value.find(one => one.group === asked.group)
  if (!proposal)
    return fail('leadership/no-change', {
      field: 'group',
      zh: '这个领导小组没有需要调整的成员',
      en: 'Nothing of this lead group has to change',
    })
  const done = await change(ledger, actor, proposal.group, {
    fields: { members: changed(proposal.members, proposal.changes) },
  })
  return done.ok ? ok({ changed: proposal.changes.length }) : done
}

const org = z.string().min(1).max(64)

export const operations = [
  question(
    'leadership.proposals',
    {
      zh: '领导小组调整建议',
      en: 'Proposed changes of lead groups',
      input: z.strictObject({ org }),
      answer: z.strictObject({
        proposals: z.array(
          z.strictObject({
            group: z.string(),
            name: z.string(),
            org: z.string(),
            changes: z.array(
              z.strictObject({ at: z.int(), post: z.string(), from: z.string(), to: z.string().nullable() }),
            ),
          }),
        ),
      }),
    },
    async (ledger, _, asked) => {
      const found = await proposalsAt(ledger, asked.org)
      return found.ok
        ? ok({
            proposals: found.value.map(({ members: _members, changes, ...one }) => ({ ...one, changes: [...changes] })),
          })
        : found
    },
  ),
  action(
    'leadership.adopt',
    {
      zh: '采纳调整',
      en: 'Adopt the change of a lead group',
      input: z.strictObject({ org, group: z.string().max(64) }),
      answer: z.strictObject({ changed: z.int() }),
    },
    adopt,
  ),
]
