import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileTypeFromFile } from 'file-type'
import iconv from 'iconv-lite'

/**
 * What may be kept as evidence: pictures, documents, recordings. Nothing that a browser runs (HTML, SVG, scripts) and no
 * program; what the content is counts, not what its name says.
 */
const ACCEPTED: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/tiff',
  'image/bmp',
  'application/pdf',
  'application/rtf',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'audio/mpeg',
  'audio/x-m4a',
  'audio/wav',
  'audio/ogg',
  'audio/amr',
  'video/mp4',
  'video/quicktime',
  'text/plain',
  'text/csv',
])

/** Word, Excel, PowerPoint and WPS before 2007 share one container; the name tells them apart. */
const CONTAINED: Readonly<Record<string, string>> = {
  '.doc': 'application/msword',
  '.wps': 'application/vnd.ms-works',
  '.xls': 'application/vnd.ms-excel',
  '.et': 'application/vnd.ms-excel',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.dps': 'application/vnd.ms-powerpoint',
}

/** The media type of a file by its content; null for what is not kept. */
export async function mediaTypeOf(path: string, name: string): Promise<string | null> {
  const ending = extname(name).toLowerCase()
  const found = await fileTypeFromFile(path)
  if (found?.mime === 'application/x-cfb') return CONTAINED[ending] ?? null
  if (found) return ACCEPTED.has(found.mime) ? found.mime : null
  if (!(await isPlainText(path))) return null
  return ending === '.csv' ? 'text/csv' : 'text/plain'
}

const SAMPLE = 64 * 1024

/** Text in UTF-8 or GB18030, without control characters, and not HTML, SVG or a script by another name. */
async function isPlainText(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
    const sample = buffer.subarray(0, bytesRead)
    if (sample.includes(0)) return false
    const text = decoded(sample)
    if (/[\u0001-\u0008\u000e-\u001f\u007f\ufffd]/.test(text)) return false
    return !/^\s*(<(!doctype|html|svg|\?xml|script)|#!)/i.test(text.replace(/^\ufeff/, ''))
  } finally {
    await file.close()
  }
}

/** Cut at the end of the sample, where a character may be torn. */
function decoded(sample: Buffer): string {
  const utf8 = new TextDecoder('utf-8').decode(sample, { stream: sample.length === SAMPLE })
  return utf8.includes('\ufffd') ? iconv.decode(sample, 'gb18030').slice(0, -1) : utf8
}
