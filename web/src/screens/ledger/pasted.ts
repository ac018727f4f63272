// What a spreadsheet puts on the clipboard: lines of cells between tabs; a cell that holds a tab, a line break or a
// quote stands in quotes, with its own quotes doubled.

/** Whether a text is rows of a spreadsheet rather than words. */
export const isSheet = (text: string): boolean => text.includes('\t')

/** The cells of a clipboard's text, row by row; empty rows are left out. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const end = () => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    end()
    if (row.some(value => value !== '')) rows.push(row)
    row = []
  }
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (isQuoted && character === '"' && text[i + 1] === '"') {
      cell += '"'
      i++
    } else if (isQuoted && character === '"') isQuoted = false
    else if (isQuoted) cell += character
    else if (character === '"' && cell === '') isQuoted = true
    else if (character === '\t') end()
    else if (character === '\n') endRow()
    else if (character !== '\r') cell += character
  }
  endRow()
  return rows
}

/** Cells as a file that the import reads: divided by commas, in quotes where needed. Source: RFC 4180 */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(row => row.map(cell => (/[",\r\n\t;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n')
