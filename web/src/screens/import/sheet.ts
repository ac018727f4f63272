import { api } from '../../kit/api.ts'
import { cellsOf, csvOf } from '../ledger/pasted.ts'

export interface Said {
  readonly zh: string
  readonly en: string
}

/** What the server takes the columns of a file for, and its rows as they stand there. */
interface Look {
  readonly columns: readonly { heading: string; field: string | null; problem: Said | null }[]
  readonly missing: readonly (Said & { readonly field?: string })[]
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
  readonly whole: boolean
}

export interface Column {
  readonly heading: string
  /** Null: not taken for any, as yet. */
  readonly field: string | null
  readonly problem: Said | null
  /** Left out on purpose. */
  readonly isIgnored: boolean
}

/** Rows about to be imported. */
export interface Sheet {
  readonly file: File
  readonly columns: readonly Column[]
  readonly missing: Look['missing']
  readonly rows: readonly (readonly string[])[]
  /** Of each row, the number it has in the file. */
  readonly numbers: readonly number[]
  /** Whether the rows are all of the file, so that it can be written anew from them. */
  readonly whole: boolean
  /** Whether something differs from the file. */
  readonly isChanged: boolean
}

/** Asks the server what it sees in a file. @throws Refused */
export async function lookInto(type: string, org: string, file: File): Promise<Sheet> {
  const form = new FormData()
  form.set('file', file)
  const look = await api<Look>(`/types/${type}/import/look`, { method: 'POST', query: { org }, form })
  return {
    file,
    columns: look.columns.map(column => ({ ...column, isIgnored: false })),
    missing: look.missing,
    rows: look.rows.map(({ cells }) => cells),
    numbers: look.rows.map(({ row }) => row),
    whole: look.whole,
    isChanged: false,
  }
}

/** The sheet as a file: the one that was chosen while nothing of it was changed, else one written from its rows. */
export function fileOf(sheet: Sheet): File {
  const { columns, file, isChanged, rows, whole } = sheet
  if (!whole || (!isChanged && !columns.some(({ isIgnored }) => isIgnored))) return file
  const kept = columns.flatMap(({ isIgnored }, at) => (isIgnored ? [] : [at]))
  const lines = [kept.map(at => columns[at]!.heading), ...rows.map(row => kept.map(at => row[at] ?? ''))]
  return csvFile(lines, file.name)
}

/** The numbers that the rows have in `fileOf` the sheet. */
export const numbersOf = (sheet: Sheet): readonly number[] =>
  fileOf(sheet) === sheet.file ? sheet.numbers : sheet.rows.map((_, i) => i + 2)

const csvFile = (rows: readonly (readonly string[])[], name: string): File =>
  new File([`\ufeff${csvOf(rows)}`], `${name.replace(/\.\w+$/, '')}.csv`, { type: 'text/csv' })

export const isComplete = ({ columns, missing }: Sheet): boolean =>
  missing.length === 0 && columns.every(({ field, isIgnored }) => field !== null || isIgnored)

/** A row of headings begins with what some column is called; without one, the columns of the list are meant. */
export function pastedFile(text: string, titles: readonly string[], listed: readonly string[], name: string): File {
  const rows = cellsOf(text)
  const known = new Set(titles.map(plain))
  const hasHead = (rows[0] ?? []).some(cell => known.has(plain(cell)))
  return csvFile(hasHead ? rows : [listed, ...rows], name)
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s*]|\(.*$/g, '')
    .toLowerCase()

/** The same sheet with a column taken for another field, or left out. */
export const mapped = (sheet: Sheet, at: number, heading: string | undefined): Sheet => ({
  ...sheet,
  isChanged: true,
  columns: sheet.columns.map((column, i) =>
    i === at ? { ...column, isIgnored: heading === undefined, heading: heading ?? column.heading } : column,
  ),
})

/** The same sheet with one more column, its cells all alike. */
export const withColumn = (sheet: Sheet, heading: string, value: string): Sheet => ({
  ...sheet,
  isChanged: true,
  columns: [...sheet.columns, { heading, field: null, problem: null, isIgnored: false }],
  rows: sheet.rows.map(row => [...row, value]),
})

export const withCell = (sheet: Sheet, row: number, column: number, value: string): Sheet => ({
  ...sheet,
  isChanged: true,
  rows: sheet.rows.map((cells, i) => (i === row ? cells.map((cell, c) => (c === column ? value : cell)) : cells)),
})

export const withoutRow = (sheet: Sheet, row: number): Sheet => ({
  ...sheet,
  isChanged: true,
  rows: sheet.rows.filter((_, i) => i !== row),
  numbers: sheet.numbers.filter((_, i) => i !== row),
})
