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

/** Many figures in one request. A live change asks them anew; what is shown stays until then. */
export function useFigures(asked: readonly FigureRequest[] | undefined) {
  return useQuery<{ figures: Figure[] }, Refused>({
    queryKey: ['/figures', asked],
    queryFn: ({ signal }) => api('/figures', { body: { figures: asked }, signal }),
    enabled: asked !== undefined && asked.length > 0,
  })
}
