import { Checkbox, Input, Skeleton, Tree } from 'antd'
import type { DataNode } from 'antd/es/tree'
import { useMemo, useState } from 'react'
import { DayInput } from '../../kit/day-input.tsx'
import type { Org } from '../../kit/declared.ts'
import { orgName, today } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { type Language, useLanguage } from '../../kit/words.ts'
import { OrgChange, type Step } from './org-change.tsx'
import { useWords } from './orgs-words.ts'

const isOpen = ({ opened, closed }: Org, on: string) => opened <= on && closed > on

/** Units as a tree. One whose parent is not among them stands at the top. */
function nodesOf(orgs: readonly Org[], on: string, language: Language, closedWord: string): DataNode[] {
  const nodes = new Map(
    orgs.map(org => [
      org.code,
      {
        key: org.code,
        title: `${orgName(orgs, org.code, language)} ${org.code}${isOpen(org, on) ? '' : `（${closedWord}）`}`,
        children: [] as DataNode[],
      },
    ]),
  )
  const tops: DataNode[] = []
  for (const org of [...orgs].sort((a, b) => (a.code < b.code ? -1 : 1)))
    ((org.parent === null ? undefined : nodes.get(org.parent))?.children ?? tops).push(nodes.get(org.code)!)
  return tops
}

/** The tree of units as of a day, and its changes. */
export default function Orgs() {
  const say = useWords()
  const language = useLanguage()
  const { org: place } = usePlace()
  const [on, setOn] = useState(today)
  const [withClosed, setWithClosed] = useState(false)
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState(place)
  const [dragged, setDragged] = useState<Step>()
  const { data } = useApi<{ orgs: Org[] }>('/orgs', on === today() ? undefined : { on })
  const isNow = on === today()
  const shown = useMemo(() => {
    const text = sought.trim().toLowerCase()
    return data?.orgs.filter(
      org =>
        (withClosed || isOpen(org, on)) &&
        (text === '' || org.name.includes(text) || org.code.toLowerCase().includes(text)),
    )
  }, [data, on, withClosed, sought])
  const nodes = useMemo(() => nodesOf(shown ?? [], on, language, say('closed')), [shown, on, language, say])
  if (!data) return <Skeleton active title={false} />
  const above = new Map(data.orgs.map(org => [org.code, org.parent]))
  const path: string[] = []
  for (let at: string | null | undefined = chosen; at; at = above.get(at)) path.push(at)
  const unit = data.orgs.find(({ code }) => code === chosen)
  return (
    <>
      <div className="toolbar">
        <Input
          allowClear
          aria-label={say('find')}
          placeholder={say('find')}
          style={{ width: 220 }}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
        <label htmlFor="tree-on">{say('on')}</label>
        <DayInput id="tree-on" required max={today()} value={on} onChange={setOn} />
        <Checkbox checked={withClosed} onChange={({ target }) => setWithClosed(target.checked)}>
          {say('withClosed')}
        </Checkbox>
      </div>
      <p className="quiet">{say(isNow ? 'dragHelp' : 'pastHelp')}</p>
      <div className="beside">
        <Tree
          key={sought === '' ? 'all' : 'found'}
          blockNode
          draggable={isNow ? { icon: false } : false}
          // Beneath another unit, not between two: their order is that of their codes.
          allowDrop={({ dropPosition }) => dropPosition === 0}
          treeData={nodes}
          height={560}
          selectedKeys={[chosen]}
          defaultExpandedKeys={path}
          defaultExpandAll={sought !== ''}
          onSelect={([code]) => {
            if (code === undefined) return
            setChosen(String(code))
            setDragged(undefined)
          }}
          onDrop={({ dragNode, node }) => {
            const code = String(dragNode.key)
            const parent = String(node.key)
            if (parent === above.get(code)) return
            setChosen(code)
            setDragged({ kind: 'move', to: parent })
          }}
        />
        {unit && (
          <OrgChange
            key={`${unit.code} ${dragged?.to ?? ''}`}
            unit={unit}
            orgs={data.orgs}
            begin={dragged}
            isNow={isNow}
          />
        )}
      </div>
    </>
  )
}
