import './ledger.css'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api } from '../../kit/api.ts'
import { type Field, fieldsOf, type Org, type Record_, type RecordType, useOrgs, useType } from '../../kit/declared.ts'
import { digits, isNumber, orgName, shown, stateName } from '../../kit/format.ts'
import { useKeys } from '../../kit/keys.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { useMay } from '../../kit/session.tsx'
import { type Language, said, useLanguage } from '../../kit/words.ts'
import { Bulk } from './bulk.tsx'
import { CellEditor, isEditable } from './cell-editor.tsx'
import { recordsChanged, useDone } from './done.tsx'
import { Filters, Narrowed } from './filters.tsx'
import { Grid } from './grid.tsx'
import { useNarrow } from './narrow.ts'
import { Operations } from './operations.tsx'
import { isSheet } from './pasted.ts'
import { useRecords } from './records.ts'
import { Toolbar } from './toolbar.tsx'
import { useView, type View } from './view.ts'
import { statusWord, useWords } from './words.ts'

export function Screen() {
  const { type: id = '' } = useParams()
  const type = useType(id)
  return type ? <Records key={id} type={type} /> : null
}

/** The records of a type at a unit and in a period: searched, narrowed, sorted, summed up, changed one or many. */
function Records({ type }: { type: RecordType }) {
  const language = useLanguage()
  const navigate = useNavigate()
  const { org } = usePlace()
  const place = usePlaceQuery()
  const enters = useMay('enter')
  const view = useView(type)
  const search = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  useKeys({ n: () => enters && navigate(`/ledger/${type.type}/new${place}`) })
  useKeys({ '/': () => search.current?.focus() }, 'first')
  usePasted(enters, text =>
    navigate(`/ledger/${type.type}/import${place}`, {
      state: { pasted: text, columns: view.columns.map(({ name }) => name) },
    }),
  )
  return (
    <>
      <h1>{said(type.title, language)}</h1>
      <Toolbar type={type} view={view} search={search} isOpen={isOpen} onOpen={() => setOpen(!isOpen)} />
      {isOpen && <Filters type={type} view={view} />}
      <Operations type={type.type} org={org} />
      <Narrowed type={type} view={view} />
      <Found type={type} view={view} />
    </>
  )
}

/** Rows of a spreadsheet pasted anywhere on the page, where nobody is typing. */
function usePasted(may: boolean, onPasted: (text: string) => void) {
  const now = useRef(onPasted)
  now.current = onPasted
  useEffect(() => {
    if (!may) return
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || !isSheet(text))
        return
      event.preventDefault()
      now.current(text)
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [may])
}

function Found({ type, view }: { type: RecordType; view: View }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const navigate = useNavigate()
  const place = usePlaceQuery()
  const enters = useMay('enter')
  const isNarrow = useNarrow()
  const { done } = useDone()
  const list = useRecords(type.type, view.asked)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<{ id: string; field: string }>()
  const { records, count, totals = {} } = list
  const more = useRef(list.more)
  more.current = list.more
  const end = useCallback(() => more.current(), [])
  const picked = useMemo(() => records?.filter(({ id }) => chosen.has(id)) ?? [], [records, chosen])

  if (list.error)
    return (
      <p className="wrong" role="alert">
        {said(list.error.problems[0], language)}
      </p>
    )
  if (!records) return <div className="grid-box" aria-busy="true" />
  if (records.length === 0 && !list.isFetching) return <p className="quiet">{say('none')}</p>

  const sort = view.query.get('sort') ?? `-${type.schema.yilu.day}`
  const open = (record: Record_) => navigate(`/records/${record.id}${place}`)
  /** A record as the server has it now, in the place of the one shown. */
  const again = async (id: string) => list.put([await api<Record_>(`/records/${id}`)])

  const cell = (record: Record_, column: Field | undefined) => {
    if (!column)
      return (
        <>
          <td>{orgName(orgs, record.org, language)}</td>
          <td>
            <Status type={type} record={record} />
          </td>
        </>
      )
    if (editing?.id === record.id && editing.field === column.name)
      return (
        <CellEditor
          field={column}
          record={record}
          onLeave={() => setEditing(undefined)}
          onSaved={saved => {
            done(say('saved'), [saved], () => void again(saved.id))
            void again(saved.id)
            void recordsChanged()
          }}
        />
      )
    const text = shown(column, record.fields[column.name], language, orgs)
    const isFirst = column === view.columns[0]
    return isFirst ? (
      <Link to={`/records/${record.id}${place}`} tabIndex={-1} title={text}>
        {text || say('open')}
      </Link>
    ) : (
      <span title={text}>{text}</span>
    )
  }
  return (
    <>
      <p className="quiet count" role="status">
        {count !== undefined && say('count', { n: count.toLocaleString('en') })}
        {list.isOvertaken && (
          <Button size="small" onClick={() => void list.renew()}>
            {say('overtaken')}
          </Button>
        )}
        {isNarrow && <Sums type={type} totals={totals} />}
      </p>
      {picked.length > 0 && (
        <Bulk type={type} records={picked} onClear={() => setChosen(new Set())} onDone={() => void list.renew()} />
      )}
      <Grid
        columns={view.columns}
        records={records}
        count={count}
        sort={sort}
        chosen={chosen}
        onChoose={setChosen}
        onSort={field => view.put({ sort: sort === field ? `-${field}` : field })}
        onEnd={end}
        onEnter={(record, column) => {
          if (column && column !== view.columns[0] && enters && record.status !== 'void' && isEditable(column))
            setEditing({ id: record.id, field: column.name })
          else open(record)
        }}
        cell={cell}
        line={record => (
          <Link className="line" to={`/records/${record.id}${place}`}>
            <span>{lineOf(type, record, language, orgs) || say('open')}</span>
            <span className="quiet">
              {record.day} · {orgName(orgs, record.org, language)} <Status type={type} record={record} />
            </span>
          </Link>
        )}
        footer={
          Object.keys(totals).length > 0 && (
            <tr>
              <th scope="row">{say('total')}</th>
              {view.columns.map(column => (
                <td key={column.name} className="number">
                  {totals[column.name] !== undefined && isNumber(column)
                    ? digits(totals[column.name], column.unit ?? 'item', language)
                    : ''}
                </td>
              ))}
              <td />
              <td />
            </tr>
          )
        }
      />
    </>
  )
}

/** What a list's columns say, in one line; the day stands beneath. */
const lineOf = (type: RecordType, record: Record_, language: Language, orgs: readonly Org[] | undefined): string =>
  fieldsOf(type)
    .filter(({ name }) => name !== type.schema.yilu.day && type.schema.yilu.columns.includes(name))
    .map(field => shown(field, record.fields[field.name], language, orgs))
    .filter(Boolean)
    .join(' · ')

/** Totals where there is no room for columns. */
function Sums({ type, totals }: { type: RecordType; totals: Readonly<Record<string, number>> }) {
  const language = useLanguage()
  const fields = type.schema.properties ?? {}
  return Object.entries(totals)
    .slice(0, 3)
    .map(([name, total]) => {
      const info = fields[name]?.yilu
      return info ? (
        <span key={name}>
          {said(info.title, language)} {digits(total, info.unit ?? 'item', language)}
        </span>
      ) : null
    })
}

/** Where a record stands: what is usual is not said. */
function Status({ type, record }: { type: RecordType; record: Record_ }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <span className={`status ${record.status}`}>
      {record.state && stateName(type, record.state, language)}{' '}
      {record.status !== 'entered' && <em>{say(statusWord[record.status])}</em>}
    </span>
  )
}
