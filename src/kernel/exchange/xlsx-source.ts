import type { Problem } from '../result.ts'
import type { Cell } from './cell.ts'
import { columnOfAddress, letters } from './columns.ts'
import { ROWS_AT_ONCE, type Source, type SourceBatch, type SourceRow, Unreadable } from './source.ts'
import { type NumberFormat, readWorkbook, type Sheet, unescaped, type Workbook } from './workbook.ts'
import { readXml } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

/** Sheets that explain and hold no records. */
export const INSTRUCTIONS = { zh: '填写说明', en: 'Instructions' } as const

const MOST_COLUMNS = 500

/** An xlsx file: its visible sheets one after the other, row by row. */
export function xlsxSource(path: string, signal?: AbortSignal): Source {
  let done = 0
  let total = 1
  return {
    progress: () => Math.min(1, done / total),
    async *batches() {
      const zip = await openZip(path)
      try {
        const workbook = await readWorkbook(zip)
        const explains: readonly string[] = Object.values(INSTRUCTIONS)
        const sheets = workbook.sheets.filter(sheet => !sheet.isHidden && !explains.includes(sheet.name))
        total = sheets.reduce((sum, sheet) => sum + zip.size(sheet.path), 1)
        for (const sheet of sheets)
          for await (const batch of readSheet(zip, workbook, sheet, bytes => {
            done += bytes
          })) {
            signal?.throwIfAborted()
            yield { ...batch, sheet: sheets.length > 1 ? sheet.name : '' }
          }
      } finally {
        zip.close()
      }
    },
  }
}

async function* readSheet(
  zip: Zip,
  workbook: Workbook,
  sheet: Sheet,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Omit<SourceBatch, 'sheet'>> {
  let rows: SourceRow[] = []
  const merged: string[] = []
  const cells = cellReader(workbook, row => rows.push(row))
  const handlers = {
    ...cells,
    onOpen(name: string, attributes: Readonly<Record<string, string>>) {
      if (name === 'mergeCell' && merged.length < 20) merged.push(attributes.ref ?? '')
      else cells.onOpen(name, attributes)
    },
  }
  for await (const bytes of readXml(await zip.stream(sheet.path), handlers)) {
    onBytes(bytes)
    if (rows.length < ROWS_AT_ONCE) continue
    yield { rows }
    rows = []
  }
  if (rows.length > 0) yield { rows }
  if (merged.length > 0) yield { rows: [], problems: merged.map(range => mergedCells(range, sheet.name)) }
}

/** Gathers the cells of a sheet's rows. */
function cellReader({ texts, formats, is1904 }: Workbook, onRow: (row: SourceRow) => void) {
  let row = 0
  let at = -1
  let cells: Cell[] = []
  let type = ''
  let format: NumberFormat = 'plain'
  let value = ''
  let isValue = false
  let isPhonetic = false
  let formula: string | undefined
  let isFormula = false
  return {
    onOpen(name: string, attributes: Readonly<Record<string, string>>) {
      switch (name) {
        case 'row':
          row = attributes.r ? Number(attributes.r) : row + 1
          at = -1
          cells = []
          return
        case 'c':
          at = attributes.r ? columnOfAddress(attributes.r) : at + 1
          if (at >= MOST_COLUMNS || at < 0) throw tooManyColumns(row)
          type = attributes.t ?? 'n'
          format = formats[Number(attributes.s ?? -1)] ?? 'plain'
          value = ''
          formula = undefined
          return
        case 'f':
          isFormula = true
          formula = ''
          return
        case 'rPh':
          isPhonetic = true
          return
        case 'v':
        case 't':
          isValue = !isPhonetic
      }
    },
    onText(text: string) {
      if (isValue) value += text
      else if (isFormula) formula += text
    },
    onClose(name: string) {
      if (name === 'v' || name === 't') isValue = false
      else if (name === 'f') isFormula = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'c') cells[at] = formula === undefined ? cellOf(type, value, format) : { formula }
      else if (name === 'row') onRow({ row, cells })
    },
  }

  function cellOf(type: string, text: string, format: NumberFormat): Cell {
    switch (type) {
      case 's':
        return texts[Number(text)] ?? null
      case 'str':
      case 'inlineStr':
        return unescaped(text)
      case 'd':
        return text
      case 'b':
        return text === '1'
      case 'e':
        return { error: text }
    }
    if (text === '') return null
    const number = Number(text)
    if (!Number.isFinite(number)) return { error: text }
    if (format === 'date') return { serial: daysSince1970(number, is1904) }
    return format === 'percent' ? { percent: number } : number
  }
}

/**
 * A sheet's day number in days since 1970-01-01. Excel's own calendar has a 29 February 1900 (60), which there never was;
 * workbooks of 1904 count from 1904-01-01. Source: ECMA-376, part 1, 18.17.4.1
 */
export function daysSince1970(serial: number, is1904: boolean): number {
  if (is1904) return serial - 24_107
  return serial < 60 ? serial - 25_568 : serial - 25_569
}

function mergedCells(range: string, sheet: string): Problem & { row: number; column: string } {
  const row = Number(/\d+/.exec(range)?.[0] ?? 1)
  return {
    row,
    column: letters(Math.max(0, columnOfAddress(range))),
    code: 'import/merged-cells',
    range,
    zh: `工作表“${sheet}”的 ${range} 是合并单元格，请取消合并后逐格填写`,
    en: `${range} in sheet ${JSON.stringify(sheet)} is merged; unmerge it and fill in every cell`,
  }
}

const tooManyColumns = (row: number) =>
  new Unreadable('import/too-many-columns', {
    row,
    zh: `第${row}行的列太多，最多${MOST_COLUMNS}列`,
    en: `Row ${row} has too many columns; at most ${MOST_COLUMNS}`,
  })
