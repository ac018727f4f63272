import type { Board } from './disclosure/board.ts'
import type { Domain, Template } from './domain.ts'
import { fieldOf } from './figures/contribution.ts'
import type { EventSource } from './figures/event-source.ts'
import { parseFormula } from './figures/expression.ts'
import { type CheckedFormula, checkFormulas } from './figures/formula-check.ts'
import type { Additive, Events, Indicator, Tallied } from './figures/indicator.ts'
import { type Ruled, ruledTypes } from './records/ruled.ts'
import type { RecordType } from './records/type.ts'
import { fail, must, ok, type Result } from './result.ts'

/** Everything that is declared, looked up by name. */
export interface Registry {
  readonly domains: readonly Domain[]
  readonly types: ReadonlyMap<string, RecordType>
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Additive indicators of each record type: what a save has to tally. */
  readonly tallied: ReadonlyMap<string, readonly (readonly [string, Additive])[]>
  /** Tables of events, each with the indicators that count its rows. */
  readonly sources: ReadonlyMap<string, CountedSource>
  readonly paragraphs: ReadonlyMap<string, string>
  readonly templates: ReadonlyMap<string, Template>
  readonly boards: ReadonlyMap<string, Board>
  /** Record types that have rules, or that the rules of others look at. */
  readonly ruled: ReadonlyMap<string, Ruled>
  domainOf(type: string): string
}

export interface CountedSource {
  readonly source: EventSource
  readonly indicators: readonly (readonly [string, Events])[]
}

/** Whether an indicator is kept as tallies: its parts by unit, day and dimension add up. */
export const isTallied = (indicator: Indicator): indicator is Tallied =>
  indicator.kind !== 'formula' && indicator.kind !== 'latest' && indicator.kind !== 'units'

const isAdditive = (indicator: Indicator): indicator is Additive => isTallied(indicator) && indicator.kind !== 'events'

/** @throws when two domains declare the same name, an indicator names what its type does not have, or a formula is wrong */
export function registryOf(domains: readonly Domain[]): Registry {
  const types = unique(domains.flatMap(d => d.types.map(type => [type.id, type] as const)))
  const indicators = unique(domains.flatMap(d => Object.entries(d.indicators)))
  const tallied = new Map<string, (readonly [string, Additive])[]>()
  const sources = unique(
    domains.flatMap(d =>
      d.sources.map(source => [source.id, { source, indicators: [] as [string, Events][] }] as const),
    ),
  )
  for (const [id, indicator] of indicators) {
    if (indicator.kind === 'events') {
      checkEvents(id, indicator, sources.has(indicator.source.id))
      sources.get(indicator.source.id)!.indicators.push([id, indicator])
    }
    if (!isAdditive(indicator)) continue
    checkAdditive(id, indicator)
    const list = tallied.get(indicator.type.id)
    if (list) list.push([id, indicator])
    else tallied.set(indicator.type.id, [[id, indicator]])
  }
  must(checkFormulas(formulasIn(indicators), id => referenced(indicators.get(id))))
  const owner = new Map(domains.flatMap(d => d.types.map(type => [type.id, d.id] as const)))
  return {
    domains,
    types,
    indicators,
    tallied,
    sources,
    paragraphs: unique(
      domains.flatMap(d => Object.entries(d.paragraphs).map(([name, text]) => [`${d.id}.${name}`, text] as const)),
    ),
    boards: unique(domains.flatMap(d => d.boards.map(board => [board.id, board] as const))),
    templates: unique(domains.flatMap(d => d.templates.map(template => [template.id, template] as const))),
    ruled: ruledTypes(
      domains.flatMap(d => d.rules),
      types,
    ),
    domainOf: type => owner.get(type) ?? '',
  }
}

const formulasIn = (indicators: ReadonlyMap<string, Indicator>): Map<string, CheckedFormula> =>
  new Map(
    [...indicators].flatMap(([id, indicator]) =>
      indicator.kind === 'formula'
        ? [[id, { expression: must(parseFormula(indicator.formula)), unit: indicator.unit }] as const]
        : [],
    ),
  )

const referenced = (indicator: Indicator | undefined) => indicator && { unit: indicator.unit, dimensions: indicator.by }

function unique<T>(entries: readonly (readonly [string, T])[]): Map<string, T> {
  const map = new Map<string, T>()
  for (const [name, value] of entries) {
    if (map.has(name)) throw new Error(`${name} is declared twice`)
    map.set(name, value)
  }
  return map
}

function checkAdditive(id: string, indicator: Additive) {
  const { field, day, until, each, where, by, type } = indicator
  const named = [field, day, until, each, ...Object.keys(where), ...by].filter(
    name => name !== undefined && name !== 'state',
  )
  for (const name of named) {
    if (!fieldOf(indicator, name!)) throw new Error(`indicator ${id} names ${name}, which ${type.id} does not have`)
    if (fieldOf(indicator, name!)?.kind === 'personal') throw new Error(`indicator ${id} counts by personal data`)
  }
  for (const name of by)
    if (['choices', 'rows', 'location'].includes(fieldOf(indicator, name)?.kind ?? ''))
      throw new Error(`indicator ${id} breaks down by ${name}, of which a record may have several`)
}

function checkEvents(id: string, { source, where, by }: Events, isDeclared: boolean) {
  if (!isDeclared) throw new Error(`indicator ${id} counts ${source.id}, which no domain declares`)
  for (const name of [...Object.keys(where), ...by])
    if (!Object.hasOwn(source.dimensions, name))
      throw new Error(`indicator ${id} names ${name}, which ${source.id} does not have`)
}

export function typeNamed(registry: Registry, id: string): Result<RecordType> {
  const type = registry.types.get(id)
  if (type) return ok(type)
  return fail('type/unknown', { type: id, zh: `没有台账“${id}”`, en: `There is no record type ${id}` })
}

export function indicatorNamed(registry: Registry, id: string): Result<Indicator> {
  const indicator = registry.indicators.get(id)
  if (indicator) return ok(indicator)
  return fail('indicator/unknown', { indicator: id, zh: `没有指标“${id}”`, en: `There is no indicator ${id}` })
}
