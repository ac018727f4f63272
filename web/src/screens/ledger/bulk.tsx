import { Button, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { api } from '../../kit/api.ts'
import { fieldsOf, type Record_, type RecordType } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { stateName, titleOf } from '../../kit/format.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { recordsChanged, useDone } from './done.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly type: RecordType
  readonly records: readonly Record_[]
  readonly onDone: () => void
  readonly onClear: () => void
}

type Step = 'submit' | 'confirm' | 'return' | 'void'

/** What can be done with all chosen records at once: all of it happens, or nothing. */
export function Bulk({ type, records, onDone, onClear }: Props) {
  const say = useWords()
  const enters = useMay('enter')
  const confirms = useMay('confirm')
  const { done, refused } = useDone()
  const [asking, setAsking] = useState<'return' | 'void' | 'change'>()
  const [waiting, setWaiting] = useState(false)

  async function act(body: { action: Step; reason?: string } | { patch: object }) {
    setWaiting(true)
    try {
      const versions = Object.fromEntries(records.map(({ id, version }) => [id, version]))
      const saved = await api<{ records: { id: string; version: number }[] }>('/records/bulk', {
        body: { ids: records.map(({ id }) => id), versions, ...body },
      })
      setAsking(undefined)
      done(say('doneMany', { n: saved.records.length }), saved.records, onDone)
    } catch (error) {
      refused(error)
    } finally {
      setWaiting(false)
    }
    onDone()
    await recordsChanged()
  }
  return (
    <section className="bulk no-print" aria-label={say('chosen', { n: records.length })}>
      <strong role="status">{say('chosen', { n: records.length })}</strong>
      {enters && (
        <Button
          aria-expanded={asking === 'change'}
          onClick={() => setAsking(asking === 'change' ? undefined : 'change')}
        >
          {say('changeMany')}
        </Button>
      )}
      {enters && (
        <Button loading={waiting} onClick={() => void act({ action: 'submit' })}>
          {say('submit')}
        </Button>
      )}
      {confirms && (
        <>
          <Button loading={waiting} onClick={() => void act({ action: 'confirm' })}>
            {say('confirm')}
          </Button>
          <Button onClick={() => setAsking('return')}>{say('return')}</Button>
        </>
      )}
      {enters && <Button onClick={() => setAsking('void')}>{say('void')}</Button>}
      <Button type="text" onClick={onClear}>
        {say('clear')}
      </Button>
      {asking === 'change' && <Change type={type} records={records} onChange={patch => void act({ patch })} />}
      {(asking === 'return' || asking === 'void') && (
        <Reason step={asking} onGiven={reason => void act({ action: asking, reason })} />
      )}
    </section>
  )
}

/** Why something is sent back or voided; the journal keeps it. */
export function Reason({
  step,
  onGiven,
}: {
  step: 'return' | 'void' | 'takeOffFile'
  onGiven: (reason: string) => void
}) {
  const say = useWords()
  const [why, setWhy] = useState('')
  function give(event: FormEvent) {
    event.preventDefault()
    onGiven(why)
  }
  return (
    <form className="reason" onSubmit={give}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for with the button before
        autoFocus
        className="words"
        aria-label={say('why')}
        placeholder={say('why')}
        required
        minLength={2}
        maxLength={2000}
        value={why}
        onChange={({ target }) => setWhy(target.value)}
      />
      <Button type="primary" htmlType="submit">
        {say(step)}
      </Button>
    </form>
  )
}

interface ChangeProps {
  readonly type: RecordType
  readonly records: readonly Record_[]
  readonly onChange: (patch: { fields: Record<string, unknown> } | { state: string }) => void
}

const STATE = ' state'

/** One field, or the state, of all chosen records. */
function Change({ type, records, onChange }: ChangeProps) {
  const say = useWords()
  const language = useLanguage()
  const fields = fieldsOf(type).filter(({ computed, kind }) => !computed && kind !== 'attachment')
  const states = Object.keys(type.schema.yilu.states).filter(Boolean)
  const [name, setName] = useState<string>()
  const [value, setValue] = useState<unknown>()
  const field = fields.find(one => one.name === name)
  function apply(event: FormEvent) {
    event.preventDefault()
    if (field) onChange({ fields: { [field.name]: value ?? null } })
    else if (typeof value === 'string') onChange({ state: value })
  }
  return (
    <form className="reason" onSubmit={apply}>
      <Select
        aria-label={say('whichField')}
        placeholder={say('whichField')}
        style={{ minWidth: 150 }}
        showSearch={{ optionFilterProp: 'label' }}
        value={name}
        options={[
          ...(states.length > 1 ? [{ value: STATE, label: say('state') }] : []),
          ...fields.map(one => ({ value: one.name, label: said(one.title, language) })),
        ]}
        onChange={chosen => {
          setName(chosen)
          setValue(undefined)
        }}
      />
      {name === STATE && (
        <Select
          aria-label={say('state')}
          style={{ minWidth: 120 }}
          value={value as string | undefined}
          options={states.map(state => ({ value: state, label: stateName(type, state, language) }))}
          onChange={setValue}
        />
      )}
      {field && (
        <div className="new-value">
          <FieldInput
            info={field}
            label={titleOf(field, language)}
            value={value}
            org={records[0]?.org}
            onChange={setValue}
          />
        </div>
      )}
      <Button type="primary" htmlType="submit" disabled={name === undefined || (name === STATE && value === undefined)}>
        {say('applyTo', { n: records.length })}
      </Button>
    </form>
  )
}
