import { allOrNone } from '../all-or-none.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { fail, failAll, ok, type Problem, type Result } from '../result.ts'
import { type Committed, commit, touched } from './commit.ts'
import { patched } from './patch.ts'
import { personalValues } from './personal.ts'
import { readRecords } from './read.ts'
import type { StoredRecord } from './record.ts'
import {
  asCurrent,
  type ChangeOptions,
  type Current,
  changeOf,
  next,
  permitConfirmed,
  type Revision,
  write,
} from './revise.ts'
import { type Fields, upgrade } from './type.ts'

export interface MergeOptions extends Omit<ChangeOptions, 'client'> {
  /** Fields that the kept record takes from one of the others: field → that record's id. */
  readonly take?: Readonly<Record<string, string>>
  /** The versions that the others are thought to be at, by id. */
  readonly versions?: Readonly<Record<string, number>>
}

const MOST = 50

/**
 * Merges records that tell of the same fact into one. The others become void and say which record they went into; each
 * keeps its own history, and `showRecord` of the kept one leads to them.
 * @returns the kept record's new version
 */
export async function mergeRecords(
  ledger: Ledger,
  actor: Actor,
  keep: string,
  others: readonly string[],
  options: MergeOptions = {},
): Promise<Result<Committed>> {
  const found = await currents(ledger, actor, keep, others, options)
  if (!found.ok) return found
  const [kept, ...gone] = found.value as [Current, ...Current[]]
  const revision = await withTaken(ledger, actor, kept, gone, options.take ?? {})
  if (!revision.ok) return revision
  const joining = gone.map(one =>
    changeOf('merge', one, { after: next(one.stored, { status: 'void', mergedInto: keep }) }, `→ ${keep}`),
  )
  const keeping = changeOf('merge', kept, revision.value, `← ${others.join(' ')}`)
  const done = await allOrNone(ledger.store.pool, async client => {
    // The others first: the kept one may take the key of one of them.
    const voided = await commit(ledger, actor, joining, { client })
    if (!voided.ok) return voided
    const written = await write(ledger, actor, [keeping], { ...options, client })
    return written.ok ? ok([...written.value, ...voided.value]) : written
  })
  if (!done.ok) return done
  ledger.onTouched(touched([keeping, ...joining], done.value))
  return ok(done.value[0]!)
}

async function currents(
  ledger: Ledger,
  actor: Actor,
  keep: string,
  others: readonly string[],
  { version, versions }: MergeOptions,
): Promise<Result<Current[]>> {
  if (others.length === 0 || others.length > MOST || new Set([keep, ...others]).size !== others.length + 1)
    return fail('record/merge', {
      field: 'others',
      zh: `请选1到${MOST}条不同的记录并入`,
      en: `Choose 1 to ${MOST} different records to merge into it`,
    })
  const records = await readRecords(ledger, actor, [keep, ...others])
  if (!records.ok) return records
  const first = records.value[0]!
  const problems: Problem[] = []
  const found: Current[] = []
  for (const stored of records.value) {
    const expected = stored.id === keep ? version : versions?.[stored.id]
    const current = mergeable(ledger, actor, first, stored, expected)
    if (current.ok) found.push(current.value)
    else problems.push(...current.problems.map(problem => ({ ...problem, record: stored.id })))
  }
  return problems.length > 0 ? failAll(problems) : ok(found)
}

function mergeable(
  ledger: Ledger,
  actor: Actor,
  kept: StoredRecord,
  stored: StoredRecord,
  version: number | undefined,
): Result<Current> {
  const current = asCurrent(ledger, actor, stored, version)
  if (!current.ok) return current
  if (stored.type !== kept.type || stored.root !== kept.root)
    return fail('record/merge-type', {
      zh: '只有同一单位树中同一台账的记录可以合并',
      en: 'Only records of one type and tree can be merged',
    })
  if (stored.status === 'void')
    return fail('record/void', { zh: '已作废的记录不能合并', en: 'A void record cannot be merged' })
  // Only the kept record stays as confirmed as it was.
  const permitted = stored.id === kept.id ? ok(true) : permitConfirmed(actor, current.value)
  return permitted.ok ? current : permitted
}

/** The kept record with the fields it takes from the others. */
async function withTaken(
  ledger: Ledger,
  actor: Actor,
  kept: Current,
  gone: readonly Current[],
  take: Readonly<Record<string, string>>,
): Promise<Result<Revision>> {
  const fields: Record<string, unknown> = {}
  for (const [name, id] of Object.entries(take)) {
    const from = gone.find(one => one.stored.id === id)
    if (!from || !Object.hasOwn(kept.type.fields, name))
      return fail('record/merge-take', {
        field: name,
        value: id,
        zh: '所取的字段或记录不在合并之列',
        en: 'That field or record is not part of the merge',
      })
    fields[name] = await takenFrom(ledger, from, name)
  }
  if (Object.keys(fields).length === 0) return ok({ after: next(kept.stored, {}) })
  return patched(ledger, actor, kept, { fields })
}

/** A field's value in plain, null when the record has none. */
async function takenFrom(ledger: Ledger, { stored, type }: Current, name: string): Promise<unknown> {
  const fields: Fields = upgrade(type, stored.typeVersion, stored.fields)
  if (type.fields[name]?.kind !== 'personal') return fields[name] ?? null
  return (await personalValues(ledger, stored))[name] ?? null
}
