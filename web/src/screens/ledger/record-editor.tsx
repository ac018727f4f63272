import { Button } from 'antd'
import { useState } from 'react'
import { api, intention, type Problem, Refused } from '../../kit/api.ts'
import { fieldsOf, type Record_, type RecordType } from '../../kit/declared.ts'
import { useMe } from '../../kit/session.tsx'
import { keep } from '../../offline/queue.ts'
import { Conflict } from './conflict.tsx'
import { recordsChanged, useDone } from './done.tsx'
import type { Values } from './draft.ts'
import { RecordForm } from './record-form.tsx'
import { useWords } from './words.ts'

/** The fields that a change says anew; null empties one. Masked values that were left alone stay what they are. */
export const differences = (type: RecordType, before: Values, now: Values): Values =>
  Object.fromEntries(
    fieldsOf(type).flatMap(({ name, computed }) =>
      computed || JSON.stringify(before[name]) === JSON.stringify(now[name]) ? [] : [[name, now[name] ?? null]],
    ),
  )

interface Props {
  readonly record: Record_
  readonly states: readonly string[]
  readonly type: RecordType
  readonly onDone: () => void
}

/** Changes a record. Where others came first, both versions are shown, and nothing is saved before one has chosen. */
export function RecordEditor({ record, states, type, onDone }: Props) {
  const say = useWords()
  const { person } = useMe()
  const { done } = useDone()
  /** The record as it was when one began; `record` moves on when others save. */
  const [base, setBase] = useState(record)
  const [values, setValues] = useState<Values>(record.fields)
  const [state, setState] = useState(record.state)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [theirs, setTheirs] = useState<Record_>()
  const [isWaiting, setWaiting] = useState(false)

  async function save(on: Record_, entered: Values) {
    const fields = differences(type, on.fields, entered)
    const moved = state === base.state ? {} : { state }
    if (Object.keys(fields).length === 0 && !('state' in moved)) return onDone()
    const key = intention()
    setWaiting(true)
    try {
      const saved = await api<{ id: string; version: number }>(`/records/${record.id}`, {
        method: 'PATCH',
        key,
        ifMatch: on.version,
        body: { fields, ...moved },
      })
      done(say('saved'), [saved])
      onDone()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.status === 0) {
        await keep({
          kind: 'change',
          key,
          person,
          type: type.type,
          org: record.org,
          record: record.id,
          version: on.version,
          base: on.fields,
          fields,
          ...moved,
          at: new Date().toISOString(),
          files: [],
          tries: 1,
          problems: [],
        })
        done(say('keptHere'))
        onDone()
      } else if (error.code === 'record/stale') setTheirs(await api<Record_>(`/records/${record.id}`))
      else setProblems(error.problems)
    } finally {
      setWaiting(false)
    }
    await recordsChanged()
  }
  return (
    <>
      {theirs && (
        <Conflict
          key={theirs.version}
          type={type}
          base={base.fields}
          theirs={theirs.fields}
          mine={values}
          onGivenUp={onDone}
          onResolved={chosen => {
            setBase(theirs)
            setValues(chosen)
            setTheirs(undefined)
            void save(theirs, chosen)
          }}
        />
      )}
      <RecordForm
        type={type}
        org={record.org}
        values={values}
        problems={problems}
        except={record.id}
        states={states.length > 0 ? [base.state, ...states] : []}
        state={state}
        onState={setState}
        onChange={setValues}
        onSubmit={() => void save(base, values)}
      >
        <Button type="primary" htmlType="submit" loading={isWaiting} disabled={theirs !== undefined}>
          {say('save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {say('cancel')}
        </Button>
      </RecordForm>
    </>
  )
}
