import { Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { address } from '../../kit/api.ts'
import { fieldsOf, type Record_, useOrgs, useType } from '../../kit/declared.ts'
import { digits, isNumber, orgName, shown, stateName, titleOf } from '../../kit/format.ts'
import { useKeys } from '../../kit/keys.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { statusWord, useWords } from './words.ts'

interface Found {
  readonly records: readonly Record_[]
  readonly next?: string
  readonly count?: number
  readonly totals?: Readonly<Record<string, number>>
}
type Asked = Readonly<Record<string, string | readonly string[] | boolean | number | undefined>>

/** The records of a type at a unit and in a period: searched, narrowed, sorted, summed up, given out as a file. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const navigate = useNavigate()
  const { type: id = '' } = useParams()
  const type = useType(id)
  const { org, period } = usePlace()
  const place = usePlaceQuery()
  const enters = useMay('enter')
  const [query, setQuery] = useSearchParams()
  const [text, setText] = useState(query.get('search') ?? '')
  const search = useDeferredValue(text.trim())
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined])
  useKeys({ n: () => enters && navigate(`/ledger/${id}/new${place}`) })
  if (!type) return null
  const put = (name: string, value: string) => {
    setPages([undefined])
    setQuery(now => {
      const next = new URLSearchParams(now)
      next.delete(name)
      if (value) next.set(name, value)
      return next
    })
  }
  const every = query.get('all') === '1'
  const asked: Asked = {
    org,
    period: every ? undefined : period,
    search: search || undefined,
    status: query.getAll('status'),
    state: query.getAll('state'),
    sort: query.get('sort') ?? undefined,
  }
  const states = Object.keys(type.schema.yilu.states).filter(Boolean)
  return (
    <>
      <h1>{said(type.title, language)}</h1>
      <div className="toolbar no-print">
        <Input
          type="search"
          aria-label={say('search')}
          placeholder={say('search')}
          style={{ width: 230 }}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setPages([undefined])
          }}
        />
        <Choose
          label={say('status')}
          value={query.get('status') ?? ''}
          options={Object.entries(statusWord).map(([key, word]) => [key, say(word)])}
          onChange={value => put('status', value)}
        />
        {states.length > 1 && (
          <Choose
            label={say('state')}
            value={query.get('state') ?? ''}
            options={states.map(state => [state, stateName(type, state, language)])}
            onChange={value => put('state', value)}
          />
        )}
        <label>
          <input type="checkbox" checked={every} onChange={({ target }) => put('all', target.checked ? '1' : '')} />{' '}
          {say('allPeriods')}
        </label>
        {enters && (
          <Link className="primary-link" to={`/ledger/${id}/new${place}`}>
            {say('add')}
          </Link>
        )}
        {enters && <a href={`/types/${id}/import?org=${encodeURIComponent(org)}`}>{say('import')}</a>}
        {(['xlsx', 'csv'] as const).map(format => (
          <a key={format} href={address(`/types/${id}/export`, { ...asked, format })}>
            {say('export')} {format}
          </a>
        ))}
      </div>
      <Rows
        typeId={id}
        asked={asked}
        pages={pages}
        onMore={next => setPages([...pages, next])}
        onSort={sort => put('sort', sort)}
      />
    </>
  )
}

interface ChooseProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [key: string, words: string])[]
  readonly onChange: (value: string) => void
}

function Choose({ label, value, options, onChange }: ChooseProps) {
  const say = useWords()
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{say('all')}</option>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

interface RowsProps {
  readonly typeId: string
  readonly asked: Asked
  readonly pages: readonly (string | undefined)[]
  readonly onMore: (next: string) => void
  readonly onSort: (sort: string) => void
}

function Rows({ typeId, asked, pages, onMore, onSort }: RowsProps) {
  const say = useWords()
  const language = useLanguage()
  const type = useType(typeId)!
  const first = useApi<Found>(`/types/${typeId}/records`, { ...asked, limit: 50, totals: true })
  if (first.error) return <p className="wrong">{said(first.error.problems[0], language)}</p>
  if (!first.data) return <p className="quiet">…</p>
  const { count = 0, totals = {} } = first.data
  if (count === 0) return <p className="quiet">{say('none')}</p>
  const columns = fieldsOf(type).filter(({ name }) => type.schema.yilu.columns.includes(name))
  return (
    <>
      <p className="quiet">{say('count', { n: count.toLocaleString('en') })}</p>
      <div className="scroll">
        <table className="figures records">
          <thead>
            <tr>
              {columns.map(column => (
                <th key={column.name} scope="col" className={isNumber(column) ? 'number' : undefined}>
                  <button
                    type="button"
                    className="plain"
                    onClick={() => onSort(asked.sort === column.name ? `-${column.name}` : column.name)}
                  >
                    {titleOf(column, language)}
                    {asked.sort === column.name ? ' ↑' : asked.sort === `-${column.name}` ? ' ↓' : ''}
                  </button>
                </th>
              ))}
              <th scope="col">{say('org')}</th>
              <th scope="col">{say('status')}</th>
            </tr>
          </thead>
          {pages.map((after, i) => (
            <Page
              key={after ?? 'first'}
              typeId={typeId}
              asked={{ ...asked, limit: 50, ...(after === undefined ? { totals: true } : { after }) }}
              onMore={i === pages.length - 1 ? onMore : undefined}
            />
          ))}
          {Object.keys(totals).length > 0 && (
            <tfoot>
              <tr>
                {columns.map((column, i) => (
                  <td key={column.name} className={isNumber(column) ? 'number' : undefined}>
                    {i === 0 ? say('total') : ''}
                    {totals[column.name] === undefined
                      ? ''
                      : digits(totals[column.name], column.unit ?? 'item', language)}
                  </td>
                ))}
                <td colSpan={2} />
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  )
}

function Page({ typeId, asked, onMore }: { typeId: string; asked: Asked; onMore?: (next: string) => void }) {
  const say = useWords()
  const language = useLanguage()
  const place = usePlaceQuery()
  const type = useType(typeId)!
  const orgs = useOrgs()
  const { data } = useApi<Found>(`/types/${typeId}/records`, asked)
  const columns = fieldsOf(type).filter(({ name }) => type.schema.yilu.columns.includes(name))
  return (
    <tbody>
      {data?.records.map(record => (
        <tr key={record.id}>
          {columns.map((column, i) => {
            const value = shown(column, record.fields[column.name], language, orgs)
            return (
              <td key={column.name} className={isNumber(column) ? 'number' : undefined}>
                {i === 0 ? <Link to={`/records/${record.id}${place}`}>{value || say('open')}</Link> : value}
              </td>
            )
          })}
          <td>{orgName(orgs, record.org, language)}</td>
          <td>
            {say(statusWord[record.status])} {record.state && stateName(type, record.state, language)}
          </td>
        </tr>
      ))}
      {data?.next && onMore && (
        <tr>
          <td colSpan={columns.length + 2}>
            <Button onClick={() => onMore(data.next!)}>{say('more')}</Button>
          </td>
        </tr>
      )}
    </tbody>
  )
}
