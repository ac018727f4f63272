import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../kit/api.ts'
import type { Record_, RecordType } from '../../kit/declared.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { recordName } from '../../kit/reference-picker.tsx'
import { useLanguage } from '../../kit/words.ts'
import type { Values } from './draft.ts'
import { useWords } from './words.ts'

const RESTED_MS = 500

interface Props {
  readonly type: RecordType
  readonly org: string
  readonly values: Values
  /** The record being changed, which does not look like itself. */
  readonly except?: string
}

/** Records that look the same, asked for whenever typing rests. */
export function Similar({ type, org, values, except }: Props) {
  const say = useWords()
  const language = useLanguage()
  const place = usePlaceQuery()
  const entered = useRested(values)
  const { data } = useQuery({
    queryKey: ['similar', type.type, org, entered, except],
    queryFn: ({ signal }) =>
      api<{ records: Record_[] }>(`/types/${type.type}/records/similar`, {
        body: { org, fields: entered, ...(except ? { except } : {}) },
        signal,
      }),
    enabled: Object.keys(entered).length > 1,
    retry: false,
  })
  if (!data || data.records.length === 0) return null
  return (
    <div className="notice" role="status">
      {say('similar')}
      <ul>
        {data.records.map(record => (
          <li key={record.id}>
            <Link to={`/records/${record.id}${place}`} target="_blank">
              {recordName(type, record, language) || record.day}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A value as it is once it has not changed for a while. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), RESTED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
