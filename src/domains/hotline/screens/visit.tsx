import { Alert, App, Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { api, intention, type Problem, Refused } from '../../../../web/src/kit/api.ts'
import { type Record_, useOrgs } from '../../../../web/src/kit/declared.ts'
import { orgName } from '../../../../web/src/kit/format.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import { Signature } from './signature.tsx'
import { useVisitWords } from './visit-words.ts'

/** On the farm, by phone: what was found and advised, a picture of it, and the farmer's signature. */
export function Screen() {
  const say = useVisitWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const { org } = usePlace()
  const { data } = useApi<{ records: Record_[] }>('/types/hotline.dispatch/records', { org, state: 'sent', limit: 100 })
  const [chosen, setChosen] = useState<string>()
  const dispatch = data?.records.find(one => one.id === chosen)
  return (
    <>
      <section aria-labelledby="to-visit">
        <h2 id="to-visit">{say('toVisit')}</h2>
        {data?.records.length === 0 && <p className="quiet">{say('none')}</p>}
        <ul className="plain-list">
          {data?.records.map(({ id, day, fields }) => (
            <li key={id}>
              <span>
                {day} {fields.village ? orgName(orgs, String(fields.village), language) : ''}{' '}
                {fields.visitBy ? say('by', { day: String(fields.visitBy) }) : ''}
              </span>
              <Button aria-pressed={id === chosen} onClick={() => setChosen(id)}>
                {say('report')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {dispatch && <Report key={dispatch.id} org={org} dispatch={dispatch} onDone={() => setChosen(undefined)} />}
    </>
  )
}

interface Props {
  readonly org: string
  readonly dispatch: Record_
  readonly onDone: () => void
}

function Report({ org, dispatch, onDone }: Props) {
  const say = useVisitWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const [finding, setFinding] = useState('')
  const [advice, setAdvice] = useState('')
  const [households, setHouseholds] = useState<number>()
  const [slip, setSlip] = useState('')
  const [picture, setPicture] = useState<Blob>()
  const [signature, setSignature] = useState<Blob>()
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [isBusy, setBusy] = useState(false)

  async function attached(file: Blob, name: string): Promise<string> {
    const form = new FormData()
    form.set('file', file, name)
    const { sha256 } = await api<{ sha256: string }>(`/records/${dispatch.id}/evidence`, { method: 'POST', form })
    return sha256
  }

  async function finish() {
    setBusy(true)
    setProblems([])
    try {
      const files = {
        ...(picture ? { picture: await attached(picture, `${say('picture')}.jpg`) } : {}),
        ...(signature ? { signature: await attached(signature, `${say('signature')}.png`) } : {}),
      }
      const texts = Object.entries({ finding, advice, slip }).filter(([, text]) => text.trim() !== '')
      const fields = { ...Object.fromEntries(texts), ...(households === undefined ? {} : { households }), ...files }
      const body = { org, dispatch: dispatch.id, version: dispatch.version, fields }
      await api('/domains/hotline/visited', { body, key: intention() })
      void message.success(say('done'))
      await changed('/types/hotline', '/domains/hotline', '/awaiting', '/figures')
      onDone()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setProblems(error.problems)
    } finally {
      setBusy(false)
    }
  }

  return (
    <section aria-label={say('report')} style={{ maxWidth: 640 }}>
      <label htmlFor="visit-finding">{say('finding')}</label>
      <Input.TextArea
        id="visit-finding"
        rows={2}
        maxLength={1000}
        value={finding}
        onChange={({ target }) => setFinding(target.value)}
      />
      <label htmlFor="visit-advice">{say('advice')}</label>
      <Input.TextArea
        id="visit-advice"
        rows={3}
        maxLength={1000}
        value={advice}
        onChange={({ target }) => setAdvice(target.value)}
      />
      <label htmlFor="visit-households">{say('households')}</label>
      <InputNumber
        id="visit-households"
        min={0}
        precision={0}
        onChange={value => setHouseholds(value === null ? undefined : Number(value))}
      />
      <label htmlFor="visit-picture" style={{ display: 'block' }}>
        {say('picture')}
      </label>
      <input
        id="visit-picture"
        type="file"
        accept="image/*"
        capture="environment"
        onChange={({ target }) => setPicture(target.files?.[0])}
      />
      <p>{say('signHere')}</p>
      <Signature label={say('signature')} onSigned={setSignature} />
      <label htmlFor="visit-slip" style={{ display: 'block', marginTop: 8 }}>
        {say('slip')}
      </label>
      <Input id="visit-slip" maxLength={40} value={slip} onChange={({ target }) => setSlip(target.value)} />
      {problems.map(problem => (
        <Alert
          key={problem.code + problem.field}
          type="error"
          showIcon
          title={said(problem, language)}
          style={{ marginTop: 8 }}
        />
      ))}
      <p>
        <Button type="primary" loading={isBusy} onClick={() => void finish()}>
          {say('finish')}
        </Button>
      </p>
    </section>
  )
}
