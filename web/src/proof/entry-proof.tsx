import { Button } from 'antd'
import { useState } from 'react'
import { api, Refused } from '../kit/api.ts'
import { said, useLanguage, wordsOf } from '../kit/words.ts'
import { checkEntry, type EntryProof, type Step } from './check.ts'
import { ProofSteps } from './steps.tsx'

const useWords = wordsOf('entry-proof', {
  zh: { verify: '核验', again: '再核验一次', entry: '流水原文', broken: '没有核验成' },
  en: { verify: 'Verify', again: 'Verify again', entry: 'The entry itself', broken: 'Verifying did not succeed' },
})

interface Props {
  /** Number of the journal entry. */
  readonly seq: number
  /** Its hash as the screen got it from elsewhere. */
  readonly hash?: string
  /** What it must speak of: `record:<id>`. */
  readonly subject?: string
}

/** Fetches the proof of a journal entry and checks it here, in the browser. */
export function EntryProofCheck({ seq, hash, subject }: Props) {
  const say = useWords()
  const language = useLanguage()
  const [steps, setSteps] = useState<readonly Step[]>()
  const [entry, setEntry] = useState('')
  const [refused, setRefused] = useState('')
  const [waiting, setWaiting] = useState(false)

  async function verify() {
    setWaiting(true)
    setRefused('')
    try {
      const proof = await api<EntryProof>(`/journal/${seq}/proof`)
      setEntry(proof.entry)
      setSteps(await checkEntry(proof, { hash, subject }))
    } catch (error) {
      setSteps(undefined)
      setRefused(error instanceof Refused ? said(error.problems[0], language) : say('broken'))
    } finally {
      setWaiting(false)
    }
  }

  return (
    <div className="entry-proof">
      <Button size="small" loading={waiting} onClick={() => void verify()}>
        {say(steps ? 'again' : 'verify')}
      </Button>
      {refused && (
        <span className="wrong" role="alert">
          {refused}
        </span>
      )}
      {steps && <ProofSteps steps={steps} />}
      {steps && (
        <details>
          <summary>{say('entry')}</summary>
          <pre>{entry}</pre>
        </details>
      )}
    </div>
  )
}
