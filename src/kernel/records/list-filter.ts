import { day as parseDay } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import type { FieldInfo, FieldKind } from './fields.ts'
import { storedField } from './stored-field.ts'
import type { RecordType } from './type.ts'

/** Puts a value among a statement's parameters and gives its place: '$3'. */
export type Put = (value: unknown) => string

/** Both ends lie in it. */
export interface Range {
  readonly min?: string | number
  readonly max?: string | number
}

export type Wanted = string | readonly string[] | Range

export const NUMERIC: ReadonlySet<FieldKind> = new Set(['integer', 'decimal', 'money', 'mass', 'length', 'area'])
const EXACT: ReadonlySet<FieldKind> = new Set(['choice', 'org', 'person', 'reference', 'attachment', 'boolean'])

/** A field as a number in SQL, null where it holds something else. */
export const asNumber = (type: RecordType, name: string): string => {
  const field = storedField(type, name)
  return `(CASE WHEN jsonb_typeof(${field}) = 'number' THEN (${field})::numeric END)`
}

export const asText = (type: RecordType, name: string): string => `(${storedField(type, name)} #>> '{}')`

/** The SQL condition that a field is, is among, or lies between what is wanted; `list/filter` when it cannot be. */
export function fieldCondition(type: RecordType, name: string, wanted: Wanted, put: Put): Result<string> {
  if (name === 'id') return idCondition(wanted, put)
  const info = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined
  if (!info || ['personal', 'rows', 'location'].includes(info.kind))
    return fail('list/filter', {
      field: name.slice(0, 40),
      zh: info ? `不能按“${info.title.zh}”筛选` : `没有“${name.slice(0, 40)}”这个字段`,
      en: info ? `The list cannot be narrowed by ${info.title.en}` : `There is no field ${name.slice(0, 40)}`,
    })
  if (typeof wanted === 'object' && !Array.isArray(wanted)) return between(type, name, info, wanted as Range, put)
  const values = (typeof wanted === 'string' ? [wanted] : (wanted as readonly string[])).map(String)
  const said = values.filter(value => value !== '')
  const conditions: string[] = []
  if (values.length > said.length) conditions.push(`${storedField(type, name)} IS NULL`)
  if (said.length > 0) {
    const condition = among(type, name, info, said, put)
    if (!condition.ok) return condition
    conditions.push(condition.value)
  }
  return ok(conditions.length > 0 ? `(${conditions.join(' OR ')})` : 'false')
}

function among(type: RecordType, name: string, info: FieldInfo, values: readonly string[], put: Put): Result<string> {
  const bad = values.find(value => !isValue(info.kind, value))
  if (bad !== undefined) return noValue(name, info, bad)
  if (NUMERIC.has(info.kind)) return ok(`${asNumber(type, name)} = ANY(${put(values)}::numeric[])`)
  if (info.kind === 'choices') return ok(`${storedField(type, name)} ?| ${put(values)}::text[]`)
  if (EXACT.has(info.kind) || info.kind === 'day') return ok(`${asText(type, name)} = ANY(${put(values)}::text[])`)
  if (info.kind === 'instant')
    return ok(`${asText(type, name)} = ANY(${put(values.map(value => new Date(value).toISOString()))}::text[])`)
  const patterns = values.map(value => `%${value.normalize('NFC').replaceAll(/[\\%_]/g, '\\$&')}%`)
  return ok(`${asText(type, name)} ILIKE ANY(${put(patterns)}::text[])`)
}

/** Both ends lie in the range. */
function between(type: RecordType, name: string, info: FieldInfo, range: Range, put: Put): Result<string> {
  const numeric = NUMERIC.has(info.kind)
  if (!numeric && info.kind !== 'day' && info.kind !== 'instant')
    return fail('list/filter', {
      field: name,
      zh: `“${info.title.zh}”不能按范围筛选`,
      en: `${info.title.en} has no range to narrow by`,
    })
  const conditions: string[] = []
  for (const [end, operator] of [
    ['min', '>='],
    ['max', '<='],
  ] as const) {
    const value = range[end]
    if (value === undefined || value === '') continue
    if (!isValue(info.kind, String(value))) return noValue(name, info, String(value))
    if (numeric) conditions.push(`${asNumber(type, name)} ${operator} ${put(String(value))}::numeric`)
    else {
      const bound = info.kind === 'instant' ? new Date(value).toISOString() : value
      conditions.push(`${asText(type, name)} COLLATE "C" ${operator} ${put(bound)}::text`)
    }
  }
  return ok(conditions.length > 0 ? `(${conditions.join(' AND ')})` : 'true')
}

function isValue(kind: FieldKind, value: string): boolean {
  if (NUMERIC.has(kind)) return /^-?\d{1,18}(\.\d{1,9})?$/.test(value)
  if (kind === 'day') return parseDay(value).ok
  if (kind === 'instant') return !Number.isNaN(Date.parse(value))
  return !value.includes('\0')
}

const noValue = (name: string, info: FieldInfo, value: string) =>
  fail('list/filter', {
    field: name,
    value: value.slice(0, 40),
    zh: `“${info.title.zh}”不能等于“${value.slice(0, 40)}”`,
    en: `${info.title.en} cannot be ${value.slice(0, 40)}`,
  })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Chosen records, for the export of a selection. */
function idCondition(wanted: Wanted, put: Put): Result<string> {
  const ids = typeof wanted === 'string' ? [wanted] : Array.isArray(wanted) ? (wanted as readonly string[]) : []
  if (ids.length > 0 && ids.every(id => UUID.test(id))) return ok(`r.id = ANY(${put(ids)}::uuid[])`)
  return fail('list/filter', { field: 'id', zh: '记录编号无效', en: 'Those are not record ids' })
}
