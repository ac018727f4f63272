import { Button, Skeleton } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link, Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import { useKeys } from '../kit/keys.ts'
import { useLive } from '../kit/live.ts'
import { usePlace, usePlaceQuery } from '../kit/place.ts'
import { useMay } from '../kit/session.tsx'
import { useLanguage, wordsOf } from '../kit/words.ts'
import { FirstRun } from '../tour/first-run.tsx'
import { Connection } from './connection.tsx'
import { MeMenu } from './me-menu.tsx'
import { PlacePicker } from './place-picker.tsx'

const Search = lazy(() => import('./search.tsx'))

const useWords = wordsOf('shell', {
  zh: {
    search: '搜索',
    home: '首页',
    ledger: '台账',
    figures: '数字',
    reports: '总结',
    assessment: '考核',
    returns: '上报',
    inbox: '提醒',
    audit: '核对',
    admin: '管理',
    main: '主导航',
    skip: '跳到正文',
    menu: '菜单',
  },
  en: {
    search: 'Search',
    home: 'Home',
    ledger: 'Ledger',
    figures: 'Figures',
    reports: 'Reports',
    assessment: 'Assessment',
    returns: 'Returns',
    inbox: 'Notices',
    audit: 'Audit',
    admin: 'Admin',
    main: 'Main',
    skip: 'Skip to content',
    menu: 'Menu',
  },
})

/** Header, navigation and the screen. At phone width the navigation stands at the foot. */
export function Shell() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const query = usePlaceQuery()
  const navigate = useNavigate()
  const { state } = useNavigation()
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const [searching, setSearching] = useState(false)
  useLive(org)
  useKeys({
    '/': () => setSearching(true),
    // Help is on the screen one is at; asked for on the help itself, it stays there.
    '?': () => pathname !== '/help' && navigate(`/help${query}&of=${encodeURIComponent(pathname)}`),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen is read from its beginning
  useEffect(() => {
    main.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [pathname])

  const may = { administer: useMay('administer'), journal: useMay('journal'), confirm: useMay('confirm') }
  const rooms: readonly (readonly [string, string])[] = [
    ['/', say('home')],
    ['/ledger', say('ledger')],
    ['/figures', say('figures')],
    ['/reports', say('reports')],
    ['/assessment', say('assessment')],
    ['/returns', say('returns')],
    ['/audit', say('audit')],
    ['/inbox', say('inbox')],
    ...(may.administer || may.journal || may.confirm ? [['/admin', say('admin')] as const] : []),
  ]
  const isIn = (to: string) =>
    // Records and what waits to be sent belong to the ledger.
    to === '/'
      ? pathname === '/'
      : pathname.startsWith(to) || (to === '/ledger' && /^\/(records|outbox)/.test(pathname))
  const room = rooms.find(([to]) => isIn(to))?.[1]
  useEffect(() => {
    document.title = [room, language === 'zh' ? '一录' : 'Yilu'].filter(Boolean).join(' · ')
  }, [room, language])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <header className="top">
        <Link className="brand" to={`/${query}`}>
          一录
        </Link>
        <PlacePicker />
        <nav className="rooms" aria-label={say('main')}>
          {rooms.map(([to, title]) => (
            <Link
              key={to}
              to={to + query}
              className={isIn(to) ? 'active' : undefined}
              aria-current={isIn(to) ? 'page' : undefined}
            >
              {title}
            </Link>
          ))}
        </nav>
        <Button type="text" className="search" aria-keyshortcuts="/" onClick={() => setSearching(true)}>
          {say('search')} <kbd>/</kbd>
        </Button>
        {searching && (
          <Suspense fallback={null}>
            <Search onDone={() => setSearching(false)} />
          </Suspense>
        )}
        <MeMenu />
      </header>
      <Connection />
      <FirstRun />
      <main id="main" ref={main} tabIndex={-1} aria-busy={state === 'loading'}>
        <Suspense fallback={<Skeleton active title={false} />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
