import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { today } from './format.ts'
import { useMe } from './session.tsx'

const STORED = 'yilu.place'

interface Place {
  readonly org: string
  readonly period: string
}

function remembered(): Partial<Place> {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Place>
  } catch {
    return {}
  }
}

/** The org unit and period that all screens look at. They stand in the address, so that every view can be passed on. */
export function usePlace(): Place & { set: (to: Partial<Place>) => void } {
  const me = useMe()
  const [query, setQuery] = useSearchParams()
  const before = useMemo(remembered, [])
  const org = query.get('org') ?? before.org ?? me.grants[0]?.org ?? ''
  const period = query.get('period') ?? before.period ?? today().slice(0, 4)
  const set = useCallback(
    (to: Partial<Place>) => {
      localStorage.setItem(STORED, JSON.stringify({ org, period, ...to }))
      setQuery(now => {
        const next = new URLSearchParams(now)
        for (const [name, value] of Object.entries(to)) next.set(name, value)
        return next
      })
    },
    [org, period, setQuery],
  )
  return { org, period, set }
}

/** `?org=…&period=…` of the present place, for links from one screen to another. */
export function usePlaceQuery(): string {
  const { org, period } = usePlace()
  return `?org=${encodeURIComponent(org)}&period=${encodeURIComponent(period)}`
}
