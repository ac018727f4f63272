import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import { verdictWords } from '../../../../src/kernel/claims/output-html.ts'
import { useLanguage } from '../../kit/words.ts'
import { type Mark, markOf, SIGNS } from './marks.ts'
import { useWords } from './words.ts'

interface Props {
  readonly audit: Audit
  readonly chosen: number | undefined
  readonly onChoose: (claim: number) => void
}

interface Place {
  readonly start: number
  readonly end: number
  readonly mark: Mark
  /** Undefined for a blank. */
  readonly claim?: number
}

/** The text with each number marked by a sign as well as a colour; a number opens what is known of it. */
export function Marked({ audit, chosen, onChoose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { text, claims, blanks, links } = audit
  const places: Place[] = [
    ...claims.map(({ start, end }, claim): Place => ({ start, end, claim, mark: markOf(audit, claim) })),
    ...blanks.map(({ start, end }): Place => ({ start, end, mark: 'blank' })),
  ].sort((a, b) => a.start - b.start)
  const legend = [...new Set(places.map(({ mark }) => mark))]
  let at = 0
  const parts = places.flatMap(({ start, end, mark, claim }) => {
    if (start < at) return []
    const before = text.slice(at, start)
    at = end
    const words = text.slice(start, end)
    if (claim === undefined)
      return [
        before,
        <mark key={start} id={`blank-${start}`} className="mark-blank" title={say('mark-blank')}>
          {words}
        </mark>,
      ]
    const link = links[claim]
    return [
      before,
      <a
        key={start}
        href={`#claim-${claim}`}
        id={`in-text-${claim}`}
        className={`mark-${mark}`}
        aria-current={claim === chosen || undefined}
        title={link ? verdictWords(link.verdict, language) : say(`mark-${mark}`)}
        onClick={event => {
          event.preventDefault()
          onChoose(claim)
        }}
      >
        {words}
      </a>,
    ]
  })
  return (
    <>
      <div className="marked">
        {parts}
        {text.slice(at)}
      </div>
      <ul className="legend">
        {legend.map(mark => (
          <li key={mark}>
            <span className={`mark-${mark}`}>{SIGNS[mark] || '12'}</span> {say(`mark-${mark}`)}
          </li>
        ))}
      </ul>
    </>
  )
}
