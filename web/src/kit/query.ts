import { QueryClient, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { type Asked, api, Refused } from './api.ts'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What was refused stays refused; what did not arrive is asked again.
      retry: (tries, error) => tries < 2 && error instanceof Refused && (error.status === 0 || error.status === 503),
      refetchOnWindowFocus: true,
      // Without a connection the service worker answers with what it was told last.
      networkMode: 'always',
    },
  },
})

/** An answer of the API, kept and asked again when it may have changed. Undefined path: not asked yet. */
export function useApi<T>(
  path: string | undefined,
  query?: Asked['query'],
  options: Pick<UseQueryOptions<T, Refused>, 'staleTime' | 'refetchInterval'> = {},
) {
  return useQuery<T, Refused>({
    queryKey: [path, query ?? {}],
    queryFn: ({ signal }) => api<T>(path!, { query, signal }),
    enabled: path !== undefined,
    ...options,
  })
}

/** Asks anew whatever of the API begins with one of these paths. */
export const changed = (...paths: readonly string[]): Promise<void> =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [path] }) => typeof path === 'string' && paths.some(begin => path.startsWith(begin)),
  })
