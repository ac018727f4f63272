import { Button } from 'antd'
import { useState } from 'react'
import type { Statement, Step } from '../../proof/check.ts'
import { ProofSteps } from '../../proof/steps.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly statement: Statement
  readonly check: () => Promise<readonly Step[]>
}

/** The signed statement of a public page, and its check in the reader's own browser. */
export function Signed({ statement, check }: Props) {
  const say = useWords()
  const [steps, setSteps] = useState<readonly Step[]>()
  return (
    <section className="signed">
      <Button onClick={() => void check().then(setSteps)}>{say('verify')}</Button>
      {steps && <ProofSteps steps={steps} />}
      <details>
        <summary>{say('statement')}</summary>
        <p className="quiet">{say('keep')}</p>
        <pre>
          {statement.body}
          {'\n'}
          {statement.signature}
        </pre>
        <p className="quiet">{say('key')}</p>
        <pre>{statement.publicKey}</pre>
      </details>
    </section>
  )
}
