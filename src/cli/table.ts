import type { Language } from '../kernel/words.ts'
import { displayWidth } from './width.ts'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** A table for a terminal, aligned by what characters take up there; nothing follows the last column. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(displayWidth(title), ...rows.map(row => displayWidth(row[i] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => {
        const padding = ' '.repeat(widths[i]! - displayWidth(cells[i] ?? ''))
        return align === 'right' ? padding + (cells[i] ?? '') : (cells[i] ?? '') + padding
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map(width => '─'.repeat(width)).join('  ')
  return [line(columns.map(column => column.title)), rule, ...rows.map(line)].join('\n')
}

/** Rows that a terminal shows of a table that may be long; `--json` has the others. */
const SHOWN = 20

/** The beginning of a table, and how much more there is. */
export function tableStart(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  language: Language,
): string {
  const left = Math.max(rows.length - SHOWN, 0).toLocaleString('en-US')
  const shown = table(columns, rows.slice(0, SHOWN))
  if (rows.length <= SHOWN) return shown
  return `${shown}\n${language === 'zh' ? `还有 ${left} 行，用 --json 看` : `${left} more; see --json`}`
}

/** Names with their values below each other; a missing value leaves its line out. */
export function pairs(entries: readonly (readonly [string, string | undefined])[]): string {
  const shown = entries.filter(([, value]) => value !== undefined)
  const width = Math.max(...shown.map(([name]) => displayWidth(name)))
  return shown.map(([name, value]) => `${name}${' '.repeat(width - displayWidth(name))}  ${value}`).join('\n')
}
