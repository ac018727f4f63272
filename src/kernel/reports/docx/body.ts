import type { Language } from '../../words.ts'
import { chartTitle } from '../chart.ts'
import type { Block, Inline, ReportDocument, Table } from '../document.ts'
import { textOf } from '../document.ts'
import { chartControl, figureControl, type NextId } from './bindings.ts'
import { chartDrawing } from './chart.ts'
import { paragraph, run } from './xml.ts'

/** Width of the type area in twips: 156 mm. */
export const TYPE_AREA = 8844

/** The blocks of a document as WordprocessingML. Charts and lists are numbered in the order of the text, from 1. */
export function bodyXml({ blocks, language }: ReportDocument, nextId: NextId): string {
  const counts = { chart: 0, list: 0 }
  return blocks
    .map(block => {
      if (block.kind === 'chart' || block.kind === 'list') counts[block.kind]++
      return blockXml(block, counts, language, nextId)
    })
    .join('')
}

function blockXml(block: Block, counts: { chart: number; list: number }, language: Language, nextId: NextId): string {
  switch (block.kind) {
    case 'heading':
      return paragraph(`Biaoti${block.level}`, inlinesXml(block.inlines, nextId))
    case 'paragraph':
      return paragraph('Zhengwen', inlinesXml(block.inlines, nextId))
    case 'list': {
      const numbered = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${counts.list + 2}"/></w:numPr>`
      return block.items.map(item => paragraph('Liebiao', inlinesXml(item, nextId), numbered)).join('')
    }
    case 'table':
      return tableXml(block, nextId)
    case 'chart': {
      const title = chartTitle(block, language)
      const drawing = chartControl(block.address, title, nextId(), chartDrawing(counts.chart, title))
      return paragraph('Tu', drawing) + paragraph('Tuti', run(title))
    }
  }
}

export const listCount = (blocks: readonly Block[]): number => blocks.filter(({ kind }) => kind === 'list').length

const inlinesXml = (inlines: readonly Inline[], nextId: NextId): string =>
  inlines.map(inline => ('figure' in inline ? figureControl(inline.figure, nextId()) : run(inline.text))).join('')

const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map(side => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
  .join('')

function tableXml(table: Table, nextId: NextId): string {
  const widths = columnWidths(table)
  const cell = (i: number, content: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${content}</w:tc>`
  const head = table.columns.map(({ title }, i) => cell(i, paragraph('Biaotou', run(title))))
  const rows = table.rows.map(row => {
    const cells = row.map((inlines, i) => {
      const right = table.columns[i]?.align === 'right' ? '<w:jc w:val="right"/>' : ''
      return cell(i, paragraph('Biaoge', inlinesXml(inlines, nextId), right))
    })
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`
  })
  return `<w:tbl><w:tblPr><w:tblW w:w="${TYPE_AREA}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths
    .map(width => `<w:gridCol w:w="${width}"/>`)
    .join(
      '',
    )}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head.join('')}</w:tr>${rows.join('')}</w:tbl>${paragraph('Normal')}`
}

/** Columns share the type area by the length of their longest text. */
function columnWidths({ columns, rows }: Table): number[] {
  const lengths = columns.map(({ title }, i) => {
    const longest = Math.max(title.length, ...rows.map(row => textOf(row[i] ?? []).length))
    return Math.min(Math.max(longest, 4), 40)
  })
  const all = lengths.reduce((sum, length) => sum + length, 0)
  const widths = lengths.map(length => Math.floor((TYPE_AREA * length) / all))
  return widths.map((width, i) => (i === 0 ? width + TYPE_AREA - widths.reduce((sum, one) => sum + one, 0) : width))
}
