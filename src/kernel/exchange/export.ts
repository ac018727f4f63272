import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import ExcelJS from 'exceljs'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { checkList, eachRecord, type ListedRecord } from '../records/list.ts'
import type { ListQuery } from '../records/list-query.ts'
import type { RecordType } from '../records/type.ts'
import { typeNamed } from '../registry.ts'
import { ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { type Column, computedColumns, fieldColumns, headingOf, sharedColumn } from './columns.ts'
import { STATUS_TITLES } from './rows.ts'
import { orgText, plainText, uniqueNames, type Writing, type Written, writeCell } from './write-cell.ts'

export type ExportFormat = 'xlsx' | 'csv' | 'jsonl'

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl',
}

/**
 * Writes the records that a list query finds, as the actor may see them (personal data masked), in constant memory. What
 * is written can be imported again. Ends `out`.
 * @returns how many records; whatever `checkList` refuses is refused before anything is written
 */
export async function exportRecords(
  ledger: Ledger,
  actor: Actor,
  query: ListQuery,
  format: ExportFormat,
  out: Writable,
  language: Language = 'zh',
): Promise<Result<number>> {
  const type = typeNamed(ledger.registry, query.type)
  if (!type.ok) return type
  const fit = checkList(ledger, actor, query)
  if (!fit.ok) return fit
  const writer = WRITERS[format](out, type.value, await writingOf(ledger, type.value, language))
  let count = 0
  for await (const records of eachRecord(ledger, actor, query)) {
    for (const record of records) await writer.add(record)
    count += records.length
  }
  await writer.end()
  return ok(count)
}

async function writingOf(ledger: Ledger, type: RecordType, language: Language): Promise<Writing> {
  return {
    language,
    orgs: ledger.orgs,
    named: uniqueNames(ledger.orgs),
    logins: await loginsFor(ledger, type),
  }
}

async function loginsFor(ledger: Ledger, type: RecordType): Promise<ReadonlyMap<string, string>> {
  if (!Object.values(type.fields).some(info => info.kind === 'person')) return new Map()
  const { rows } = await ledger.store.pool.query<{ id: string; login: string }>('SELECT id, login FROM person')
  return new Map(rows.map(row => [row.id, row.login]))
}

/** Columns of an export: the record's id first, so that an import knows what is there already. */
const columnsOf = (type: RecordType): Column[] => [
  sharedColumn('id'),
  sharedColumn('org'),
  ...fieldColumns(type),
  ...computedColumns(type),
  ...(Object.keys(type.states).length > 1 ? [sharedColumn('state')] : []),
  sharedColumn('status'),
]

function cellOf(column: Column, type: RecordType, record: ListedRecord, writing: Writing): Written {
  switch (column.kind) {
    case 'id':
      return record.id
    case 'org':
      return orgText(record.org, writing)
    case 'state':
      return type.stateTitles[record.state]?.[writing.language] ?? record.state
    case 'status':
      return STATUS_TITLES[record.status][writing.language]
    default:
      return writeCell(column.info!, record.fields[column.name], writing)
  }
}

interface RecordWriter {
  add(record: ListedRecord): Promise<void>
  end(): Promise<void>
}

const WRITERS: Readonly<Record<ExportFormat, (out: Writable, type: RecordType, writing: Writing) => RecordWriter>> = {
  jsonl: out => ({
    add: ({ id, org, state, status, fields }) =>
      written(out, `${JSON.stringify({ id, org, ...(state ? { state } : {}), status, ...fields })}\n`),
    end: () => ended(out),
  }),
  csv(out, type, writing) {
    const columns = columnsOf(type)
    // The mark tells Excel that the text is UTF-8.
    let head = `\ufeff${stringify([columns.map(column => headingOf(column, writing.language))])}`
    const row = (record: ListedRecord) =>
      stringify([columns.map(column => plainText(cellOf(column, type, record, writing), writing.language))])
    return {
      async add(record) {
        await written(out, head + row(record))
        head = ''
      },
      async end() {
        if (head) await written(out, head)
        await ended(out)
      },
    }
  },
  xlsx: xlsxWriter,
}

function xlsxWriter(out: Writable, type: RecordType, writing: Writing): RecordWriter {
  const columns = columnsOf(type)
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true })
  const sheet = workbook.addWorksheet(sheetName(type.title[writing.language]), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  sheet.columns = columns.map(column => ({
    header: headingOf(column, writing.language),
    width: widthOf(column),
    style: column.info?.kind === 'day' ? { numFmt: 'yyyy-mm-dd' } : {},
  }))
  sheet.getRow(1).font = { bold: true }
  sheet.getRow(1).commit()
  return {
    async add(record) {
      const cells = columns.map(column => sheetValue(cellOf(column, type, record, writing), writing.language))
      sheet.addRow(cells).commit()
      await drained(out)
    },
    end: () => workbook.commit(),
  }
}

function sheetValue(cell: Written, language: Language): string | number | Date | null {
  if (cell === undefined) return null
  if (typeof cell === 'object') return new Date(`${cell.day}T00:00:00Z`)
  return typeof cell === 'boolean' ? plainText(cell, language) : cell
}

const widthOf = ({ kind, info }: Column): number =>
  kind === 'id' ? 12 : info?.kind === 'text' && (info.max ?? 0) > 60 ? 40 : info?.kind === 'day' ? 12 : 16

/** Source: ECMA-376, 18.2.19: at most 31 characters, none of these. */
export const sheetName = (title: string): string => title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)

async function written(out: Writable, text: string): Promise<void> {
  out.write(text)
  await drained(out)
}

/** Waits until more may be written. @throws when whoever reads has left */
async function drained(out: Writable): Promise<void> {
  if (out.destroyed) throw new Error('nobody reads the export any more')
  if (!out.writableNeedDrain) return
  const left = new AbortController()
  const leave = () => left.abort()
  out.once('close', leave)
  try {
    await once(out, 'drain', { signal: left.signal })
  } finally {
    out.off('close', leave)
  }
}

const ended = (out: Writable) => new Promise<void>(resolve => out.end(resolve))
