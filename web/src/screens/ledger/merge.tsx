import { Button } from 'antd'
import { useState } from 'react'
import { api } from '../../kit/api.ts'
import { fieldsOf, type Record_, type RecordType, useOrgs } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { shown, titleOf } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { recordsChanged, useDone } from './done.tsx'
import type { ShownRecord } from './record.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly record: ShownRecord
  readonly type: RecordType
  readonly onDone: () => void
}

/** Puts a duplicate into this record: both side by side, and of each differing field one of the two. */
export function Merge({ record, type, onDone }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { done, refused } = useDone()
  const [other, setOther] = useState<string>()
  const duplicate = useApi<Record_>(other === undefined || other === record.id ? undefined : `/records/${other}`)
  async function merge(take: Readonly<Record<string, string>>) {
    if (!duplicate.data) return
    const { id, version } = duplicate.data
    try {
      await api(`/records/${record.id}/merge`, {
        method: 'POST',
        ifMatch: record.version,
        body: { others: [id], take, versions: { [id]: version } },
      })
      done(say('merged'))
      onDone()
    } catch (error) {
      refused(error)
    }
    await recordsChanged()
  }
  return (
    <section className="notice" aria-label={say('merge')}>
      <p>{say('mergeHint')}</p>
      <FieldInput
        info={{ kind: 'reference', of: type.type, title: type.title }}
        label={say('duplicate')}
        org={record.org}
        value={other}
        onChange={value => setOther(typeof value === 'string' ? value : undefined)}
      />
      {other === record.id && <p className="wrong">{say('mergeSelf')}</p>}
      {duplicate.data && <Choice key={other} record={record} other={duplicate.data} type={type} onChosen={merge} />}
      <div className="toolbar">
        <Button type="text" onClick={onDone}>
          {say('cancel')}
        </Button>
        <span className="quiet">{said(type.title, language)}</span>
      </div>
    </section>
  )
}

interface ChoiceProps {
  readonly record: Record_
  readonly other: Record_
  readonly type: RecordType
  readonly onChosen: (take: Readonly<Record<string, string>>) => Promise<void>
}

function Choice({ record, other, type, onChosen }: ChoiceProps) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const differing = fieldsOf(type).filter(
    ({ name, computed }) => !computed && JSON.stringify(record.fields[name]) !== JSON.stringify(other.fields[name]),
  )
  const [taken, setTaken] = useState<ReadonlySet<string>>(
    // What only the other says is not lost.
    () => new Set(differing.flatMap(({ name }) => (record.fields[name] === undefined ? [name] : []))),
  )
  return (
    <>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('field')}</th>
              <th scope="col">{say('thisOne')}</th>
              <th scope="col">{say('duplicate')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(field => (
              <tr key={field.name}>
                <th scope="row">{titleOf(field, language)}</th>
                {[record, other].map(side => (
                  <td key={side.id}>
                    <label>
                      <input
                        type="radio"
                        name={`merge-${field.name}`}
                        aria-label={`${said(field.title, language)} ${say(side === record ? 'thisOne' : 'duplicate')}`}
                        checked={taken.has(field.name) === (side === other)}
                        onChange={() => {
                          const next = new Set(taken)
                          if (side === other) next.add(field.name)
                          else next.delete(field.name)
                          setTaken(next)
                        }}
                      />{' '}
                      {shown(field, side.fields[field.name], language, orgs) || '—'}
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {differing.length === 0 && <p>{say('allSame')}</p>}
      <Button
        type="primary"
        onClick={() => void onChosen(Object.fromEntries([...taken].map(name => [name, other.id])))}
      >
        {say('mergeNow')}
      </Button>
    </>
  )
}
