import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Field, Record_ } from '../../kit/declared.ts'
import { isNumber, titleOf } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import { useNarrow } from './narrow.ts'
import { useWords } from './words.ts'

// Only the rows in sight are in the page, so that a hundred thousand scroll as one does. The table is a real one: a
// reader of screens hears its headings, and how many rows there are.

/** Heights of rows in pixels: `ledger.css` has the same. */
const ROW = { wide: 36, narrow: 86 } as const
/** Rows drawn beyond those in sight. */
const MARGIN = 12
/** The next page is asked for this many rows before the end. */
const AHEAD = 80

export interface GridProps {
  readonly columns: readonly Field[]
  readonly records: readonly Record_[]
  /** How many there are with those not read yet. */
  readonly count: number | undefined
  readonly sort: string
  readonly chosen: ReadonlySet<string>
  readonly footer?: ReactNode
  readonly cell: (record: Record_, column: Field | undefined) => ReactNode
  /** What a row says where there is no room for columns. */
  readonly line: (record: Record_) => ReactNode
  readonly onSort: (field: string) => void
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  /** Enter or a double click on a cell. */
  readonly onEnter: (record: Record_, column: Field | undefined) => void
  readonly onEnd: () => void
}

/** Where the keyboard is: row, and column from 0; -1 stands before the columns, on the box that chooses the row. */
interface Place {
  readonly row: number
  readonly column: number
}

export function Grid(props: GridProps) {
  const { columns, records, count, sort, chosen, footer, cell, line, onSort, onChoose, onEnter, onEnd } = props
  const say = useWords()
  const language = useLanguage()
  const isNarrow = useNarrow()
  const height = isNarrow ? ROW.narrow : ROW.wide
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ from: 0, until: 60 })
  const [at, setAt] = useState<Place>({ row: 0, column: 0 })
  const isWithin = useRef(false)

  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = box.current ?? {}
    // In steps of some rows: most scrolling draws nothing new.
    const from = Math.max(0, Math.floor(scrollTop / height / 6) * 6 - MARGIN)
    const until = from + Math.ceil(clientHeight / height) + 2 * MARGIN + 6
    setSeen(before => (before.from === from && before.until === until ? before : { from, until }))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in sight changes with these
  useEffect(look, [height, records.length])
  useEffect(() => {
    const watch = new ResizeObserver(() => look())
    if (box.current) watch.observe(box.current)
    return () => watch.disconnect()
  })
  useEffect(() => {
    if (seen.until > records.length - AHEAD) onEnd()
  }, [seen.until, records.length, onEnd])

  const go = (to: Place) => {
    const row = Math.min(Math.max(to.row, 0), records.length - 1)
    const column = Math.min(Math.max(to.column, -1), isNarrow ? 0 : columns.length - 1)
    isWithin.current = true
    setAt({ row, column })
    const pane = box.current
    if (!pane) return
    const head = pane.querySelector('thead')?.clientHeight ?? 0
    const foot = pane.querySelector('tfoot')?.clientHeight ?? 0
    if (row * height < pane.scrollTop) pane.scrollTop = row * height
    else if ((row + 1) * height > pane.scrollTop + pane.clientHeight - head - foot)
      pane.scrollTop = (row + 1) * height - pane.clientHeight + head + foot
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row far away is drawn after it was scrolled to
  useEffect(() => {
    if (!isWithin.current) return
    const target = box.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`)
    if (!target) return
    isWithin.current = false
    ;(target.querySelector<HTMLElement>('.line, input') ?? target).focus({ preventScroll: true })
  }, [at, seen])

  function key(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 400) / height) - 3)
    const steps: Readonly<Record<string, Place>> = {
      ArrowDown: { ...at, row: at.row + 1 },
      ArrowUp: { ...at, row: at.row - 1 },
      ArrowRight: { ...at, column: at.column + 1 },
      ArrowLeft: { ...at, column: at.column - 1 },
      PageDown: { ...at, row: at.row + page },
      PageUp: { ...at, row: at.row - page },
      Home: { ...at, row: 0 },
      End: { ...at, row: records.length - 1 },
    }
    const to = steps[event.key]
    const record = records[at.row]
    if (to) go(to)
    else if (event.key === 'Enter' && record && at.column >= 0)
      onEnter(record, isNarrow ? undefined : columns[at.column])
    else if (event.key === ' ' && record) choose(record.id)
    else return
    event.preventDefault()
  }
  const choose = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }

  const from = Math.min(seen.from, records.length)
  const shown = records.slice(from, seen.until)
  const below = records.length - from - shown.length
  const width = isNarrow ? 2 : columns.length + 3
  const spacer = (rows: number) =>
    rows > 0 && (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing of it takes the focus
      <tr aria-hidden="true" className="spacer">
        <td colSpan={width} style={{ height: rows * height }} />
      </tr>
    )
  return (
    <div ref={box} className="grid-box" onScroll={look}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the APG's data grid: arrows go from cell to cell */}
      <table className="records" role="grid" aria-rowcount={(count ?? records.length) + 1} onKeyDown={key}>
        <thead>
          <tr>
            <th scope="col" className="choose">
              <input
                type="checkbox"
                aria-label={say('chooseAll', { n: records.length })}
                checked={records.length > 0 && records.every(({ id }) => chosen.has(id))}
                onChange={({ target }) => onChoose(new Set(target.checked ? records.map(({ id }) => id) : []))}
              />
            </th>
            {isNarrow ? (
              <th scope="col">{say('record')}</th>
            ) : (
              <>
                {columns.map(column => (
                  <th
                    key={column.name}
                    scope="col"
                    className={isNumber(column) ? 'number' : undefined}
                    aria-sort={
                      sort === column.name ? 'ascending' : sort === `-${column.name}` ? 'descending' : undefined
                    }
                  >
                    <button type="button" className="plain" onClick={() => onSort(column.name)}>
                      {titleOf(column, language)}
                      <span aria-hidden="true">
                        {sort === column.name ? ' ↑' : sort === `-${column.name}` ? ' ↓' : ''}
                      </span>
                    </button>
                  </th>
                ))}
                <th scope="col">{say('org')}</th>
                <th scope="col">{say('standing')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {spacer(from)}
          {shown.map((record, i) => {
            const row = from + i
            const tab = (column: number) => (at.row === row && at.column === column ? 0 : -1)
            const put = (column: number) => () => setAt({ row, column })
            return (
              <tr
                key={record.id}
                aria-rowindex={row + 2}
                aria-selected={chosen.has(record.id)}
                className={record.status === 'void' ? 'void' : undefined}
              >
                <td className="choose" data-cell={`${row}:-1`} onFocus={put(-1)}>
                  <input
                    type="checkbox"
                    tabIndex={tab(-1)}
                    aria-label={say('choose')}
                    checked={chosen.has(record.id)}
                    onChange={() => choose(record.id)}
                  />
                </td>
                {isNarrow ? (
                  <td data-cell={`${row}:0`}>{line(record)}</td>
                ) : (
                  <>
                    {columns.map((column, c) => (
                      <td
                        key={column.name}
                        data-cell={`${row}:${c}`}
                        tabIndex={tab(c)}
                        className={isNumber(column) ? 'number' : undefined}
                        onFocus={put(c)}
                        onDoubleClick={() => onEnter(record, column)}
                      >
                        {cell(record, column)}
                      </td>
                    ))}
                    {cell(record, undefined)}
                  </>
                )}
              </tr>
            )
          })}
          {spacer(below)}
        </tbody>
        {footer && !isNarrow && <tfoot>{footer}</tfoot>}
      </table>
    </div>
  )
}
