import { Skeleton } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useExplained } from '../figures/explain/address.ts'
import './audit.css'
import { useAudit } from './held.ts'
import { Intake } from './intake.tsx'
import { AuditResult } from './result.tsx'
import { useWords } from './words.ts'

const ExplainPanel = lazy(() => import('../figures/explain/explain-panel.tsx'))

const KEPT = 'yilu.audit.text'

/** Any report read back: by itself in the browser, and against the ledger by the server. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org, period } = usePlace()
  const orgs = useOrgs()
  const explained = useExplained()
  const [text, setText] = useState(() => sessionStorage.getItem(KEPT) ?? '')
  const [file, setFile] = useState<File>()
  const [isHeld, setHeld] = useState(true)
  useEffect(() => sessionStorage.setItem(KEPT, text.slice(0, 1_000_000)), [text])
  const { audit, waiting, error } = useAudit(text, { org, period, isHeld, organ: orgName(orgs, org, language) })
  const results = useRef<HTMLDivElement>(null)

  return (
    <div className="audit">
      <h1>{say('title')}</h1>
      <Intake
        text={text}
        file={file}
        isHeld={isHeld}
        onText={next => {
          setText(next)
          setFile(undefined)
        }}
        onFile={(next, read) => {
          setText(read)
          setFile(next)
          results.current?.scrollIntoView({ block: 'start' })
        }}
        onHeld={setHeld}
      />
      {error && (
        <p className="wrong" role="alert">
          {said(error.problems[0], language)}
        </p>
      )}
      <div ref={results}>
        {audit ? (
          <AuditResult audit={audit} waiting={waiting} />
        ) : (
          text.trim() !== '' && <Skeleton active title={false} />
        )}
      </div>
      {explained.address && (
        <Suspense fallback={null}>
          <ExplainPanel />
        </Suspense>
      )}
    </div>
  )
}
