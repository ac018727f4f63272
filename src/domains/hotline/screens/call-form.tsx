import { Alert, Button, Input } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { api, intention, type Problem, Refused } from '../../../../web/src/kit/api.ts'
import { type FieldInfo, fieldsOf, useType } from '../../../../web/src/kit/declared.ts'
import { FieldInput } from '../../../../web/src/kit/field-input.tsx'
import { useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import {
  type Done,
  type Envoy,
  type History,
  KEYS,
  keyOf,
  type OpenCall,
  OUTCOMES,
  type Outcome,
  type Shown,
  type Suggestion,
} from './answers.ts'
import { named } from './guess.ts'
import { Earlier, Envoys, Suggestions } from './help.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly org: string
  readonly ring: Shown | undefined
  /** An open call that is being handled, instead of a new one. */
  readonly call: OpenCall | undefined
  readonly onDone: (done: Done) => Promise<void>
  readonly onStop: () => void
}

/** Fields of a new call in the order in which a caller tells them; the question first. */
const ASKED = ['question', 'crop', 'topic', 'village', 'caller', 'urgency'] as const
const CHOSEN_ALONE: ReadonlySet<string> = new Set(['keep', 'escalate'])

/** One call from its question to its answer, dispatch or passing on; every step has a key. */
export function CallForm({ org, ring, call, onDone, onStop }: Props) {
  const say = useWords()
  const language = useLanguage()
  const type = useType('hotline.call')
  const infos = Object.fromEntries((type ? fieldsOf(type) : []).map(field => [field.name, field as FieldInfo]))
  const [fields, setFields] = useState<Readonly<Record<string, unknown>>>(call ? call.fields : {})
  const [phone, setPhone] = useState('')
  const [envoy, setEnvoy] = useState<string>()
  const [visitBy, setVisitBy] = useState<string>()
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [isBusy, setBusy] = useState(false)
  const question = useRef<HTMLDivElement>(null)
  const set = (name: string, value: unknown) => setFields(before => ({ ...before, [name]: value }))

  const typed = useDeferredValue(String(fields.question ?? '').trim())
  const number = useDeferredValue(phone.replaceAll(/\D/g, ''))
  const names = Object.fromEntries(
    Object.entries(infos.crop?.choices ?? {}).map(([choice, words]) => [choice, words[language]]),
  )
  const crop = (fields.crop as string | undefined) ?? named(typed, names)
  const asking = ring ? { org, ring: ring.id } : { org, phone: number }
  const { data: history } = useApi<History>(ring || number.length >= 7 ? '/domains/hotline/history' : undefined, asking)
  const { data: suggestions } = useApi<readonly Suggestion[]>(
    typed.length >= 2 ? '/domains/knowledge/suggest' : undefined,
    { org, text: typed.slice(0, 500) },
  )
  const { data: envoys } = useApi<readonly Envoy[]>('/domains/hotline/envoys', {
    org,
    ...(fields.village ? { village: String(fields.village) } : {}),
    ...(crop ? { crop } : {}),
  })
  const sent = envoy ?? envoys?.[0]?.id
  const latest = history?.calls[0]?.fields

  // Whoever called before most likely calls from the same village; the desk may say otherwise.
  useEffect(() => {
    if (latest?.village)
      setFields(before => (before.village === undefined ? { ...before, village: latest.village } : before))
  }, [latest?.village])
  useEffect(() => {
    question.current?.querySelector('textarea')?.focus()
  }, [])

  function use({ id, answer, subject }: Suggestion) {
    const topic = subject in (infos.topic?.choices ?? {}) ? { topic: subject } : {}
    setFields(before => ({ ...topic, ...before, answer, knowledge: id }))
  }

  async function settle(outcome: Outcome) {
    if (isBusy) return
    setBusy(true)
    setProblems([])
    const sending = CHOSEN_ALONE.has(outcome) || outcome === 'answer' ? {} : { envoy: sent, visitBy }
    const { answer, knowledge, escalatedTo, followUpBy } = fields
    const body = call
      ? {
          org,
          call: call.id,
          version: call.version,
          outcome,
          ...sending,
          ...filled({ answer, knowledge, escalatedTo, followUpBy }),
        }
      : {
          org,
          outcome,
          ...sending,
          ...(ring ? { ring: ring.id } : {}),
          fields: filled({ ...fields, crop, ...(ring || phone.trim() === '' ? {} : { phone: phone.trim() }) }),
        }
    try {
      const path = call ? '/domains/hotline/respond' : '/domains/hotline/take'
      await onDone(await api<Done>(path, { body, key: intention() }))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setProblems(error.problems)
    } finally {
      setBusy(false)
    }
  }

  // The window's keys call what this rendering knows; the newest one is kept for them.
  const pressed = useRef<(event: KeyboardEvent) => void>(undefined)
  pressed.current = event => {
    const outcome = KEYS[event.key]
    const digit = event.altKey && /^Digit[1-5]$/.test(event.code) ? Number(event.code.at(-1)) : 0
    const suggestion = suggestions?.[digit - 1]
    if (!outcome && !suggestion) return
    event.preventDefault()
    if (suggestion) use(suggestion)
    else if (outcome && !(call && outcome === 'keep')) void settle(outcome)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => pressed.current?.(event)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  const field = (name: string) => {
    const info = infos[name]
    if (!info) return null
    const id = `desk-${name}`
    return (
      <div key={name}>
        <label htmlFor={id}>{said(info.title, language)}</label>
        <FieldInput
          id={id}
          info={info}
          org={org}
          value={name === 'crop' ? crop : fields[name]}
          invalid={problems.some(problem => problem.field === name)}
          onChange={value => set(name, value)}
        />
      </div>
    )
  }
  return (
    <section aria-labelledby="call" ref={question}>
      <h2 id="call">{call ? say('handling') : say('newCall')}</h2>
      {call ? (
        <p>
          {String(call.fields.question)} <Button onClick={onStop}>{say('stop')}</Button>
        </p>
      ) : (
        <>
          {ring ? (
            <p>
              <strong>{String(ring.fields.phone ?? say('hidden'))}</strong>
            </p>
          ) : (
            <>
              <label htmlFor="desk-phone">{say('phone')}</label>
              <Input
                id="desk-phone"
                inputMode="tel"
                value={phone}
                maxLength={30}
                onChange={({ target }) => setPhone(target.value)}
              />
            </>
          )}
          <Earlier history={history} />
          {field(ASKED[0])}
          <div className="pair">{ASKED.slice(1).map(field)}</div>
        </>
      )}
      <Suggestions suggestions={suggestions ?? []} onUse={use} />
      {field('answer')}
      <Envoys envoys={envoys ?? []} chosen={sent} onChoose={setEnvoy} visitBy={visitBy} onVisitBy={setVisitBy} />
      <div className="pair">
        {field('escalatedTo')}
        {field('followUpBy')}
      </div>
      {problems.map(problem => (
        <Alert
          key={problem.code + problem.field}
          type="error"
          showIcon
          title={said(problem, language)}
          style={{ marginTop: 8 }}
        />
      ))}
      <div className="outcomes">
        {OUTCOMES.filter(outcome => !(call && outcome === 'keep')).map(outcome => (
          <Button
            key={outcome}
            type={outcome === 'answer' ? 'primary' : 'default'}
            loading={isBusy}
            aria-keyshortcuts={keyOf(outcome)}
            onClick={() => void settle(outcome)}
          >
            {say(outcome)} {keyOf(outcome)}
          </Button>
        ))}
      </div>
    </section>
  )
}

const filled = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
