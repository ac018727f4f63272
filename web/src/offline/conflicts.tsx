import { useQuery } from '@tanstack/react-query'
import { api } from '../kit/api.ts'
import { fieldsOf, type Record_, type RecordType, useOrgs } from '../kit/declared.ts'
import { shown, titleOf } from '../kit/format.ts'
import { useApi } from '../kit/query.ts'
import { useLanguage } from '../kit/words.ts'
import { Conflict } from '../screens/ledger/conflict.tsx'
import type { Values } from '../screens/ledger/draft.ts'
import { differences } from '../screens/ledger/record-editor.tsx'
import type { WaitingChange, WaitingEntry } from './queue.ts'
import { useWords } from './words.ts'

interface OvertakenProps {
  readonly type: RecordType
  readonly one: WaitingChange
  readonly onResolved: (version: number, base: Values, fields: Values) => void
  readonly onGivenUp: () => void
}

/** A change made without a connection of a record that others have changed meanwhile. */
export function Overtaken({ type, one, onResolved, onGivenUp }: OvertakenProps) {
  const { data: now } = useApi<Record_>(`/records/${one.record}`)
  if (!now || now.version === one.version) return null
  const mine = Object.fromEntries(Object.entries({ ...one.base, ...one.fields }).filter(([, value]) => value !== null))
  return (
    <Conflict
      key={now.version}
      type={type}
      base={one.base}
      theirs={now.fields}
      mine={mine}
      onGivenUp={onGivenUp}
      onResolved={chosen => onResolved(now.version, now.fields, differences(type, now.fields, chosen))}
    />
  )
}

/** An entry made without a connection beside what the ledger had already. */
export function Alike({ type, one }: { type: RecordType; one: WaitingEntry }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const { data } = useQuery({
    queryKey: ['similar', type.type, one.org, one.fields],
    queryFn: ({ signal }) =>
      api<{ records: Record_[] }>(`/types/${type.type}/records/similar`, {
        body: { org: one.org, fields: one.fields },
        signal,
      }),
    retry: false,
  })
  const there = data?.records[0]
  if (!there) return null
  const told = fieldsOf(type).filter(
    ({ name, computed }) => !computed && (there.fields[name] !== undefined || one.fields[name] !== undefined),
  )
  return (
    <>
      <p>{say('alike')}</p>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('field')}</th>
              <th scope="col">{say('there')}</th>
              <th scope="col">{say('here')}</th>
            </tr>
          </thead>
          <tbody>
            {told.map(field => (
              <tr key={field.name}>
                <th scope="row">{titleOf(field, language)}</th>
                <td>{shown(field, there.fields[field.name], language, orgs) || '—'}</td>
                <td>{shown(field, one.fields[field.name], language, orgs) || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
