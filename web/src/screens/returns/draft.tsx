import { Button, Input, InputNumber, Modal, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useApi } from '../../kit/query.ts'
import { useAct } from '../admin/act.ts'
import { Refusal } from '../admin/parts.tsx'
import type { Expected } from './returns.tsx'
import { useWords } from './words.ts'

interface Item {
  readonly code: string
  readonly title: string
  readonly kind: 'figure' | 'number' | 'confirm' | 'words'
  readonly answer: string | null
}

type Answer = string | number | boolean

/** One return: figures as the ledger has them, the rest to be answered; or what was submitted, to be decided on. */
export function Draft({ of, close }: { of: Expected; close: () => void }) {
  const say = useWords()
  const asked = { org: of.org, form: of.form, period: of.period }
  const { data } = useApi<{ items: Item[] }>('/domains/returns/draft', asked)
  const { act, problem, waiting } = useAct()
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({})
  const [why, setWhy] = useState('')
  const isOpen = of.answers && (of.id === null || of.state === 'returned')
  const decides = of.decides && of.state === 'submitted'
  const set = (code: string, answer: Answer | null) =>
    answer !== null && setAnswers(before => ({ ...before, [code]: answer }))
  const take = async (step: string, body: object) =>
    (await act(`/domains/returns/${step}`, { body }, say('done'), '/domains/returns', '/awaiting', '/me/notices')) &&
    close()
  return (
    <Modal
      open
      title={`${of.name} · ${of.orgName} · ${of.period}`}
      onCancel={close}
      footer={
        <>
          {isOpen && (
            <Button type="primary" loading={waiting} onClick={() => take('submit', { ...asked, answers })}>
              {say('submit')}
            </Button>
          )}
          {decides && (
            <>
              <Button loading={waiting} onClick={() => take('send-back', { org: of.org, return: of.id, reason: why })}>
                {say('back')}
              </Button>
              <Button type="primary" loading={waiting} onClick={() => take('approve', { org: of.org, return: of.id })}>
                {say('approve')}
              </Button>
            </>
          )}
        </>
      }
    >
      {!data && <Skeleton active />}
      <dl>
        {data?.items.map(item => (
          <div key={item.code}>
            <dt>
              {item.code} {item.title}
            </dt>
            <dd>
              {isOpen && item.kind !== 'figure' ? <Field item={item} set={set} /> : (item.answer ?? '—')}
              {item.kind === 'figure' && <span className="quiet"> {say('fromLedger')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {decides && (
        <Input
          aria-label={say('why')}
          placeholder={say('why')}
          value={why}
          onChange={event => setWhy(event.target.value)}
        />
      )}
      <Refusal problem={problem} />
    </Modal>
  )
}

function Field({
  item: { code, title, kind, answer },
  set,
}: {
  item: Item
  set: (code: string, answer: Answer | null) => unknown
}) {
  const say = useWords()
  if (kind === 'number') return <InputNumber aria-label={title} onChange={value => set(code, value)} />
  if (kind === 'confirm')
    return (
      <Segmented
        aria-label={title}
        options={[
          { value: 'unsaid', label: '—' },
          { value: 'yes', label: say('yes') },
          { value: 'no', label: say('no') },
        ]}
        onChange={value => value !== 'unsaid' && set(code, value === 'yes')}
      />
    )
  return (
    <Input.TextArea
      aria-label={title}
      rows={2}
      placeholder={answer ?? undefined}
      onChange={event => set(code, event.target.value)}
    />
  )
}
