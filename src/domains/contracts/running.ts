import type { Ledger } from '../../kernel/ledger.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { allRecords, type ListedRecord } from '../../kernel/records/list.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { Promised } from './progress.ts'

export interface Running {
  readonly project: ListedRecord
  readonly from: string
  readonly until: string
  readonly milestones: readonly Promised[]
}

/** Projects with signed contracts and what these promise. */
export async function running(ledger: Ledger, actor: Actor, org: string): Promise<Result<Running[]>> {
  const [projects, contracts, milestones] = await Promise.all([
    allRecords(ledger, actor, { type: 'projects.project', org }),
    allRecords(ledger, actor, { type: 'contracts.contract', org, state: ['signed', 'performed', 'closed'] }),
    allRecords(ledger, actor, { type: 'contracts.milestone', org }),
  ])
  if (!projects.ok) return projects
  if (!contracts.ok) return contracts
  if (!milestones.ok) return milestones
  const byContract = grouped(milestones.value, ({ fields }) => String(fields.contract))
  const byProject = grouped(contracts.value, ({ fields }) => String(fields.project))
  return ok(
    projects.value.flatMap(project => {
      const mine = byProject.get(project.id) ?? []
      if (mine.length === 0) return []
      return [
        {
          project,
          from: mine.map(({ fields }) => String(fields.startsOn)).sort()[0]!,
          until: mine
            .map(({ fields }) => String(fields.endsOn))
            .sort()
            .at(-1)!,
          milestones: mine.flatMap(({ id }) => (byContract.get(id) ?? []).map(asPromised)),
        },
      ]
    }),
  )
}

const asPromised = ({ fields: { title, plannedOn, weight, doneOn } }: ListedRecord): Promised => ({
  title: String(title),
  plannedOn: String(plannedOn),
  weight: Number(weight),
  ...(typeof doneOn === 'string' && { doneOn }),
})

function grouped(records: readonly ListedRecord[], by: (record: ListedRecord) => string) {
  const groups = new Map<string, ListedRecord[]>()
  for (const record of records) groups.set(by(record), [...(groups.get(by(record)) ?? []), record])
  return groups
}
