import { Link } from 'react-router'
import { type Record_, useType } from './declared.ts'
import { usePlaceQuery } from './place.ts'
import { useApi } from './query.ts'
import { recordName } from './reference-picker.tsx'
import { useLanguage } from './words.ts'

/** Leads to the record that another refers to, under its name. */
export function ReferenceLink({ record, type: id }: { record: string; type: string | undefined }) {
  const language = useLanguage()
  const place = usePlaceQuery()
  const type = useType(id)
  const { data } = useApi<Record_>(`/records/${record}`)
  const name = type && data ? recordName(type, data, language) : ''
  return <Link to={`/records/${record}${place}`}>{name || '…'}</Link>
}
