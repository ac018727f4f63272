import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { type Field, type FieldKind, fieldsOf, type Record_, type RecordType, useType } from './declared.ts'
import type { InputProps } from './field-input.tsx'
import { shown } from './format.ts'
import { useApi } from './query.ts'
import { type Language, useLanguage } from './words.ts'

const TELLING: readonly FieldKind[] = ['text', 'personal', 'choice', 'day']
const LONGEST = 24

/** What a record is called where another refers to it: its first telling fields, texts before choices and days. */
export function recordName(type: RecordType, record: Pick<Record_, 'fields'>, language: Language): string {
  const telling = fieldsOf(type).filter(({ kind }) => TELLING.includes(kind))
  const columns = type.schema.yilu.columns
  const isText = ({ kind }: Field) => kind === 'text' || kind === 'personal'
  const ordered = [...telling].sort(
    (a, b) => Number(isText(b)) - Number(isText(a)) || rank(columns, a.name) - rank(columns, b.name),
  )
  const words = ordered
    .map(field => short(shown(field, record.fields[field.name], language, undefined)))
    .filter(Boolean)
  return words.slice(0, 3).join(' · ')
}

const short = (text: string) => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`)

const rank = (columns: readonly string[], name: string) => {
  const at = columns.indexOf(name)
  return at < 0 ? columns.length : at
}

/** Finds a record of the referred type by words or pinyin initials. */
export function ReferencePicker({
  info,
  value,
  onChange,
  id,
  invalid,
  describedBy,
  disabled,
  label,
}: InputProps<string>) {
  const language = useLanguage()
  const type = useType(info.of)
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  // Of all that one may read: the whole tree may be more than that.
  const found = useApi<{ records: Record_[] }>(info.of ? `/types/${info.of}/records` : undefined, {
    search: search || undefined,
    limit: 20,
  })
  const chosen = useApi<Record_>(value ? `/records/${value}` : undefined)
  if (!type) return null
  const offered = [...(found.data?.records ?? [])]
  if (chosen.data && !offered.some(record => record.id === chosen.data.id)) offered.unshift(chosen.data)
  return (
    <Select
      id={id}
      disabled={disabled}
      style={{ width: '100%' }}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      status={invalid ? 'error' : undefined}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      loading={found.isFetching}
      value={value}
      options={offered.map(record => ({ value: record.id, label: recordName(type, record, language) }))}
      onChange={onChange}
    />
  )
}
