import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { type Record_, type RecordType, useTypes, type Words } from '../../kit/declared.ts'
import { stateName } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { recordName } from '../../kit/reference-picker.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Becoming {
  readonly lead: string
  readonly title: Words
  readonly type: string
  readonly org: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** What a record may become: a button each, to a form that is filled already. */
export function Leads({ record }: { record: string }) {
  const language = useLanguage()
  const place = usePlaceQuery()
  const navigate = useNavigate()
  const { data } = useApi<{ leads: Becoming[] }>(`/records/${record}/leads`)
  if (!data || data.leads.length === 0) return null
  return (
    <p className="actions no-print">
      {data.leads.map(({ lead, title, type, org, fields }) => (
        <Button
          key={lead}
          onClick={() => navigate(`/ledger/${type}/new${place}`, { state: { first: { org, fields } } })}
        >
          {said(title, language)}
        </Button>
      ))}
    </p>
  )
}

/** Records that refer to this one, by type: a project's contract, payments, reviews. */
export function Referring({ record }: { record: string }) {
  const say = useWords()
  const language = useLanguage()
  const types = useTypes()
  const { data } = useApi<{ records: Record_[] }>(`/records/${record}/referring`)
  if (!data || !types || data.records.length === 0) return null
  return (
    <section aria-labelledby="referring">
      <h2 id="referring">{say('referring')}</h2>
      {types
        .map(type => ({ type, own: data.records.filter(one => one.type === type.type) }))
        .filter(({ own }) => own.length > 0)
        .map(({ type, own }) => (
          <Group key={type.type} type={type} records={own} title={said(type.title, language)} />
        ))}
    </section>
  )
}

function Group({ type, records, title }: { type: RecordType; records: readonly Record_[]; title: string }) {
  const language = useLanguage()
  const place = usePlaceQuery()
  return (
    <>
      <h3>
        {title} <span className="quiet">{records.length}</span>
      </h3>
      <ul className="plain-list referring">
        {records.map(one => (
          <li key={one.id}>
            <Link to={`/records/${one.id}${place}`}>{recordName(type, one, language) || one.day}</Link>
            <span className="quiet">
              {one.state && `${stateName(type, one.state, language)} · `}
              {one.day}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
