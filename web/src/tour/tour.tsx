import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useLanguage, wordsOf } from '../kit/words.ts'
import { STEPS } from './steps.ts'
import './tour.css'

const useWords = wordsOf('tour', {
  zh: { step: '第{{n}}步，共{{of}}步', next: '下一步', back: '上一步', skip: '跳过', done: '开始使用' },
  en: { step: 'Step {{n}} of {{of}}', next: 'Next', back: 'Back', skip: 'Skip', done: 'Begin' },
})

/** Where the card stands: beneath what it speaks of; on a phone always at the foot. */
function besides(target: Element | null): CSSProperties {
  const box = target?.getBoundingClientRect()
  if (!box || innerWidth < 720) return {}
  return {
    top: Math.min(box.bottom + 12, innerHeight - 240),
    left: Math.max(16, Math.min(box.left, innerWidth - 376)),
    bottom: 'auto',
    right: 'auto',
  }
}

/** A short walk over the home screen. It covers nothing: one can do what it speaks of at once, or skip it. */
export default function Tour({ onDone }: { onDone: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const [at, setAt] = useState(0)
  const [place, setPlace] = useState<CSSProperties>({})
  const next = useRef<HTMLButtonElement>(null)
  const step = STEPS[at]!
  const isLast = at === STEPS.length - 1
  useEffect(() => {
    const target = document.querySelector(step.target)
    target?.scrollIntoView({ block: 'nearest' })
    target?.classList.add('tour-target')
    setPlace(besides(target))
    next.current?.focus({ preventScroll: true })
    return () => target?.classList.remove('tour-target')
  }, [step])
  function pressed(event: KeyboardEvent) {
    if (event.key === 'Escape') onDone()
    if (event.key === 'ArrowRight' && !isLast) setAt(at + 1)
    if (event.key === 'ArrowLeft' && at > 0) setAt(at - 1)
  }
  const [title, text] = step[language]
  return (
    <section className="tour no-print" role="dialog" aria-labelledby="tour-title" style={place} onKeyDown={pressed}>
      <p className="quiet">{say('step', { n: at + 1, of: STEPS.length })}</p>
      <h2 id="tour-title">{title}</h2>
      <p>{text}</p>
      <div>
        <button type="button" className="plain" onClick={onDone}>
          {say('skip')}
        </button>
        {at > 0 && (
          <button type="button" onClick={() => setAt(at - 1)}>
            {say('back')}
          </button>
        )}
        <button ref={next} type="button" className="next" onClick={() => (isLast ? onDone() : setAt(at + 1))}>
          {say(isLast ? 'done' : 'next')}
        </button>
      </div>
    </section>
  )
}
