import { useSyncExternalStore } from 'react'
import { wordsOf } from '../kit/words.ts'

const useWords = wordsOf('connection', {
  zh: { away: '网络已断开。可以继续录入，恢复后自动上传。' },
  en: { away: 'There is no connection. You can go on entering; it is sent when the connection is back.' },
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

export function Connection() {
  const say = useWords()
  return useOnline() ? null : (
    <div className="away" role="status">
      {say('away')}
    </div>
  )
}
