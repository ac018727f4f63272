import { buffer } from 'node:stream/consumers'
import { SaxesParser } from 'saxes'
import { Unreadable } from '../exchange/source.ts'
import { openZip, type Zip } from '../exchange/zip.ts'
import { fail, ok, type Result } from '../result.ts'
import { unescaped } from './source-text.ts'

// The text of a Word document, and where in its XML every piece of it stands, so that marks can be put at a number and
// nothing else be touched. Source: ECMA-376-1, 17.3 (runs), 17.4 (tables).

export interface DocxText {
  readonly text: string
  /** word/document.xml as it is. */
  readonly xml: string
  /** Pieces of the text in their order; what stands between them (headings' marks, tabs, line ends) is not in the XML. */
  readonly pieces: readonly DocxPiece[]
}

/** The text of one w:t. */
export interface DocxPiece {
  /** UTF-16 offset into the text. */
  readonly start: number
  readonly end: number
  /** Where its content stands in the XML, entities and all. */
  readonly from: number
  readonly to: number
  /** The run that it is part of, from `<w:r` to behind `</w:r>`. */
  readonly run: DocxRun
}

export interface DocxRun {
  readonly from: number
  readonly to: number
  /** Its properties as XML, '' where it has none. */
  readonly properties: string
  /** Nothing in it but its properties and this one text: it can be parted. */
  readonly isPlain: boolean
}

/** Unpacked; a book of a thousand pages has some 20 MB. */
const MOST_XML = 48 * 1024 ** 2
const MOST_STYLES = 4 * 1024 ** 2

export async function readDocx(path: string): Promise<Result<DocxText>> {
  let zip: Zip | undefined
  try {
    zip = await openZip(path)
    if (!zip.has('word/document.xml')) return brokenDocx('word/document.xml is missing')
    if (zip.size('word/document.xml') > MOST_XML) return tooLargeDocx()
    const xml = (await buffer(await zip.stream('word/document.xml'))).toString('utf8')
    const styles =
      zip.has('word/styles.xml') && zip.size('word/styles.xml') < MOST_STYLES
        ? await zip.stream('word/styles.xml')
        : null
    const levels = headingStyles(styles ? (await buffer(styles)).toString('utf8') : '')
    wellFormed(xml)
    return ok(textIn(xml, levels))
  } catch (error) {
    if (error instanceof Unreadable) {
      if (error.problem.code === 'import/zip-bomb') return tooLargeDocx()
      return brokenDocx(String(error.problem.detail ?? error.message))
    }
    if (error instanceof BadXml) return brokenDocx(error.message)
    throw error
  } finally {
    zip?.close()
  }
}

const brokenDocx = (detail: string) =>
  fail('text/docx-broken', {
    detail,
    zh: 'Word 文件已损坏或加了密码，请用 Word 或 WPS 打开后另存为 docx',
    en: `The Word file is broken or has a password (${detail}); open it in a word processor and save it again as docx`,
  })

const tooLargeDocx = () =>
  fail('text/docx-bomb', {
    zh: 'Word 文件解压后大得不合常理，不予读取',
    en: 'The Word file unpacks to an implausible size; it is refused',
  })

class BadXml extends Error {}

/** No entity of a document type is expanded: saxes knows none. */
function wellFormed(xml: string): void {
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw new BadXml(error.message)
  })
  parser.on('doctype', () => {
    throw new BadXml('a document type')
  })
  parser.write(xml).close()
}

/** Levels of heading styles: 1 of `heading 1`, of what has an outline level 0, and of styles named 标题 1. */
function headingStyles(xml: string): ReadonlyMap<string, number> {
  const levels = new Map<string, number>()
  for (const [, attributes = '', body = ''] of xml.matchAll(/<w:style\b([^>]*)>([\s\S]*?)<\/w:style>/g)) {
    const id = /w:styleId="([^"]*)"/.exec(attributes)?.[1]
    const outline = /<w:outlineLvl w:val="([0-8])"/.exec(body)?.[1]
    const named = /<w:name w:val="(?:heading|标题) ?([1-9])"/i.exec(body)?.[1]
    const level = outline !== undefined ? Number(outline) + 1 : Number(named ?? 0)
    if (id !== undefined && level > 0) levels.set(id, Math.min(level, 6))
  }
  return levels
}

interface OpenRun {
  readonly from: number
  properties: string
  texts: { start: number; end: number; from: number; to: number }[]
  others: number
}

/** One pass over the tags of well-formed XML. */
function textIn(xml: string, levels: ReadonlyMap<string, number>): DocxText {
  const pieces: DocxPiece[] = []
  const parts: string[] = []
  let length = 0
  const put = (text: string) => {
    parts.push(text)
    length += text.length
  }
  const runs: OpenRun[] = []
  let pendingTabs = 0
  let fallback = 0
  let tables = 0
  let cell = 0
  let lineStart = true
  let level = 0
  let propertiesFrom = -1
  let paragraphs = 0
  // A control within a line: Word takes no marks within it, they stand around it.
  const controls: { from: number; first: number }[] = []
  const endLine = () => {
    if (length > 0 && !lineStart) put('\n')
    lineStart = true
  }
  for (let at = xml.indexOf('<'); at >= 0; ) {
    const end = xml.startsWith('<!--', at) ? xml.indexOf('-->', at) + 3 : xml.indexOf('>', at) + 1
    const closes = xml[at + 1] === '/'
    const name = /^[\w:]+/.exec(xml.slice(at + (closes ? 2 : 1), at + 40))?.[0] ?? ''
    const isEmpty = xml[end - 2] === '/'
    const tag = xml.slice(at, Math.min(end, at + 400))
    if (name === 'mc:Fallback' && !isEmpty) fallback += closes ? -1 : 1
    if (fallback > 0) {
      at = xml.indexOf('<', end)
      continue
    }
    const run = runs[runs.length - 1]
    switch (name) {
      case 'w:tbl':
        if (!isEmpty) tables += closes ? -1 : 1
        if (tables === (closes ? 0 : 1)) endLine()
        break
      case 'w:tr':
        if (tables === 1) {
          endLine()
          cell = 0
          pendingTabs = 0
        }
        break
      case 'w:tc':
        if (tables === 1 && !closes) {
          if (cell > 0) put('\t'.repeat(1 + pendingTabs))
          pendingTabs = 0
          cell++
          lineStart = cell === 1
        }
        break
      case 'w:gridSpan':
        // A head over two columns: the columns behind it keep their place.
        if (tables === 1) {
          const span = Number(/w:val="(\d{1,3})"/.exec(tag)?.[1] ?? 1)
          pendingTabs = Math.min(Math.max(0, span - 1), 60)
        }
        break
      case 'w:sdt':
        if (paragraphs === 0 || isEmpty) break
        if (!closes) controls.push({ from: at, first: pieces.length })
        else {
          const control = controls.pop()
          if (control && controls.length === 0) surround(pieces, control.first, control.from, end)
        }
        break
      case 'w:p':
        if (!isEmpty) paragraphs += closes ? -1 : 1
        if (closes || isEmpty) {
          if (tables === 0) endLine()
          else if (!isEmpty) put(' ')
        }
        level = 0
        break
      case 'w:pStyle':
        level = levels.get(/w:val="([^"]*)"/.exec(tag)?.[1] ?? '') ?? 0
        break
      case 'w:r':
        if (!closes && !isEmpty) runs.push({ from: at, properties: '', texts: [], others: 0 })
        else if (closes && run) {
          runs.pop()
          const { from, properties, texts, others } = run
          const whole = { from, to: end, properties, isPlain: others === 0 && texts.length === 1 }
          for (const text of texts) pieces.push({ ...text, run: whole })
        }
        break
      case 'w:rPr':
        if (run && !closes && run.texts.length === 0) propertiesFrom = at
        if (run && (closes || isEmpty) && propertiesFrom >= 0) {
          run.properties = xml.slice(propertiesFrom, end)
          propertiesFrom = -1
        }
        break
      case 'w:t':
        if (run && !closes && !isEmpty) {
          const to = xml.indexOf('<', end)
          const content = unescaped(xml.slice(end, to))
          if (lineStart && level > 0 && content.trim() !== '') put(`${'#'.repeat(level)} `)
          if (content !== '') {
            run.texts.push({ start: length, end: length + content.length, from: end, to })
            put(content)
            lineStart = false
          }
        }
        break
      case 'w:tab':
      case 'w:ptab':
        // A tab within a line is no border of cells.
        if (run) {
          run.others++
          put(' ')
        }
        break
      case 'w:br':
      case 'w:cr':
        if (run) {
          run.others++
          if (tables === 0) endLine()
          else put(' ')
        }
        break
      case 'w:noBreakHyphen':
        if (run) {
          run.others++
          put('-')
        }
        break
      default:
        if (run && propertiesFrom < 0 && !closes) run.others++
    }
    at = xml.indexOf('<', end)
  }
  // A run in a box within a run is closed before it.
  return { text: parts.join(''), xml, pieces: pieces.sort((a, b) => a.start - b.start) }
}

/** Takes the pieces from one on as parts of what stands at [from, to) of the XML. */
function surround(pieces: DocxPiece[], first: number, from: number, to: number): void {
  const run = { from, to, properties: '', isPlain: false }
  for (let i = first; i < pieces.length; i++) pieces[i] = { ...pieces[i]!, run }
}
