import { fail, ok, type Result } from '../result.ts'
import type { FieldKind } from './fields.ts'
import { asNumber, asText, NUMERIC } from './list-filter.ts'
import type { RecordType } from './type.ts'

/** What a list is ordered by, ids breaking ties, and where a page of it begins. */
export interface Sort {
  /** As asked: '-day'. */
  readonly name: string
  /** SQL of the key of record `r`. */
  readonly key: string
  readonly cast: 'date' | 'timestamptz' | 'numeric' | 'text'
  readonly descending: boolean
  /** Records without the field come last, either way. */
  readonly nullable: boolean
}

/** Where a page ends: the last record's key as text, and its id. */
export interface Position {
  readonly key: string | null
  readonly id: string
}

const OWN: Readonly<Record<string, Pick<Sort, 'key' | 'cast'>>> = {
  day: { key: 'r.day', cast: 'date' },
  createdAt: { key: 'r.created_at', cast: 'timestamptz' },
  updatedAt: { key: 'r.updated_at', cast: 'timestamptz' },
  status: { key: 'r.status COLLATE "C"', cast: 'text' },
  state: { key: 'r.state COLLATE "C"', cast: 'text' },
  org: { key: '(SELECT o.code FROM org_unit o WHERE o.id = r.org)', cast: 'text' },
}

const TEXTUAL: ReadonlySet<FieldKind> = new Set(['text', 'choice', 'org', 'day', 'instant', 'boolean'])

/** The order a list is asked in; `list/sort` when there is no such order. A type's own field goes before 'org' and the like. */
export function sortNamed(type: RecordType, name: string): Result<Sort> {
  const descending = name.startsWith('-')
  const by = descending ? name.slice(1) : name
  const kind = Object.hasOwn(type.fields, by) ? type.fields[by]!.kind : undefined
  if (kind && NUMERIC.has(kind))
    return ok({ name, key: asNumber(type, by), cast: 'numeric', descending, nullable: true })
  if (kind && TEXTUAL.has(kind))
    return ok({ name, key: `${asText(type, by)} COLLATE "C"`, cast: 'text', descending, nullable: true })
  if (!kind && Object.hasOwn(OWN, by)) return ok({ name, ...OWN[by]!, descending, nullable: false })
  return fail('list/sort', {
    field: 'sort',
    value: name.slice(0, 40),
    zh: `不能按“${by.slice(0, 40)}”排序`,
    en: `The list cannot be sorted by ${by.slice(0, 40)}`,
  })
}

/** ORDER BY over the columns `key` and `id`, or over record `r` itself, whose indexes then serve. */
export function orderBy({ key, descending, nullable }: Sort, over: 'found' | 'record'): string {
  const direction = descending ? 'DESC' : 'ASC'
  const [by, id] = over === 'found' ? ['f.key', 'f.id'] : [key, 'r.id']
  return `${nullable ? `(${by} IS NULL), ` : ''}${by} ${direction}, ${id} ${direction}`
}

/** The condition that a record comes after a position. */
export function after(sort: Sort, position: Position, put: (value: unknown) => string): string {
  const beyond = sort.descending ? '<' : '>'
  const id = `${put(position.id)}::uuid`
  if (position.key === null) return `(${sort.key} IS NULL AND r.id ${beyond} ${id})`
  const key = `${put(position.key)}::${sort.cast}`
  const later = `(${sort.key}, r.id) ${beyond} (${key}, ${id})`
  return sort.nullable ? `(${later} OR ${sort.key} IS NULL)` : later
}

/** A position as clients carry it; it holds for one order only. */
export const cursorOf = (sort: Sort, { key, id }: Position): string =>
  Buffer.from(JSON.stringify([sort.name, key, id])).toString('base64url')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const KEYS: Readonly<Record<Sort['cast'], RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/,
  numeric: /^-?\d{1,40}(\.\d{1,40})?$/,
  text: /^[^\0]*$/,
}

export function positionAt(sort: Sort, cursor: string): Result<Position> {
  const said = parsed(cursor)
  if (Array.isArray(said) && said[0] === sort.name && typeof said[2] === 'string' && UUID.test(said[2])) {
    const key: unknown = said[1]
    if (key === null && sort.nullable) return ok({ key, id: said[2] })
    if (typeof key === 'string' && KEYS[sort.cast].test(key) && !isFalseDay(sort, key)) return ok({ key, id: said[2] })
  }
  return fail('page/cursor', {
    field: 'after',
    value: cursor.slice(0, 40),
    zh: '翻页位置无效',
    en: 'That is not a page position of this list',
  })
}

const isFalseDay = ({ cast }: Sort, key: string) =>
  (cast === 'date' || cast === 'timestamptz') && Number.isNaN(Date.parse(key.slice(0, 10)))

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
