import { useMemo } from 'react'
import type { Identity, Reading } from '../../../../src/kernel/claims/claim.ts'
import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'
import { runningText } from '../../../../src/kernel/reports/running-text.ts'
import { colon, useLanguage } from '../../kit/words.ts'
import { useReading, yearOf } from '../audit/reading.ts'
import { useWords } from './words.ts'

interface Props {
  readonly document: ReportDocument
  /** What has to happen before a place of the text can be shown. */
  readonly onShow?: () => void
}

/** The report read back while it is written: what contradicts itself and what was left blank, beside the text. */
export function Check({ document, onShow }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { text } = useMemo(() => runningText(document), [document])
  const reading = useReading(text, { year: yearOf(document.period), actor: document.organ })
  const wrong = reading?.identities.filter(identity => !identity.holds) ?? []
  const detached = useMemo(
    () =>
      runningText(document)
        .figures.filter(({ figure }) => figure.detached)
        .map(({ figure }) => figure),
    [document],
  )
  return (
    <section className="check" aria-labelledby="check">
      <h2 id="check">{say('audit')}</h2>
      {!reading && <p className="quiet">{say('auditWaiting')}</p>}
      {reading && wrong.length + reading.blanks.length === 0 && (
        <p role="status">
          <span className="fine">✓</span> {say('auditFine', { n: reading.claims.length })}
        </p>
      )}
      {reading && wrong.length + reading.blanks.length > 0 && (
        <>
          <p role="status" className="late">
            ⚠ {say('auditFound', { wrong: wrong.length, blanks: reading.blanks.length })}
          </p>
          <ul className="findings">
            {wrong.map(identity => (
              <li key={`${identity.type} ${identity.claims.join(' ')}`}>
                <button type="button" onClick={() => show(quotesOf(reading, identity), onShow)}>
                  {identity.arithmetic}
                </button>
              </li>
            ))}
            {reading.blanks.map(blank => (
              <li key={blank.start}>
                <button
                  type="button"
                  onClick={() => show([reading.text.slice(lineStart(reading.text, blank.start), blank.start)], onShow)}
                >
                  {say('blank')}
                  {colon(language)}
                  {around(reading.text, blank.start, blank.end)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {detached.length > 0 && (
        <>
          <p className="late">{say('detachedOnes', { n: detached.length })}</p>
          <ul className="findings">
            {detached.map(figure => (
              <li key={`${figure.address} ${figure.written}`}>
                {figure.name}
                {colon(language)}
                {figure.written}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const quotesOf = ({ claims }: Reading, identity: Identity): string[] => identity.claims.map(i => claims[i]!.quote)

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

const around = (text: string, start: number, end: number): string =>
  text.slice(Math.max(lineStart(text, start), start - 12), end + 8).split('\n')[0]!

/** Brings the first block into view that holds all the words. */
function show(words: readonly string[], onShow: (() => void) | undefined): void {
  onShow?.()
  requestAnimationFrame(() => {
    const blocks = [...document.querySelectorAll<HTMLElement>('[data-block]')]
    const found = blocks.find(block => words.every(word => block.textContent?.includes(word.trim())))
    found?.scrollIntoView({ block: 'center' })
    found?.querySelector<HTMLElement>('.report-text, .chip')?.focus({ preventScroll: true })
  })
}
