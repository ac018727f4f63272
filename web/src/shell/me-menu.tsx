import { useCallback, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { usePlaceQuery } from '../kit/place.ts'
import { signOut, useMe } from '../kit/session.tsx'
import { wordsOf } from '../kit/words.ts'
import { LanguageSwitch, SchemeSwitch } from './switches.tsx'

const useWords = wordsOf('me', {
  zh: { me: '我', account: '我的账号', help: '帮助', signOut: '退出' },
  en: { me: 'Me', account: 'My account', help: 'Help', signOut: 'Sign out' },
})

/** Who is signed in, and what concerns them. The browser's own disclosure: a menu of Ant Design weighs more than the home screen. */
export function MeMenu() {
  const say = useWords()
  const me = useMe()
  const query = usePlaceQuery()
  const location = useLocation()
  const box = useRef<HTMLDetailsElement>(null)
  const close = useCallback(() => box.current?.removeAttribute('open'), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when one has gone elsewhere
  useEffect(close, [close, location])
  useEffect(() => {
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) close()
    }
    addEventListener('pointerdown', leave)
    addEventListener('focusin', leave)
    return () => {
      removeEventListener('pointerdown', leave)
      removeEventListener('focusin', leave)
    }
  }, [close])
  return (
    <details
      ref={box}
      className="me"
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        close()
        box.current?.querySelector('summary')?.focus()
      }}
    >
      <summary aria-label={`${say('me')} ${me.name}`}>{me.name}</summary>
      <div>
        <p className="quiet">
          {me.name}（{me.login}）
        </p>
        <Link to={`/admin${query}&room=me`}>{say('account')}</Link>
        <Link to={`/help${query}&of=${encodeURIComponent(location.pathname)}`}>{say('help')}</Link>
        <LanguageSwitch />
        <SchemeSwitch />
        <button type="button" className="plain" onClick={() => void signOut()}>
          {say('signOut')}
        </button>
      </div>
    </details>
  )
}
