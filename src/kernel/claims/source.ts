import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { fail, ok, type Result } from '../result.ts'
import { type DocxText, readDocx } from './source-docx.ts'
import { decoded, ofHtml, ofMarkdown } from './source-text.ts'

/** A report as a file, and the text that it is read back by. */
export interface SourceText {
  readonly format: 'txt' | 'md' | 'html' | 'docx'
  readonly text: string
  /** Where the text stands in a Word document. */
  readonly docx?: DocxText
}

export const FORMATS: readonly string[] = ['.txt', '.text', '.md', '.markdown', '.html', '.htm', '.docx']

const MOST_BYTES = 32 * 1024 ** 2

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
const PDF = Buffer.from('%PDF', 'latin1')

/**
 * The text of a file: what it is by its content first, then by its name.
 * @param name what its sender calls it, where that is not the path
 * @returns `text/too-large`, `/empty`, `/old-format`, `/pdf`, `/not-text`, `/docx-broken`, `/docx-bomb`
 */
export async function readSource(path: string, name = path): Promise<Result<SourceText>> {
  const { size } = await stat(path)
  if (size > MOST_BYTES)
    return fail('text/too-large', {
      size,
      zh: `文件太大，最大 ${MOST_BYTES / 1024 ** 2} MB`,
      en: `The file is too large; at most ${MOST_BYTES / 1024 ** 2} MB`,
    })
  const bytes = await readFile(path)
  if (bytes.length === 0) return fail('text/empty', { zh: '文件是空的', en: 'The file is empty' })
  if (bytes.subarray(0, 8).equals(OLE))
    return fail('text/old-format', {
      zh: '这是旧版 doc、wps 文件或加了密码的文件，请另存为不加密的 docx',
      en: 'This is an old doc or wps file, or one with a password; save it as docx without a password',
    })
  if (bytes.subarray(0, 4).equals(PDF))
    return fail('text/pdf', {
      zh: '不能读取 PDF，请用它的 docx 或文字稿',
      en: 'A PDF cannot be read; use its docx or its text',
    })
  const extension = extname(name).toLowerCase()
  if (bytes.subarray(0, 4).equals(ZIP) || extension === '.docx') {
    const docx = await readDocx(path)
    return docx.ok ? ok({ format: 'docx', text: docx.value.text, docx: docx.value }) : docx
  }
  const text = decoded(bytes)
  if (!text.ok) return text
  if (extension === '.html' || extension === '.htm') return ok({ format: 'html', text: ofHtml(text.value) })
  if (extension === '.md' || extension === '.markdown') return ok({ format: 'md', text: ofMarkdown(text.value) })
  return ok({ format: 'txt', text: text.value })
}
