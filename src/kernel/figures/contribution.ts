import { sha256Hex } from '../journal/canonical.ts'
import type { Fields } from '../records/type.ts'
import { type Additive, DISTINCT, type Tallied, type Where } from './indicator.ts'

/** What a record adds to a tally. `total` is exact: an integer in units of 10^-scale. */
export interface Contribution {
  readonly indicator: string
  readonly day: string
  readonly dims: Readonly<Record<string, string>>
  /** `dims` as JSON. */
  readonly cell: string
  readonly n: number
  readonly total: number
  readonly scale: number
}

/** What counting looks at: fields as the present version of the type has them. */
export interface Countable {
  readonly day: string
  readonly status: string
  readonly state: string
  readonly fields: Fields
}

const COUNTING = new Set(['entered', 'confirmed'])

/** Drafts, returned and void records do not count. */
export const counts = (status: string) => COUNTING.has(status)

const NONE: readonly Contribution[] = []

/**
 * What a record adds to an indicator. Pure; saving, rebuilding and figures of a past instant all go through here.
 * @returns no, one or several contributions (sub-rows; the two ends of a stock; several told-apart values)
 */
export function contributions(id: string, indicator: Additive, record: Countable): readonly Contribution[] {
  return counts(record.status) ? contributed(id, indicator, record.day, seenBy(record)) : NONE
}

/** What a record adds to each of several indicators. */
export function allContributions(indicators: Iterable<readonly [string, Additive]>, record: Countable): Contribution[] {
  if (!counts(record.status)) return []
  const base = seenBy(record)
  const all: Contribution[] = []
  const known: Known = new Map()
  for (const [id, indicator] of indicators) {
    const more = contributed(id, indicator, record.day, base, known)
    for (const one of more) all.push(one)
  }
  return all
}

/** Dimensions of one record by their names: many indicators break down by the same. */
type Known = Map<string, Pick<Contribution, 'dims' | 'cell'>>

/** The state counts like a field. */
const seenBy = ({ fields, state }: Countable): Fields => ({ ...fields, state })

function contributed(
  id: string,
  indicator: Additive,
  recordDay: string,
  base: Fields,
  known: Known = new Map(),
): readonly Contribution[] {
  if (!indicator.each)
    return matches(indicator.where, base) ? contribution(id, indicator, recordDay, base, known) : NONE
  const units = asRows(base[indicator.each]).map(row => ({ ...base, ...row }))
  return units.flatMap(fields =>
    matches(indicator.where, fields) ? contribution(id, indicator, recordDay, fields, new Map()) : NONE,
  )
}

function contribution(
  id: string,
  indicator: Additive,
  recordDay: string,
  fields: Fields,
  known: Known,
): readonly Contribution[] {
  const day = indicator.day ? fields[indicator.day] : recordDay
  if (typeof day !== 'string') return NONE
  const by = indicator.by.join(' ')
  let place = known.get(by)
  if (!place) {
    place = placed(Object.fromEntries(indicator.by.map(name => [name, dimension(fields[name])])))
    known.set(by, place)
  }
  const { dims, cell } = place
  const scale = scaleOf(indicator)
  const one = (n: number, total: number, on = day): Contribution => ({
    indicator: id,
    day: on,
    dims,
    cell,
    n,
    total,
    scale,
  })
  switch (indicator.kind) {
    case 'count':
      return [one(1, 0)]
    case 'sum':
    case 'average': {
      const value = fields[indicator.field!]
      return typeof value === 'number' ? [one(1, scaled(value, scaleOf(indicator)))] : NONE
    }
    case 'distinct':
      return toldApart(fields[indicator.field!]).map(value => ({
        ...one(1, 0),
        ...placed({ ...dims, [DISTINCT]: value }),
      }))
    case 'stock': {
      const amount = indicator.field ? fields[indicator.field] : 0
      if (typeof amount !== 'number') return NONE
      const total = scaled(amount, scaleOf(indicator))
      const end = indicator.until && fields[indicator.until]
      // On its last day a thing is no longer there: stock at the end of that day excludes it.
      return typeof end === 'string' ? [one(1, total), one(-1, -total, end < day ? day : end)] : [one(1, total)]
    }
  }
}

const placed = (dims: Readonly<Record<string, string>>) => ({ dims, cell: JSON.stringify(dims) })

/** after − before, with equal cells merged and empty ones dropped. */
export function difference(before: readonly Contribution[], after: readonly Contribution[]): Contribution[] {
  // One record that is new: nothing meets, unless sub-rows or values told apart give an indicator several.
  if (before.length === 0 && new Set(after.map(one => one.indicator)).size === after.length)
    return after.filter(one => one.n !== 0 || one.total !== 0)
  type Cell = { -readonly [K in keyof Contribution]: Contribution[K] }
  const cells = new Map<string, Cell>()
  const full: Cell[] = []
  const add = (c: Contribution, sign: 1 | -1) => {
    const key = `${c.indicator}\n${c.day}\n${c.cell}`
    const cell = cells.get(key)
    if (cell && Number.isSafeInteger(cell.total + sign * c.total)) {
      cell.n += sign * c.n
      cell.total += sign * c.total
    } else {
      // What exact numbers cannot hold together the database adds up.
      if (cell) full.push(cell)
      cells.set(key, { ...c, n: sign * c.n, total: sign * c.total })
    }
  }
  for (const c of before) add(c, -1)
  for (const c of after) add(c, 1)
  return [...full, ...cells.values()].filter(cell => cell.n !== 0 || cell.total !== 0)
}

export function matches(where: Where, fields: Fields): boolean {
  return Object.entries(where).every(([name, wanted]) => {
    const value = fields[name]
    if (Array.isArray(wanted)) return wanted.includes(String(value))
    return Array.isArray(value) ? value.includes(wanted) : value === wanted || String(value ?? '') === String(wanted)
  })
}

/** The value of a dimension as tallies hold it; '' where the record does not say. */
export const dimension = (value: unknown): string => (value === undefined || value === null ? '' : short(String(value)))

/** Characters of a value that tallies hold in full: all dimensions together have to fit an index entry of 2,704 bytes. */
const LONGEST = 100

/** A long text by its beginning and its hash, so that different ones stay apart. */
const short = (value: string): string =>
  value.length <= LONGEST ? value : `${[...value].slice(0, 30).join('')}…${sha256Hex(value).slice(0, 32)}`

const toldApart = (value: unknown): string[] =>
  value === undefined || value === null || value === ''
    ? []
    : Array.isArray(value)
      ? [...new Set(value.map(one => short(String(one))))]
      : [short(typeof value === 'object' ? JSON.stringify(value) : String(value))]

const asRows = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : [])

/** Digits after the point of the indicator's field. */
export function scaleOf(indicator: Additive): number {
  if (!indicator.field) return 0
  const info = fieldOf(indicator, indicator.field)
  return info?.kind === 'decimal' ? (info.scale ?? 2) : 0
}

export const fieldOf = (indicator: Tallied, name: string) =>
  indicator.kind === 'events' ? indicator.source.dimensions[name]?.info : fieldOfRecord(indicator, name)

const fieldOfRecord = (indicator: Additive, name: string) =>
  (indicator.each ? indicator.type.fields[indicator.each]?.rows?.[name] : undefined) ?? indicator.type.fields[name]

const scaled = (value: number, scale: number) => (scale === 0 ? value : Math.round(value * 10 ** scale))

/** A scaled total as PostgreSQL's numeric reads it. */
export const numeric = (total: number, scale: number): string => (scale === 0 ? String(total) : `${total}e-${scale}`)
