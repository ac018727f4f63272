import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import { api, type Refused } from '../../kit/api.ts'
import { useReading, yearOf } from './reading.ts'

interface About {
  readonly org: string
  readonly period: string
  /** Whether the ledger is asked too. */
  readonly isHeld: boolean
  /** Name of the org unit whose report it is. */
  readonly organ: string
}

/** How long nobody has typed before the ledger is asked, in milliseconds. */
const PAUSE_MS = 700

/** A text read at once by itself; what the ledger says to it comes when the server has answered. */
export function useAudit(text: string, { org, period, isHeld, organ }: About) {
  const settled = useSettled(text)
  const asked = isHeld && settled.trim() !== ''
  const answer = useQuery<Audit, Refused>({
    queryKey: ['/audit', org, period, settled],
    queryFn: ({ signal }) => api('/audit', { body: { text: settled, org, period }, signal }),
    enabled: asked,
    staleTime: 60_000,
    placeholderData: before => before,
  })
  const reading = useReading(text, { year: yearOf(period), actor: organ })
  const alone = useMemo<Audit | undefined>(() => reading && { ...reading, links: [] }, [reading])
  const held = asked && answer.data?.text === text ? answer.data : undefined
  return {
    audit: text.trim() === '' ? undefined : (held ?? alone),
    waiting: isHeld && !held && !answer.error,
    error: asked ? answer.error : null,
  }
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(waiting)
  }, [text])
  return settled
}
