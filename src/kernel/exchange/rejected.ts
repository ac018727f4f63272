import { createWriteStream, type WriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import ExcelJS from 'exceljs'
import type { Problem } from '../result.ts'
import { type Cell, harmless } from './cell.ts'
import { sharedColumn } from './columns.ts'
import { dateTimeText } from './read-cell.ts'
import type { ReadRow, RowProblem } from './rows.ts'
import type { Format } from './source.ts'

/** Bad rows as they were in the file, each with its reasons, for correcting and importing again. */
export interface RejectedRows {
  add(row: ReadRow, problems: readonly RowProblem[], headings: readonly string[]): Promise<void>
  /** All of them are on the disk, under a name beside the imported file: calls.rejected.xlsx. */
  publish(): Promise<string>
  /** Removes what there is of it. */
  discard(): Promise<void>
}

/** Thrown where rejected rows cannot be written: without them an import keeps nothing. */
export class Unwritable extends Error {
  readonly problem: Problem

  constructor(path: string, cause: unknown) {
    super(`cannot write ${path}`, { cause })
    this.name = 'Unwritable'
    const { code = '' } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOSPC' ? { zh: '磁盘已满', en: 'the disk is full' } : { zh: code, en: code }
    this.problem = {
      code: 'import/rejected-file',
      zh: `不合格的行写不进 ${basename(path)}（${reason.zh}），什么也没有导入`,
      en: `The rejected rows cannot be written to ${basename(path)} (${reason.en}); nothing was imported`,
    }
  }
}

export function rejectedRows(format: Format, path: string, name: string): RejectedRows {
  const extension = extname(name)
  const file = join(dirname(path), `${basename(path, extension)}.rejected.${format}`)
  const draft = `${file}.${process.pid}.partial`
  let writer: RowWriter | undefined
  let isPublished = false
  const unwritable = (error: unknown): never => {
    throw new Unwritable(file, error)
  }
  const reasons = (problems: readonly RowProblem[]) => problems.map(problem => problem.zh).join('；')
  return {
    async add(row, problems, headings) {
      writer ??= WRITERS[format](draft)
      await writer.write(row, reasons(problems), headings).catch(unwritable)
    },
    async publish() {
      await writer?.end().catch(unwritable)
      await rename(draft, file).catch(unwritable)
      isPublished = true
      return file
    },
    async discard() {
      await writer?.destroy()
      await rm(isPublished ? file : draft, { force: true })
    },
  }
}

interface RowWriter {
  write(row: ReadRow, reason: string, headings: readonly string[]): Promise<void>
  end(): Promise<void>
  destroy(): Promise<void>
}

const REASON = sharedColumn('reason')

const WRITERS: Readonly<Record<Format, (path: string) => RowWriter>> = {
  jsonl: path => textWriter(path, (row, reason) => `${JSON.stringify({ ...contentOf(row), [REASON.name]: reason })}\n`),
  csv(path) {
    let isFirst = true
    return textWriter(path, (row, reason, headings) => {
      const head = isFirst ? `\ufeff${stringify([[...headings, REASON.title.zh]])}` : ''
      isFirst = false
      const cells = headings.map((_, at) => harmless(cellText(row.source.cells[at])))
      return head + stringify([[...cells, reason]])
    })
  },
  xlsx: xlsxWriter,
}

/** A line that was no JSON object is given back as it was. */
const contentOf = ({ source }: ReadRow) => source.object ?? { line: source.line?.trim() }

function textWriter(
  path: string,
  text: (row: ReadRow, reason: string, headings: readonly string[]) => string,
): RowWriter {
  const output = opened(path)
  return {
    async write(row, reason, headings) {
      output.check()
      if (!output.stream.write(text(row, reason, headings))) await output.drained()
    },
    end: output.end,
    destroy: output.destroy,
  }
}

function xlsxWriter(path: string): RowWriter {
  const output = opened(path)
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output.stream, useStyles: true })
  const sheets = new Map<string, ExcelJS.Worksheet>()
  return {
    async write(row, reason, headings) {
      output.check()
      let sheet = sheets.get(row.sheet)
      if (!sheet) {
        sheet = workbook.addWorksheet(row.sheet || undefined)
        sheets.set(row.sheet, sheet)
        sheet.addRow([...headings, REASON.title.zh]).commit()
      }
      const added = sheet.addRow([])
      for (const [at] of headings.entries()) fill(added.getCell(at + 1), row.source.cells[at])
      added.getCell(headings.length + 1).value = reason
      added.commit()
    },
    async end() {
      await workbook.commit()
      await output.end()
    },
    destroy: output.destroy,
  }
}

/** A file being written; its error, a full disk, is thrown where one waits for it. */
function opened(path: string) {
  const stream: WriteStream = createWriteStream(path, { flush: true })
  let failed: Error | undefined
  stream.on('error', error => {
    failed = error
  })
  const check = () => {
    if (failed) throw failed
  }
  return {
    stream,
    check,
    drained: () =>
      new Promise<void>((resolve, reject) => {
        stream.once('drain', resolve)
        stream.once('error', reject)
      }),
    async end() {
      check()
      stream.end()
      await finished(stream)
    },
    async destroy() {
      if (stream.closed) return
      stream.destroy()
      await new Promise<void>(resolve => stream.once('close', resolve))
    },
  }
}

function fill(target: ExcelJS.Cell, cell: Cell) {
  if (cell === null || cell === undefined) return
  if (typeof cell === 'number' || typeof cell === 'boolean') target.value = cell
  else if (typeof cell === 'object' && 'serial' in cell) {
    target.value = new Date(Math.round(cell.serial * 86_400_000))
    target.numFmt = Number.isInteger(cell.serial) ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss'
  } else if (typeof cell === 'object' && 'percent' in cell) {
    target.value = cell.percent
    target.numFmt = '0.00%'
  } else target.value = harmless(cellText(cell))
}

/** A cell as text, as it could stand in a text file. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell !== 'object') return String(cell)
  if ('serial' in cell) return dateTimeText(cell.serial)
  if ('percent' in cell) return `${cell.percent * 100}%`
  if ('formula' in cell) return `=${cell.formula}`
  if ('error' in cell) return cell.error
  return JSON.stringify(cell.json)
}
