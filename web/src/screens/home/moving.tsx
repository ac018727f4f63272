import { useEffect, useRef, useState } from 'react'
import { digits } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

/** For how long a figure that has moved says so, in milliseconds. */
const SHOWN = 6_000

interface Props {
  readonly value: number | null
  readonly unit: string
  readonly name: string
  readonly onOpen: () => void
  readonly onMoved: (words: string) => void
}

/** A figure that shows when it has moved under the reader's eyes, and which way. */
export function Moving({ value, unit, name, onOpen, onMoved }: Props) {
  const say = useWords()
  const language = useLanguage()
  const before = useRef(value)
  const [moved, setMoved] = useState<'up' | 'down'>()
  const text = digits(value, unit, language)
  const told = useRef({ onMoved, words: '' })
  told.current = { onMoved, words: say('moved', { name, value: text }) }
  useEffect(() => {
    if (before.current === value) return
    setMoved((value ?? 0) > (before.current ?? 0) ? 'up' : 'down')
    before.current = value
    told.current.onMoved(told.current.words)
    const rest = setTimeout(() => setMoved(undefined), SHOWN)
    return () => clearTimeout(rest)
  }, [value])
  return (
    <button
      type="button"
      className={moved ? 'plain moved' : 'plain'}
      data-moved={moved}
      aria-label={say('explain', { name, value: text })}
      onClick={onOpen}
    >
      {moved && <span aria-hidden="true">{moved === 'up' ? '▲ ' : '▼ '}</span>}
      {text}
    </button>
  )
}
