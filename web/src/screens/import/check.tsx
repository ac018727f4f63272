import { Button } from 'antd'
import { type FormEvent, useMemo, useState } from 'react'
import { api } from '../../kit/api.ts'
import { fieldsOf, type RecordType } from '../../kit/declared.ts'
import { titleOf } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { type Importing, type Job, placed, type RowError } from './run.ts'
import { fileOf, isComplete, mapped, type Sheet, withCell, withColumn, withoutRow } from './sheet.ts'
import { SheetGrid } from './sheet-grid.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly type: RecordType
  readonly sheet: Sheet
  readonly errors: readonly RowError[]
  /** How many rows were refused at the last try. */
  readonly rejected: number
  /** The import under way. */
  readonly job: Job | undefined
  readonly onSheet: (sheet: Sheet) => void
  /** Has the server look at it again: its columns are called otherwise now. */
  readonly onLook: (file: File) => void
  readonly onLoad: (more: Omit<Importing, 'type' | 'org'>) => void
  readonly onAnother: () => void
}

/** What the file holds and what is wrong with it, to be mended and loaded. */
export function Check({ type, sheet, errors, rejected, job, onSheet, onLook, onLoad, onAnother }: Props) {
  const say = useWords()
  const language = useLanguage()
  const [allowSimilar, setAllowSimilar] = useState(false)
  const offered = useMemo(
    () => [
      ...fieldsOf(type)
        .filter(({ computed }) => !computed)
        .map(field => ({ field: field.name, heading: titleOf(field, 'zh'), words: titleOf(field, language) })),
      { field: 'org', heading: '单位', words: say('org') },
      { field: 'state', heading: '状态', words: say('state') },
      ...sheet.columns
        .filter(({ field }) => field !== null && !fieldsOf(type).some(one => !one.computed && one.name === field))
        .filter(({ field }) => field !== 'org' && field !== 'state')
        .map(({ field, heading }) => ({ field: field!, heading, words: heading })),
    ],
    [type, sheet.columns, language, say],
  )
  const places = useMemo(() => placed(sheet, errors), [sheet, errors])
  const looksAlike = errors.some(({ code }) => code === 'record/similar')
  const load = (partial: boolean) =>
    onLoad({ ...(partial ? { partial } : {}), ...(allowSimilar ? { allowSimilar } : {}) })
  const relook = (changed: Sheet) => {
    onSheet(changed)
    onLook(fileOf(changed))
  }
  return (
    <>
      <p className="quiet">
        {sheet.file.name} ·{' '}
        {sheet.whole ? say('rows', { n: sheet.rows.length }) : say('first', { n: sheet.rows.length })}
      </p>
      {!isComplete(sheet) && !sheet.whole && sheet.columns.length > 0 && <p className="notice">{say('cannotMap')}</p>}
      {sheet.missing.map(problem => (
        <Missing
          key={problem.field}
          words={said(problem, language)}
          isAddable={sheet.whole}
          onAdd={value => {
            const heading = offered.find(({ field }) => field === problem.field)?.heading
            if (heading) relook(withColumn(sheet, heading, value))
          }}
        />
      ))}
      {rejected > 0 && (
        <p className="notice" role="alert">
          {say(sheet.whole ? 'wrong' : 'wrongLarge', { bad: rejected })}
        </p>
      )}
      {job ? (
        <Progress job={job} />
      ) : (
        <div className="toolbar">
          <Button type="primary" disabled={sheet.columns.length > 0 && !isComplete(sheet)} onClick={() => load(false)}>
            {rejected > 0 ? say('again') : sheet.whole ? say('load', { n: sheet.rows.length }) : say('loadAll')}
          </Button>
          {rejected > 0 && <Button onClick={() => load(true)}>{say('onlyGood')}</Button>}
          {looksAlike && (
            <label>
              <input
                type="checkbox"
                checked={allowSimilar}
                onChange={({ target }) => setAllowSimilar(target.checked)}
              />{' '}
              {say('allowSimilar')}
            </label>
          )}
          <Button type="text" onClick={onAnother}>
            {say('another')}
          </Button>
        </div>
      )}
      {!sheet.whole && errors.length > 0 && <Errors errors={errors} />}
      {sheet.columns.length > 0 && (
        <SheetGrid
          sheet={sheet}
          errors={places}
          offered={offered}
          onMap={(at, heading) =>
            heading === undefined ? onSheet(mapped(sheet, at, heading)) : relook(mapped(sheet, at, heading))
          }
          onCell={(row, column, value) => onSheet(withCell(sheet, row, column, value))}
          onRemove={row => onSheet(withoutRow(sheet, row))}
        />
      )}
    </>
  )
}

function Missing({ words, isAddable, onAdd }: { words: string; isAddable: boolean; onAdd: (value: string) => void }) {
  const say = useWords()
  const [value, setValue] = useState('')
  function add(event: FormEvent) {
    event.preventDefault()
    onAdd(value)
  }
  return (
    <form className="reason notice" onSubmit={add}>
      <span className="wrong">{words}</span>
      {isAddable && (
        <>
          <label>
            {say('addColumn')}{' '}
            <input className="words" value={value} onChange={({ target }) => setValue(target.value)} />
          </label>
          <Button htmlType="submit">{say('add')}</Button>
        </>
      )}
    </form>
  )
}

function Progress({ job: { id, progress } }: { job: Job }) {
  const say = useWords()
  const { done, total } = progress
  return (
    <div className="toolbar" role="status">
      <progress
        className="import-progress"
        aria-label={say('title')}
        max={total ?? undefined}
        value={total === null ? undefined : done}
      />
      <span>{total === null ? say('loading', { done }) : say('loadingOf', { done, total })}</span>
      <Button onClick={() => void api(`/jobs/${id}`, { method: 'DELETE' })}>{say('cancel')}</Button>
    </div>
  )
}

/** What is wrong with rows that are not shown here. */
function Errors({ errors }: { errors: readonly RowError[] }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <div className="scroll sheet">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('place')}</th>
            <th scope="col">{say('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ row, column, code, message, sheet }) => (
            <tr key={`${sheet} ${row} ${column} ${code}`}>
              <th scope="row">
                {sheet} {say('rowNumber', { n: row })} {column}
              </th>
              <td>{said(message, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
