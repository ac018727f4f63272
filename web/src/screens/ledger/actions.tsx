import { Button } from 'antd'
import { useState } from 'react'
import { type Asked, api } from '../../kit/api.ts'
import { Reason } from './bulk.tsx'
import { recordsChanged, useDone } from './done.tsx'
import type { ShownRecord } from './record.tsx'
import { useWords } from './words.ts'

/** What the signed-in person may do with a record, as the server says. */
export type May = Readonly<
  Record<'change' | 'submit' | 'confirm' | 'return' | 'void' | 'undo' | 'reveal' | 'erase', boolean>
> & {
  readonly states: readonly string[]
}

interface Props {
  readonly record: ShownRecord
  readonly onEdit: () => void
  readonly onMerge: () => void
}

/** The steps that are open for a record. */
export function Actions({ record, onEdit, onMerge }: Props) {
  const say = useWords()
  const { done, refused } = useDone()
  const { may, version: ifMatch } = record
  const [asking, setAsking] = useState<'return' | 'void'>()
  async function act(step: string, asked: Asked) {
    try {
      const saved = await api<{ id: string; version: number }>(`/records/${record.id}/${step}`, {
        method: 'POST',
        ...asked,
      })
      setAsking(undefined)
      done(say('done'), [saved])
    } catch (error) {
      refused(error)
    }
    await recordsChanged()
  }
  return (
    <div className="toolbar no-print">
      {may.change && (
        <Button type="primary" onClick={onEdit}>
          {say('edit')}
        </Button>
      )}
      {(['submit', 'confirm', 'undo'] as const).map(
        step =>
          may[step] && (
            <Button key={step} onClick={() => void act(step, { ifMatch })}>
              {say(step)}
            </Button>
          ),
      )}
      {(['return', 'void'] as const).map(
        step =>
          may[step] && (
            <Button key={step} aria-expanded={asking === step} onClick={() => setAsking(step)}>
              {say(step)}
            </Button>
          ),
      )}
      {may.change && <Button onClick={onMerge}>{say('merge')}</Button>}
      {asking && <Reason step={asking} onGiven={reason => void act(asking, { ifMatch, body: { reason } })} />}
    </div>
  )
}
