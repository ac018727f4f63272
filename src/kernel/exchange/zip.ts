import type { Readable } from 'node:stream'
import { type Entry, open, type ZipFile } from 'yauzl'
import { Unreadable } from './source.ts'

// What is read of a zip file is bounded before it is unpacked: a few kilobytes can claim to be gigabytes.

export interface Zip {
  /** All files in the order of the directory. */
  names(): readonly string[]
  has(name: string): boolean
  /** Unpacked size in bytes; 0 when it is not there. */
  size(name: string): number
  /** The unpacked content. Throws Unreadable when it is not there, or larger than what is plausible. */
  stream(name: string): Promise<Readable>
  close(): void
}

const MOST_ENTRIES = 10_000
/** Sheets of half a million rows unpack to some 300 MB, at 10 to 40 times their packed size. */
const MOST_BYTES = 4 * 1024 ** 3
const MOST_RATIO = 250
/** Below this size no ratio is dangerous. */
const HARMLESS = 32 * 1024 ** 2

export async function openZip(path: string): Promise<Zip> {
  const file = await opened(path)
  let entries: Map<string, Entry>
  try {
    entries = await entriesOf(file)
  } catch (error) {
    file.close()
    throw error
  }
  return {
    names: () => [...entries.keys()],
    has: name => entries.has(name),
    size: name => entries.get(name)?.uncompressedSize ?? 0,
    async stream(name) {
      const entry = entries.get(name)
      if (!entry) throw broken(`${name} is missing`)
      const { uncompressedSize: size, compressedSize: packed } = entry
      if (size > MOST_BYTES || (size > HARMLESS && size > packed * MOST_RATIO)) throw bomb(name, size, packed)
      if (entry.isEncrypted()) throw broken(`${name} is encrypted`)
      return new Promise((resolve, reject) =>
        // A content longer than it claims to be ends in an error of the stream.
        file.openReadStream(entry, (error, stream) => (error ? reject(asUnreadable(error)) : resolve(stream))),
      )
    },
    close: () => file.close(),
  }
}

const opened = (path: string) =>
  new Promise<ZipFile>((resolve, reject) =>
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, file) =>
      error ? reject(asUnreadable(error)) : resolve(file),
    ),
  )

const entriesOf = (file: ZipFile) =>
  new Promise<Map<string, Entry>>((resolve, reject) => {
    const entries = new Map<string, Entry>()
    file.on('entry', (entry: Entry) => {
      // Some writers begin names with a slash, some use backslashes.
      entries.set(entry.fileName.replaceAll('\\', '/').replace(/^\//, ''), entry)
      if (entries.size > MOST_ENTRIES) reject(broken('too many entries'))
      else file.readEntry()
    })
    file.on('end', () => resolve(entries))
    file.on('error', (error: Error) => reject(asUnreadable(error)))
    file.readEntry()
  })

export const asUnreadable = (error: unknown): Unreadable =>
  error instanceof Unreadable ? error : broken(error instanceof Error ? error.message : String(error))

export const broken = (detail: string) =>
  new Unreadable('import/xlsx-broken', {
    detail,
    zh: 'xlsx 文件已损坏，请用 Excel 或 WPS 打开后另存',
    en: `The xlsx file is broken (${detail}); open it in a spreadsheet program and save it again`,
  })

const bomb = (name: string, size: number, packed: number) =>
  new Unreadable('import/zip-bomb', {
    entry: name,
    size,
    packed,
    zh: `xlsx 文件里的 ${name} 解压后有 ${Math.round(size / 1024 ** 2)} MB，压缩比异常，不予导入`,
    en: `${name} within the xlsx file unpacks to ${Math.round(size / 1024 ** 2)} MB, which is no plausible ratio; it is refused`,
  })
