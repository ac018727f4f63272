import { Input, Modal, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { useOrgs, useTypes } from '../kit/declared.ts'
import { orgName } from '../kit/format.ts'
import { usePlaceQuery } from '../kit/place.ts'
import { useApi } from '../kit/query.ts'
import { said, useLanguage, wordsOf } from '../kit/words.ts'

const useWords = wordsOf('search', {
  zh: {
    search: '搜索',
    hint: '记录、单位、总结；可用拼音首字母',
    nothing: '没有找到“{{text}}”',
    records: '记录',
    orgs: '单位',
    reports: '总结',
  },
  en: {
    search: 'Search',
    hint: 'Records, org units, reports; pinyin initials will do',
    nothing: 'Nothing found for “{{text}}”',
    records: 'Records',
    orgs: 'Org units',
    reports: 'Reports',
  },
})

interface Found {
  readonly records: readonly {
    id: string
    type: string
    org: string
    day: string
    fields: Record<string, unknown>
    text?: string
  }[]
  readonly orgs: readonly { code: string; name: string }[]
  readonly reports: readonly { id: string; title: string }[]
}

export default function Search({ onDone }: { onDone: () => void }) {
  const say = useWords()
  return (
    <Modal open title={say('search')} footer={null} onCancel={onDone}>
      <SearchBody onDone={onDone} />
    </Modal>
  )
}

function SearchBody({ onDone }: { onDone: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const types = useTypes()
  const orgs = useOrgs()
  const query = usePlaceQuery()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text.trim())
  const { data, isFetching } = useApi<Found>(sought.length > 0 ? '/search' : undefined, { text: sought, limit: 8 })
  const empty = data && data.records.length + data.orgs.length + data.reports.length === 0
  const firstWords = (fields: Record<string, unknown>) =>
    Object.values(fields).find(value => typeof value === 'string' && /\p{Script=Han}/u.test(value)) as
      | string
      | undefined
  return (
    <div className="found">
      <Input
        autoFocus
        allowClear
        size="large"
        aria-label={say('search')}
        placeholder={say('hint')}
        value={text}
        suffix={isFetching ? <Spin size="small" /> : <span />}
        onChange={({ target }) => setText(target.value)}
      />
      {empty && sought && <p className="quiet">{say('nothing', { text: sought })}</p>}
      {data && data.orgs.length > 0 && <h3>{say('orgs')}</h3>}
      {data?.orgs.map(org => (
        <Link key={org.code} to={`/?org=${encodeURIComponent(org.code)}`} onClick={onDone}>
          {org.name} <span className="quiet">{org.code}</span>
        </Link>
      ))}
      {data && data.records.length > 0 && <h3>{say('records')}</h3>}
      {data?.records.map(record => (
        <Link key={record.id} to={`/records/${record.id}${query}`} onClick={onDone}>
          {firstWords(record.fields) ?? record.id}{' '}
          <span className="quiet">
            {said(types?.find(type => type.type === record.type)?.title, language)} ·{' '}
            {orgName(orgs, record.org, language)} · {record.day}
          </span>
        </Link>
      ))}
      {data && data.reports.length > 0 && <h3>{say('reports')}</h3>}
      {data?.reports.map(report => (
        <Link key={report.id} to={`/reports/${report.id}${query}`} onClick={onDone}>
          {report.title}
        </Link>
      ))}
    </div>
  )
}
