import { Button, Skeleton } from 'antd'
import { Link } from 'react-router'
import { usePlace, usePlaceQuery } from '../../../../web/src/kit/place.ts'
import { useApi } from '../../../../web/src/kit/query.ts'
import { useMay } from '../../../../web/src/kit/session.tsx'
import { wordsOf } from '../../../../web/src/kit/words.ts'
import { useAct } from '../../../../web/src/screens/admin/act.ts'
import { Refusal } from '../../../../web/src/screens/admin/parts.tsx'

const useWords = wordsOf('leadership', {
  zh: { none: '各领导小组成员都与现任职务相符', vacant: '空缺', adopt: '采纳调整', adopted: '已调整' },
  en: { none: 'Every lead group agrees with the posts', vacant: 'vacant', adopt: 'Adopt', adopted: 'Changed' },
})

interface Proposal {
  readonly group: string
  readonly name: string
  readonly org: string
  readonly changes: readonly {
    readonly at: number
    readonly post: string
    readonly from: string
    readonly to: string | null
  }[]
}

export function Screen() {
  const say = useWords()
  const { org } = usePlace()
  const place = usePlaceQuery()
  const mayEnter = useMay('enter')
  const { data } = useApi<{ proposals: Proposal[] }>('/domains/leadership/proposals', { org })
  const { act, problem, waiting } = useAct()
  if (!data) return <Skeleton active />
  if (data.proposals.length === 0) return <p className="quiet">{say('none')}</p>
  const adopt = ({ group, org: at }: Proposal) =>
    act('/domains/leadership/adopt', { body: { org: at, group } }, say('adopted'), '/domains/leadership', '/types')
  return (
    <>
      <Refusal problem={problem} />
      {data.proposals.map(one => (
        <section key={one.group} aria-label={one.name}>
          <h2>
            <Link to={`/records/${one.group}${place}`}>{one.name}</Link>
          </h2>
          <ul className="plain-list">
            {one.changes.map(({ at, post, from, to }) => (
              <li key={at}>
                {post}：{from} → {to ?? say('vacant')}
              </li>
            ))}
          </ul>
          {mayEnter && (
            <Button loading={waiting} onClick={() => adopt(one)}>
              {say('adopt')}
            </Button>
          )}
        </section>
      ))}
    </>
  )
}
