import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Single keys that do something wherever nobody is typing. Those of a screen go `first`, before the shell's. */
export function useKeys(keys: Readonly<Record<string, () => void>>, order: 'first' | 'last' = 'last'): void {
  const now = useRef(keys)
  now.current = keys
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
      const act = now.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    const capture = order === 'first'
    addEventListener('keydown', pressed, { capture })
    return () => removeEventListener('keydown', pressed, { capture })
  }, [order])
}
