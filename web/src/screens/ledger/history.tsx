import { useState } from 'react'
import { actionName } from '../../kit/actions.ts'
import { fieldsOf, type RecordType, useOrgs } from '../../kit/declared.ts'
import { moment, orgName, shown, stateName, titleOf } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { colon, useLanguage } from '../../kit/words.ts'
import { EntryProofCheck } from '../../proof/entry-proof.tsx'
import { statusWord, useWords } from './words.ts'

interface Version {
  readonly version: number
  readonly action: string
  readonly at: string
  readonly byName: string | null
  readonly note: unknown
  readonly seq: number | null
  readonly differences: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[]
}

/** What became of a record, version by version, as differences; the first says it all, so only who entered it is told. */
export function History({ record, type }: { record: string; type: RecordType }) {
  const say = useWords()
  const language = useLanguage()
  const { data } = useApi<{ versions: Version[] }>(`/records/${record}/history`)
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('history')}</h2>
      <ol className="plain-list history">
        {data?.versions.map(version => (
          <li key={version.version}>
            <span>
              {actionName(version.action, language)}
              {typeof version.note === 'string' && version.note !== '' && `（${version.note}）`}{' '}
              {version.version > 1 && <Differences type={type} version={version} />}
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

function Differences({ type, version }: { type: RecordType; version: Version }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const fields = fieldsOf(type)
  const told = (name: string, value: unknown): string => {
    const field = fields.find(one => one.name === name)
    if (field) return shown(field, value, language, orgs)
    const text = String(value ?? '')
    if (name === 'org') return orgName(orgs, text, language)
    if (name === 'state') return stateName(type, text, language)
    return name === 'status' && text in statusWord ? say(statusWord[text as keyof typeof statusWord]) : text
  }
  const titles: Readonly<Record<string, string>> = { org: say('org'), state: say('state'), status: say('status') }
  return (
    version.differences
      // The day is one of the fields.
      .filter(({ field }) => field !== 'day')
      .map(({ field: name, before, after }) => {
        const field = fields.find(one => one.name === name)
        return (
          <span key={name} className="difference">
            {field ? titleOf(field, language) : (titles[name] ?? name)}
            {colon(language)}
            <del>{told(name, before) || '—'}</del> → <ins>{told(name, after) || '—'}</ins>
          </span>
        )
      })
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
