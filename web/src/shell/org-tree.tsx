import { Input, Tree } from 'antd'
import type { DataNode } from 'antd/es/tree'
import { useMemo, useState } from 'react'
import type { Org } from '../kit/declared.ts'
import { orgName } from '../kit/format.ts'
import { type Language, useLanguage, wordsOf } from '../kit/words.ts'

const useWords = wordsOf('org-tree', {
  zh: { find: '按名称或代码查找' },
  en: { find: 'Find by name or code' },
})

interface Props {
  readonly orgs: readonly Org[]
  readonly chosen: string
  readonly onChoose: (code: string) => void
}

/** The units of `orgs` as a tree; a unit whose parent is not among them stands at the top. */
function nodesOf(orgs: readonly Org[], language: Language): DataNode[] {
  const nodes = new Map(
    orgs.map(org => [
      org.code,
      { key: org.code, title: orgName(orgs, org.code, language), children: [] as DataNode[] },
    ]),
  )
  const tops: DataNode[] = []
  for (const org of orgs) {
    const above = org.parent === null ? undefined : nodes.get(org.parent)
    ;(above?.children ?? tops).push(nodes.get(org.code)!)
  }
  return tops
}

export default function OrgTree({ orgs, chosen, onChoose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const [sought, setSought] = useState('')
  const found = useMemo(() => {
    const text = sought.trim().toLowerCase()
    if (text === '') return orgs
    return orgs.filter(org => org.name.includes(text) || org.code.toLowerCase().includes(text))
  }, [orgs, sought])
  const nodes = useMemo(() => nodesOf(found, language), [found, language])
  const above = useMemo(() => {
    const parents = new Map(orgs.map(org => [org.code, org.parent]))
    const path: string[] = []
    for (let at: string | null | undefined = chosen; at; at = parents.get(at)) path.push(at)
    return path
  }, [orgs, chosen])
  return (
    <div className="org-tree">
      <Input
        allowClear
        autoFocus
        aria-label={say('find')}
        placeholder={say('find')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
        onPressEnter={() => found.length > 0 && onChoose(found[0]!.code)}
      />
      <Tree
        blockNode
        height={360}
        treeData={nodes}
        selectedKeys={[chosen]}
        defaultExpandedKeys={above}
        autoExpandParent
        onSelect={([code]) => code !== undefined && onChoose(String(code))}
      />
    </div>
  )
}
