import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { type Failure, fail, failAll, ok, type Problem, type Result } from '../result.ts'
import type { Change, CommitOptions, Committed } from './commit.ts'
import { type Patch, patched } from './patch.ts'
import { readRecords } from './read.ts'
import type { StoredRecord } from './record.ts'
import { asCurrent, changeOf, write } from './revise.ts'
import { isStatusAction, type StatusAction, withStatus } from './status.ts'

/** The same for all: what a patch says, or a step of their status with its reason. */
export type BulkChange = Patch | { readonly action: StatusAction; readonly reason?: string }

export interface BulkOptions extends CommitOptions {
  /** The versions that the records are thought to be at, by id. */
  readonly versions?: Readonly<Record<string, number>>
}

const MOST = 5000

/** Changes many records of one tree in one transaction, all or none. Problems carry the `record` they are of. */
export async function changeMany(
  ledger: Ledger,
  actor: Actor,
  ids: readonly string[],
  asked: BulkChange,
  options: BulkOptions = {},
): Promise<Result<readonly Committed[]>> {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0 || distinct.length > MOST)
    return fail('record/bulk', {
      field: 'ids',
      zh: `请选1到${MOST}条记录`,
      en: `Choose 1 to ${MOST} records`,
    })
  if ('action' in asked && !isStatusAction(asked.action))
    return fail('record/action', {
      field: 'action',
      value: String(asked.action).slice(0, 40),
      zh: '没有这种操作',
      en: 'There is no such action',
    })
  const records = await readRecords(ledger, actor, distinct, options.client)
  if (!records.ok) return records
  const root = records.value[0]!.root
  const changes: Change[] = []
  const problems: Problem[] = []
  for (const stored of records.value) {
    const change = stored.root === root ? await changed(ledger, actor, stored, asked, options) : otherTree
    if (change.ok) changes.push(change.value)
    else problems.push(...change.problems.map(problem => ({ ...problem, record: stored.id })))
  }
  if (problems.length > 0) return failAll(problems)
  const done = await write(ledger, actor, changes, options)
  if (done.ok) return done
  if (done.problems[0]?.code === 'record/stale') return staleOnes(ledger, actor, changes, done)
  return failAll(done.problems.map(problem => ofRecord(problem, changes)))
}

/** Which of the records others changed meanwhile. */
async function staleOnes(ledger: Ledger, actor: Actor, changes: readonly Change[], refused: Failure): Promise<Failure> {
  const ids = changes.map(change => change.after.id)
  const now = await readRecords(ledger, actor, ids)
  if (!now.ok) return now
  const { records: _, ...problem } = refused.problems[0]!
  const problems = now.value.flatMap(({ id, version }, i) => {
    const seen = changes[i]!.before!.version
    return version === seen ? [] : [{ ...problem, record: id, seen, now: version } as Problem]
  })
  return problems.length > 0 ? failAll(problems) : refused
}

async function changed(
  ledger: Ledger,
  actor: Actor,
  stored: StoredRecord,
  asked: BulkChange,
  { versions }: BulkOptions,
): Promise<Result<Change>> {
  const current = asCurrent(ledger, actor, stored, versions?.[stored.id])
  if (!current.ok) return current
  if (!('action' in asked)) {
    const revision = await patched(ledger, actor, current.value, asked)
    return revision.ok ? ok(changeOf('change', current.value, revision.value)) : revision
  }
  const revision = withStatus(actor, current.value, asked.action, asked.reason)
  return revision.ok ? ok(changeOf(asked.action, current.value, revision.value, asked.reason)) : revision
}

/** A problem of the n-th change as a problem of its record. */
const ofRecord = (problem: Problem, changes: readonly Change[]): Problem => {
  const { row, ...rest } = problem
  return typeof row === 'number'
    ? ({ ...rest, code: problem.code, record: changes[row]!.after.id } as Problem)
    : problem
}

const otherTree = fail('org/other-root', {
  zh: '只能同时修改同一棵单位树的记录',
  en: 'Only records of one tree can be changed together',
})
