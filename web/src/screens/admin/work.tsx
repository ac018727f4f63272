import { Button, Progress } from 'antd'
import { useState } from 'react'
import type { Verification } from '../../../../src/kernel/journal/verify.ts'
import { api } from '../../kit/api.ts'
import { changed, useApi } from '../../kit/query.ts'
import { colon, said, useLanguage } from '../../kit/words.ts'
import { useAct } from './act.ts'
import { useWords } from './keeping-words.ts'
import { Refusal } from './parts.tsx'

interface Job {
  readonly id: string
  readonly state: 'running' | 'done' | 'refused' | 'failed' | 'cancelled'
  readonly progress: { readonly done: number; readonly total: number | null }
  readonly result: unknown
  readonly problems: readonly { readonly zh: string; readonly en: string }[]
  readonly file: string | null
}

/** A job of the server: started, followed, ended early. */
export function Work({ path, title }: { path: string; title: string }) {
  const say = useWords()
  const { act, problem, waiting } = useAct()
  const [started, setStarted] = useState<string>()
  const start = async () => setStarted((await act<Job>(path, { body: {} }, say('started')))?.id)
  return (
    <div className="toolbar">
      <Button loading={waiting} onClick={() => void start()}>
        {title}
      </Button>
      {started && <Watched key={started} id={started} />}
      <Refusal problem={problem} />
    </div>
  )
}

const EVERY_MS = 700

function Watched({ id }: { id: string }) {
  const say = useWords()
  const language = useLanguage()
  const path = `/jobs/${id}`
  const { data: job } = useApi<Job>(path, undefined, {
    staleTime: 0,
    refetchInterval: query => (query.state.data?.state === 'running' || !query.state.data ? EVERY_MS : false),
  })
  if (!job) return null
  const { done, total } = job.progress
  if (job.state === 'running')
    return (
      <>
        <Progress
          style={{ width: 260 }}
          strokeColor="var(--accent)"
          aria-label={say('running', { done, total: total ?? 0 })}
          percent={total ? Math.floor((done / total) * 100) : 0}
        />
        <Button size="small" onClick={() => void api(path, { method: 'DELETE' }).then(() => changed(path))}>
          {say('cancel')}
        </Button>
      </>
    )
  if (job.problems.length > 0) return <span className="wrong">{said(job.problems[0], language)}</span>
  if (job.state !== 'done') return <span className="quiet">{say('cancelled')}</span>
  if (job.file) return <a href={job.file}>{say('download')}</a>
  return <Verified result={job.result as Verification} />
}

function Verified({ result }: { result: Verification }) {
  const say = useWords()
  const language = useLanguage()
  if (result.ok)
    return (
      <strong role="status">
        <span className="fine">✓</span>{' '}
        {say('sound', { entries: result.entries.toLocaleString('en'), checkpoints: result.checkpoints })}
      </strong>
    )
  return (
    <div className="late" role="status">
      <strong>✗ {say('unsound', { n: result.problems.length })}</strong>
      <ul>
        {result.problems.slice(0, 50).map(problem => (
          <li key={`${problem.kind} ${problem.id}`}>
            {problem.kind} {problem.id}
            {colon(language)}
            {said(problem.message, language)}
          </li>
        ))}
      </ul>
    </div>
  )
}
