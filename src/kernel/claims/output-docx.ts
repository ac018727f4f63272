import { buffer } from 'node:stream/consumers'
import { openZip } from '../exchange/zip.ts'
import { type Part, zip } from '../reports/docx/zip.ts'
import { escaped } from '../reports/escape.ts'
import type { DocxPiece, DocxText } from './source-docx.ts'
import { unescaped } from './source-text.ts'

// A Word document with comments added, and nothing else in it changed: every other part is the same to the byte, and the
// text with its formatting is what it was; a run may stand in two pieces with a mark between them.

/** What is to be said at a place of the text. Places do not overlap. */
export interface DocxNote {
  readonly start: number
  readonly end: number
  readonly lines: readonly string[]
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const COMMENTS = 'word/comments.xml'
const DOCUMENT_RELATIONS = 'word/_rels/document.xml.rels'
const CONTENT_TYPES = '[Content_Types].xml'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments'
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml'

/**
 * @param path the document that `docx` was read from
 * @param at instant of the comments
 */
export async function commentedDocx(
  path: string,
  docx: DocxText,
  notes: readonly DocxNote[],
  at: Date,
): Promise<Buffer> {
  const file = await openZip(path)
  try {
    const parts = new Map<string, Buffer>()
    for (const name of file.names()) if (!name.endsWith('/')) parts.set(name, await buffer(await file.stream(name)))
    const text = (name: string) => parts.get(name)?.toString('utf8')
    const before = text(COMMENTS)
    const first =
      Math.max(-1, ...[...(before ?? '').matchAll(/<w:comment\b[^>]*?w:id="(\d+)"/g)].map(match => Number(match[1]))) +
      1
    parts.set('word/document.xml', Buffer.from(marked(docx, notes, first)))
    const comments = notes.map((note, i) => commentXml(note, first + i, at)).join('')
    parts.set(
      COMMENTS,
      Buffer.from(
        before
          ? before.replace(/<\/w:comments>\s*$/, `${comments}</w:comments>`)
          : `${DECLARATION}<w:comments xmlns:w="${WORD}">${comments}</w:comments>`,
      ),
    )
    if (!before) {
      const relations =
        text(DOCUMENT_RELATIONS) ??
        `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`
      parts.set(
        DOCUMENT_RELATIONS,
        Buffer.from(
          lastly(
            relations,
            'Relationships',
            `<Relationship Id="rIdYiluComments" Type="${RELATION}" Target="comments.xml"/>`,
          ),
        ),
      )
      parts.set(
        CONTENT_TYPES,
        Buffer.from(lastly(text(CONTENT_TYPES)!, 'Types', `<Override PartName="/${COMMENTS}" ContentType="${TYPE}"/>`)),
      )
    }
    return zip([...parts].map(([path, content]): Part => ({ path, content })))
  } finally {
    file.close()
  }
}

/** Puts an element last within the outermost one, which may be written as empty. */
const lastly = (xml: string, name: string, element: string): string =>
  xml.includes(`</${name}>`)
    ? xml.replace(new RegExp(`</${name}>\\s*$`), `${element}</${name}>`)
    : xml.replace(new RegExp(`<${name}\\b([^>]*)/>\\s*$`), `<${name}$1>${element}</${name}>`)

const AUTHOR = '一录 Yilu'

const commentXml = ({ lines }: DocxNote, id: number, at: Date): string =>
  `<w:comment w:id="${id}" w:author="${AUTHOR}" w:date="${at.toISOString().slice(0, 19)}Z" w:initials="录">${lines
    .map(line => `<w:p><w:r><w:t xml:space="preserve">${escaped(line)}</w:t></w:r></w:p>`)
    .join('')}</w:comment>`

interface Edit {
  readonly at: number
  /** What stands there and gives way. */
  readonly length: number
  readonly insert: string
}

/** The document's XML with the ranges of the comments. */
function marked({ xml, pieces }: DocxText, notes: readonly DocxNote[], first: number): string {
  const edits: Edit[] = []
  const parted = new Set<DocxPiece>()
  notes.forEach((note, i) => {
    const from = pieces.find(piece => piece.end > note.start)
    const to = pieces.findLast(piece => piece.start < note.end)
    if (!from || !to || to.start < from.start) return
    const start = `<w:commentRangeStart w:id="${first + i}"/>`
    const end = `<w:commentRangeEnd w:id="${first + i}"/><w:r><w:commentReference w:id="${first + i}"/></w:r>`
    edits.push(cut(xml, from, Math.max(note.start, from.start), 'before', start, parted))
    edits.push(cut(xml, to, Math.min(note.end, to.end), 'after', end, parted))
  })
  for (const { from } of parted) {
    const open = xml.lastIndexOf('<w:t', from)
    if (!xml.slice(open, from).includes('xml:space'))
      edits.push({ at: open, length: from - open, insert: '<w:t xml:space="preserve">' })
  }
  // Marks at one place keep the order in which they were asked for: one comment ends before the next begins.
  const ordered = edits.map((edit, i) => ({ ...edit, i })).sort((a, b) => a.at - b.at || a.i - b.i)
  let at = 0
  let out = ''
  for (const edit of ordered) {
    out += xml.slice(at, edit.at) + edit.insert
    at = edit.at + edit.length
  }
  return out + xml.slice(at)
}

/** A mark at a character of a piece: between its run and the next, or within the run, which then stands in two. */
function cut(
  xml: string,
  piece: DocxPiece,
  offset: number,
  side: 'before' | 'after',
  mark: string,
  parted: Set<DocxPiece>,
): Edit {
  const { run } = piece
  const isEdge = side === 'before' ? offset === piece.start : offset === piece.end
  if (isEdge || !run.isPlain) return { at: side === 'before' ? run.from : run.to, length: 0, insert: mark }
  parted.add(piece)
  const again = `<w:r>${run.properties}<w:t xml:space="preserve">`
  return { at: rawOffset(xml, piece, offset - piece.start), length: 0, insert: `</w:t></w:r>${mark}${again}` }
}

/** Where a character of a piece stands in the XML: entities are longer there. */
function rawOffset(xml: string, { from, to }: DocxPiece, characters: number): number {
  let at = from
  for (let left = characters; left > 0 && at < to; ) {
    const end = xml[at] === '&' ? xml.indexOf(';', at) + 1 : at + 1
    left -= xml[at] === '&' ? unescaped(xml.slice(at, end)).length : 1
    at = end
  }
  return at
}
