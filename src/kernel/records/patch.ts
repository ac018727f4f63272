import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, hasRole, permit } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import { contentOf, likenessOf } from './content.ts'
import { foundFields, foundTerms } from './found.ts'
import { isCovered } from './mask.ts'
import { personalValues } from './personal.ts'
import type { Status } from './record.ts'
import { type Current, permitConfirmed, type Revision } from './revise.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

/** What a change to a record may say; what is not named stays as it is. `null` empties a field. */
export interface Patch {
  readonly fields?: Fields
  readonly state?: string
  readonly org?: string
}

/** The record as a patch makes it. A confirmed one has to be confirmed anew. */
export async function patched(ledger: Ledger, actor: Actor, current: Current, patch: Patch): Promise<Result<Revision>> {
  const { stored, type, org } = current
  if (stored.status === 'void')
    return fail('record/void', { zh: '已作废的记录不能再改', en: 'A void record cannot be changed' })
  const to = destination(ledger, actor, current, patch)
  if (!to.ok) return to
  const permitted = permitConfirmed(actor, current)
  if (!permitted.ok) return permitted
  const state = patch.state ?? stored.state
  const moved = transition(actor, type, org, stored.state, state)
  if (!moved.ok) return moved
  const before = upgrade(type, stored.typeVersion, stored.fields)
  const said = saidBy(type, patch.fields ?? {}, before)
  if (!said.ok) return said
  // Personal values the change leaves alone keep their commitment: they are not decrypted to be validated again.
  const kept = Object.fromEntries(
    Object.entries(before).filter(([name]) => type.fields[name]?.kind === 'personal' && !(name in said.value)),
  )
  const status: Status = stored.status === 'confirmed' ? 'entered' : stored.status
  const checked = contentOf(ledger, type, to.value, merged(type, before, kept, said.value), {
    id: stored.id,
    status,
    state,
    version: stored.version + 1,
    before,
  })
  if (!checked.ok) return checked
  const { after, sealed, plain } = checked.value
  return ok({
    after: { ...after, fields: { ...after.fields, ...kept } },
    sealed: sealed.filter(({ commitment }) => !isPlaceholder(commitment, after.fields, kept)),
    likeness: await likenessAfter(ledger, current, to.value, plain, kept),
    found: await foundAfter(ledger, current, plain, kept),
  })
}

function destination(ledger: Ledger, actor: Actor, { stored, org }: Current, patch: Patch): Result<OrgUnit> {
  const to = patch.org === undefined ? ok(org) : ledger.orgs.find(patch.org)
  if (!to.ok) return to
  const permitted = permit(actor, 'enter', to.value)
  if (!permitted.ok) return permitted
  if (to.value.root === stored.root) return to
  return fail('org/other-root', {
    field: 'org',
    zh: '不能移到另一棵单位树',
    en: 'A record cannot move to another tree',
  })
}

/** What a patch really says: without what it only sends back as it was shown, covered or computed. */
function saidBy(type: RecordType, fields: Fields, before: Fields): Result<Fields> {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    return fail('record/fields', {
      field: 'fields',
      zh: '字段的格式不对',
      en: 'The fields are not in the expected form',
    })
  return ok(
    Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => {
        if (value === undefined) return false
        if (Object.hasOwn(type.computed, name)) return value !== null && value !== before[name]
        const isPersonal = type.fields[name]?.kind === 'personal'
        return !(isPersonal && name in before && isCovered(value))
      }),
    ),
  )
}

/** What stands for a personal value that is left alone while the rest is checked. */
const PLACEHOLDER = '*'

function merged(type: RecordType, before: Fields, kept: Fields, said: Fields): Fields {
  const entered = Object.entries(before).filter(([name]) => !Object.hasOwn(type.computed, name))
  const placeholders = Object.fromEntries(Object.keys(kept).map(name => [name, PLACEHOLDER]))
  const all = { ...Object.fromEntries(entered), ...placeholders, ...said }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

const isPlaceholder = (commitment: string, fields: Fields, kept: Fields) =>
  Object.keys(kept).some(name => (fields[name] as { sealed?: string } | undefined)?.sealed === commitment)

/** Likeness covers personal values in plain; those left alone are looked up, and when erased there is no likeness. */
async function likenessAfter(ledger: Ledger, { stored, type }: Current, org: OrgUnit, plain: Fields, kept: Fields) {
  const covered = Object.keys(kept).filter(name => type.like?.includes(name))
  if (covered.length === 0) return likenessOf(ledger, type, org.id, plain)
  const values = await personalValues(ledger, stored)
  if (covered.some(name => values[name] === undefined)) return null
  return likenessOf(ledger, type, org.id, { ...plain, ...values })
}

/** Terms of personal values it is found by; those left alone are looked up when another changes, and kept otherwise. */
async function foundAfter(ledger: Ledger, { stored, type }: Current, plain: Fields, kept: Fields) {
  const names = foundFields(type)
  if (names.every(name => name in kept || !(name in plain || name in stored.fields))) return undefined
  const values = names.some(name => name in kept) ? await personalValues(ledger, stored) : {}
  const left = Object.keys(kept).flatMap(name => (values[name] === undefined ? [] : [[name, values[name]] as const]))
  const said = Object.entries(plain).filter(([name]) => !(name in kept))
  return foundTerms(ledger, type, Object.fromEntries([...said, ...left]))
}

/** Whether an actor may bring a record from one of its type's states to another. */
function transition(actor: Actor, type: RecordType, org: OrgUnit, from: string, to: string): Result<true> {
  if (from === to) return ok(true)
  if (!type.states[from]?.includes(to)) {
    const [was, is] = [stateWords(type, from), stateWords(type, to)]
    return fail('record/transition', {
      field: 'state',
      from,
      to: String(to).slice(0, 40),
      zh: `不能从“${was.zh}”变为“${is.zh}”`,
      en: `cannot go from ${was.en} to ${is.en}`,
    })
  }
  return permitState(actor, type, org, to)
}

export function permitState(actor: Actor, type: RecordType, org: OrgUnit, state: string): Result<true> {
  const role = type.stateRoles[state] ?? 'clerk'
  if (hasRole(actor, role, org.path)) return ok(true)
  const { zh, en } = stateWords(type, state)
  return fail('permission/denied', {
    field: 'state',
    role,
    zh: `改为“${zh}”需要更高的权限`,
    en: `${en} needs the role ${role}`,
  })
}

const stateWords = (type: RecordType, state: string) => {
  const short = String(state).slice(0, 40)
  return { zh: type.stateTitles[state]?.zh ?? short, en: type.stateTitles[state]?.en ?? short }
}

/** Whether an actor may enter a record in a state: over a path of states each of which they may bring it to. */
export function permitStart(actor: Actor, type: RecordType, org: OrgUnit, state: string): Result<true> {
  const [first] = Object.keys(type.states)
  const reached = new Set([first])
  for (const from of reached)
    for (const to of type.states[from ?? ''] ?? []) if (permitState(actor, type, org, to).ok) reached.add(to)
  if (reached.has(state) || !Object.hasOwn(type.states, state)) return ok(true)
  const permitted = permitState(actor, type, org, state)
  if (!permitted.ok) return permitted
  const { zh, en } = stateWords(type, state)
  return fail('permission/denied', {
    field: 'state',
    zh: `不能直接录入为“${zh}”`,
    en: `A record cannot be entered as ${en}`,
  })
}
