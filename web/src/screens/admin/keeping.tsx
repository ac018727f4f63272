import { App, Button, Progress } from 'antd'
import { useState } from 'react'
import { address, api, Refused } from '../../kit/api.ts'
import { useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Job {
  readonly id: string
  readonly state: 'running' | 'done' | 'refused' | 'failed' | 'cancelled'
  readonly progress: { readonly done: number; readonly total: number | null }
  readonly result: unknown
  readonly problems: readonly { readonly zh: string; readonly en: string }[]
  readonly file: string | null
}

interface Verification {
  readonly ok: boolean
  readonly entries: number
  readonly checkpoints: number
  readonly problems: readonly { kind: string; id: string; message: { zh: string; en: string } }[]
}

/** Long work, with how far it is: the ledger verified, a backup made. */
export default function Keeping() {
  const say = useWords()
  const administers = useMay('administer')
  return (
    <>
      <Work path="/verifications" title={say('verify')} />
      {administers && <Work path="/backups" title={say('backup')} />}
    </>
  )
}

function Work({ path, title }: { path: string; title: string }) {
  const language = useLanguage()
  const { message } = App.useApp()
  const [started, setStarted] = useState<string>()
  async function start() {
    try {
      setStarted((await api<Job>(path, { body: {} })).id)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      message.error(said(error.problems[0], language))
    }
  }
  return (
    <section className="toolbar">
      <Button onClick={() => void start()}>{title}</Button>
      {started && <Watched id={started} />}
    </section>
  )
}

const EVERY_MS = 700

function Watched({ id }: { id: string }) {
  const say = useWords()
  const language = useLanguage()
  const { data: job } = useApi<Job>(`/jobs/${id}`, undefined, {
    staleTime: 0,
    refetchInterval: query => (query.state.data?.state === 'running' || !query.state.data ? EVERY_MS : false),
  })
  if (!job) return null
  const { done, total } = job.progress
  if (job.state === 'running')
    return (
      <Progress
        style={{ width: 260 }}
        aria-label={say('running', { done, total: total ?? 0 })}
        percent={total ? Math.floor((done / total) * 100) : 0}
      />
    )
  if (job.problems.length > 0) return <span className="wrong">{said(job.problems[0], language)}</span>
  if (job.file) return <a href={address(`/jobs/${id}/file`)}>{say('download')}</a>
  return <Verified result={job.result as Verification} />
}

function Verified({ result }: { result: Verification }) {
  const say = useWords()
  const language = useLanguage()
  if (result.ok)
    return (
      <strong>{say('sound', { entries: result.entries.toLocaleString('en'), checkpoints: result.checkpoints })}</strong>
    )
  return (
    <div className="late">
      <strong>{say('unsound', { n: result.problems.length })}</strong>
      <ul>
        {result.problems.slice(0, 50).map(problem => (
          <li key={`${problem.kind} ${problem.id}`}>
            {problem.kind} {problem.id}：{said(problem.message, language)}
          </li>
        ))}
      </ul>
    </div>
  )
}
