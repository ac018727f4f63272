import { Unreadable } from './source.ts'
import { readAll } from './xml.ts'
import { broken, type Zip } from './zip.ts'

// What an xlsx file says about its sheets, their number formats and the texts they share. Source: ECMA-376, part 1, 18

export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904-01-01 instead of 1900-01-01. */
  readonly is1904: boolean
  readonly formats: readonly NumberFormat[]
  readonly texts: readonly string[]
}

export interface Sheet {
  readonly name: string
  readonly path: string
  readonly isHidden: boolean
}

export type NumberFormat = 'plain' | 'date' | 'percent'

export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const root = await rootPart(zip)
  const targets = new Map<string, string>()
  const folder = root.split('/').slice(0, -1).join('/')
  let texts = ''
  let styles = ''
  await readAll(await zip.stream(relsOf(root)), {
    onOpen(name, { Id = '', Target = '', Type = '' }) {
      if (name !== 'Relationship') return
      const path = resolved(folder, Target)
      targets.set(Id, path)
      if (Type.endsWith('/sharedStrings')) texts = path
      if (Type.endsWith('/styles')) styles = path
    },
  })
  const sheets: Sheet[] = []
  let is1904 = false
  await readAll(await zip.stream(root), {
    onOpen(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const path = targets.get(id)
      // A sheet of macros or a chart has no rows.
      if (path?.includes('worksheets/'))
        sheets.push({ name: attributes.name ?? '', path, isHidden: (attributes.state ?? 'visible') !== 'visible' })
    },
  })
  if (sheets.length === 0) throw broken('no sheets')
  return {
    sheets,
    is1904,
    formats: styles && zip.has(styles) ? await readFormats(zip, styles) : [],
    texts: texts && zip.has(texts) ? await readTexts(zip, texts) : [],
  }
}

async function rootPart(zip: Zip): Promise<string> {
  let root = 'xl/workbook.xml'
  await readAll(await zip.stream('_rels/.rels'), {
    onOpen(name, { Type = '', Target = '' }) {
      if (name === 'Relationship' && Type.endsWith('/officeDocument')) root = resolved('', Target)
    },
  })
  return root
}

const relsOf = (part: string) => part.replace(/([^/]+)$/, '_rels/$1.rels')

/** A target of a relation, from the folder of the part that names it. */
function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of [...folder.split('/'), ...target.split('/')])
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return parts.join('/')
}

async function readFormats(zip: Zip, path: string): Promise<NumberFormat[]> {
  const own = new Map<number, string>()
  const formats: NumberFormat[] = []
  let isCellFormats = false
  await readAll(await zip.stream(path), {
    onOpen(name, attributes) {
      if (name === 'numFmt') own.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') isCellFormats = true
      if (name === 'xf' && isCellFormats) {
        const id = Number(attributes.numFmtId ?? 0)
        formats.push(formatOfCode(id, own.get(id)))
      }
    },
    onClose(name) {
      if (name === 'cellXfs') isCellFormats = false
    },
  })
  return formats
}

/** Source: ECMA-376, part 1, 18.8.30: 14–22 and 45–47 are dates and times, 27–36 and 50–58 those of East Asian Excel. */
function formatOfCode(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
      return 'date'
    return id === 9 || id === 10 ? 'percent' : 'plain'
  }
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '')
  if (/[ymdhs]/i.test(bare) && !/general/i.test(bare)) return 'date'
  return bare.includes('%') ? 'percent' : 'plain'
}

/** Shared texts are held in memory while the sheet is read: as many as the memory promised allows. */
const MOST_CHARACTERS = 60_000_000
const MOST_TEXTS = 3_000_000

async function readTexts(zip: Zip, path: string): Promise<string[]> {
  const texts: string[] = []
  let characters = 0
  let text = ''
  let isText = false
  let isPhonetic = false
  await readAll(await zip.stream(path), {
    onOpen(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') isText = !isPhonetic
    },
    onText(piece) {
      if (isText) text += piece
    },
    onClose(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') {
        characters += text.length
        if (characters > MOST_CHARACTERS || texts.length >= MOST_TEXTS) throw tooManyTexts()
        texts.push(detached(unescaped(text)))
      }
    },
  })
  return texts
}

/** A copy of its own: a slice would keep alive the whole piece of the file that it was cut from. */
const detached = (text: string) => Buffer.from(text, 'utf16le').toString('utf16le')

/** Excel writes characters that XML cannot hold as _x000D_. Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring) */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

const tooManyTexts = () =>
  new Unreadable('import/too-many-texts', {
    zh: 'xlsx 文件的文字太多，请另存为 CSV UTF-8 再导入',
    en: 'The xlsx file holds too much text; save it as CSV UTF-8 and import that',
  })
