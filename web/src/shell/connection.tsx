import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { usePlaceQuery } from '../kit/place.ts'
import { changed } from '../kit/query.ts'
import { useMe } from '../kit/session.tsx'
import { wordsOf } from '../kit/words.ts'
import { useQueue } from '../offline/queue.ts'
import { sync } from '../offline/sync.ts'

const useWords = wordsOf('connection', {
  zh: {
    away: '网络已断开。可以继续录入，恢复后自动上传。',
    waiting: '{{n}}条等待上传',
    refused: '{{n}}条没有上传成，请处理',
  },
  en: {
    away: 'There is no connection. You can go on entering; it is sent when the connection is back.',
    waiting: '{{n}} waiting to be sent',
    refused: '{{n}} could not be sent; look at them',
  },
})

const subscribe = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

const AGAIN_MS = 20_000

/** Whether there is a connection, and what still waits for one. What waits is sent from here. */
export function Connection() {
  const say = useWords()
  const place = usePlaceQuery()
  const isOnline = useOnline()
  const { person } = useMe()
  const own = useQueue().filter(one => one.person === person)
  const refused = own.filter(({ problems }) => problems.length > 0).length
  const waiting = own.length - refused
  useSending(person, isOnline, waiting)
  return (
    <>
      {!isOnline && (
        <div className="away" role="status">
          {say('away')}
        </div>
      )}
      {own.length > 0 && (
        <p className="queue no-print" role="status">
          <Link to={`/outbox${place}`}>
            {waiting > 0 && <span>{say('waiting', { n: waiting })}</span>}{' '}
            {refused > 0 && <span className="late">{say('refused', { n: refused })}</span>}
          </Link>
        </p>
      )}
    </>
  )
}

/** Sends what waits: now, when the connection is back, when one returns to the page, and every while. */
function useSending(person: string, isOnline: boolean, waiting: number) {
  const isSending = useRef(false)
  useEffect(() => {
    if (!isOnline || waiting === 0) return
    const send = async () => {
      if (isSending.current) return
      isSending.current = true
      try {
        const { sent } = await sync(person)
        if (sent > 0) await changed('/types/', '/figures', '/awaiting', '/records')
      } finally {
        isSending.current = false
      }
    }
    void send()
    const again = setInterval(() => void send(), AGAIN_MS)
    const back = () => document.visibilityState === 'visible' && void send()
    document.addEventListener('visibilitychange', back)
    return () => {
      clearInterval(again)
      document.removeEventListener('visibilitychange', back)
    }
  }, [person, isOnline, waiting])
}
