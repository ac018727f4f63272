import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Block, Surroundings } from '../../../../src/kernel/reports/document.ts'
import type { Report } from './report-types.ts'

/** What a person has changed of a draft and not saved yet. */
export interface Change extends Surroundings {
  readonly title?: string
  readonly blocks?: readonly Block[]
}

interface Kept {
  /** The version it was changed from. */
  readonly version: number
  readonly change: Change
}

/** Steps that can be taken back. */
const MOST_STEPS = 200

const placeOf = (id: string) => `yilu.report.${id}`

function keptOf({ id, version }: Report): Change | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(placeOf(id)) ?? 'null') as Kept | null
    return kept?.version === version ? kept.change : undefined
  } catch {
    return undefined
  }
}

/**
 * The unsaved change of a draft. It is kept on this device until it is saved, so that a closed window loses nothing, and each
 * step can be undone; typing into one place is one step.
 */
export function useDraft(report: Report) {
  const { id, version } = report
  const wasKept = useMemo(() => keptOf(report), [report])
  const [change, setChange] = useState<Change>(wasKept ?? {})
  const [steps, setSteps] = useState<readonly { change: Change; of: string | undefined }[]>([])
  const isChanged = Object.keys(change).length > 0
  useEffect(() => {
    if (isChanged) localStorage.setItem(placeOf(id), JSON.stringify({ version, change } satisfies Kept))
    else localStorage.removeItem(placeOf(id))
  }, [id, version, change, isChanged])

  const put = useCallback(
    (part: Change, of?: string) => {
      setSteps(before =>
        of !== undefined && before.at(-1)?.of === of ? before : [...before.slice(-MOST_STEPS), { change, of }],
      )
      setChange({ ...change, ...part })
    },
    [change],
  )
  const undo = useCallback(() => {
    const last = steps.at(-1)
    if (!last) return
    setChange(last.change)
    setSteps(steps.slice(0, -1))
  }, [steps])
  const drop = useCallback(() => {
    setChange({})
    setSteps([])
  }, [])
  return { change, isChanged, wasKept: wasKept !== undefined, put, undo: steps.length > 0 ? undo : undefined, drop }
}
