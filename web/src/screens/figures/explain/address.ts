import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** The figure that is being explained stands in the address, so that it can be passed on and left by going back. */
export function useExplained(): {
  readonly address: string | undefined
  readonly open: (address: string) => void
  readonly close: () => void
} {
  const [query, setQuery] = useSearchParams()
  const put = useCallback(
    (address: string | undefined) =>
      setQuery(now => {
        const next = new URLSearchParams(now)
        if (address === undefined) next.delete('explain')
        else next.set('explain', address)
        return next
      }),
    [setQuery],
  )
  const close = useCallback(() => put(undefined), [put])
  return { address: query.get('explain') ?? undefined, open: put, close }
}
