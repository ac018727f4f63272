import { useState } from 'react'
import { actionName } from '../../kit/actions.ts'
import { fieldsOf, type RecordType, useOrgs } from '../../kit/declared.ts'
import { moment, shown, titleOf } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { EntryProofCheck } from '../../proof/entry-proof.tsx'
import { useWords } from './words.ts'

interface Version {
  readonly version: number
  readonly action: string
  readonly at: string
  readonly byName: string | null
  readonly note: unknown
  readonly seq: number | null
  readonly differences: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[]
}

/** What became of a record, version by version, as differences. */
export function History({ record, type }: { record: string; type: RecordType }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const { data } = useApi<{ versions: Version[] }>(`/records/${record}/history`)
  const fields = fieldsOf(type)
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('history')}</h2>
      <ol className="plain-list">
        {data?.versions.map(version => (
          <li key={version.version}>
            <span>
              {actionName(version.action, language)}
              {typeof version.note === 'string' && version.note !== '' && `（${version.note}）`}{' '}
              {version.differences.map(({ field: name, before, after }) => {
                const field = fields.find(one => one.name === name)
                const words = (value: unknown) =>
                  (field ? shown(field, value, language, orgs) : String(value ?? '')) || '—'
                return (
                  <span key={name} className="difference">
                    {field ? titleOf(field, language) : name}：<del>{words(before)}</del> → <ins>
                      {words(after)}
                    </ins>{' '}
                  </span>
                )
              })}
            </span>
            <span className="quiet">
              {version.byName ?? say('system')} · {moment(version.at, language)}
              {version.seq === null ? ` · ${say('unsealed')}` : <Proof seq={version.seq} record={record} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The journal entry of a step, and the proof that it stands there unaltered, checked in this browser when asked. */
function Proof({ seq, record }: { seq: number; record: string }) {
  const say = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {' · '}
      <button type="button" className="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say('entryNumber', { n: seq })}
      </button>
      {isOpen && <EntryProofCheck seq={seq} subject={`record:${record}`} />}
    </>
  )
}
