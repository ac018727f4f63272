import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import { remarksOf, roundnessWords } from '../../../../src/kernel/claims/remarks.ts'
import { useLanguage } from '../../kit/words.ts'
import { useExplained } from '../figures/explain/address.ts'
import { useWords } from './words.ts'

interface Props {
  readonly audit: Audit
  readonly onChoose: (claim: number) => void
}

/** What somebody should look at, and what the text leaves out: in the words of the command line. */
export function Findings({ audit, onChoose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { open } = useExplained()
  const remarks = remarksOf(audit, language)
  const { omitted = [], roundness = null } = audit.findings ?? {}
  function show(start: number) {
    const claim = audit.claims.findIndex(one => one.start === start)
    if (claim >= 0) onChoose(claim)
    document
      .getElementById(claim >= 0 ? `in-text-${claim}` : `blank-${start}`)
      ?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }
  return (
    <>
      <section aria-labelledby="audit-findings">
        <h2 id="audit-findings">{say('findings')}</h2>
        {remarks.length === 0 && (
          <p>
            <span className="fine">✓</span> {say('nothing')}
          </p>
        )}
        <ul className="findings">
          {remarks.map(remark => (
            <li key={remark.start}>
              <button type="button" onClick={() => show(remark.start)}>
                <strong>{around(audit.text, remark.start, remark.end)}</strong>
                {remark.lines.map(line => (
                  // The address that the printed page gives is here a link of its own, in the panel.
                  <span key={line}>{line.replace(/(?:查看：| See )[^\s]+\?[^\s]+$/u, '')}</span>
                ))}
              </button>
            </li>
          ))}
        </ul>
      </section>
      {omitted.length > 0 && (
        <details className="omitted">
          <summary>{say('omitted', { n: omitted.length })}</summary>
          <ul className="plain-list">
            {omitted.map(figure => (
              <li key={figure.address}>
                <span>{figure.name}</span>
                <button type="button" className="plain number" onClick={() => open(figure.address)}>
                  {figure.written}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {roundness && <p className="notice">{roundnessWords(roundness, language)}</p>}
    </>
  )
}

const around = (text: string, start: number, end: number): string =>
  text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 10), end + 2).split('\n')[0]!
