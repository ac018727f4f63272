import type { RecordType } from '../records/type.ts'
import type { Words } from '../words.ts'
import type { EventSource } from './event-source.ts'

/** Narrowing by a field's value, a list of values, or the record's state. */
export type Where = Readonly<Record<string, string | boolean | readonly string[]>>

interface Named {
  readonly title: Words
  readonly unit: string
  /** How reports also call it; the reader of reports links by these. */
  readonly synonyms: readonly string[]
}

/** Kept as tallies in the record's transaction. */
export interface Additive extends Named {
  readonly kind: 'count' | 'sum' | 'average' | 'distinct' | 'stock'
  readonly type: RecordType
  /** What is summed, averaged or told apart. `stock`: summed if given, else counted. */
  readonly field?: string
  /** Sub-rows counted one by one instead of the record; their fields shadow the record's. */
  readonly each?: string
  /** The field whose day counts; the record's day when not given. A record without it does not count. */
  readonly day?: string
  /** `stock`: the field whose day ends what `day` began. */
  readonly until?: string
  readonly where: Where
  /** Dimensions: fields (choice, org, text, boolean) or 'state'. */
  readonly by: readonly string[]
}

/** The newest value of a field on or before the end of the period, of each org unit, added up. */
export interface Latest extends Named {
  readonly kind: 'latest'
  readonly type: RecordType
  readonly field: string
  readonly where: Where
  readonly by: readonly []
}

/** How many org units of a kind there are at the end of the period: what a coverage is a part of. */
export interface Units extends Named {
  readonly kind: 'units'
  readonly of: string
  readonly where: Where
  readonly by: readonly []
}

export interface Formula extends Named {
  readonly kind: 'formula'
  readonly formula: string
  readonly by: readonly []
}

/** Rows of an event source, counted or summed; see events.ts. */
export interface Events extends Named {
  readonly kind: 'events'
  readonly source: EventSource
  /** SQL of what is summed, over the row `e`; rows are counted when not given. */
  readonly amount?: string
  readonly where: Where
  /** Dimensions of the source. */
  readonly by: readonly string[]
}

/** What is kept as tallies. */
export type Tallied = Additive | Events

export type Indicator = Tallied | Latest | Formula | Units

interface Options {
  zh: string
  en: string
  unit: string
  by?: readonly string[]
  where?: Where
  day?: string
  each?: string
  synonyms?: readonly string[]
}

const named = ({ zh, en, unit, synonyms }: Options): Named => ({ title: { zh, en }, unit, synonyms: synonyms ?? [] })

const additive = (kind: Additive['kind'], type: RecordType, options: Options, more: Partial<Additive>): Additive => ({
  kind,
  type,
  ...named(options),
  where: options.where ?? {},
  day: options.day,
  each: options.each,
  // A state is always a dimension where a type has states: answered / all is a figure that every such type needs.
  by: [...(options.by ?? []), ...(Object.keys(type.states).length > 1 ? ['state'] : [])],
  ...more,
})

/** How many records (or sub-rows, with `each`). */
export const countOf = (type: RecordType, options: Options) => additive('count', type, options, {})

/** The sum of a field. */
export const sumOf = (type: RecordType, field: string, options: Options) => additive('sum', type, options, { field })

/** The mean of a field over the records that have it. */
export const averageOf = (type: RecordType, field: string, options: Options) =>
  additive('average', type, options, { field })

/** How many different values a field has. */
export const distinctOf = (type: RecordType, field: string, options: Options) =>
  additive('distinct', type, options, { field })

/** What there is at the end of the period: begun on or before, and not yet ended. */
export const stockOf = (
  type: RecordType,
  options: Options & { since: string; until?: string; field?: string },
): Additive => additive('stock', type, options, { day: options.since, until: options.until, field: options.field })

/** The newest value of a field at the end of the period. */
export const latestOf = (type: RecordType, field: string, options: Options): Latest => ({
  kind: 'latest',
  type,
  field,
  ...named(options),
  where: options.where ?? {},
  by: [],
})

/** How many rows of an event source, or the sum of an amount. */
export const eventsOf = (
  source: EventSource,
  options: Omit<Options, 'day' | 'each'> & { amount?: string },
): Events => ({
  kind: 'events',
  source,
  ...named(options),
  amount: options.amount,
  where: options.where ?? {},
  by: options.by ?? [],
})

/** How many org units of a kind there are at the end of the period. */
export const unitsOf = (kind: string, options: Omit<Options, 'by' | 'where' | 'day' | 'each'>): Units => ({
  kind: 'units',
  of: kind,
  ...named(options),
  where: {},
  by: [],
})

/** A formula of other indicators; see expression.ts for the language. */
export const formula = (expression: string, options: Options): Formula => ({
  kind: 'formula',
  formula: expression,
  ...named(options),
  by: [],
})

/** The dimension that holds the told-apart value of a `distinct` indicator. */
export const DISTINCT = '$'
