import { uuidv7 } from 'uuidv7'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { typeNamed } from '../registry.ts'
import { fail, failAll, ok, type Problem, type Result } from '../result.ts'
import { type Change, type CommitOptions, type Committed, similar } from './commit.ts'
import { contentOf, likenessOf } from './content.ts'
import { foundTerms } from './found.ts'
import { type Patch, patched, permitStart } from './patch.ts'
import type { Status } from './record.ts'
import { type ChangeOptions, revise, write } from './revise.ts'
import { looksLike } from './similar.ts'
import { withStatus } from './status.ts'
import { firstState, type RecordType } from './type.ts'

/** What someone enters: for which org unit, which values; a draft does not count until it is submitted. */
export interface Entered {
  readonly org: string
  readonly fields: unknown
  readonly state?: string
  readonly draft?: boolean
  /** Content hash and occurrence of an imported row. */
  readonly origin?: string
}

export interface CreateOptions extends CommitOptions {
  /** Save although a record that looks the same is there. */
  readonly allowSimilar?: boolean
}

export async function create(
  ledger: Ledger,
  actor: Actor,
  typeId: string,
  entered: Entered,
  options: CreateOptions = {},
): Promise<Result<Committed>> {
  const done = await createMany(ledger, actor, typeId, [entered], options)
  return done.ok ? ok(done.value[0]!) : done
}

/** Creates records of one type and tree, all or none. Problems carry `row` (from 0) when there are several. */
export async function createMany(
  ledger: Ledger,
  actor: Actor,
  typeId: string,
  entered: readonly Entered[],
  options: CreateOptions = {},
): Promise<Result<readonly Committed[]>> {
  const type = typeNamed(ledger.registry, typeId)
  if (!type.ok) return type
  const prepared = prepareAll(ledger, actor, type.value, entered)
  if (!prepared.ok) return prepared
  const refuseSimilar = !!type.value.like && !options.allowSimilar
  const repeated = refuseSimilar && repeats(prepared.value)
  const done = repeated ? similar() : await write(ledger, actor, prepared.value, { ...options, refuseSimilar })
  if (done.ok || done.problems[0]?.code !== 'record/similar') return done
  return failAll(await looksLike(ledger, prepared.value, done.problems[0], options.client))
}

/** Whether some of the records look like one another. */
function repeats(changes: readonly Change[]): boolean {
  const likenesses = changes.map(change => change.likeness).filter(likeness => likeness !== null)
  return new Set(likenesses).size < likenesses.length
}

/** Checks many entries without saving; each bad one's problems carry its `row`. */
export function prepareAll(
  ledger: Ledger,
  actor: Actor,
  type: RecordType,
  entered: readonly Entered[],
): Result<readonly Change[]> {
  const problems: Problem[] = []
  const changes: Change[] = []
  for (const [row, one] of entered.entries()) {
    const change = prepare(ledger, actor, type, one)
    const sameTree = change.ok && changes.length > 0 ? inTree(change.value, changes[0]!.root) : change
    if (sameTree.ok) changes.push(sameTree.value)
    else
      problems.push(
        ...(entered.length > 1 ? sameTree.problems.map(problem => ({ ...problem, row })) : sameTree.problems),
      )
  }
  return problems.length > 0 ? failAll(problems) : ok(changes)
}

const inTree = (change: Change, root: number): Result<Change> =>
  change.root === root
    ? ok(change)
    : fail('org/other-root', {
        field: 'org',
        zh: '一次只能录入同一棵单位树的记录',
        en: 'Records of one tree only can be entered at once',
      })

/** One entry, permitted, validated and sealed, ready to commit. */
export function prepare(ledger: Ledger, actor: Actor, type: RecordType, entered: Entered): Result<Change> {
  const org = ledger.orgs.find(entered.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'enter', org.value)
  if (!permitted.ok) return permitted
  const status: Status = entered.draft ? 'draft' : 'entered'
  const state = entered.state ?? firstState(type)
  const startable = permitStart(actor, type, org.value, state)
  if (!startable.ok) return startable
  const checked = contentOf(ledger, type, org.value, entered.fields, { id: uuidv7(), status, state, version: 1 })
  if (!checked.ok) return checked
  const { after, sealed, plain } = checked.value
  return ok({
    action: 'create',
    root: org.value.root,
    type,
    before: null,
    after,
    sealed,
    likeness: likenessOf(ledger, type, org.value.id, plain),
    found: foundTerms(ledger, type, plain),
    origin: entered.origin ?? null,
  })
}

export const change = (ledger: Ledger, actor: Actor, id: string, patch: Patch, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'change', current => patched(ledger, actor, current, patch))

/** Submits a draft or a returned record. */
export const submit = (ledger: Ledger, actor: Actor, id: string, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'submit', current => withStatus(actor, current, 'submit'))

export const confirm = (ledger: Ledger, actor: Actor, id: string, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'confirm', current => withStatus(actor, current, 'confirm'))

/** Sends a record back for correction; it does not count until it is submitted again. */
export const sendBack = (ledger: Ledger, actor: Actor, id: string, reason: string, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'return', current => withStatus(actor, current, 'return', reason), reason)

/** Voids a record: it stays readable and provable but no longer counts. */
export const voidRecord = (ledger: Ledger, actor: Actor, id: string, reason: string, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'void', current => withStatus(actor, current, 'void', reason), reason)
