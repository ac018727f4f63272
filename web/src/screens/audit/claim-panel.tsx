import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import { verdictWords } from '../../../../src/kernel/claims/output-html.ts'
import { writeNumber } from '../../../../src/kernel/figures/wording.ts'
import { useMay } from '../../kit/session.tsx'
import { colon, useLanguage } from '../../kit/words.ts'
import { periodText } from '../../shell/place-picker.tsx'
import { useExplained } from '../figures/explain/address.ts'
import { ConfirmLink } from './confirm-link.tsx'
import { markOf, SIGNS } from './marks.ts'
import { useWords } from './words.ts'

interface Props {
  readonly audit: Audit
  readonly index: number
  readonly onDone: () => void
}

/** One number of the text: how it is understood, and what the ledger says to it. */
export function ClaimPanel({ audit, index, onDone }: Props) {
  const say = useWords()
  const language = useLanguage()
  const mayConfirm = useMay('report')
  const { open } = useExplained()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), [])
  const claim = audit.claims[index]!
  const link = audit.links[index]
  const concerned = audit.identities.filter(({ claims }) => claims.includes(index))
  return (
    <section ref={panel} className="claim-panel" aria-labelledby="audit-claim">
      <h2 id="audit-claim">
        {SIGNS[markOf(audit, index)]} {claim.quote}
      </h2>
      <Button size="small" type="text" aria-label={say('close')} onClick={onDone}>
        ✕
      </Button>
      <dl>
        <dt>{say('noun')}</dt>
        <dd>{claim.noun || '—'}</dd>
        {claim.actor && (
          <>
            <dt>{say('actor')}</dt>
            <dd>{claim.actor}</dd>
          </>
        )}
        <dt>{say('value')}</dt>
        <dd>
          {claim.normalized.toLocaleString('en', { maximumFractionDigits: 6 })} {claim.base}
        </dd>
        {claim.period && (
          <>
            <dt>{say('period')}</dt>
            <dd>{periodText(claim.period, language)}</dd>
          </>
        )}
        {link && (
          <>
            <dt>{say('verdict')}</dt>
            <dd>{verdictWords(link.verdict, language)}</dd>
          </>
        )}
        {link?.name && (
          <>
            <dt>{say('ledger')}</dt>
            <dd>
              {link.name}
              {link.written !== null && (
                <>
                  {colon(language)}
                  <button type="button" className="plain" onClick={() => link.address && open(link.address)}>
                    {link.written}
                  </button>
                </>
              )}
              {link.confirmed && <span className="quiet"> {say('confirmed')}</span>}
            </dd>
          </>
        )}
        {link?.verdict === 'disagrees' && link.difference !== null && link.unit !== null && (
          <>
            <dt>{say('difference')}</dt>
            <dd className="late">
              {say(link.difference > 0 ? 'more' : 'less', {
                size: writeNumber(Math.abs(link.difference), link.unit, {}, language),
              })}
            </dd>
          </>
        )}
        {concerned.map(identity => (
          <div key={`${identity.type} ${identity.arithmetic}`}>
            <dt>{say(`type-${identity.type}`)}</dt>
            <dd className={identity.holds ? undefined : 'late'}>
              {identity.holds ? '✓' : '≠'} {identity.arithmetic}
            </dd>
          </div>
        ))}
      </dl>
      {link && mayConfirm && link.words.includes('#') && <ConfirmLink claim={claim} link={link} />}
    </section>
  )
}
