import type { Block, Heading, Inline, Table } from './document.ts'
import type { Bindings } from './marks.ts'

/**
 * Turns rendered lines into blocks: `#` to `####` headings, blank lines between paragraphs, `| a | b |` tables, `- ` lists;
 * marks become bound figures, tables and charts.
 */
export function blocksOf(text: string, bindings: Bindings): Block[] {
  return chunksOf(text, bindings).map(chunk => blockOf(chunk, bindings))
}

/** Lines that belong together; a single line break within a paragraph joins without a space, as Chinese does. */
function chunksOf(text: string, bindings: Bindings): string[][] {
  const chunks: string[][] = []
  let open: string[] | undefined
  let kind = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '') {
      // A list goes on over blank lines, which a loop leaves between its items.
      if (kind !== 'list') open = undefined
      continue
    }
    const now = kindOf(line, bindings)
    if (open && now === kind && now !== 'heading' && now !== 'block') open.push(line)
    else {
      open = [line]
      kind = now
      chunks.push(open)
    }
  }
  return chunks
}

function kindOf(line: string, bindings: Bindings): 'heading' | 'table' | 'list' | 'block' | 'paragraph' {
  if (/^#{1,4} /.test(line)) return 'heading'
  if (line.startsWith('|')) return 'table'
  if (line.startsWith('- ')) return 'list'
  return bindings.blockAt(line) ? 'block' : 'paragraph'
}

function blockOf(lines: readonly string[], bindings: Bindings): Block {
  const first = lines[0]!
  switch (kindOf(first, bindings)) {
    case 'heading': {
      const level = levelOf(first)
      return { kind: 'heading', level, inlines: bindings.inlines(first.slice(level + 1)) }
    }
    case 'table':
      return tableOf(lines, bindings)
    case 'list':
      return { kind: 'list', items: lines.map(line => bindings.inlines(line.slice(2))) }
    case 'block':
      return bindings.blockAt(first)!
    case 'paragraph':
      return { kind: 'paragraph', inlines: bindings.inlines(lines.join('')) }
  }
}

function levelOf(line: string): Heading['level'] {
  const levels = [1, 2, 3, 4] as const
  return levels[line.indexOf(' ') - 1]!
}

function tableOf(lines: readonly string[], bindings: Bindings): Table {
  const cells = (line: string) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map(cell => cell.trim())
  const words = (inlines: readonly Inline[]) =>
    inlines.map(inline => ('figure' in inline ? inline.figure.written : inline.text)).join('')
  const rule = lines.findIndex(line => /^[\s|:-]+$/.test(line))
  const head = cells(lines[0]!)
  const aligns = rule > 0 ? cells(lines[rule]!) : []
  return {
    kind: 'table',
    columns: head.map((title, i) => ({
      title: words(bindings.inlines(title)),
      align: aligns[i]?.endsWith(':') ? 'right' : 'left',
    })),
    // Every row has the cells that the head has, no more and no fewer.
    rows: lines.slice(rule > 0 ? rule + 1 : 1).map(line => {
      const given = cells(line)
      return head.map((_, i) => bindings.inlines(given[i] ?? ''))
    }),
  }
}
