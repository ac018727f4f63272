import './ledger.css'
import { App, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import { api, intention, type Problem, Refused } from '../../kit/api.ts'
import { type RecordType, useOrgs, useType } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { changed } from '../../kit/query.ts'
import { useMe } from '../../kit/session.tsx'
import { colon, said, useLanguage } from '../../kit/words.ts'
import { forget, keep, type Queued, useQueue, type WaitingEntry } from '../../offline/queue.ts'
import { useDone } from './done.tsx'
import { draftOf, forgetDraft, keepDraft, usual, type Values } from './draft.ts'
import { FileDrop, PendingFiles } from './files.tsx'
import { RecordForm } from './record-form.tsx'
import { useWords } from './words.ts'

export function Screen() {
  const { type: id = '' } = useParams()
  const type = useType(id)
  const { state } = useLocation() as { state: { queued?: number; first?: First } | null }
  const queued = useQueue().find(
    (one): one is Queued & WaitingEntry => one.n === state?.queued && one.kind === 'create',
  )
  if (!type || (state?.queued !== undefined && !queued)) return null
  return <Entry key={`${id} ${queued?.n ?? ''}`} type={type} queued={queued} first={state?.first} />
}

/** What another record gives to this one, so that nothing is typed again. */
export interface First {
  readonly org: string
  readonly fields: Values
}

interface Props {
  readonly type: RecordType
  readonly queued: (Queued & WaitingEntry) | undefined
  readonly first: First | undefined
}

type Then = 'show' | 'next' | 'draft'

/** One new record. What is typed is kept on this device until it is saved; without a connection, until it is sent. */
function Entry({ type, queued, first }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const { done } = useDone()
  const navigate = useNavigate()
  const { person } = useMe()
  const orgs = useOrgs()
  const place = usePlaceQuery()
  const chosen = usePlace().org
  const org = queued?.org ?? first?.org ?? chosen
  const states = Object.keys(type.schema.yilu.states).filter(Boolean)
  const before = queued ? queued.fields : first ? { ...usual(type), ...first.fields } : draftOf(person, type.type)
  const [values, setValues] = useState<Values>(before ?? usual(type))
  const [resumed, setResumed] = useState(before !== undefined && !queued && !first)
  const [state, setState] = useState(queued?.state ?? states[0])
  const [files, setFiles] = useState<readonly File[]>(
    () => queued?.files.map(({ name, content }) => new File([content], name, { type: content.type })) ?? [],
  )
  const [problems, setProblems] = useState<readonly Problem[]>(queued?.problems ?? [])
  const [waiting, setWaiting] = useState<Then>()
  /** The same for every try of this one record, so that a repeat after a lost answer adds nothing. */
  const key = useRef(intention())
  const isTouched = useRef(resumed)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isTouched.current && !queued) keepDraft(person, type.type, values)
  }, [person, type.type, values, queued])
  const focusFirst = () => {
    // The day is today already; what comes after it is what one begins with.
    const inputs = [
      ...(box.current?.querySelectorAll<HTMLElement>('.record-fields input, .record-fields textarea') ?? []),
    ]
    // Days and choices often stay as they are, or follow from what is typed.
    const isTyped = (input: HTMLElement) => input.closest('.ant-picker, .ant-select') === null
    const empty = inputs.filter(
      input => input instanceof HTMLInputElement && input.value === '' && input.type !== 'file',
    )
    ;(empty.find(isTyped) ?? empty[0])?.focus()
  }
  useEffect(focusFirst, [])

  const startOver = () => {
    forgetDraft(person, type.type)
    isTouched.current = false
    key.current = intention()
    setResumed(false)
    setProblems([])
    setFiles([])
    setState(states[0])
    setValues(usual(type))
  }
  /** Evidence that could not be attached stays to be tried again; the record is there all the same. */
  async function attach(id: string) {
    for (const [i, file] of files.entries()) {
      const form = new FormData()
      form.set('file', file)
      try {
        await api(`/records/${id}/evidence`, { method: 'POST', form })
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        if (error.status !== 0) {
          message.error(`${file.name}${colon(language)}${said(error.problems[0], language)}`)
          continue
        }
        await keep({ ...entry({}), record: id, files: files.slice(i).map(named) })
        return
      }
    }
  }
  const entry = (more: { draft?: boolean; allowSimilar?: boolean }): WaitingEntry => ({
    kind: 'create',
    key: key.current,
    person,
    type: type.type,
    org,
    fields: values,
    ...(state && state !== states[0] ? { state } : {}),
    ...more,
    at: new Date().toISOString(),
    files: files.map(named),
    tries: 0,
    problems: [],
  })
  async function save(then: Then, allowSimilar = false) {
    if (waiting) return
    setWaiting(then)
    const made = entry({ ...(then === 'draft' ? { draft: true } : {}), ...(allowSimilar ? { allowSimilar } : {}) })
    try {
      const saved = await api<{ id: string; version: number }>(`/types/${type.type}/records`, {
        body: { org, fields: values, state: made.state, draft: made.draft },
        query: { allowSimilar: allowSimilar || undefined },
        key: key.current,
      })
      await attach(saved.id)
      await finished(then, say('saved'), saved)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.status === 0) {
        // It may have arrived all the same: it waits under the key it was sent with.
        await keep({ ...made, tries: 1 })
        await finished('next', say('keptHere'))
      } else {
        // A corrected entry is another intention.
        key.current = intention()
        setProblems(error.problems)
      }
    } finally {
      setWaiting(undefined)
    }
  }
  async function finished(then: Then, words: string, saved?: { id: string; version: number }) {
    if (queued) await forget(queued.n)
    startOver()
    done(words, saved ? [saved] : [])
    void changed('/types/', '/figures', '/awaiting', '/records')
    if (then === 'next' && !queued) focusFirst()
    else navigate(saved ? `/records/${saved.id}${place}` : `/outbox${place}`)
  }
  const looksAlike = problems.some(({ code }) => code === 'record/similar')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the button within
    <div
      ref={box}
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void save('next')
      }}
    >
      <h1>
        {say('add')}
        {colon(language)}
        {said(type.title, language)} <span className="quiet at">{orgName(orgs, org, language)}</span>
      </h1>
      {resumed && (
        <p className="quiet" role="status">
          {say('draftKept')}{' '}
          <button type="button" className="plain" onClick={startOver}>
            {say('discard')}
          </button>
        </p>
      )}
      <RecordForm
        type={type}
        org={org}
        values={values}
        problems={problems}
        states={states}
        state={state}
        onState={setState}
        onChange={next => {
          isTouched.current = true
          setValues(next)
        }}
        onSubmit={() => void save('show')}
        before={
          <section aria-labelledby="new-evidence">
            <h2 id="new-evidence">{say('evidence')}</h2>
            <FileDrop onAdd={added => setFiles([...files, ...added])}>
              <PendingFiles files={files} onChange={setFiles} />
            </FileDrop>
          </section>
        }
      >
        <Button type="primary" htmlType="submit" loading={waiting === 'show'}>
          {say('save')}
        </Button>
        <Button aria-keyshortcuts="Control+Enter" loading={waiting === 'next'} onClick={() => void save('next')}>
          {say('saveNext')}
        </Button>
        {looksAlike && <Button onClick={() => void save('show', true)}>{say('saveAnyway')}</Button>}
        <Button loading={waiting === 'draft'} onClick={() => void save('draft')}>
          {say('saveDraft')}
        </Button>
        <Button type="text" onClick={() => navigate(-1)}>
          {say('cancel')}
        </Button>
      </RecordForm>
    </div>
  )
}

const named = (file: File) => ({ name: file.name, content: file })
