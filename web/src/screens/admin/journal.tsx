import { Button, Input, Select } from 'antd'
import { Fragment, useDeferredValue, useState } from 'react'
import { ACTION_NAMES, actionName, subjectName } from '../../kit/actions.ts'
import { DayInput } from '../../kit/day-input.tsx'
import { useOrgs } from '../../kit/declared.ts'
import { moment, orgName, today } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { EntryProofCheck } from '../../proof/entry-proof.tsx'
import { useWords } from './journal-words.ts'

interface Entry {
  readonly seq: number
  readonly action: string
  readonly actorName: string | null
  readonly at: string
  readonly from: string
  readonly org?: string
  readonly subject: string
  readonly before: string | null
  readonly after: string | null
  readonly note?: unknown
}

/** The journal of the unit chosen above and all beneath it, the newest first. */
export default function Journal() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const [asked, setAsked] = useState({ text: '', action: '', from: '', until: '' })
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined])
  const text = useDeferredValue(asked.text.trim())
  const ask = (part: Partial<typeof asked>) => {
    setAsked({ ...asked, ...part })
    setPages([undefined])
  }
  // Days as they are in Shanghai; the last one counts in full.
  const query = {
    org,
    text: text || undefined,
    action: asked.action || undefined,
    from: asked.from ? `${asked.from}T00:00:00+08:00` : undefined,
    until: asked.until ? `${asked.until}T23:59:59.999+08:00` : undefined,
  }
  return (
    <>
      <div className="toolbar">
        <Input
          allowClear
          aria-label={say('search')}
          placeholder={say('search')}
          style={{ width: 280 }}
          value={asked.text}
          onChange={({ target }) => ask({ text: target.value })}
        />
        <Select
          allowClear
          aria-label={say('what')}
          placeholder={say('what')}
          style={{ width: 150 }}
          value={asked.action || undefined}
          options={ACTION_NAMES.map(action => ({ value: action, label: actionName(action, language) }))}
          onChange={action => ask({ action: action ?? '' })}
        />
        <DayInput label={say('from')} max={today()} value={asked.from} onChange={from => ask({ from })} />
        –
        <DayInput label={say('until')} max={today()} value={asked.until} onChange={until => ask({ until })} />
      </div>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('when')}</th>
              <th scope="col">{say('what')}</th>
              <th scope="col">{say('who')}</th>
              <th scope="col" className="wide">
                {say('where')}
              </th>
              <th scope="col" className="number">
                {say('entry')}
              </th>
            </tr>
          </thead>
          {pages.map((after, i) => (
            <Page
              key={after ?? 'first'}
              query={{ ...query, after }}
              onNext={i === pages.length - 1 ? next => setPages([...pages, next]) : undefined}
            />
          ))}
        </table>
      </div>
    </>
  )
}

type Query = Readonly<Record<string, string | undefined>>

function Page({ query, onNext }: { query: Query; onNext?: (next: string) => void }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const [opened, setOpened] = useState<number>()
  const { data } = useApi<{ entries: Entry[]; next?: string }>('/journal', query)
  return (
    <tbody>
      {data?.entries.map(entry => (
        <Fragment key={entry.seq}>
          <tr>
            <td>{moment(entry.at, language)}</td>
            <td>
              {actionName(entry.action, language)} {/* Other actions say themselves what they are done to. */}
              {!entry.action.includes('-') && (
                <span className="quiet">{subjectName(entry.subject.split(':')[0] ?? '', language)}</span>
              )}
            </td>
            <td>{entry.actorName ?? say('operator')}</td>
            <td className="wide">{entry.org ? orgName(orgs, entry.org, language) : ''}</td>
            <td className="number">
              <button
                type="button"
                className="plain"
                aria-expanded={opened === entry.seq}
                onClick={() => setOpened(opened === entry.seq ? undefined : entry.seq)}
              >
                {entry.seq}
              </button>
            </td>
          </tr>
          {opened === entry.seq && (
            <tr>
              <td colSpan={5}>
                <Details entry={entry} />
              </td>
            </tr>
          )}
        </Fragment>
      ))}
      {data?.entries.length === 0 && (
        <tr>
          <td colSpan={5} className="quiet">
            {say('none')}
          </td>
        </tr>
      )}
      {data?.next && onNext && (
        <tr>
          <td colSpan={5}>
            <Button onClick={() => onNext(data.next!)}>{say('more')}</Button>
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** An entry in full, and its proof checked in this browser. */
function Details({ entry }: { entry: Entry }) {
  const say = useWords()
  return (
    <div className="entry">
      <dl>
        <dt>{say('subject')}</dt>
        <dd>
          <code>{entry.subject}</code>
        </dd>
        <dt>{say('cameFrom')}</dt>
        <dd>{entry.from}</dd>
        {entry.note !== undefined && (
          <>
            <dt>{say('note')}</dt>
            <dd>
              <code>{JSON.stringify(entry.note)}</code>
            </dd>
          </>
        )}
        <dt>{say('hashes')}</dt>
        <dd>
          <code>{entry.before ?? '—'}</code> → <code>{entry.after ?? '—'}</code>
        </dd>
      </dl>
      <EntryProofCheck seq={entry.seq} subject={entry.subject} />
    </div>
  )
}
