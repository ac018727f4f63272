import { z } from 'zod'
import type { Words } from '../words.ts'
import { type Choices, type FieldInfo, fieldsOfShape } from './fields.ts'

export type Role = 'clerk' | 'manager' | 'analyst' | 'auditor' | 'administrator'

export type Fields = Readonly<Record<string, unknown>>

/** What a later version of a declaration did to the earlier one, so that old records stay readable and counted. */
export interface TypeChange {
  /** The version this change leads to; versions start at 1. */
  readonly version: number
  readonly renamed?: Readonly<Record<string, string>>
  /** Values for fields that older records do not have. */
  readonly added?: Fields
  /** Choices that became others: field → old choice → new choice. */
  readonly choices?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A field worked out from the others when the record is saved, and stored with it. */
export interface Computed {
  readonly info: FieldInfo
  readonly of: (fields: Fields) => number | string | null
}

export interface RecordType<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly id: string
  readonly title: Words
  readonly help?: Words
  readonly version: number
  readonly changes: readonly TypeChange[]
  /** The field whose day decides the period a record counts in. */
  readonly day: string
  readonly schema: z.ZodObject<S>
  readonly fields: Readonly<Record<string, FieldInfo>>
  readonly computed: Readonly<Record<string, Computed>>
  /** Fields that make a record unique within its root org unit. */
  readonly key?: readonly string[]
  /** Fields that, when all equal, make a new record look like one that is already there. */
  readonly like?: readonly string[]
  /** The type's own workflow: state → states it may go to. The first is where a record starts. */
  readonly states: Readonly<Record<string, readonly string[]>>
  readonly stateTitles: Readonly<Record<string, Words>>
  /** Role needed to bring a record into a state; clerk where not named. */
  readonly stateRoles: Readonly<Record<string, Role>>
  /** Fields shown first in lists; all when not given. */
  readonly columns: readonly string[]
  /** A rule over several fields; gives problems to show, none when all is well. */
  readonly check?: (fields: Fields) => readonly (Words & { field: string; code: string })[]
  /** Where records of this type are made and changed, when that takes more than entering: nothing else may write them. */
  readonly through?: Words
}

export interface Declaration<S extends z.ZodRawShape> {
  title: Words
  help?: Words
  version?: number
  changes?: readonly TypeChange[]
  day: keyof S & string
  fields: z.ZodObject<S>
  computed?: Readonly<Record<string, Computed>>
  key?: readonly ((keyof S & string) | 'org')[]
  like?: readonly (keyof S & string)[]
  states?: Readonly<Record<string, readonly string[]>>
  stateTitles?: Readonly<Record<string, Words>>
  stateRoles?: Readonly<Record<string, Role>>
  columns?: readonly (keyof S & string)[]
  check?: RecordType['check']
  through?: Words
}

/**
 * Declares a record type. Storage, validation, forms, lists, import, export, API and history follow from it.
 * @throws when the declaration contradicts itself (a bug, found at start)
 */
export function recordType<S extends z.ZodRawShape>(id: string, declared: Declaration<S>): RecordType<S> {
  const fields = fieldsOfShape(declared.fields.shape)
  const computed = declared.computed ?? {}
  const all = { ...fields, ...Object.fromEntries(Object.entries(computed).map(([name, { info }]) => [name, info])) }
  const states = declared.states ?? { '': [] }
  for (const next of Object.values(states).flat()) assertDeclared(next in states, id, `state ${next}`)
  for (const name of [...(declared.key ?? []), ...(declared.like ?? []), ...(declared.columns ?? [])])
    assertDeclared(name === 'org' || name in all, id, `field ${name}`)
  assertDeclared(fields[declared.day]?.kind === 'day', id, `day field ${declared.day}`)
  // Sealing and erasing know the record's own fields; a key in the database may not tell a personal value.
  const inRows = Object.values(fields).flatMap(field => Object.entries(field.rows ?? {}))
  for (const [name, field] of [...inRows, ...(declared.key ?? []).map(name => [name, all[name]] as const)])
    assertDeclared(field?.kind !== 'personal', id, `${name} as personal data in rows or keys`)
  return {
    id,
    title: declared.title,
    help: declared.help,
    version: declared.version ?? Math.max(1, ...(declared.changes ?? []).map(change => change.version)),
    changes: [...(declared.changes ?? [])].sort((a, b) => a.version - b.version),
    day: declared.day,
    schema: declared.fields.strict(),
    fields: all,
    computed,
    key: declared.key,
    like: declared.like,
    states,
    stateTitles: declared.stateTitles ?? {},
    stateRoles: declared.stateRoles ?? {},
    columns: declared.columns ?? Object.keys(all).filter(name => all[name]?.kind !== 'rows'),
    check: declared.check,
    ...(declared.through && { through: declared.through }),
  }
}

function assertDeclared(condition: boolean, type: string, what: string): asserts condition {
  if (!condition) throw new Error(`record type ${type} names ${what}, which it does not declare`)
}

export const firstState = (type: RecordType) => Object.keys(type.states)[0] ?? ''

/** A computed field: its title, unit and how it follows from the others. */
export const computed = (
  info: Words & {
    unit?: string
    kind?: 'integer' | 'decimal' | 'money' | 'text' | 'day' | 'instant' | 'choice'
    choices?: Choices
  },
  of: Computed['of'],
): Computed => ({
  info: {
    kind: info.kind ?? 'integer',
    title: { zh: info.zh, en: info.en },
    unit: info.unit,
    ...(info.choices && { choices: info.choices }),
  },
  of,
})

/** Reads fields stored under an older version of the type as the present version would have them. Pure. */
export function upgrade(type: RecordType, storedVersion: number, stored: Fields): Fields {
  if (storedVersion >= type.version) return stored
  let fields: Record<string, unknown> = { ...stored }
  for (const change of type.changes) {
    if (change.version <= storedVersion) continue
    for (const [from, to] of Object.entries(change.renamed ?? {})) {
      if (!(from in fields)) continue
      const { [from]: value, ...rest } = fields
      fields = { ...rest, [to]: value }
    }
    for (const [name, value] of Object.entries(change.added ?? {})) if (!(name in fields)) fields[name] = value
    for (const [name, map] of Object.entries(change.choices ?? {})) {
      const value = fields[name]
      if (typeof value === 'string') fields[name] = replaced(map, value)
      else if (Array.isArray(value)) fields[name] = value.map(one => replaced(map, one))
    }
  }
  return fields
}

const replaced = (map: Readonly<Record<string, string>>, value: unknown) =>
  typeof value === 'string' && Object.hasOwn(map, value) ? map[value] : value

/** JSON Schema of what a clerk may enter, with titles and hints in both languages under `yilu`. */
export const typeSchema = (type: RecordType): Record<string, unknown> => ({
  ...z.toJSONSchema(type.schema, { unrepresentable: 'any', io: 'input' }),
  title: type.title.zh,
  yilu: {
    type: type.id,
    title: type.title,
    day: type.day,
    version: type.version,
    states: type.states,
    stateTitles: type.stateTitles,
    columns: type.columns,
    ...(type.through && { through: type.through }),
    computed: Object.fromEntries(Object.entries(type.computed).map(([name, { info }]) => [name, info])),
  },
})
