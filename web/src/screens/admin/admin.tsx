import { Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useMay } from '../../kit/session.tsx'
import './admin.css'
import { useWords } from './words.ts'

const ROOMS = {
  orgs: lazy(() => import('./orgs.tsx')),
  people: lazy(() => import('./people.tsx')),
  targets: lazy(() => import('./targets.tsx')),
  journal: lazy(() => import('./journal.tsx')),
  check: lazy(() => import('./keeping.tsx')),
  declared: lazy(() => import('./declared.tsx')),
  me: lazy(() => import('./me.tsx')),
} as const
type Room = keyof typeof ROOMS

/** Each room only for who may; the server decides in any case. */
export function Screen() {
  const say = useWords()
  const [query] = useSearchParams()
  const may = { administer: useMay('administer'), journal: useMay('journal'), confirm: useMay('confirm') }
  const open: readonly Room[] = [
    ...(may.administer ? (['orgs', 'people'] as const) : []),
    ...(may.confirm ? (['targets'] as const) : []),
    ...(may.journal ? (['journal', 'check'] as const) : []),
    'declared',
    'me',
  ]
  const asked = query.get('room')
  const room = open.find(one => one === asked) ?? open[0]!
  const Body = ROOMS[room]
  const addressOf = (to: Room) => {
    const next = new URLSearchParams(query)
    next.set('room', to)
    return `?${next}`
  }
  return (
    <div className="admin">
      <h1>{say('title')}</h1>
      <nav className="tabs no-print" aria-label={say('title')}>
        {open.map(one => (
          <Link key={one} to={addressOf(one)} aria-current={one === room ? 'page' : undefined}>
            {say(one)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Skeleton active title={false} />}>
        <Body />
      </Suspense>
    </div>
  )
}
