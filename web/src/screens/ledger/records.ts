import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Asked, api, type Refused } from '../../kit/api.ts'
import type { Record_ } from '../../kit/declared.ts'
import { useApi } from '../../kit/query.ts'

interface Found {
  readonly records: readonly Record_[]
  readonly next?: string
  readonly count?: number
  readonly totals?: Readonly<Record<string, number>>
}
type Pages = InfiniteData<Found, string | undefined>

const PAGE = 200
/** So many pages are asked anew when somebody saves; beyond, the reader is told, and the list stays where it is. */
const RENEWED_PAGES = 3

/** The records that a list shows, page after page as they are scrolled to, with how many there are and their sums. */
export function useRecords(type: string, asked: NonNullable<Asked['query']>) {
  const client = useQueryClient()
  const path = `/types/${type}/records`
  // Not under the path: a list of many pages is not asked anew whenever somebody saves.
  const key = ['list', path, asked]
  const head = useApi<Found>(path, { ...asked, sort: '-updatedAt', limit: 1, totals: true })
  const list = useInfiniteQuery<Found, Refused, Pages, readonly unknown[], string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api<Found>(path, { query: { ...asked, limit: PAGE, after: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const stamp = head.data && `${head.data.count} ${head.data.records[0]?.updatedAt} ${JSON.stringify(head.data.totals)}`
  const isOvertaken = useOvertaken(JSON.stringify([type, asked]), stamp, list.data?.pages.length ?? 0, () => {
    void list.refetch()
  })
  const renew = () => {
    isOvertaken.settle()
    return list.refetch()
  }
  /** Puts records as they are now in the place of those shown. */
  const put = (records: readonly Record_[]) => {
    const now = new Map(records.map(record => [record.id, record]))
    client.setQueryData<Pages>(
      key,
      data =>
        data && {
          ...data,
          pages: data.pages.map(page => ({ ...page, records: page.records.map(one => now.get(one.id) ?? one) })),
        },
    )
  }
  return {
    records: list.data?.pages.flatMap(page => page.records),
    count: head.data?.count,
    totals: head.data?.totals,
    error: list.error ?? head.error,
    hasMore: list.hasNextPage,
    isFetching: list.isFetching,
    more: () => {
      if (list.hasNextPage && !list.isFetching) void list.fetchNextPage()
    },
    isOvertaken: isOvertaken.is,
    renew,
    put,
  }
}

/** Whether others have saved since the list was read; a short list is read anew at once. */
function useOvertaken(view: string, stamp: string | undefined, pages: number, onRenew: () => void) {
  const [is, setIs] = useState(false)
  const seen = useRef<{ view: string; stamp: string }>(undefined)
  const now = useRef({ pages, onRenew })
  now.current = { pages, onRenew }
  useEffect(() => {
    if (stamp === undefined) return
    const before = seen.current
    seen.current = { view, stamp }
    if (!before || before.view !== view) return setIs(false)
    if (before.stamp === stamp) return
    if (now.current.pages <= RENEWED_PAGES) now.current.onRenew()
    else setIs(true)
  }, [view, stamp])
  return { is, settle: () => setIs(false) }
}
