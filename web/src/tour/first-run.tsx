import { lazy, Suspense, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { useMe } from '../kit/session.tsx'

const Tour = lazy(() => import('./tour.tsx'))

/** Remembered for each person on this device. */
const placeOf = (login: string) => `yilu.tour.${login}`

/** Five steps on the home screen, once for everybody; `?tour=1` shows them again. */
export function FirstRun() {
  const { login } = useMe()
  const { pathname } = useLocation()
  const [query, setQuery] = useSearchParams()
  const [isDone, setDone] = useState(() => localStorage.getItem(placeOf(login)) !== null)
  const again = query.has('tour')
  if (pathname !== '/' || (isDone && !again)) return null
  function done() {
    localStorage.setItem(placeOf(login), 'done')
    setDone(true)
    if (!again) return
    setQuery(
      now => {
        const next = new URLSearchParams(now)
        next.delete('tour')
        return next
      },
      { replace: true },
    )
  }
  return (
    <Suspense fallback={null}>
      <Tour onDone={done} />
    </Suspense>
  )
}
