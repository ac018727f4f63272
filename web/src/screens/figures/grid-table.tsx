import { useState } from 'react'
import { changeText } from '../../kit/change.ts'
import { digits, unitOfColumn } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import type { Cell, Column, Grid, Row } from './grids.ts'
import { useWords } from './words.ts'

interface Props {
  readonly grid: Grid
  readonly caption: string
  readonly onExplain: (address: string) => void
}

interface Order {
  readonly column: number
  readonly falling: boolean
}

/** The figures as they are. Every number opens to where it comes from; a column sorts when its head is pressed. */
export function GridTable({ grid, caption, onExplain }: Props) {
  const say = useWords()
  const language = useLanguage()
  const [order, setOrder] = useState<Order>()
  const rows = order ? sorted(grid.rows, order) : grid.rows
  const turn = (column: number) =>
    setOrder(now =>
      now?.column !== column ? { column, falling: true } : now.falling ? { column, falling: false } : undefined,
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section className="grid-scroll" tabIndex={0} aria-label={caption}>
      <table className="figures grid">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{grid.head}</th>
            {grid.columns.map((column, i) => (
              <th
                key={column.key}
                scope="col"
                className="number"
                aria-sort={order?.column === i ? (order.falling ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className="plain" title={say('sortBy')} onClick={() => turn(i)}>
                  {column.title}
                  {order?.column === i && <span aria-hidden="true">{order.falling ? ' ↓' : ' ↑'}</span>}
                </button>
                {column.part !== 'change' && column.unit && (
                  <span className="unit quiet">{unitOfColumn(column.unit, language)}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row">
                {row.title} {row.unit && <span className="unit quiet">{unitOfColumn(row.unit, language)}</span>}
              </th>
              {row.cells.map((cell, i) => {
                const column = grid.columns[i]!
                return (
                  <td key={column.key} className="number">
                    <Value
                      cell={cell}
                      column={column}
                      unit={row.unit ?? column.unit}
                      name={`${row.title} ${column.title}`}
                      onExplain={onExplain}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface ValueProps {
  readonly cell: Cell
  readonly column: Column
  readonly unit: string
  readonly name: string
  readonly onExplain: (address: string) => void
}

function Value({ cell, column, unit, name, onExplain }: ValueProps) {
  const say = useWords()
  const language = useLanguage()
  const { address, value } = cell
  if (column.part === 'change') return <span className="quiet">{changeText(value, unit, language)}</span>
  const text = digits(value, unit, language)
  if (!address) return text
  return (
    <button
      type="button"
      className="plain figure"
      data-figure={address}
      aria-label={say('explain', { name, value: text })}
      onClick={() => onExplain(address)}
    >
      {text}
    </button>
  )
}

function sorted(rows: readonly Row[], { column, falling }: Order): readonly Row[] {
  // What is no figure stands last, whichever way.
  const worth = (row: Row) => row.cells[column]?.value ?? null
  return [...rows].sort((a, b) => {
    const [x, y] = [worth(a), worth(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return falling ? y - x : x - y
  })
}
