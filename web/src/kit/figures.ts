import { useQuery } from '@tanstack/react-query'
import { api, type Refused } from './api.ts'

export interface FigureRow {
  readonly key: string
  readonly value: number | null
}

export interface Figure {
  readonly indicator: string
  readonly org: string
  readonly period: string
  /** In the base unit of `unit`; null: there is no such figure. */
  readonly value: number | null
  readonly unit: string
  readonly rows?: readonly FigureRow[]
}

export interface FigureRequest {
  readonly indicator: string
  readonly org: string
  readonly period: string
  readonly where?: Readonly<Record<string, string>>
  readonly by?: string
}

/** The server answers at most so many in one request. */
const MOST_AT_ONCE = 500

/** Many figures at once, in the order asked. A live change asks them anew; what is shown stays until then. */
export function useFigures(asked: readonly FigureRequest[] | undefined) {
  return useQuery<{ figures: Figure[] }, Refused>({
    queryKey: ['/figures', asked],
    queryFn: async ({ signal }) => {
      const parts: FigureRequest[][] = []
      for (let from = 0; from < asked!.length; from += MOST_AT_ONCE) parts.push(asked!.slice(from, from + MOST_AT_ONCE))
      const answers = await Promise.all(
        parts.map(figures => api<{ figures: Figure[] }>('/figures', { body: { figures }, signal })),
      )
      return { figures: answers.flatMap(({ figures }) => figures) }
    },
    enabled: asked !== undefined && asked.length > 0,
  })
}
