import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { address } from '../../kit/api.ts'
import type { RecordType } from '../../kit/declared.ts'
import { stateName } from '../../kit/format.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { useMay } from '../../kit/session.tsx'
import { colon, said, useLanguage } from '../../kit/words.ts'
import type { View } from './view.ts'
import { ColumnChoice, SavedViews } from './views.tsx'
import { statusWord, useWords } from './words.ts'

interface Props {
  readonly type: RecordType
  readonly view: View
  readonly search: RefObject<HTMLInputElement | null>
  readonly isOpen: boolean
  readonly onOpen: () => void
}

/** Everything about a list that is not the list. */
export function Toolbar({ type, view, search, isOpen, onOpen }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const place = usePlaceQuery()
  const enters = useMay('enter')
  const states = Object.keys(type.schema.yilu.states).filter(Boolean)
  return (
    <div className="toolbar no-print">
      <Search view={view} input={search} />
      <Choose
        label={say('status')}
        values={view.query.getAll('status')}
        options={Object.entries(statusWord).map(([key, word]) => [key, say(word)])}
        onChange={status => view.put({ status })}
      />
      {states.length > 1 && (
        <Choose
          label={say('state')}
          values={view.query.getAll('state')}
          options={states.map(state => [state, stateName(type, state, language)])}
          onChange={state => view.put({ state })}
        />
      )}
      <label className="box">
        <input
          type="checkbox"
          checked={view.everyPeriod}
          onChange={({ target }) => view.put({ all: target.checked ? '1' : '' })}
        />{' '}
        {say('allPeriods')}
      </label>
      <Button aria-expanded={isOpen} onClick={onOpen}>
        {say('filters')}
      </Button>
      <ColumnChoice type={type} view={view} />
      <SavedViews type={type} view={view} />
      <span className="push" />
      {(['xlsx', 'csv'] as const).map(format => (
        <a key={format} href={address(`/types/${type.type}/export`, { ...view.asked, format })} download>
          {say('export')} {format}
        </a>
      ))}
      {enters && (
        <>
          <a href={address(`/types/${type.type}/template`, { org })} download>
            {say('template')}
          </a>
          <Link to={`/ledger/${type.type}/import${place}`}>{say('import')}</Link>
          <Link
            className="primary-link"
            to={`/ledger/${type.type}/new${place}`}
            aria-keyshortcuts="n"
            aria-label={`${say('add')}${colon(language)}${said(type.title, language)}`}
          >
            {say('add')}
          </Link>
        </>
      )}
    </div>
  )
}

const SETTLED_MS = 250

/** Searched for once typing rests, and kept in the address. */
function Search({ view, input }: { view: View; input: RefObject<HTMLInputElement | null> }) {
  const say = useWords()
  const now = view.query.get('search') ?? ''
  const [text, setText] = useState(now)
  const asked = useRef(now)
  useEffect(() => {
    // Another view was shown: its words take the place of those typed.
    if (now !== asked.current) setText(now)
    asked.current = now
  }, [now])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed is searched for
  useEffect(() => {
    const search = text.trim()
    if (search === asked.current) return
    const timer = setTimeout(() => {
      asked.current = search
      view.put({ search })
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <Input
      ref={(field: InputRef | null) => {
        input.current = field?.input ?? null
      }}
      type="search"
      aria-label={say('search')}
      aria-keyshortcuts="/"
      placeholder={say('search')}
      style={{ width: 230 }}
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  )
}

interface ChooseProps {
  readonly label: string
  readonly values: readonly string[]
  readonly options: readonly (readonly [key: string, words: string])[]
  readonly onChange: (values: readonly string[]) => void
}

/** One of several, or all; the several that an address may name stay together as one choice. */
function Choose({ label, values, options, onChange }: ChooseProps) {
  const say = useWords()
  const several = values.map(value => options.find(([key]) => key === value)?.[1] ?? value).join('、')
  return (
    <label className="box">
      {label}{' '}
      <select value={values.join(' ')} onChange={({ target }) => onChange(target.value.split(' ').filter(Boolean))}>
        <option value="">{say('all')}</option>
        {values.length > 1 && <option value={values.join(' ')}>{several}</option>}
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
