import { useState } from 'react'
import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import { ClaimPanel } from './claim-panel.tsx'
import { ClaimsTable } from './claims-table.tsx'
import { Findings } from './findings.tsx'
import { Identities } from './identities.tsx'
import { Marked } from './marked.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly audit: Audit
  /** The ledger has not answered yet. */
  readonly waiting: boolean
}

/** What was found: the text with its marks, what to look at beside it, every number and relation beneath. */
export function AuditResult({ audit, waiting }: Props) {
  const say = useWords()
  const [chosen, setChosen] = useState<number>()
  const { claims, identities, blanks, links } = audit
  const of = (...verdicts: string[]) => links.filter(({ verdict }) => verdicts.includes(verdict)).length
  if (claims.length + blanks.length === 0) return <p role="status">{say('none')}</p>
  const claim = chosen !== undefined && chosen < claims.length ? chosen : undefined
  return (
    <>
      <p role="status" className="summary">
        {say('found', {
          claims: claims.length,
          identities: identities.length,
          wrong: identities.filter(({ holds }) => !holds).length,
          blanks: blanks.length,
        })}{' '}
        {links.length > 0
          ? say('held', {
              agree: of('agrees', 'agrees-rounded'),
              disagree: of('disagrees'),
              missing: of('no-records'),
              unknown: of('no-indicator'),
            })
          : waiting && say('waiting')}
      </p>
      <div className="audit-beside">
        <section aria-labelledby="audit-text">
          <h2 id="audit-text">{say('text')}</h2>
          <Marked audit={audit} chosen={claim} onChoose={setChosen} />
        </section>
        <aside>
          {claim !== undefined && (
            <ClaimPanel key={claim} audit={audit} index={claim} onDone={() => setChosen(undefined)} />
          )}
          <Findings audit={audit} onChoose={setChosen} />
        </aside>
      </div>
      <Identities audit={audit} onChoose={setChosen} />
      <ClaimsTable audit={audit} chosen={claim} onChoose={setChosen} />
    </>
  )
}
