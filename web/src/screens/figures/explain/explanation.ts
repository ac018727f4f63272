import { useInfiniteQuery } from '@tanstack/react-query'
import { type FigureAddress, parseAddress } from '../../../../../src/kernel/reports/address.ts'
import { api, type Refused } from '../../../kit/api.ts'

export interface ExplainedRecord {
  readonly id: string
  readonly org: string
  readonly day: string
  /** What an event is called. */
  readonly label?: string
  readonly value: number
  readonly entry: { readonly seq: number; readonly hash: string } | null
  readonly proof: { readonly size: number; readonly index: number } | null
}

export interface Explanation {
  readonly value: number | null
  readonly unit: string
  readonly formula: string
  readonly components: readonly {
    readonly indicator: string
    readonly period: string
    readonly where: Readonly<Record<string, string>>
    readonly value: number | null
  }[]
  readonly orgs: readonly { readonly code: string; readonly value: number | null }[]
  readonly records: readonly ExplainedRecord[]
  readonly next?: string
}

const PAGE = 20

/** The plain figure an address means; undefined for a number that a record holds. */
export function figureOf(address: string): FigureAddress | undefined {
  const parsed = parseAddress(address)
  return 'record' in parsed ? undefined : parsed
}

export function useExplanation({ indicator, org, period, where, scope }: FigureAddress) {
  const path = `/figures/${encodeURIComponent(indicator)}/explain`
  const query = {
    org,
    period,
    scope,
    limit: PAGE,
    ...Object.fromEntries(Object.entries(where ?? {}).map(([name, value]) => [`where[${name}]`, value])),
  }
  return useInfiniteQuery<Explanation, Refused>({
    queryKey: [path, query],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      api(path, { query: { ...query, after: pageParam as string | undefined }, signal }),
    getNextPageParam: last => last.next,
  })
}
