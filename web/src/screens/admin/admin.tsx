import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { useMay } from '../../kit/session.tsx'
import { useWords } from './words.ts'

const People = lazy(() => import('./people.tsx'))
const Journal = lazy(() => import('./journal.tsx'))
const Keeping = lazy(() => import('./keeping.tsx'))
const Declared = lazy(() => import('./declared.tsx'))

const ROOMS = { people: People, journal: Journal, check: Keeping, declared: Declared } as const
type Room = keyof typeof ROOMS

/** Each room only for who may; the server decides in any case. */
export function Screen() {
  const say = useWords()
  const [query, setQuery] = useSearchParams()
  const administers = useMay('administer')
  const audits = useMay('journal')
  const open: Room[] = [
    ...(administers ? (['people'] as const) : []),
    ...(audits ? (['journal', 'check'] as const) : []),
    'declared',
  ]
  const asked = query.get('room')
  const room = open.find(one => one === asked) ?? open[0]!
  const Body = ROOMS[room]
  const go = (to: Room) =>
    setQuery(now => {
      const next = new URLSearchParams(now)
      next.set('room', to)
      return next
    })
  return (
    <>
      <h1>{say('title')}</h1>
      <div className="tabs no-print" role="tablist">
        {open.map(one => (
          <button key={one} type="button" role="tab" aria-selected={one === room} onClick={() => go(one)}>
            {say(one)}
          </button>
        ))}
      </div>
      <Suspense fallback={null}>
        <Body />
      </Suspense>
    </>
  )
}
