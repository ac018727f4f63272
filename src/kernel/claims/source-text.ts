import { fail, ok, type Result } from '../result.ts'

// Text out of plain files: what encoding, and what is mark-up rather than text.

/** UTF-8 or UTF-16 by its mark, else UTF-8 if all of it is, else GB18030, which Chinese offices still write. */
export function decoded(bytes: Buffer): Result<string> {
  const marked = markOf(bytes)
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return text.includes('\u0000') ? notText() : ok(text)
    } catch {
      // The next one may fit.
    }
  }
  return notText()
}

function markOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

const notText = () =>
  fail('text/not-text', {
    zh: '这不是文本文件：既不是 UTF-8，也不是 GB18030',
    en: 'This is no text file: it is neither UTF-8 nor GB18030',
  })

/** Markdown without its links and escapes. Headings, lists and tables stay as they are: the reader knows them. */
export const ofMarkdown = (markdown: string): string =>
  markdown
    .replace(/^\[[^\]\n]{1,200}\]:[^\n]*\n?/gm, '')
    .replace(/!?\[((?:[^[\]\\\n]|\\.){0,500})\](?:\[[^\]\n]{0,200}\]|\([^)\n]{0,1000}\))/g, '$1')
    .replace(/\\([\\`*_{}[\]<>()#+\-.!|~&])/g, '$1')
    .replace(/^(?:`{3}|~{3}).*$/gm, '')

const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'head',
  'noscript',
  'svg',
  'math',
  'object',
  'iframe',
  'select',
])
const BLOCKS = new Set(
  'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
const CELLS = new Set(['td', 'th'])

/** The text of a page, one line a block, `#` before headings, tabs between the cells of a row. Linear in its length. */
export function ofHtml(html: string): string {
  const lines: string[] = []
  let line = ''
  let isRow = false
  let cells = 0
  const flush = () => {
    const plain = isRow ? line.replace(/[^\S\t]+/g, ' ') : line.replace(/\s+/g, ' ').trim()
    if (plain.trim() !== '') lines.push(plain)
    line = ''
  }
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at)
    const end = open < 0 ? html.length : open
    if (end > at) line += unescaped(html.slice(at, end)).replace(/\s+/g, ' ')
    if (open < 0) break
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4)
      at = close < 0 ? html.length : close + 3
      continue
    }
    const name = /^<(\/?)([A-Za-z][A-Za-z0-9]*)/.exec(html.slice(open, open + 24))
    if (!name) {
      if (html[open + 1] === '!' || html[open + 1] === '?') at = after(html, '>', open)
      else {
        line += '<'
        at = open + 1
      }
      continue
    }
    const tag = name[2]!.toLowerCase()
    const closes = name[1] === '/'
    at = tagEnd(html, open)
    if (SKIPPED.has(tag) && !closes) {
      at = html[at - 2] === '/' ? at : skipped(html, tag, at)
      continue
    }
    if (CELLS.has(tag)) {
      if (!closes) {
        if (cells > 0) line = `${line.trimEnd()}\t`
        cells++
      }
    } else if (tag === 'tr') {
      flush()
      isRow = !closes
      cells = 0
    } else if (BLOCKS.has(tag)) {
      // A paragraph within a cell does not break its row.
      if (isRow) line += ' '
      else flush()
      if (/^h[1-6]$/.test(tag) && !closes && !isRow) line = `${'#'.repeat(Number(tag[1]))} `
    }
  }
  flush()
  return lines.filter(one => !/^#+\s*$/.test(one)).join('\n')
}

const after = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + mark.length
}

/** Where a tag ends; a > within quotes does not end it. */
function tagEnd(html: string, open: number): number {
  let quote = ''
  for (let at = open + 1; at < html.length; at++) {
    const ch = html[at]!
    if (quote !== '') {
      if (ch === quote) quote = ''
    } else if (ch === '"' || ch === "'") quote = ch
    else if (ch === '>') return at + 1
  }
  return html.length
}

function skipped(html: string, tag: string, from: number): number {
  const close = new RegExp(`</${tag}\\s*>`, 'gi')
  close.lastIndex = from
  return close.exec(html) ? close.lastIndex : html.length
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: '\u3000',
  middot: '·',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  times: '×',
  permil: '‰',
  deg: '°',
  sup2: '²',
  yen: '¥',
}

/** Entities of HTML and XML as the characters they stand for; what is none stays as it is. */
export const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));/g,
        (whole, decimal, hex, name) => {
          if (name !== undefined) return ENTITIES[name] ?? whole
          const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
          return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
            ? String.fromCodePoint(code)
            : whole
        },
      )
    : text
