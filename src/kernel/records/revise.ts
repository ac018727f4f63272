import type pg from 'pg'
import { allOrNone } from '../all-or-none.ts'
import type { SealedValue } from '../journal/keys.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { typeNamed } from '../registry.ts'
import { fail, failAll, ok, type Result } from '../result.ts'
import { type Change, type CommitOptions, type Committed, commit, touched } from './commit.ts'
import { missingLinks } from './links.ts'
import { readRecord } from './read.ts'
import type { Content, StoredRecord } from './record.ts'
import { areBound, brokenRules } from './rules.ts'
import type { RecordType } from './type.ts'

/** A record about to be changed, by one who may at least look at changing it. */
export interface Current {
  readonly stored: StoredRecord
  readonly type: RecordType
  readonly org: OrgUnit
}

/** What a record is to become. */
export interface Revision {
  readonly after: Content
  readonly sealed?: readonly SealedValue[]
  /** Kept when not given. */
  readonly likeness?: string | null
  readonly found?: readonly string[]
}

/** Says what a record becomes, or why it may not. */
export type Step = (current: Current) => Result<Revision> | Promise<Result<Revision>>

export interface ChangeOptions extends CommitOptions {
  /** The version the change is based on; `record/stale` when another came in between. */
  readonly version?: number
}

/** Reads a record, lets `step` say what it becomes, and writes that as its next version. */
export async function revise(
  ledger: Ledger,
  actor: Actor,
  id: string,
  options: ChangeOptions,
  action: string,
  step: Step,
  note?: string,
): Promise<Result<Committed>> {
  const found = await readRecord(ledger, actor, id, options.client)
  if (!found.ok) return found
  const current = asCurrent(ledger, actor, found.value, options.version)
  if (!current.ok) return current
  const revision = await step(current.value)
  if (!revision.ok) return revision
  const done = await write(ledger, actor, [changeOf(action, current.value, revision.value, note)], options)
  return done.ok ? ok(done.value[0]!) : done
}

/** Commits changes once what they link to is there and no rule between records is broken. */
export async function write(
  ledger: Ledger,
  actor: Actor,
  changes: readonly Change[],
  options: CommitOptions,
): Promise<Result<readonly Committed[]>> {
  const missing = await missingLinks(ledger, actor, changes, options.client)
  if (missing.length > 0) return failAll(missing)
  if (!areBound(ledger, changes)) {
    const broken = await brokenRules(ledger, changes, options.client ?? ledger.store.pool)
    return broken.length > 0 ? failAll(broken) : commit(ledger, actor, changes, options)
  }
  if (options.client) return commitRuled(ledger, actor, changes, { ...options, client: options.client })
  const done = await allOrNone(ledger.store.pool, client => commitRuled(ledger, actor, changes, { ...options, client }))
  if (done.ok) ledger.onTouched(touched(changes, done.value))
  return done
}

async function commitRuled(
  ledger: Ledger,
  actor: Actor,
  changes: readonly Change[],
  options: CommitOptions & { readonly client: pg.PoolClient },
): Promise<Result<readonly Committed[]>> {
  const broken = await brokenRules(ledger, changes, options.client)
  return broken.length > 0 ? failAll(broken) : commit(ledger, actor, changes, options)
}

/** A record as something to change: permitted, and at the version it is thought to be. */
export function asCurrent(ledger: Ledger, actor: Actor, stored: StoredRecord, version?: number): Result<Current> {
  const org = ledger.orgs.byId(stored.org)!
  const permitted = permit(actor, 'enter', org)
  if (!permitted.ok) return permitted
  const type = typeNamed(ledger.registry, stored.type)
  if (!type.ok) return type
  if (version !== undefined && version !== stored.version)
    return fail('record/stale', {
      field: 'version',
      seen: version,
      now: stored.version,
      zh: '这条记录刚被别人改过，请看差异后再保存',
      en: 'Someone changed this record; compare before saving',
    })
  return ok({ stored, type: type.value, org })
}

export const changeOf = (action: string, { stored, type }: Current, revision: Revision, note?: string): Change => ({
  action,
  root: stored.root,
  type,
  before: stored,
  ...revision,
  ...(note ? { note } : {}),
})

/** The record's next version with some of it different; fields stay as they were stored. */
export const next = (stored: StoredRecord, more: Partial<Content>): Content => ({
  id: stored.id,
  type: stored.type,
  typeVersion: stored.typeVersion,
  org: stored.org,
  day: stored.day,
  status: stored.status,
  state: stored.state,
  fields: stored.fields,
  mergedInto: stored.mergedInto,
  ...more,
  version: stored.version + 1,
})

/**
 * A confirmed record was vouched for by a manager: only one may change it, void it or take the confirmation back.
 */
export const permitConfirmed = (actor: Actor, { stored, org }: Current): Result<true> =>
  stored.status === 'confirmed' ? permit(actor, 'confirm', org) : ok(true)
