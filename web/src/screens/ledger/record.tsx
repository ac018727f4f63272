import './ledger.css'
import { Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { fieldsOf, type Record_, type RecordType, useOrgs, useType } from '../../kit/declared.ts'
import { moment, orgName, shown, stateName, titleOf } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { ReferenceLink } from '../../kit/reference-link.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { Actions, type May } from './actions.tsx'
import { Leads, Referring } from './beside.tsx'
import { type EvidenceFile, EvidenceList } from './evidence.tsx'
import { History } from './history.tsx'
import { Merge } from './merge.tsx'
import { Operations } from './operations.tsx'
import { RecordEditor } from './record-editor.tsx'
import { Reveal } from './reveal.tsx'
import { SubRows } from './sub-rows.tsx'
import { statusWord, useWords } from './words.ts'

export interface ShownRecord extends Record_ {
  readonly orgName: string
  readonly updatedByName: string | null
  readonly evidence: readonly EvidenceFile[]
  readonly mergedInto: string | null
  readonly merged: readonly string[]
  readonly may: May
}

export function Screen() {
  const { record: id = '' } = useParams()
  const { data: record, error } = useApi<ShownRecord>(`/records/${id}`)
  const type = useType(record?.type)
  if (error && !record) throw error
  return record && type ? <Shown key={id} record={record} type={type} /> : <Skeleton active />
}

/** One record: what it says, what may be done with it, its evidence, its history and the proof of each step. */
function Shown({ record, type }: { record: ShownRecord; type: RecordType }) {
  const say = useWords()
  const language = useLanguage()
  const place = usePlaceQuery()
  const [doing, setDoing] = useState<'edit' | 'merge'>()
  const stop = () => setDoing(undefined)
  return (
    <>
      <p className="no-print">
        <Link to={`/ledger/${type.type}${place}`}>← {said(type.title, language)}</Link>
      </p>
      <h1>
        {said(type.title, language)}{' '}
        <span className="quiet at">
          {record.day} · {orgName([], record.orgName, language)}
        </span>
      </h1>
      <p className={`status ${record.status}`}>
        {record.state && <strong>{stateName(type, record.state, language)}</strong>}{' '}
        <em>{say(statusWord[record.status])}</em>{' '}
        <span className="quiet">
          {say('changedBy', {
            name: record.updatedByName ?? say('system'),
            when: moment(record.updatedAt, language),
          })}
        </span>
      </p>
      {record.mergedInto && (
        <p className="notice">
          <Link to={`/records/${record.mergedInto}${place}`}>{say('mergedInto')}</Link>
        </p>
      )}
      {doing === 'edit' && <RecordEditor record={record} states={record.may.states} type={type} onDone={stop} />}
      {doing === 'merge' && <Merge record={record} type={type} onDone={stop} />}
      {doing === undefined && (
        <>
          <Actions record={record} onEdit={() => setDoing('edit')} onMerge={() => setDoing('merge')} />
          <Leads record={record.id} />
          <Operations type={record.type} org={record.org} record={record} />
          <Fields record={record} type={type} />
        </>
      )}
      <EvidenceList record={record.id} files={record.evidence} mayAdd={record.may.change} />
      <Referring record={record.id} />
      <History record={record.id} type={type} />
    </>
  )
}

function Fields({ record, type }: { record: ShownRecord; type: RecordType }) {
  const language = useLanguage()
  const orgs = useOrgs()
  /** Personal values in full, until one leaves the page. */
  const [revealed, setRevealed] = useState<Readonly<Record<string, string | null>>>({})
  const fields = fieldsOf(type)
  const isMasked = fields.some(({ name, kind }) => kind === 'personal' && record.fields[name] !== undefined)
  const sections = [...new Set(fields.map(({ section }) => said(section, language)))]
  return (
    <>
      {sections.map(section => (
        <section key={section} aria-label={section || said(type.title, language)}>
          {section && <h2>{section}</h2>}
          <dl className="record">
            {fields
              .filter(field => said(field.section, language) === section)
              .map(field => {
                const value = revealed[field.name] ?? record.fields[field.name]
                return (
                  <div key={field.name} className={field.multiline || field.kind === 'rows' ? 'wide-field' : undefined}>
                    <dt>{titleOf(field, language)}</dt>
                    <dd>
                      {field.kind === 'rows' && Array.isArray(value) ? (
                        <SubRows info={field} rows={value as Record<string, unknown>[]} />
                      ) : field.kind === 'reference' && typeof value === 'string' ? (
                        <ReferenceLink record={value} type={field.of} />
                      ) : (
                        shown(field, value, language, orgs) || '—'
                      )}
                    </dd>
                  </div>
                )
              })}
          </dl>
        </section>
      ))}
      {isMasked && record.may.reveal && <Reveal record={record.id} onRevealed={setRevealed} />}
    </>
  )
}
