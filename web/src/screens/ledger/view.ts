import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Asked } from '../../kit/api.ts'
import { type Field, fieldsOf, type RecordType } from '../../kit/declared.ts'
import { usePlace } from '../../kit/place.ts'

// What a list shows stands in its address, under the names that the API has for it: a view can be passed on, kept under
// a name, and asked as it is.

type Query = NonNullable<Asked['query']>

const FILTER = /^filter\[(\w+)\](?:\[(min|max)\])?$/

export const filterName = (field: string, end?: 'min' | 'max'): string =>
  end ? `filter[${field}][${end}]` : `filter[${field}]`

/** Parameters of an address that make up a view, without the place it is looked at. */
const isOfView = (name: string): boolean =>
  FILTER.test(name) || ['status', 'state', 'search', 'sort', 'all', 'columns'].includes(name)

export interface View {
  /** As the API is asked. */
  readonly asked: Query
  readonly query: URLSearchParams
  readonly everyPeriod: boolean
  readonly columns: readonly Field[]
  /** What the view is apart from its place, as a query string. */
  readonly text: string
  /** Sets parameters; an empty value takes one out. */
  readonly put: (values: Readonly<Record<string, string | readonly string[]>>) => void
  /** Shows another view at the same place. */
  readonly show: (text: string) => void
}

/** Fields that a list is narrowed by. */
export const filterable = (type: RecordType): Field[] =>
  fieldsOf(type).filter(({ kind, computed }) => !computed && !UNFIT.has(kind))
const UNFIT: ReadonlySet<string> = new Set(['personal', 'rows', 'location', 'attachment', 'person'])

export function useView(type: RecordType): View {
  const { org, period } = usePlace()
  const [query, setQuery] = useSearchParams()
  return useMemo(() => {
    const everyPeriod = query.get('all') === '1'
    const filters = [...new Set(query.keys())].filter(name => FILTER.test(name))
    const own = [...query].filter(([name]) => isOfView(name))
    const wanted = query.get('columns')?.split(',') ?? type.schema.yilu.columns
    return {
      everyPeriod,
      query,
      asked: {
        org,
        period: everyPeriod ? undefined : period,
        search: query.get('search') ?? undefined,
        status: query.getAll('status'),
        state: query.getAll('state'),
        sort: query.get('sort') ?? undefined,
        ...Object.fromEntries(filters.map(name => [name, query.getAll(name)])),
      },
      columns: fieldsOf(type).filter(({ name }) => wanted.includes(name)),
      text: new URLSearchParams(own).toString(),
      put: values =>
        setQuery(
          now => {
            const next = new URLSearchParams(now)
            for (const [name, value] of Object.entries(values)) {
              next.delete(name)
              for (const one of [value].flat()) if (one !== '') next.append(name, one)
            }
            return next
          },
          { replace: true },
        ),
      show: text =>
        setQuery(now => {
          const kept = [...now].filter(([name]) => !isOfView(name))
          return new URLSearchParams([...kept, ...new URLSearchParams(text)])
        }),
    }
  }, [org, period, query, setQuery, type])
}

/** A view that somebody gave a name to, on this device. */
export interface SavedView {
  readonly name: string
  readonly text: string
}

const stored = (type: string) => `yilu.views.${type}`

export function savedViews(type: string): readonly SavedView[] {
  try {
    const views: unknown = JSON.parse(localStorage.getItem(stored(type)) ?? '[]')
    return Array.isArray(views) ? (views as SavedView[]) : []
  } catch {
    return []
  }
}

export const keepViews = (type: string, views: readonly SavedView[]): void =>
  localStorage.setItem(stored(type), JSON.stringify(views))
