import { useApi } from './query.ts'
import type { Right } from './session.tsx'

// What the declarations say, as the API hands it on. The names are those of the kernel's own declarations.

export interface Words {
  readonly zh: string
  readonly en: string
}

export type FieldKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'mass'
  | 'length'
  | 'area'
  | 'day'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'org'
  | 'person'
  | 'reference'
  | 'location'
  | 'attachment'
  | 'rows'
  | 'personal'

export interface FieldInfo {
  readonly kind: FieldKind
  readonly title: Words
  readonly help?: Words
  readonly section?: Words
  /** Of the stored value: fen, g, mm, m2, else a count unit. */
  readonly unit?: string
  readonly scale?: number
  readonly max?: number
  readonly multiline?: boolean
  readonly choices?: Readonly<Record<string, Words & { readonly retired?: boolean }>>
  readonly orgKind?: string
  readonly of?: string
  readonly rows?: Readonly<Record<string, FieldInfo>>
  readonly personal?: 'name' | 'phone' | 'id' | 'text'
  readonly future?: boolean
  readonly searched?: boolean
}

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly yilu?: FieldInfo; readonly default?: unknown }>>
  readonly required?: readonly string[]
  readonly yilu: {
    readonly day: string
    readonly version: number
    readonly states: Readonly<Record<string, readonly string[]>>
    readonly stateTitles: Readonly<Record<string, Words>>
    readonly columns: readonly string[]
    readonly computed: Readonly<Record<string, FieldInfo>>
  }
}

export interface RecordType {
  readonly type: string
  readonly domain: string
  readonly title: Words
  readonly schema: Schema
}

export interface Field extends FieldInfo {
  readonly name: string
  readonly required: boolean
  readonly computed: boolean
  readonly default?: unknown
}

/** The fields of a type in the order of its declaration, computed ones last. */
export function fieldsOf({ schema }: RecordType): Field[] {
  const entered = enteredFields(schema)
  const computed = Object.entries(schema.yilu.computed).map(
    ([name, info]): Field => ({ ...info, name, required: false, computed: true }),
  )
  return [...entered, ...computed]
}

/** What a person fills in of a schema. */
export function enteredFields({ properties = {}, required = [] }: Omit<Schema, 'yilu'>): Field[] {
  return Object.entries(properties).flatMap(([name, property]): Field[] =>
    property.yilu
      ? [
          {
            ...property.yilu,
            name,
            required: required.includes(name),
            computed: false,
            default: property.default,
          },
        ]
      : [],
  )
}

export interface Indicator {
  readonly indicator: string
  readonly domain: string
  readonly title: Words
  readonly unit: string
  readonly kind: string
  readonly dimensions: readonly string[]
  readonly formula: string
  /** The record type it counts; null for a formula and for events. */
  readonly type: string | null
  /** What the dimensions of events are. */
  readonly fields?: Readonly<Record<string, FieldInfo>>
}

/** A screen that a domain brings; it stands at `/work/DOMAIN/NAME`. */
export interface DomainScreen {
  /** `domain/name` */
  readonly id: string
  readonly title: Words
  readonly help: Words
  readonly may: Right
}

/** What is done with the records of a type, or given: a move, a certificate. */
export interface DomainOperation {
  /** `domain.name` */
  readonly id: string
  readonly title: Words
  readonly kind: 'action' | 'file'
  readonly may: Right | 'anyone'
  readonly on: { readonly type: string; readonly as?: string; readonly field?: string }
  readonly input: Omit<Schema, 'yilu'>
}

export interface Domain {
  readonly domain: string
  readonly title: Words
  readonly screens: readonly DomainScreen[]
  readonly operations: readonly DomainOperation[]
}

export interface Template {
  readonly template: string
  readonly title: Words
  readonly kinds: readonly string[] | null
}

export interface Org {
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly nameEn: string | null
  readonly parent: string | null
  readonly root: string
  readonly opened: string
  readonly closed: string
}

export interface Record_ {
  readonly id: string
  readonly type: string
  readonly org: string
  readonly day: string
  readonly status: 'draft' | 'entered' | 'returned' | 'confirmed' | 'void'
  readonly state: string
  readonly version: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly updatedAt: string
  readonly updatedBy: string | null
  readonly createdAt: string
}

/** Declarations do not change while the program runs. */
const FOR_EVER = { staleTime: Number.POSITIVE_INFINITY }

export const useTypes = () => useApi<{ types: RecordType[] }>('/types', undefined, FOR_EVER).data?.types
export const useIndicators = () =>
  useApi<{ indicators: Indicator[] }>('/indicators', undefined, FOR_EVER).data?.indicators
export const useDomains = () => useApi<{ domains: Domain[] }>('/domains', undefined, FOR_EVER).data?.domains
export const useTemplates = () => useApi<{ templates: Template[] }>('/templates', undefined, FOR_EVER).data?.templates
export const useOrgs = () => useApi<{ orgs: Org[] }>('/orgs').data?.orgs

export function useType(id: string | undefined): RecordType | undefined {
  return useTypes()?.find(one => one.type === id)
}
