import { useState } from 'react'
import { parsePeriod } from '../../../../src/kernel/period/period.ts'
import type { Indicator } from '../../kit/declared.ts'
import { IndicatorPicker } from './indicator-picker.tsx'
import { useNames } from './names.ts'
import { FORMS, type View } from './view.ts'
import { useWords } from './words.ts'

interface Props {
  readonly view: View
  readonly chosen: readonly Indicator[]
  readonly set: (change: Partial<View>) => void
}

/** What is asked, how it is broken down, narrowed and compared, and in which form it stands. */
export function Controls({ view, chosen, set }: Props) {
  const say = useWords()
  const names = useNames()
  const dimensions = [...new Set(chosen.flatMap(one => one.dimensions))]
  const having = (name: string) => chosen.find(one => one.dimensions.includes(name))
  const fixed = view.as === 'heat' || view.as === 'map'
  return (
    <div className="controls no-print">
      <IndicatorPicker chosen={view.indicators} onChoose={indicators => set({ indicators })} />
      <label>
        {say('by')}
        <select
          value={view.as === 'map' ? 'org' : (view.by ?? '')}
          disabled={view.as === 'map'}
          onChange={({ target }) => set({ by: target.value })}
        >
          {!fixed && view.as !== 'line' && view.as !== 'bar' && <option value="">{say('total')}</option>}
          {view.as !== 'heat' && <option value="month">{say('month')}</option>}
          <option value="org">{say('org')}</option>
          {dimensions.map(name => (
            <option key={name} value={name}>
              {names.dimension(having(name), name)}
            </option>
          ))}
        </select>
      </label>
      {dimensions.map(name => (
        <Narrowing key={name} name={name} indicator={having(name)} view={view} set={set} />
      ))}
      {!fixed && <Comparison view={view} set={set} />}
      <fieldset className="forms">
        <legend className="visually-hidden">{say('form')}</legend>
        {FORMS.map(form => (
          <label key={form} className={view.as === form ? 'on' : ''}>
            <input
              type="radio"
              name="form"
              className="visually-hidden"
              checked={view.as === form}
              onChange={() => set({ as: form })}
            />
            {say(form)}
          </label>
        ))}
      </fieldset>
    </div>
  )
}

interface NarrowingProps {
  readonly name: string
  readonly indicator: Indicator | undefined
  readonly view: View
  readonly set: Props['set']
}

/** One dimension held to one value; only where the declaration names the values. */
function Narrowing({ name, indicator, view, set }: NarrowingProps) {
  const say = useWords()
  const names = useNames()
  const values = names.values(indicator, name)
  const held = view.where[name]
  if (values.length === 0 && held === undefined) return null
  const offered = held === undefined || values.includes(held) ? values : [...values, held]
  return (
    <label>
      {names.dimension(indicator, name)}
      <select
        value={held ?? ''}
        onChange={({ target }) => {
          const { [name]: _, ...others } = view.where
          set({ where: target.value === '' ? others : { ...others, [name]: target.value } })
        }}
      >
        <option value="">{say('everything')}</option>
        {offered.map(value => (
          <option key={value} value={value}>
            {names.key(indicator, name, value)}
          </option>
        ))}
      </select>
    </label>
  )
}

const KNOWN = ['last-year', 'previous'] as const

function Comparison({ view, set }: Pick<Props, 'view' | 'set'>) {
  const say = useWords()
  const { compare } = view
  const other = compare !== undefined && !KNOWN.some(known => known === compare)
  const [writing, setWriting] = useState(false)
  const [text, setText] = useState(other ? compare : '')
  const bad = text.trim() !== '' && !parsePeriod(text).ok
  return (
    <>
      <label>
        {say('compare')}
        <select
          value={writing || other ? 'other' : (compare ?? '')}
          onChange={({ target }) => {
            setWriting(target.value === 'other')
            if (target.value !== 'other') set({ compare: target.value || undefined })
          }}
        >
          <option value="">{say('noCompare')}</option>
          <option value="last-year">{say('lastYear')}</option>
          <option value="previous">{say('previous')}</option>
          <option value="other">{say('otherPeriod')}</option>
        </select>
      </label>
      {(writing || other) && (
        <label>
          <span className="visually-hidden">{say('otherPeriod')}</span>
          <input
            value={text}
            size={12}
            placeholder="2023-H1"
            title={say('otherHelp')}
            aria-invalid={bad}
            onChange={({ target }) => {
              setText(target.value)
              if (parsePeriod(target.value).ok) set({ compare: target.value.trim() })
            }}
          />
          {bad && <span className="wrong">{say('badPeriod')}</span>}
        </label>
      )}
    </>
  )
}
