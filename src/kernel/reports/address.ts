import type { FigureRequest } from '../figures/figure.ts'

/** What may be told of a figure besides itself. */
export const tellings = ['target', 'attainment', 'difference', 'growth'] as const
export type Telling = (typeof tellings)[number]

/** A figure, or what is told of it. */
export interface FigureAddress extends FigureRequest {
  /** Its target, the share of its target, its difference from or growth over an earlier period. */
  readonly as?: Telling
  /** What `difference` and `growth` are against; the same period of last year when not given. */
  readonly against?: 'previous'
  /** With `by`: the one row of the breakdown that is meant. */
  readonly row?: string
}

/** A number that a single record holds. */
export interface FieldAddress {
  readonly record: string
  readonly field: string
}

export type Address = FigureAddress | FieldAddress

/**
 * The address of a number, the same in every format: `training.people?org=KJ-A&period=2024&where.topic=rice`,
 * `projects.won?org=KJ-A&period=2025&as=target`, `projects.funds-won?org=KJ-A&period=2024&as=growth`,
 * `training.people?org=KJ&period=2024&by=org&row=KJ-A`, `record:0192…?field=bonus`. Equal addresses mean the same number.
 */
export function addressOf(address: Address): string {
  if ('record' in address) return `record:${address.record}?field=${encodeURIComponent(address.field)}`
  const { indicator, org, period, where, scope, by, row, as, against } = address
  const parameters: [string, string][] = [
    ['org', org],
    ['period', period],
    ...Object.entries(where ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]): [string, string] => [`where.${name}`, value]),
    ...(scope === 'self' ? [['scope', 'self'] as [string, string]] : []),
    ...(by === undefined ? [] : [['by', by] as [string, string]]),
    ...(row === undefined ? [] : [['row', row] as [string, string]]),
    ...(as === undefined ? [] : [['as', as] as [string, string]]),
    ...(against === undefined ? [] : [['against', against] as [string, string]]),
  ]
  return `${indicator}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}

export function parseAddress(address: string): Address {
  const [name = '', query = ''] = address.split('?')
  const parameters = new URLSearchParams(query)
  if (name.startsWith('record:')) return { record: name.slice('record:'.length), field: parameters.get('field') ?? '' }
  const where = Object.fromEntries(
    [...parameters].flatMap(([name, value]) => (name.startsWith('where.') ? [[name.slice(6), value]] : [])),
  )
  const by = parameters.get('by')
  const row = parameters.get('row')
  const as = tellings.find(telling => telling === parameters.get('as'))
  return {
    indicator: name,
    org: parameters.get('org') ?? '',
    period: parameters.get('period') ?? '',
    ...(Object.keys(where).length > 0 ? { where } : {}),
    ...(parameters.get('scope') === 'self' ? { scope: 'self' as const } : {}),
    ...(by === null ? {} : { by }),
    ...(row === null ? {} : { row }),
    ...(as ? { as } : {}),
    ...(parameters.get('against') === 'previous' ? { against: 'previous' as const } : {}),
  }
}
