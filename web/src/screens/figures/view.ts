import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { usePlace } from '../../kit/place.ts'

export const FORMS = ['table', 'line', 'bar', 'heat', 'map'] as const
export type Form = (typeof FORMS)[number]

/** What the explorer shows. All of it stands in the address, so that it can be passed on. */
export interface View {
  readonly indicators: readonly string[]
  readonly org: string
  readonly period: string
  /** 'month', 'org', a dimension; undefined: not broken down. */
  readonly by: string | undefined
  readonly where: Readonly<Record<string, string>>
  readonly as: Form
  /** 'last-year', 'previous' or a period; undefined: not compared. */
  readonly compare: string | undefined
}

/** More columns than this are no longer read. */
export const MOST_INDICATORS = 8

/** How high a chart stands, in pixels; its place is kept while it is fetched. */
export const chartHeight = (form: Form, rows: number): number =>
  form === 'heat' ? Math.min(Math.max(220, 120 + rows * 22), 900) : 380

export function useView(): { view: View; set: (change: Partial<View>) => void } {
  const { org, period } = usePlace()
  const [query, setQuery] = useSearchParams()
  const view = useMemo((): View => {
    const as = FORMS.find(form => form === query.get('as')) ?? 'table'
    return {
      indicators: query.getAll('indicator').slice(0, MOST_INDICATORS),
      org,
      period,
      by: brokenDownBy(as, query.get('by') ?? undefined),
      where: Object.fromEntries(
        [...query].flatMap(([name, value]) => (name.startsWith('where.') ? [[name.slice(6), value]] : [])),
      ),
      as,
      compare: query.get('compare') ?? undefined,
    }
  }, [query, org, period])
  const set = useCallback((change: Partial<View>) => setQuery(now => written(now, change)), [setQuery])
  return { view, set }
}

/** Every form but the table needs to be broken down, a map by org unit, a heat map by something else than its months. */
function brokenDownBy(as: Form, by: string | undefined): string | undefined {
  if (as === 'table') return by
  if (as === 'map') return 'org'
  if (as === 'heat') return by === undefined || by === 'month' ? 'org' : by
  return by ?? (as === 'line' ? 'month' : 'org')
}

function written(before: URLSearchParams, { indicators, by, where, as, compare, ...rest }: Partial<View>) {
  const next = new URLSearchParams(before)
  const put = (name: string, value: string | undefined) => (value ? next.set(name, value) : next.delete(name))
  if (indicators) {
    next.delete('indicator')
    for (const one of indicators) next.append('indicator', one)
  }
  if (where) {
    for (const name of [...next.keys()]) if (name.startsWith('where.')) next.delete(name)
    for (const [name, value] of Object.entries(where)) next.append(`where.${name}`, value)
  }
  if (as) put('as', as)
  if ('compare' in rest || compare !== undefined) put('compare', compare)
  if (by !== undefined) put('by', by)
  return next
}
