import { Button } from 'antd'
import { Link } from 'react-router'
import type { Indicator } from '../../../kit/declared.ts'
import { digits, unitOfColumn } from '../../../kit/format.ts'
import { usePlaceQuery } from '../../../kit/place.ts'
import { useLanguage } from '../../../kit/words.ts'
import { EntryProofCheck } from '../../../proof/entry-proof.tsx'
import { useNames } from '../names.ts'
import type { useExplanation } from './explanation.ts'
import { useWords } from './words.ts'

interface Props {
  readonly indicator: Indicator
  readonly found: ReturnType<typeof useExplanation>
}

const SUMMED = new Set(['count', 'sum', 'events'])

/** The records beneath a figure, a page at a time, each with the proof of its present version. */
export function Records({ indicator, found }: Props) {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const query = usePlaceQuery()
  const records = found.data?.pages.flatMap(page => page.records) ?? []
  if (records.length === 0)
    return (
      <section>
        <h3>{say('records')}</h3>
        <p className="quiet">{say('noRecords')}</p>
      </section>
    )
  const { unit } = indicator
  const total = records.reduce((sum, { value }) => sum + value, 0)
  return (
    <section>
      <h3>
        {say('records')} <span className="unit quiet">{unitOfColumn(unit, language)}</span>
      </h3>
      <ul className="plain-list records">
        {records.map(({ id, day, org, label, value, entry, proof }) => (
          <li key={id}>
            {label === undefined ? (
              <Link to={`/records/${id}${query}`} aria-label={`${say('open')} ${day} ${names.org(org)}`}>
                {day}
              </Link>
            ) : (
              <span>
                {day} {label}
              </span>
            )}
            <span className="where">{names.org(org)}</span>
            <span className="number">{digits(value, unit, language)}</span>
            {entry && (
              <div className="entry">
                <span className="quiet">
                  {say('proof', { seq: entry.seq })} · {say(proof ? 'sealed' : 'unsealed')}
                </span>
                {proof && (
                  <EntryProofCheck
                    seq={entry.seq}
                    hash={entry.hash}
                    subject={label === undefined ? `record:${id}` : undefined}
                  />
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <p>
          <span className="quiet">{say('listed', { n: records.length })}</span>{' '}
          <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {say('more')}
          </Button>
        </p>
      ) : (
        <p className="quiet">
          {SUMMED.has(indicator.kind)
            ? say('listedAll', { n: records.length, total: digits(total, unit, language) })
            : say('listed', { n: records.length })}
        </p>
      )}
    </section>
  )
}
