import { open, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Problem } from '../result.ts'
import type { Cell } from './cell.ts'

/** A file of rows that is read from beginning to end, whatever its format. */
export interface Source {
  /** Rows in the order of the file, some hundred at a time. Throws Unreadable. */
  batches(): AsyncGenerator<SourceBatch>
  /** How much of the file was read, 0–1. */
  progress(): number
}

export interface SourceBatch {
  /** Name of the sheet; '' for a file that has none. */
  readonly sheet: string
  readonly rows: readonly SourceRow[]
  /** What is wrong with the sheet as a whole: nothing of the file is taken. */
  readonly problems?: readonly (Problem & { row: number; column: string })[]
}

export interface SourceRow {
  /** From 1, as a spreadsheet counts. */
  readonly row: number
  readonly cells: readonly Cell[]
  /** jsonl: the line's object, its keys in place of headings. Then there are no cells. */
  readonly object?: Readonly<Record<string, unknown>>
  /** jsonl: what is wrong with the line. */
  readonly problem?: Problem
  /** jsonl: the line as it is, for giving it back. */
  readonly line?: string
}

/** Thrown while reading a file that cannot be taken for what it says it is; the message is the user's. */
export class Unreadable extends Error {
  readonly problem: Problem

  constructor(code: string, details: { zh: string; en: string } & Record<string, unknown>) {
    super(`${code}: ${details.en}`)
    this.name = 'Unreadable'
    this.problem = { code, ...details }
  }
}

export const formats = ['xlsx', 'csv', 'jsonl'] as const
export type Format = (typeof formats)[number]

/** Rows handed on at once. */
export const ROWS_AT_ONCE = 1000
/** Most characters of one row: longer ones are no facts but an accident. */
export const MAX_ROW_CHARACTERS = 2 * 1024 * 1024
export const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024

/** The format of a file by its name, checked against how it begins. Throws Unreadable. */
export async function formatOf(path: string, name: string): Promise<{ format: Format; size: number }> {
  const extension = extname(name).slice(1).toLowerCase()
  const format = formats.find(known => known === extension)
  if (!format && extension !== 'xls' && extension !== 'et')
    throw new Unreadable('import/format', {
      value: extension,
      zh: `不能导入“${extension || name}”文件，请用 xlsx、csv 或 jsonl`,
      en: `Files of the kind ${extension || name} cannot be imported; use xlsx, csv or jsonl`,
    })
  const { size, head } = await beginning(path)
  if (size === 0) throw new Unreadable('import/empty', { zh: '文件是空的', en: 'The file is empty' })
  if (size > MAX_FILE_BYTES)
    throw new Unreadable('import/too-large', {
      size,
      zh: `文件太大，最大 ${MAX_FILE_BYTES / 1024 ** 3} GB`,
      en: `The file is too large; at most ${MAX_FILE_BYTES / 1024 ** 3} GB`,
    })
  if (!format || head.subarray(0, 8).equals(OLE))
    throw new Unreadable('import/old-format', {
      zh: '这是旧版 Excel/WPS 文件或加了密码的文件，请另存为不加密的 xlsx',
      en: 'This is an old Excel/WPS file or one with a password; save it as xlsx without a password',
    })
  const isZip = head.subarray(0, 4).equals(ZIP)
  if (isZip !== (format === 'xlsx'))
    throw new Unreadable('import/other-format', {
      zh: isZip ? `文件名是 ${format}，内容却是 xlsx，请改文件名` : '这不是 xlsx 文件，可能已损坏',
      en: isZip
        ? `The name says ${format} but the content is xlsx; rename the file`
        : 'This is no xlsx file; it may be broken',
    })
  return { format, size }
}

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

async function beginning(path: string): Promise<{ size: number; head: Buffer }> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile())
    throw new Unreadable('import/no-file', { zh: `没有文件 ${path}`, en: `There is no file ${path}` })
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(8)
    const { bytesRead } = await file.read(head, 0, 8, 0)
    return { size: found.size, head: head.subarray(0, bytesRead) }
  } finally {
    await file.close()
  }
}
