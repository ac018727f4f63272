import { changeText } from '../../kit/change.ts'
import { unitOfColumn } from '../../kit/format.ts'
import type { Language } from '../../kit/words.ts'
import { drawn } from './drawn.ts'
import type { Grid } from './grids.ts'

/** Gives what is drawn as a picture. */
export type Picture = () => Promise<{ readonly blob: Blob; readonly type: 'png' | 'svg' }>

export const pngOf = (canvas: HTMLCanvasElement): ReturnType<Picture> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve({ blob, type: 'png' }) : reject(new Error('the canvas gives no picture')))),
  )

/** Hands a file to the browser. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  // What a file system does not take in a name.
  link.download = name.replace(/[\\/:*?"<>|]/g, ' ')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

type Sheet = readonly (readonly (string | number | null)[])[]

/** The table as it is shown; numbers stay numbers, in the unit of their column. */
export function sheetOf(grid: Grid, language: Language): Sheet {
  const withUnit = (title: string, unit: string) => {
    const words = unitOfColumn(unit, language)
    return words ? (language === 'zh' ? `${title}（${words}）` : `${title} (${words})`) : title
  }
  const head = [
    grid.head,
    ...grid.columns.map(({ title, unit, part }) => (part === 'change' ? title : withUnit(title, unit))),
  ]
  const rows = grid.rows.map(row => [
    withUnit(row.title, row.unit ?? ''),
    ...row.cells.map(({ value }, i) => {
      const { part, unit } = grid.columns[i]!
      if (part === 'change') return changeText(value, row.unit ?? unit, language)
      return drawn(value, row.unit ?? unit)
    }),
  ])
  return [head, ...rows]
}

const quoted = (cell: string | number | null) => {
  const text = cell === null ? '' : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With a byte order mark, by which Excel knows UTF-8. */
export const csvOf = (sheet: Sheet): Blob =>
  new Blob([`\uFEFF${sheet.map(row => row.map(quoted).join(',')).join('\r\n')}\r\n`], { type: 'text/csv' })
