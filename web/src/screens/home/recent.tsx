import { Link } from 'react-router'
import { actionName } from '../../kit/actions.ts'
import { useOrgs, useTypes } from '../../kit/declared.ts'
import { moment, orgName } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Change {
  readonly record: string
  readonly type: string
  readonly org: string
  readonly action: string
  readonly at: string
  readonly by: string | null
}

export function Recent({ org }: { org: string }) {
  const say = useWords()
  const language = useLanguage()
  const query = usePlaceQuery()
  const types = useTypes()
  const orgs = useOrgs()
  const { data } = useApi<{ changes: Change[] }>('/records/recent', { org })
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">{say('recent')}</h2>
      {data?.changes.length === 0 && <p className="quiet">{say('noRecent')}</p>}
      <ul className="plain-list">
        {data?.changes.map(change => (
          <li key={change.record}>
            <Link to={`/records/${change.record}${query}`}>
              {said(types?.find(type => type.type === change.type)?.title, language) || change.type}
            </Link>
            <span className="quiet">
              {actionName(change.action, language)} · {orgName(orgs, change.org, language)} ·{' '}
              {change.by ?? say('operator')} · {moment(change.at, language)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
