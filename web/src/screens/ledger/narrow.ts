import { useSyncExternalStore } from 'react'

/** Where the style sheets take a window for a telephone's. */
const narrow = matchMedia('(max-width: 720px)')

const subscribe = (listener: () => void) => {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches)
