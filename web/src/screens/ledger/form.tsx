import './ledger.css'
import { App, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { api, intention, type Problem, Refused } from '../../kit/api.ts'
import { fieldsOf, type RecordType, useType } from '../../kit/declared.ts'
import { today } from '../../kit/format.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { changed } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { RecordForm, type Values } from './record-form.tsx'
import { useWords } from './words.ts'

export function Screen() {
  const { type: id = '' } = useParams()
  const type = useType(id)
  return type ? <Entry key={id} type={type} /> : null
}

/** What is usual: the day is today, choices and counts as declared. */
function usual(type: RecordType): Values {
  const defaults = fieldsOf(type).flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]]))
  return { ...Object.fromEntries(defaults), [type.schema.yilu.day]: today() }
}

const draftKey = (type: string) => `yilu.draft.${type}`

function kept(type: string): Values | undefined {
  try {
    return JSON.parse(localStorage.getItem(draftKey(type)) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** One new record. What is typed is kept on this device until it is saved. */
function Entry({ type }: { type: RecordType }) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { org } = usePlace()
  const place = usePlaceQuery()
  const [values, setValues] = useState<Values>(() => kept(type.type) ?? usual(type))
  const [resumed, setResumed] = useState(() => kept(type.type) !== undefined)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [waiting, setWaiting] = useState(false)
  /** The same for every try of this one record, so that a repeat after a lost answer adds nothing. */
  const key = useRef(intention())
  const isTouched = useRef(resumed)
  useEffect(() => {
    if (isTouched.current) localStorage.setItem(draftKey(type.type), JSON.stringify(values))
  }, [type.type, values])

  const startOver = () => {
    localStorage.removeItem(draftKey(type.type))
    isTouched.current = false
    key.current = intention()
    setResumed(false)
    setProblems([])
    setValues(usual(type))
  }
  async function save(then: 'show' | 'next', allowSimilar = false) {
    setWaiting(true)
    try {
      const saved = await api<{ id: string }>(`/types/${type.type}/records`, {
        body: { org, fields: values },
        query: { allowSimilar: allowSimilar || undefined },
        key: key.current,
      })
      startOver()
      message.success(say('saved'))
      await changed('/types/', '/figures', '/awaiting', '/records')
      if (then === 'show') navigate(`/records/${saved.id}${place}`)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      // A corrected entry is another intention; one that did not arrive is the same.
      if (error.status !== 0) key.current = intention()
      setProblems(error.problems)
    } finally {
      setWaiting(false)
    }
  }
  const looksAlike = problems.some(({ code }) => code === 'record/similar')
  return (
    <>
      <h1>
        {say('add')}：{said(type.title, language)}
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
        onChange={next => {
          isTouched.current = true
          setValues(next)
        }}
        onSubmit={() => void save('show')}
      >
        <Button type="primary" htmlType="submit" loading={waiting}>
          {say('save')}
        </Button>
        <Button loading={waiting} onClick={() => void save('next')}>
          {say('saveNext')}
        </Button>
        {looksAlike && <Button onClick={() => void save('show', true)}>{say('saveAnyway')}</Button>}
        <Button type="text" onClick={() => navigate(-1)}>
          {say('cancel')}
        </Button>
      </RecordForm>
    </>
  )
}
