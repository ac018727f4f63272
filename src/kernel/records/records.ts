import { uuidv7 } from 'uuidv7'
import type { SealedValue } from '../journal/keys.ts'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import { type Actor, hasRole, permit } from '../people/actor.ts'
import { today } from '../period/period.ts'
import { typeNamed } from '../registry.ts'
import { fail, failAll, ok, type Problem, type Result } from '../result.ts'
import { type Change, type CommitOptions, type Committed, commit } from './commit.ts'
import { missingLinks } from './links.ts'
import { readRecord } from './read.ts'
import type { Content, Status, StoredRecord } from './record.ts'
import { type Fields, firstState, type RecordType, upgrade } from './type.ts'
import { validate } from './validate.ts'

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

/** Creates records of one type, all or none. Problems carry `row` (from 0) when there are several. */
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
  const missing = await missingLinks(ledger, type.value, prepared.value)
  if (missing.length > 0) return failAll(missing)
  return commit(ledger, actor, prepared.value, {
    ...options,
    refuseSimilar: !!type.value.like && !options.allowSimilar,
  })
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
    if (change.ok) changes.push(change.value)
    else
      problems.push(...(entered.length > 1 ? change.problems.map(problem => ({ ...problem, row })) : change.problems))
  }
  return problems.length > 0 ? failAll(problems) : ok(changes)
}

/** One entry, permitted, validated and sealed, ready to commit. */
export function prepare(ledger: Ledger, actor: Actor, type: RecordType, entered: Entered): Result<Change> {
  const org = ledger.orgs.find(entered.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'enter', org.value)
  if (!permitted.ok) return permitted
  const status: Status = entered.draft ? 'draft' : 'entered'
  const state = entered.state ?? firstState(type)
  const content = contentOf(ledger, type, org.value, entered.fields, { id: uuidv7(), status, state, version: 1 })
  if (!content.ok) return content
  return ok({
    action: 'create',
    root: org.value.root,
    type,
    before: null,
    ...content.value,
    origin: entered.origin ?? null,
  })
}

interface Checked {
  readonly after: Content
  readonly sealed: readonly SealedValue[]
  readonly likeness: string | null
}

function contentOf(
  ledger: Ledger,
  type: RecordType,
  org: OrgUnit,
  entered: unknown,
  as: { id: string; status: Status; state: string; version: number },
): Result<Checked> {
  if (!Object.hasOwn(type.states, as.state))
    return fail('record/state', {
      field: 'state',
      value: as.state,
      zh: `${type.title.zh}没有“${as.state}”这个状态`,
      en: `${type.title.en} has no state ${as.state}`,
    })
  const fields = validate(type, entered, { orgs: ledger.orgs, today: today(ledger.clock), root: org.root })
  if (!fields.ok) return fields
  const day = fields.value[type.day]
  if (typeof day !== 'string')
    return fail('field/required', { field: type.day, zh: '日期不能为空', en: 'The day may not be empty' })
  if (!isOpenOn(org, day))
    return fail('org/closed', {
      field: 'org',
      org: org.code,
      zh: `“${org.name}”在${day}不是有效单位`,
      en: `${org.code} was not open on ${day}`,
    })
  const sealed = seal(ledger, type, fields.value)
  const after: Content = {
    id: as.id,
    type: type.id,
    typeVersion: type.version,
    org: org.id,
    day,
    status: as.status,
    state: as.state,
    version: as.version,
    fields: sealed.fields,
    mergedInto: null,
  }
  return ok({ after, sealed: sealed.values, likeness: likenessOf(ledger, type, org.id, fields.value) })
}

/** Puts a commitment in place of each personal value. */
function seal(ledger: Ledger, type: RecordType, fields: Fields): { fields: Fields; values: SealedValue[] } {
  const values: SealedValue[] = []
  const stored: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    const info = type.fields[name]
    if (info?.kind === 'personal' && typeof value === 'string') {
      const sealed = ledger.keys.seal(value)
      values.push(sealed)
      stored[name] = { sealed: sealed.commitment }
    } else stored[name] = value
  }
  return { fields: stored, values }
}

/** Keyed, because it may cover personal values and is stored beside the record. */
const likenessOf = (ledger: Ledger, type: RecordType, org: number, fields: Fields): string | null =>
  type.like ? ledger.keys.blind(JSON.stringify([type.id, org, ...type.like.map(name => fields[name] ?? null)])) : null

/** What a change to a record may say; what is not named stays as it is. `null` empties a field. */
export interface Patch {
  readonly fields?: Fields
  readonly state?: string
  readonly org?: string
}

export interface ChangeOptions extends CommitOptions {
  /** The version the change is based on; `record/stale` when another came in between. */
  readonly version?: number
}

export const change = (ledger: Ledger, actor: Actor, id: string, patch: Patch, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'change', record => patched(ledger, actor, record, patch))

/** Submits a draft or a returned record. */
export const submit = (ledger: Ledger, actor: Actor, id: string, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'submit', ({ stored }) =>
    withStatus(stored, 'entered', ['draft', 'returned'], {
      zh: '只有草稿或退回的记录可以提交',
      en: 'Only a draft or a returned record can be submitted',
    }),
  )

export const confirm = (ledger: Ledger, actor: Actor, id: string, options: ChangeOptions = {}) =>
  revise(ledger, actor, id, options, 'confirm', ({ stored, org }) => {
    const permitted = permit(actor, 'confirm', org)
    if (!permitted.ok) return permitted
    return withStatus(stored, 'confirmed', ['entered'], {
      zh: '只有已录入的记录可以审核',
      en: 'Only an entered record can be confirmed',
    })
  })

/** Sends a record back for correction; it does not count until it is submitted again. */
export const sendBack = (ledger: Ledger, actor: Actor, id: string, reason: string, options: ChangeOptions = {}) =>
  revise(
    ledger,
    actor,
    id,
    options,
    'return',
    ({ stored, org }) => {
      const permitted = permit(actor, 'confirm', org)
      if (!permitted.ok) return permitted
      return withStatus(stored, 'returned', ['entered', 'confirmed'], {
        zh: '这条记录不能退回',
        en: 'This record cannot be returned',
      })
    },
    reason,
  )

/** Voids a record: it stays readable and provable but no longer counts. */
export const voidRecord = (ledger: Ledger, actor: Actor, id: string, reason: string, options: ChangeOptions = {}) =>
  revise(
    ledger,
    actor,
    id,
    options,
    'void',
    ({ stored }) =>
      withStatus(stored, 'void', ['draft', 'entered', 'returned', 'confirmed'], {
        zh: '这条记录已经作废',
        en: 'This record is void already',
      }),
    reason,
  )

interface Current {
  readonly stored: StoredRecord
  readonly type: RecordType
  readonly org: OrgUnit
}

type Revised = Result<Omit<Checked, 'sealed' | 'likeness'> & Partial<Checked>>

/** Reads a record, lets `make` say what it becomes, and writes that as its next version. */
export async function revise(
  ledger: Ledger,
  actor: Actor,
  id: string,
  options: ChangeOptions,
  action: string,
  make: (current: Current) => Revised | Promise<Revised>,
  note?: string,
): Promise<Result<Committed>> {
  const current = await forChange(ledger, actor, id, options)
  if (!current.ok) return current
  const { stored, type } = current.value
  const revised = await make(current.value)
  if (!revised.ok) return revised
  const change: Change = {
    action,
    root: stored.root,
    type,
    before: stored,
    ...revised.value,
    ...(note ? { note } : {}),
  }
  const missing = await missingLinks(ledger, type, [change])
  if (missing.length > 0) return failAll(missing)
  const done = await commit(ledger, actor, [change], options)
  return done.ok ? ok(done.value[0]!) : done
}

async function forChange(ledger: Ledger, actor: Actor, id: string, options: ChangeOptions): Promise<Result<Current>> {
  const found = await readRecord(ledger, actor, id, options.client)
  if (!found.ok) return found
  const stored = found.value
  const org = ledger.orgs.byId(stored.org)!
  const permitted = permit(actor, 'enter', org)
  if (!permitted.ok && !permit(actor, 'confirm', org).ok) return permitted
  const type = typeNamed(ledger.registry, stored.type)
  if (!type.ok) return type
  if (options.version !== undefined && options.version !== stored.version)
    return fail('record/stale', {
      field: 'version',
      seen: options.version,
      now: stored.version,
      zh: '这条记录刚被别人改过，请看差异后再保存',
      en: 'Someone changed this record; compare before saving',
    })
  return ok({ stored, type: type.value, org })
}

function patched(ledger: Ledger, actor: Actor, { stored, type, org }: Current, patch: Patch): Revised {
  if (stored.status === 'void')
    return fail('record/void', { zh: '已作废的记录不能再改', en: 'A void record cannot be changed' })
  const to = patch.org === undefined ? ok(org) : ledger.orgs.find(patch.org)
  if (!to.ok) return to
  const permitted = permit(actor, 'enter', to.value)
  if (!permitted.ok) return permitted
  if (to.value.root !== stored.root)
    return fail('org/other-root', {
      field: 'org',
      zh: '不能移到另一棵单位树',
      en: 'A record cannot move to another tree',
    })
  // A confirmed record was vouched for by a manager: only one may change it, and it has to be confirmed anew.
  if (stored.status === 'confirmed') {
    const confirming = permit(actor, 'confirm', org)
    if (!confirming.ok) return confirming
  }
  const state = patch.state ?? stored.state
  const moved = transition(actor, type, org, stored.state, state)
  if (!moved.ok) return moved
  const before = upgrade(type, stored.typeVersion, stored.fields)
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !(name in type.computed)))
  const personal = personalOf(type, kept)
  const merged = { ...kept, ...placeholders(personal), ...patch.fields }
  const entered = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
  const status: Status = stored.status === 'confirmed' ? 'entered' : stored.status
  const checked = contentOf(ledger, type, to.value, entered, {
    id: stored.id,
    status,
    state,
    version: stored.version + 1,
  })
  if (!checked.ok) return checked
  return ok(keepSealed(checked.value, personal, patch.fields ?? {}))
}

/** Personal values the change leaves alone keep their commitment: they are not decrypted to be validated again. */
const personalOf = (type: RecordType, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => type.fields[name]?.kind === 'personal'))

const placeholders = (personal: Fields): Fields => Object.fromEntries(Object.keys(personal).map(name => [name, '*']))

function keepSealed(checked: Checked, personal: Fields, patch: Fields): Omit<Checked, 'likeness'> & Partial<Checked> {
  const untouched = Object.fromEntries(Object.entries(personal).filter(([name]) => !(name in patch)))
  if (Object.keys(untouched).length === 0) return checked
  const fields = { ...checked.after.fields, ...untouched }
  const kept = new Set(Object.values(fields).flatMap(value => sealedCommitment(value)))
  return {
    after: { ...checked.after, fields },
    sealed: checked.sealed.filter(value => kept.has(value.commitment)),
    likeness: null,
  }
}

const sealedCommitment = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && 'sealed' in value ? [String(value.sealed)] : []

function transition(actor: Actor, type: RecordType, org: OrgUnit, from: string, to: string): Result<true> {
  if (from === to) return ok(true)
  const name = (state: string) => ({
    zh: type.stateTitles[state]?.zh ?? state,
    en: type.stateTitles[state]?.en ?? state,
  })
  if (!type.states[from]?.includes(to))
    return fail('record/transition', {
      field: 'state',
      from,
      to,
      zh: `不能从“${name(from).zh}”变为“${name(to).zh}”`,
      en: `cannot go from ${name(from).en} to ${name(to).en}`,
    })
  const role = type.stateRoles[to] ?? 'clerk'
  if (hasRole(actor, role, org.path)) return ok(true)
  return fail('permission/denied', {
    field: 'state',
    role,
    zh: `改为“${name(to).zh}”需要更高的权限`,
    en: `${name(to).en} needs the role ${role}`,
  })
}

function withStatus(
  stored: StoredRecord,
  status: Status,
  from: readonly Status[],
  refusal: { zh: string; en: string },
): Revised {
  if (!from.includes(stored.status))
    return fail(`record/not-${status}`, { field: 'status', value: stored.status, ...refusal })
  return ok({ after: next(stored, { status }) })
}

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
