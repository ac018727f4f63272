import type { Block, Chart, FigureBinding, Inline } from './document.ts'
import { CLOSE, OPEN } from './figure-drop.ts'
import { CHART, isPlannedMark } from './template.ts'

/**
 * Turns rendered template text into blocks: `#` to `####` headings, blank lines between paragraphs, `| a | b |` tables,
 * `- ` lists, chart lines; marks become bound figures.
 */
export function blocksOf(text: string, figures: readonly FigureBinding[]): Block[] {
  const blocks: Block[] = []
  for (const chunk of chunksOf(text)) blocks.push(blockOf(chunk, figures))
  return blocks
}

/** Lines that belong together; a single line break within a paragraph joins without a space, as Chinese does. */
function chunksOf(text: string): string[][] {
  const chunks: string[][] = []
  let open: string[] | undefined
  let kind = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '') {
      open = undefined
      continue
    }
    const now = kindOf(line)
    if (open && now === kind && now !== 'heading' && now !== 'chart') open.push(line)
    else {
      open = [line]
      kind = now
      chunks.push(open)
    }
  }
  return chunks
}

function kindOf(line: string): 'heading' | 'table' | 'list' | 'chart' | 'paragraph' {
  if (/^#{1,4} /.test(line)) return 'heading'
  if (line.startsWith('|')) return 'table'
  if (line.startsWith('- ')) return 'list'
  if (line.startsWith(CHART)) return 'chart'
  return 'paragraph'
}

function blockOf(lines: readonly string[], figures: readonly FigureBinding[]): Block {
  const first = lines[0]!
  switch (kindOf(first)) {
    case 'heading': {
      const level = first.indexOf(' ') as 1 | 2 | 3 | 4
      return { kind: 'heading', level, inlines: inlinesOf(first.slice(level + 1), figures) }
    }
    case 'table':
      return tableOf(lines, figures)
    case 'list':
      return { kind: 'list', items: lines.map(line => inlinesOf(line.slice(2), figures)) }
    case 'chart': {
      const chart = JSON.parse(first.slice(CHART.length)) as Omit<Chart, 'kind'>
      return { kind: 'chart', ...chart }
    }
    default:
      return { kind: 'paragraph', inlines: inlinesOf(lines.join(''), figures) }
  }
}

function tableOf(lines: readonly string[], figures: readonly FigureBinding[]): Block {
  const cells = (line: string) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map(cell => cell.trim())
  const rule = lines.findIndex(line => /^[\s|:-]+$/.test(line))
  const head = cells(lines[0]!)
  const aligns = rule > 0 ? cells(lines[rule]!) : []
  return {
    kind: 'table',
    columns: head.map((title, i) => ({ title, align: aligns[i]?.endsWith(':') ? 'right' : 'left' })),
    rows: lines.slice(rule > 0 ? rule + 1 : 1).map(line => cells(line).map(cell => inlinesOf(cell, figures))),
  }
}

const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`)

export function inlinesOf(text: string, figures: readonly FigureBinding[]): Inline[] {
  const parts = [...text]
    .filter(character => !isPlannedMark(character))
    .join('')
    .split(MARK)
  return parts.flatMap((part, i): Inline[] => {
    if (i % 2 === 1) return [{ figure: figures[Number(part)]! }]
    return part === '' ? [] : [{ text: part }]
  })
}
