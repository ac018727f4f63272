import { Link } from 'react-router'
import { usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Awaited {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly type: string
  readonly count: number
  readonly late: number
  readonly state?: readonly string[]
  readonly status?: readonly string[]
  readonly screen?: string
}

export function Awaiting({ org }: { org: string }) {
  const say = useWords()
  const language = useLanguage()
  const query = usePlaceQuery()
  const { data } = useApi<{ awaiting: Awaited[] }>('/awaiting', { org })
  return (
    <section className="awaiting" aria-labelledby="awaiting">
      <h2 id="awaiting">{say('awaiting')}</h2>
      {data?.awaiting.length === 0 && <p className="quiet">{say('none')}</p>}
      <ul className="plain-list">
        {data?.awaiting.map(one => (
          <li key={one.id}>
            <Link
              to={
                one.screen
                  ? `/${one.screen}${query}`
                  : `/ledger/${one.type}${query}&all=1${narrowed('state', one.state)}${narrowed('status', one.status)}`
              }
            >
              {said(one.title, language)}
            </Link>
            <span className="number">
              {one.count >= 1000 ? '999+' : one.count}
              {one.late > 0 && <span className="late"> {say('late', { n: one.late })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const narrowed = (name: string, values: readonly string[] | undefined) =>
  (values ?? []).map(value => `&${name}=${encodeURIComponent(value)}`).join('')
