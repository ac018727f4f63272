import type { SealedValue } from '../journal/keys.ts'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import { today } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Content, Status } from './record.ts'
import type { Fields, RecordType } from './type.ts'
import { validate } from './validate.ts'

/** What was entered, checked and ready to be stored. */
export interface Checked {
  readonly after: Content
  /** Personal values newly sealed into `after.fields`. */
  readonly sealed: readonly SealedValue[]
  /** The fields as entered, personal values in plain. */
  readonly plain: Fields
}

interface As {
  readonly id: string
  readonly status: Status
  readonly state: string
  readonly version: number
  /** What the record said before, as the present version of the type has it. */
  readonly before?: Fields
}

/** Checks what someone entered for an org unit, and puts a commitment in place of each personal value. */
export function contentOf(
  ledger: Ledger,
  type: RecordType,
  org: OrgUnit,
  entered: unknown,
  { before, ...as }: As,
): Result<Checked> {
  if (!Object.hasOwn(type.states, as.state))
    return fail('record/state', {
      field: 'state',
      value: String(as.state).slice(0, 40),
      zh: `${type.title.zh}没有“${String(as.state).slice(0, 40)}”这个状态`,
      en: `${type.title.en} has no state ${String(as.state).slice(0, 40)}`,
    })
  const around = { orgs: ledger.orgs, today: today(ledger.clock), root: org.root, ...(before && { before }) }
  const fields = validate(type, entered, around)
  if (!fields.ok) return fields
  const day = fields.value[type.day]
  if (typeof day !== 'string')
    return fail('field/required', { field: type.day, zh: '日期不能为空', en: 'The day may not be empty' })
  const open = openOn(org, day)
  if (!open.ok) return open
  const sealed = seal(ledger, type, fields.value)
  return ok({
    after: {
      ...as,
      type: type.id,
      typeVersion: type.version,
      org: org.id,
      day,
      fields: sealed.fields,
      mergedInto: null,
    },
    sealed: sealed.values,
    plain: fields.value,
  })
}

/** Whether records of a unit may occur on a day; `org/closed`. */
export function openOn(org: OrgUnit, day: string): Result<true> {
  if (isOpenOn(org, day)) return ok(true)
  return fail('org/closed', {
    field: 'org',
    org: org.code,
    zh: `“${org.name}”在${day}不是有效单位`,
    en: `${org.code} was not open on ${day}`,
  })
}

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

/**
 * What records that look the same have in common; null when the type names no such fields.
 * Keyed, because it may cover personal values and is stored beside the record.
 * @param fields with personal values in plain
 */
export const likenessOf = (ledger: Ledger, type: RecordType, org: number, fields: Fields): string | null =>
  type.like ? ledger.keys.blind(JSON.stringify([type.id, org, ...type.like.map(name => fields[name] ?? null)])) : null
