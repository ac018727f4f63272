import { Button, DatePicker, Radio } from 'antd'
import dayjs from 'dayjs'
import type { Envoy, History, Suggestion } from './answers.ts'
import { useWords } from './words.ts'

// What helps whoever takes a call: what the caller asked before, what is known, whom to send.

export function Earlier({ history }: { readonly history: History | undefined }) {
  const say = useWords()
  if (!history) return null
  if (history.count === 0) return <p className="quiet">{say('firstTime')}</p>
  return (
    <details open>
      <summary>{say('earlier', { n: history.count })}</summary>
      <ul className="plain-list">
        {history.calls.slice(0, 3).map(({ id, day, fields }) => (
          <li key={id}>
            <span>
              {day} {String(fields.question)}
              <br />
              <span className="quiet">{String(fields.answer ?? '')}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

interface Suggesting {
  readonly suggestions: readonly Suggestion[]
  readonly onUse: (suggestion: Suggestion) => void
}

export function Suggestions({ suggestions, onUse }: Suggesting) {
  const say = useWords()
  return (
    <section aria-labelledby="suggestions" aria-live="polite">
      <h3 id="suggestions">{say('suggestions')}</h3>
      {suggestions.length === 0 && <p className="quiet">{say('noSuggestion')}</p>}
      <ul className="plain-list">
        {suggestions.map((one, i) => (
          <li key={one.id}>
            <span>
              {i + 1}. {one.question}
              <br />
              <span className="quiet">{one.answer}</span>
            </span>
            <Button aria-keyshortcuts={`Alt+${i + 1}`} onClick={() => onUse(one)}>
              {say('use')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Choosing {
  readonly envoys: readonly Envoy[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
  readonly visitBy: string | undefined
  readonly onVisitBy: (day: string | undefined) => void
}

const FITS = ['fit0', 'fit1', 'fit2'] as const

export function Envoys({ envoys, chosen, onChoose, visitBy, onVisitBy }: Choosing) {
  const say = useWords()
  return (
    <details>
      <summary>{say('envoys')}</summary>
      {envoys.length === 0 && <p className="quiet">{say('noEnvoy')}</p>}
      <Radio.Group value={chosen} onChange={({ target }) => onChoose(String(target.value))}>
        {envoys.slice(0, 5).map(one => (
          <Radio key={one.id} value={one.id} style={{ display: 'flex' }}>
            {[
              one.name,
              one.township,
              say(FITS[one.fit as 0 | 1 | 2]),
              one.km === null ? '' : say('km', { n: one.km }),
              say('onHand', { n: one.open }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Radio>
        ))}
      </Radio.Group>
      <label htmlFor="desk-visitBy">{say('visitBy')}</label>
      <DatePicker
        id="desk-visitBy"
        value={visitBy ? dayjs(visitBy) : null}
        onChange={next => onVisitBy(next ? next.format('YYYY-MM-DD') : undefined)}
      />
    </details>
  )
}
