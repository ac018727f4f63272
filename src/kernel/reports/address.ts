import type { FigureRequest } from '../figures/figure.ts'

/** The address of a figure, the same in every format: `training.people?org=KJ-A&period=2024&where.topic=rice`. */
export function addressOf({ indicator, org, period, where, scope }: FigureRequest): string {
  const narrowing = Object.entries(where ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&where.${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  const alone = scope === 'self' ? '&scope=self' : ''
  return `${indicator}?org=${encodeURIComponent(org)}&period=${encodeURIComponent(period)}${narrowing.join('')}${alone}`
}

export function parseAddress(address: string): FigureRequest {
  const [indicator = '', query = ''] = address.split('?')
  const parameters = new URLSearchParams(query)
  const where = Object.fromEntries(
    [...parameters].flatMap(([name, value]) => (name.startsWith('where.') ? [[name.slice(6), value]] : [])),
  )
  return {
    indicator,
    org: parameters.get('org') ?? '',
    period: parameters.get('period') ?? '',
    where,
    ...(parameters.get('scope') === 'self' ? { scope: 'self' as const } : {}),
  }
}
