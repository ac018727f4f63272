import { useEffect, useRef, useState } from 'react'
import type { Reading, ReadOptions } from '../../../../src/kernel/claims/claim.ts'

/** How long nobody has typed before a text is read, in milliseconds. */
const PAUSE_MS = 300

/** A text read back while it is written, by the code that the command line runs. The text stays on this device. */
export function useReading(text: string, { year, actor }: ReadOptions): Reading | undefined {
  const [reading, setReading] = useState<Reading>()
  const worker = useRef<Worker>(undefined)
  const turn = useRef(0)
  useEffect(() => {
    const reader = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' })
    reader.onmessage = ({ data }: MessageEvent<{ turn: number; reading: Reading }>) => {
      // Only what was asked last is still of interest.
      if (data.turn === turn.current) setReading(data.reading)
    }
    worker.current = reader
    return () => reader.terminate()
  }, [])
  useEffect(() => {
    const mine = ++turn.current
    if (text.trim() === '') {
      setReading(undefined)
      return
    }
    const options = { ...(year ? { year } : {}), ...(actor ? { actor } : {}) }
    const waiting = setTimeout(() => worker.current?.postMessage({ turn: mine, text, options }), PAUSE_MS)
    return () => clearTimeout(waiting)
  }, [text, year, actor])
  return reading
}

/** The year of a period: what 今年 means in a report of then. */
export const yearOf = (period: string): number | undefined => Number(/^\d{4}/.exec(period)?.[0]) || undefined
