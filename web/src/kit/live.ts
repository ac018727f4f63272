import { useEffect } from 'react'
import { address } from './api.ts'
import { changed } from './query.ts'

/**
 * Follows changes at an org unit: whatever of the API is shown and may have changed is asked anew. The browser resumes by
 * itself with Last-Event-ID; while there is no connection, `navigator.onLine` tells the shell.
 */
export function useLive(org: string | undefined): void {
  useEffect(() => {
    if (org === undefined) return
    const events = new EventSource(address('/live', { org }))
    let waiting: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      // A burst of saves (an import) is one refresh.
      waiting ??= setTimeout(() => {
        waiting = undefined
        void changed('/figures', '/records', '/types/', '/reports', '/targets', '/search', '/awaiting', '/domains/')
      }, 300)
    }
    events.addEventListener('change', soon)
    events.addEventListener('reset', soon)
    return () => {
      clearTimeout(waiting)
      events.close()
    }
  }, [org])
}
