import { Link } from 'react-router'
import { useOrgs, type Words } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Gap {
  readonly id: string
  readonly title: Words
  readonly type: string
  readonly count: number
  readonly missing: readonly { readonly org: string; readonly what: Words }[]
}

/** So many are named; the rest is a number. */
const NAMED = 6

/** What should be there and is not: months without notice, missing numbers, villages without an officer. */
export function Gaps({ org, period }: { org: string; period: string }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const query = usePlaceQuery()
  const { data } = useApi<{ gaps: Gap[] }>('/gaps', { org, period })
  if (!data || data.gaps.length === 0) return null
  const nameOf = ({ org: code, what }: Gap['missing'][number]) =>
    [code === org ? '' : orgName(orgs, code, language), said(what, language)].filter(Boolean).join(' ')
  return (
    <section className="gaps" aria-labelledby="gaps">
      <h2 id="gaps">{say('gaps')}</h2>
      <ul className="plain-list">
        {data.gaps.map(gap => (
          <li key={gap.id}>
            <div>
              <Link to={`/ledger/${gap.type}${query}`}>{said(gap.title, language)}</Link>
              <p className="quiet">
                {gap.missing
                  .slice(0, NAMED)
                  .map(nameOf)
                  .join(language === 'zh' ? '、' : ', ')}
                {gap.count > NAMED && ` ${say('andMore', { n: gap.count })}`}
              </p>
            </div>
            <span className="number">{gap.count}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
