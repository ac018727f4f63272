import { Button } from 'antd'
import { useState } from 'react'
import { said, useLanguage } from '../../kit/words.ts'
import type { Said, Sheet } from './sheet.ts'
import { useWords } from './words.ts'

interface Props {
  readonly sheet: Sheet
  readonly errors: ReadonlyMap<number, ReadonlyMap<number, Said>>
  /** What a column can be taken for: heading as the import knows it, and the words for it. */
  readonly offered: readonly { readonly field: string; readonly heading: string; readonly words: string }[]
  readonly onMap: (at: number, heading: string | undefined) => void
  readonly onCell: (row: number, column: number, value: string) => void
  readonly onRemove: (row: number) => void
}

const AT_ONCE = 100
const IGNORED = ' ignored'

/** The rows of a file under what their columns are taken for, with what is wrong at its cell, to be mended there. */
export function SheetGrid({ sheet, errors, offered, onMap, onCell, onRemove }: Props) {
  const say = useWords()
  const language = useLanguage()
  const [most, setMost] = useState(AT_ONCE)
  const [onlyBad, setOnlyBad] = useState(true)
  const isFiltered = errors.size > 0 && onlyBad
  const indexes = sheet.rows.map((_, i) => i).filter(i => !isFiltered || errors.has(i))
  return (
    <>
      {errors.size > 0 && (
        <label>
          <input type="checkbox" checked={onlyBad} onChange={({ target }) => setOnlyBad(target.checked)} />{' '}
          {say('onlyBad')}
        </label>
      )}
      <div className="scroll sheet">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('row')}</th>
              {sheet.columns.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no name but their place
                <th key={at} scope="col">
                  <span className={column.isIgnored ? 'quiet' : undefined}>{column.heading || say('unnamed')}</span>
                  {sheet.whole && (
                    <select
                      aria-label={say('takenFor', { heading: column.heading || say('unnamed') })}
                      aria-invalid={(column.field === null && !column.isIgnored) || undefined}
                      value={column.isIgnored ? IGNORED : (column.field ?? '')}
                      onChange={({ target }) => onMap(at, offered.find(({ field }) => field === target.value)?.heading)}
                    >
                      <option value="" disabled>
                        {say('choose')}
                      </option>
                      {offered.map(({ field, words }) => (
                        <option key={field} value={field}>
                          {words}
                        </option>
                      ))}
                      <option value={IGNORED}>{say('leaveOut')}</option>
                    </select>
                  )}
                  {column.problem && !column.isIgnored && (
                    <span className="wrong">{said(column.problem, language)}</span>
                  )}
                </th>
              ))}
              {sheet.whole && <td />}
            </tr>
          </thead>
          <tbody>
            {indexes.slice(0, most).map(i => (
              <Row
                key={sheet.numbers[i]}
                number={sheet.numbers[i]!}
                cells={sheet.rows[i]!}
                headings={sheet.columns.map(({ heading }) => heading)}
                errors={errors.get(i)}
                isFixed={!sheet.whole}
                onCell={(column, value) => onCell(i, column, value)}
                onRemove={() => onRemove(i)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {indexes.length > most && (
        <Button onClick={() => setMost(most + AT_ONCE)}>{say('more', { n: indexes.length - most })}</Button>
      )}
    </>
  )
}

interface RowProps {
  readonly number: number
  readonly cells: readonly string[]
  readonly headings: readonly string[]
  readonly errors: ReadonlyMap<number, Said> | undefined
  readonly isFixed: boolean
  readonly onCell: (column: number, value: string) => void
  readonly onRemove: () => void
}

function Row({ number, cells, headings, errors, isFixed, onCell, onRemove }: RowProps) {
  const say = useWords()
  const language = useLanguage()
  const whole = errors?.get(-1)
  return (
    <tr>
      <th scope="row" className="number">
        {number}
        {whole && <span className="wrong">{said(whole, language)}</span>}
      </th>
      {cells.map((cell, at) => {
        const wrong = errors?.get(at)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no name but their place
          <td key={at}>
            {isFixed ? (
              cell
            ) : (
              <input
                className="words"
                aria-label={`${headings[at]} ${say('rowNumber', { n: number })}`}
                aria-invalid={wrong !== undefined || undefined}
                value={cell}
                onChange={({ target }) => onCell(at, target.value)}
              />
            )}
            {wrong && (
              <span className="wrong" title={said(wrong, language)}>
                {said(wrong, language)}
              </span>
            )}
          </td>
        )
      })}
      {!isFixed && (
        <td>
          <button type="button" className="plain" aria-label={say('removeRow', { n: number })} onClick={onRemove}>
            ×
          </button>
        </td>
      )}
    </tr>
  )
}
