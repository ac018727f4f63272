import { Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { actionName } from '../../kit/actions.ts'
import { useOrgs } from '../../kit/declared.ts'
import { moment, orgName } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Entry {
  readonly seq: number
  readonly action: string
  readonly actorName: string | null
  readonly at: string
  readonly org?: string
  readonly subject: string
}

export default function Journal() {
  const say = useWords()
  const { org } = usePlace()
  const [text, setText] = useState('')
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined])
  const sought = useDeferredValue(text.trim())
  return (
    <>
      <Input
        type="search"
        aria-label={say('search')}
        placeholder={say('search')}
        style={{ maxWidth: 420, margin: '10px 0' }}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setPages([undefined])
        }}
      />
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
              query={{ org, text: sought || undefined, after }}
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
  const { data } = useApi<{ entries: Entry[]; next?: string }>('/journal', query)
  return (
    <tbody>
      {data?.entries.map(entry => (
        <tr key={entry.seq}>
          <td>{moment(entry.at, language)}</td>
          <td>
            {actionName(entry.action, language)} <span className="quiet">{entry.subject.split(':')[0]}</span>
          </td>
          <td>{entry.actorName ?? say('operator')}</td>
          <td className="wide">{entry.org ? orgName(orgs, entry.org, language) : ''}</td>
          <td className="number">
            <a href={`/journal/${entry.seq}`}>{entry.seq}</a>
          </td>
        </tr>
      ))}
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
