import '../ledger/ledger.css'
import './import.css'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import { type Problem, Refused } from '../../kit/api.ts'
import { fieldsOf, type RecordType, useOrgs, useType } from '../../kit/declared.ts'
import { orgName, titleOf } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { changed } from '../../kit/query.ts'
import { colon, said, useLanguage } from '../../kit/words.ts'
import { Check } from './check.tsx'
import { ChooseFile } from './choose-file.tsx'
import { Done } from './done.tsx'
import { type Importing, type Job, type RowError, runImport } from './run.ts'
import { lookInto, pastedFile, type Sheet } from './sheet.ts'
import { useWords } from './words.ts'

export function Screen() {
  const { type: id = '' } = useParams()
  const type = useType(id)
  const { state } = useLocation() as { state: Pasted | null }
  return type ? <Import key={id} type={type} pasted={state} /> : null
}

interface Pasted {
  readonly pasted: string
  /** Fields of the list it was pasted into, in their order. */
  readonly columns: readonly string[]
}

/** A file, or rows from the clipboard, on their way into the ledger: looked at, mended, loaded, summed up. */
function Import({ type, pasted }: { type: RecordType; pasted: Pasted | null }) {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const orgs = useOrgs()
  const [sheet, setSheet] = useState<Sheet>()
  const [errors, setErrors] = useState<readonly RowError[]>([])
  const [problems, setProblems] = useState<readonly Pick<Problem, 'code' | 'zh' | 'en'>[]>([])
  const [job, setJob] = useState<Job>()
  const [isReading, setReading] = useState(false)
  const leaving = useRef(new AbortController())
  useEffect(() => {
    leaving.current = new AbortController()
    return () => leaving.current.abort()
  }, [])

  const refused = (error: unknown) => {
    if (leaving.current.signal.aborted) return
    if (!(error instanceof Refused)) throw error
    setProblems(error.problems)
  }
  async function look(file: File) {
    setReading(true)
    setProblems([])
    setErrors([])
    setJob(undefined)
    try {
      setSheet(await lookInto(type.type, org, file))
    } catch (error) {
      refused(error)
    } finally {
      setReading(false)
    }
  }
  async function load(from: Sheet, more: Omit<Importing, 'type' | 'org'>) {
    setProblems([])
    try {
      const ended = await runImport(from, { type: type.type, org, ...more }, setJob, leaving.current.signal)
      setJob(ended)
      setProblems(
        ended.state === 'cancelled' ? [{ code: '', zh: say('cancelled'), en: say('cancelled') }] : ended.problems,
      )
      setErrors(ended.result?.errors ?? [])
      if (ended.result && ended.result.created > 0) await changed('/types/', '/figures', '/awaiting', '/records')
    } catch (error) {
      setJob(undefined)
      refused(error)
    }
  }
  const begun = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was pasted into the list
  useEffect(() => {
    if (!pasted || begun.current) return
    begun.current = true
    const fields = fieldsOf(type)
    const titles = fields.flatMap(({ name, title }) => [title.zh, title.en, name])
    const listed = pasted.columns.map(name => titleOf(fields.find(field => field.name === name)!, 'zh'))
    void look(pastedFile(pasted.pasted, titles, listed, say('pasted')))
  }, [])
  const startOver = () => {
    setSheet(undefined)
    setJob(undefined)
    setErrors([])
    setProblems([])
  }

  const summary = job?.state === 'done' ? job.result : null
  const isLoaded = summary !== null && (summary.created > 0 || summary.rejected === 0 || job?.file !== null)
  return (
    <>
      <h1>
        {say('title')}
        {colon(language)}
        {said(type.title, language)} <span className="quiet at">{orgName(orgs, org, language)}</span>
      </h1>
      {problems.map(problem => (
        <p key={problem.code + problem.zh} className="wrong" role="alert">
          {said(problem, language)}
        </p>
      ))}
      {!sheet && <ChooseFile type={type} isReading={isReading} onChosen={file => void look(file)} />}
      {sheet && isLoaded && summary && job ? (
        <Done type={type} summary={summary} job={job} onMend={file => void look(file)} onAnother={startOver} />
      ) : (
        sheet && (
          <Check
            type={type}
            sheet={sheet}
            errors={errors}
            rejected={summary?.rejected ?? 0}
            job={job?.state === 'running' ? job : undefined}
            onSheet={setSheet}
            onLook={file => void look(file)}
            onLoad={more => void load(sheet, more)}
            onAnother={startOver}
          />
        )
      )}
    </>
  )
}
