import ExcelJS from 'exceljs'
import { z } from 'zod'
import { ok } from '../../kernel/result.ts'
import { file, route } from '../route.ts'

// A table as someone sees it, as a spreadsheet. What stands in it is the caller's; nothing of the ledger is asked.

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const MOST_ROWS = 5_000
const MOST_COLUMNS = 100
/** Widths of columns, in characters. */
const [NARROWEST, WIDEST] = [8, 40]

const cell = z.union([z.string().max(500), z.number(), z.null()])

export const sheetRoutes = [
  route(
    {
      name: 'writeSheet',
      method: 'POST',
      path: '/sheets',
      title: { zh: '把一张表写成 Excel', en: 'Write a table as a spreadsheet' },
      may: 'signed-in',
      body: z.strictObject({
        title: z.string().min(1).max(100),
        rows: z.array(z.array(cell).max(MOST_COLUMNS)).min(1).max(MOST_ROWS),
      }),
      answer: [XLSX],
      reads: true,
    },
    async ({ body: { title, rows } }) =>
      ok(file({ content: await sheet(title, rows), mediaType: XLSX, name: `${title}.xlsx` })),
  ),
]

async function sheet(title: string, rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  // What Excel does not take in the name of a sheet, and at most 31 characters of it.
  const written = workbook.addWorksheet(title.replace(/[\\/*?:[\]']/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
  })
  for (const row of rows) written.addRow([...row])
  written.getRow(1).font = { bold: true }
  rows[0]!.forEach((_, i) => {
    const longest = Math.max(...rows.map(row => widthOf(String(row[i] ?? ''))))
    const column = written.getColumn(i + 1)
    column.width = Math.min(Math.max(longest + 2, NARROWEST), WIDEST)
    column.numFmt = '#,##0.##########'
  })
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** Han characters are twice as wide. */
const widthOf = (text: string) => Array.from(text).reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0)
