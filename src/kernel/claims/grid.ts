import { type Cell, cellAt, type Paragraph } from './layout.ts'
import type { Quantity } from './quantity-found.ts'
import { readUnit } from './units.ts'

/** Rows of cells that stand under each other. */
export interface Grid {
  readonly header: readonly string[]
  readonly rows: readonly GridRow[]
  /** The unit named once for all (单位:万元), '' when none is. */
  readonly unit: string
  /** The column that holds each row's unit, -1 when there is none. */
  readonly unitColumn: number
}

export interface GridRow {
  readonly paragraph: Paragraph
  readonly cells: readonly Cell[]
  readonly name: string
}

export interface GridPlace {
  readonly grid: Grid
  readonly row: number
  readonly column: number
}

/** The tables of the text: runs of at least two rows with as many cells. */
export function findGrids(text: string, paragraphs: readonly Paragraph[]): Grid[] {
  const grids: Grid[] = []
  let run: Paragraph[] = []
  const close = () => {
    if (run.length >= 2) grids.push(toGrid(text, run, paragraphs))
    run = []
  }
  for (const paragraph of paragraphs) {
    if (!paragraph.cells) close()
    else {
      if (run.length > 0 && run[0]!.cells!.length !== paragraph.cells.length) close()
      run.push(paragraph)
    }
  }
  close()
  return grids
}

function toGrid(text: string, run: readonly Paragraph[], paragraphs: readonly Paragraph[]): Grid {
  const cellText = (cell: Cell) => text.slice(cell.start, cell.end)
  const isRule = (row: Paragraph) => row.cells!.every(cell => /^:?-+:?$/.test(cellText(cell).slice(0, 40)))
  const rows = run.filter(row => !isRule(row))
  const first = rows[0]!
  const numeric = first.cells!.filter(cell => /^-?[\d.,]{1,24}[%‰]?$/.test(cellText(cell).slice(0, 30))).length
  const hasHeader = numeric * 3 < first.cells!.length || rows.length === 1
  const before = paragraphs[run[0]!.index - 1]
  const said = before
    ? /单位[::]\s?([^\s)。]{1,8})/.exec(text.slice(before.start, Math.min(before.end, before.start + 80)))
    : null
  const header = hasHeader ? first.cells!.map(cellText) : []
  return {
    header,
    unitColumn: header.findIndex(title => title === '单位' || title === '计量单位'),
    rows: rows
      .slice(hasHeader ? 1 : 0)
      .map(row => ({ paragraph: row, cells: row.cells!, name: cellText(row.cells![0]!) })),
    unit: said?.[1] ?? '',
  }
}

/** Where in which table each paragraph's cells stand, by paragraph. */
export function placesOf(grids: readonly Grid[]): ReadonlyMap<number, { grid: Grid; row: number }> {
  const places = new Map<number, { grid: Grid; row: number }>()
  for (const grid of grids)
    for (const [index, row] of grid.rows.entries()) places.set(row.paragraph.index, { grid, row: index })
  return places
}

export function columnOf({ cells }: GridRow, start: number): number {
  return cellAt(cells, start)
}

/** A bare number in a cell takes the unit of its column, its row or its table. */
export function withGridUnit(text: string, quantity: Quantity, { grid, row, column }: GridPlace): Quantity {
  if (quantity.unit !== '' && quantity.base !== '') return quantity
  const written =
    bracketed(grid.header[column] ?? '') || unitCell(text, grid, row) || bracketed(grid.rows[row]!.name) || grid.unit
  if (written === '') return quantity
  const scaleText = /^[百千]?[万亿]/.exec(written)?.[0] ?? ''
  const unit = readUnit(written, scaleText.length)
  if (!unit) return quantity
  const factor = SCALES[scaleText]! * unit.factor * (quantity.factor || 1)
  return {
    ...quantity,
    unit: written.slice(0, unit.end),
    base: unit.base,
    kind: unit.kind,
    factor,
    step: (quantity.step / quantity.factor) * factor,
    confidence: 0.9,
  }
}

const SCALES: Readonly<Record<string, number>> = {
  '': 1,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  百亿: 1e10,
  千亿: 1e11,
}

const bracketed = (title: string): string => /[(/]([^()/]{1,8})\)?$/.exec(title.slice(-12))?.[1] ?? ''

function unitCell(text: string, grid: Grid, row: number): string {
  const cell = grid.rows[row]!.cells[grid.unitColumn]
  return cell ? text.slice(cell.start, Math.min(cell.end, cell.start + 8)) : ''
}

/** `乡镇 + 培训人数(人)`: what a cell counts. */
export function gridNoun({ grid, row, column }: GridPlace): string {
  const title = (grid.header[column] ?? '').replace(/[(/][^()/]*\)?$/, '')
  const name = grid.rows[row]!.name.replace(/[(/][^()/]*\)?$/, '')
  const isPlain =
    title === '' ||
    /^(?:数量|数值|指标值|本年|本期|合计|绝对数|绝对值|完成数|本年数|今年|数据|全年|当年|增长|增幅|增速|占比|比重|比例|构成|同比|比上年.{0,4}|完成率|上年|去年|上年同期|去年同期|计划数|实际|.{0,4}\d{4}年.{0,4})$/.test(
      title,
    )
  return isPlain ? name : title
}

/** The year that heads the column of a cell, null when none does. */
export function gridYear({ grid, column }: GridPlace): number | null {
  const found = /(?:19|20)\d\d/.exec(grid.header[column] ?? '')
  return found ? Number(found[0]) : null
}
