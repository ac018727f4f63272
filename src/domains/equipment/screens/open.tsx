import { Empty, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../../web/src/kit/query.ts'

interface Open {
  readonly id: string
  readonly title: string
  readonly from: string
  readonly to: string
}

/** What is under way at a unit or above it; the newest is chosen. */
export function useOpen(path: string, org: string) {
  const [chosen, setChosen] = useState<string>()
  const { data } = useApi<{ open: Open[] }>(path, { org })
  const found = data?.open ?? []
  return { id: chosen ?? found[0]?.id, found, isKnown: data !== undefined, choose: setChosen }
}

interface Props {
  readonly label: string
  readonly none: string
  readonly how: string
  readonly of: ReturnType<typeof useOpen>
}

export function OpenSelect({ label, none, how, of }: Props) {
  if (of.isKnown && of.found.length === 0)
    return (
      <Empty
        description={
          <>
            {none}
            <br />
            {how}
          </>
        }
      />
    )
  return (
    <Select
      aria-label={label}
      style={{ width: '100%', maxWidth: 520, marginBottom: 12 }}
      value={of.id}
      onChange={of.choose}
      options={of.found.map(({ id, title, from, to }) => ({ value: id, label: `${title} ${from}—${to}` }))}
    />
  )
}
