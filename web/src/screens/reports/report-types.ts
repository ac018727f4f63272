import type { Block, Inline, ReportDocument } from '../../../../src/kernel/reports/document.ts'

export interface ReportHead {
  readonly id: string
  readonly org: string
  readonly template: string
  readonly period: string
  readonly title: string
  readonly number: string | null
  readonly status: 'draft' | 'issued' | 'withdrawn'
  readonly version: number
  readonly createdAt: string
  readonly issuedAt: string | null
}

export interface Report extends ReportHead {
  readonly document: ReportDocument
}

export interface OvertakenFigure {
  readonly address: string
  readonly name: string
  readonly written: string
  readonly writtenNow: string
}

/** The text of a document as it is read aloud: what the reader of reports checks. */
export const textOf = (blocks: readonly Block[]): string => blocks.flatMap(linesOf).join('\n')

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [plain(block.inlines)]
    case 'list':
      return block.items.map(plain)
    case 'table':
      return block.rows.map(row => row.map(plain).join('　'))
    case 'chart':
      return []
  }
}

const plain = (inlines: readonly Inline[]): string =>
  inlines.map(inline => ('text' in inline ? inline.text : inline.figure.written)).join('')
