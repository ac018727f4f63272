import { Select } from 'antd'
import { useId } from 'react'
import { type Field, type RecordType, useOrgs } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { isNumber, orgName, shown, titleOf } from '../../kit/format.ts'
import { colon, said, useLanguage } from '../../kit/words.ts'
import { filterable, filterName, type View } from './view.ts'
import { useWords } from './words.ts'

const isRange = (field: Field): boolean => isNumber(field) || field.kind === 'day' || field.kind === 'instant'

/** What a type's list can be narrowed by, each field as its kind is: choices, ranges, words. */
export function Filters({ type, view }: { type: RecordType; view: View }) {
  const language = useLanguage()
  return (
    <div className="filters">
      {filterable(type).map(field => (
        <fieldset key={field.name}>
          <legend>{titleOf(field, language)}</legend>
          {isRange(field) ? <Between field={field} view={view} /> : <Among field={field} view={view} />}
        </fieldset>
      ))}
    </div>
  )
}

function Between({ field, view }: { field: Field; view: View }) {
  const say = useWords()
  const language = useLanguage()
  return (['min', 'max'] as const).map(end => {
    const name = filterName(field.name, end)
    const text = view.query.get(name)
    return (
      <FieldInput
        key={end}
        // A range may end on a day to come, and holds both of its ends.
        info={{ ...field, future: true }}
        label={`${titleOf(field, language)} ${say(end)}`}
        placeholder={say(end)}
        value={text === null ? undefined : isNumber(field) ? Number(text) : text}
        onChange={value => view.put({ [name]: value === undefined ? '' : String(value) })}
      />
    )
  })
}

function Among({ field, view }: { field: Field; view: View }) {
  const say = useWords()
  const language = useLanguage()
  const name = filterName(field.name)
  const values = view.query.getAll(name)
  const label = titleOf(field, language)
  if (field.kind === 'choice' || field.kind === 'choices' || field.kind === 'boolean') {
    const choices =
      field.kind === 'boolean'
        ? { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } }
        : (field.choices ?? {})
    return (
      <Select
        mode="multiple"
        aria-label={label}
        allowClear
        maxTagCount="responsive"
        placeholder={say('all')}
        style={{ width: '100%' }}
        showSearch={{ optionFilterProp: 'label' }}
        value={values}
        options={Object.entries(choices).map(([value, words]) => ({ value, label: said(words, language) }))}
        onChange={chosen => view.put({ [name]: chosen })}
      />
    )
  }
  if (field.kind === 'org' || field.kind === 'reference')
    return (
      <FieldInput
        info={field}
        label={label}
        value={values[0]}
        org={view.query.get('org') ?? undefined}
        onChange={value => view.put({ [name]: value === undefined ? '' : String(value) })}
      />
    )
  return <Words label={label} value={values[0] ?? ''} onChange={value => view.put({ [name]: value })} />
}

function Words({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const say = useWords()
  const id = useId()
  return (
    <input
      key={value}
      id={id}
      type="search"
      className="words"
      aria-label={label}
      placeholder={say('contains')}
      defaultValue={value}
      onBlur={({ target }) => target.value.trim() !== value && onChange(target.value.trim())}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && onChange(currentTarget.value.trim())}
    />
  )
}

/** What the list is narrowed by, each to be taken off with one click. */
export function Narrowed({ type, view }: { type: RecordType; view: View }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const chips = filterable(type).flatMap(field => {
    const title = said(field.title, language)
    const words = (value: string) =>
      value === ''
        ? '—'
        : shown(field, isNumber(field) ? Number(value) : value === 'true' ? true : value, language, orgs)
    if (!isRange(field)) {
      const values = view.query.getAll(filterName(field.name))
      const told = values.map(value => (field.kind === 'org' ? orgName(orgs, value, language) : words(value)))
      return values.length === 0
        ? []
        : [
            {
              names: [filterName(field.name)],
              text: `${title}${colon(language)}${told.join(language === 'zh' ? '、' : ', ')}`,
            },
          ]
    }
    const names = [filterName(field.name, 'min'), filterName(field.name, 'max')]
    const [min, max] = names.map(name => view.query.get(name))
    if (min === null && max === null) return []
    return [{ names, text: `${title}${colon(language)}${min ? words(min) : ''} – ${max ? words(max) : ''}` }]
  })
  if (chips.length === 0) return null
  return (
    <ul className="chips">
      {chips.map(({ names, text }) => (
        <li key={names[0]}>
          <button
            type="button"
            aria-label={`${say('takeOff')} ${text}`}
            onClick={() => view.put(Object.fromEntries(names.map(name => [name, ''])))}
          >
            {text} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="plain"
          onClick={() => view.put(Object.fromEntries(chips.flatMap(({ names }) => names.map(name => [name, '']))))}
        >
          {say('takeOffAll')}
        </button>
      </li>
    </ul>
  )
}
