import { App, Button } from 'antd'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'
import { type Asked, api, type Problem, Refused } from '../../kit/api.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { changed, queries } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { ReportActions } from './actions.tsx'
import { Blocks } from './blocks.tsx'
import { Check } from './check.tsx'
import { useDraft } from './draft.ts'
import { Overtaken } from './overtaken.tsx'
import { Preview } from './preview.tsx'
import type { Report } from './report-types.ts'
import { Around } from './surroundings.tsx'
import { Trail } from './trail.tsx'
import { useWords } from './words.ts'

/** A report: its text, editable between bound figures while it is a draft, and what can be done with it. */
export function Editor({ report }: { report: Report }) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const query = usePlaceQuery()
  const mayReport = useMay('report')
  const draft = useDraft(report)
  const [official, setOfficial] = useState(report.status !== 'draft')
  const [problem, setProblem] = useState<Problem>()
  const [theirs, setTheirs] = useState<Report>()
  const path = `/reports/${report.id}`
  const document: ReportDocument = { ...report.document, ...draft.change }
  const editable = mayReport && report.status === 'draft'
  useEffect(() => setOfficial(report.status !== 'draft'), [report.status])

  /** Does something with the report on the server, and shows what became of it. */
  async function act(step: string, asked: Asked, done: string): Promise<Report | undefined> {
    try {
      const next = await api<Report>(step ? `${path}/${step}` : path, asked)
      setProblem(undefined)
      message.success(done)
      if (next.id === report.id) queries.setQueryData([path, {}], next)
      await changed('/reports')
      return next
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused
      setProblem(refused.problems[0])
      if (refused.code === 'report/stale') setTheirs(await api<Report>(path))
      return undefined
    }
  }
  async function save(version = report.version) {
    const saved = await act('', { method: 'PATCH', ifMatch: version, body: draft.change }, say('saved'))
    if (!saved) return
    setTheirs(undefined)
    draft.drop()
  }
  function takeTheirs(next: Report) {
    draft.drop()
    setTheirs(undefined)
    setProblem(undefined)
    queries.setQueryData([path, {}], next)
  }
  async function redraft() {
    const next = await act('redraft', { body: {} }, say('redrafted'))
    if (next) navigate(`/reports/${next.id}${query}`)
  }
  function pressed(event: KeyboardEvent) {
    if (!editable || !(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.key === 's') {
      event.preventDefault()
      if (draft.isChanged) void save()
    } else if (event.key === 'z' && !event.shiftKey && draft.undo) {
      event.preventDefault()
      draft.undo()
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are another way for what its buttons do
    <div className="report-screen" onKeyDown={pressed}>
      <ReportActions
        report={report}
        document={document}
        isChanged={draft.isChanged}
        mayReport={mayReport}
        onSave={() => void save()}
        onUndo={draft.undo}
        onAct={act}
      />
      {draft.wasKept && draft.isChanged && <p className="quiet">{say('kept')}</p>}
      {theirs ? (
        <section className="notice" role="alert">
          <strong>{say('staleTitle')}</strong>
          <p>{say('staleHelp', { version: theirs.version })}</p>
          <Button onClick={() => takeTheirs(theirs)}>{say('takeTheirs')}</Button>{' '}
          <Button onClick={() => void save(theirs.version)}>{say('saveMine')}</Button>
        </section>
      ) : (
        problem && (
          <p className="wrong" role="alert">
            {said(problem, language)}
          </p>
        )
      )}
      {report.status === 'issued' && <Overtaken path={path} onRedraft={mayReport ? redraft : undefined} />}
      <div className="tabs no-print" role="tablist" aria-label={say('view')}>
        {[false, true].map(one => (
          <button
            key={String(one)}
            type="button"
            role="tab"
            aria-selected={official === one}
            onClick={() => setOfficial(one)}
          >
            {say(one ? 'official' : editable ? 'edit' : 'text')}
          </button>
        ))}
      </div>
      <div className="report-beside">
        {official ? (
          <Preview document={document} />
        ) : (
          <article className="report">
            {editable && <Around document={document} problem={problem} onChange={draft.put} />}
            <h1 className="report-title">{document.title}</h1>
            <Blocks
              blocks={document.blocks}
              language={document.language}
              onChange={editable ? (blocks, of) => draft.put({ blocks }, of) : undefined}
            />
            <p className="report-signature">
              {document.signature.name}
              <br />
              {document.signature.date}
            </p>
          </article>
        )}
        <aside className="no-print">
          <Check document={document} onShow={official ? () => setOfficial(false) : undefined} />
          <Trail path={path} id={report.id} />
        </aside>
      </div>
    </div>
  )
}
