import { Button, Checkbox, Popover } from 'antd'
import { type FormEvent, useState } from 'react'
import { fieldsOf, type RecordType } from '../../kit/declared.ts'
import { titleOf } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import { keepViews, savedViews, type View } from './view.ts'
import { useWords } from './words.ts'

/** Which columns the list has. */
export function ColumnChoice({ type, view }: { type: RecordType; view: View }) {
  const say = useWords()
  const language = useLanguage()
  const fields = fieldsOf(type).filter(({ kind }) => kind !== 'rows' && kind !== 'attachment')
  const chosen = view.columns.map(({ name }) => name)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="choices">
          {fields.map(field => (
            <Checkbox
              key={field.name}
              checked={chosen.includes(field.name)}
              // A list without columns says nothing.
              disabled={chosen.length === 1 && chosen[0] === field.name}
              onChange={({ target }) =>
                view.put({
                  columns: fields
                    .filter(({ name }) => (name === field.name ? target.checked : chosen.includes(name)))
                    .map(({ name }) => name)
                    .join(','),
                })
              }
            >
              {titleOf(field, language)}
            </Checkbox>
          ))}
        </div>
      }
    >
      <Button>{say('columns')}</Button>
    </Popover>
  )
}

/** Views that were given names, on this device. */
export function SavedViews({ type, view }: { type: RecordType; view: View }) {
  const say = useWords()
  const [views, setViews] = useState(() => savedViews(type.type))
  const [name, setName] = useState('')
  const keep = (next: typeof views) => {
    keepViews(type.type, next)
    setViews(next)
  }
  function save(event: FormEvent) {
    event.preventDefault()
    const called = name.trim()
    if (called === '') return
    keep([...views.filter(one => one.name !== called), { name: called, text: view.text }])
    setName('')
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="choices">
          {views.length === 0 && <span className="quiet">{say('noViews')}</span>}
          {views.map(one => (
            <span key={one.name} className="view">
              <button
                type="button"
                className="plain"
                aria-current={one.text === view.text || undefined}
                onClick={() => view.show(one.text)}
              >
                {one.name}
              </button>
              <button
                type="button"
                className="plain quiet"
                aria-label={`${say('forgetView')} ${one.name}`}
                onClick={() => keep(views.filter(other => other !== one))}
              >
                ×
              </button>
            </span>
          ))}
          <form onSubmit={save}>
            <input
              className="words"
              aria-label={say('viewName')}
              placeholder={say('viewName')}
              maxLength={40}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
            <Button htmlType="submit">{say('keepView')}</Button>
          </form>
        </div>
      }
    >
      <Button>{say('views')}</Button>
    </Popover>
  )
}
