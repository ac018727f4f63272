import type { FigureRequest } from '../figures/figure.ts'
import type { Style } from '../figures/wording.ts'
import type { Language } from '../words.ts'

/** A figure where a document states it: what was asked of the ledger, what it answered, how it is written. */
export interface FigureBinding extends Pick<FigureRequest, 'indicator' | 'org' | 'period' | 'where' | 'scope'> {
  /** What exactly is stated, see address.ts; the same in every format. */
  readonly address: string
  /** What a person calls it, in the document's language: 甲县科技局2024年接听求助电话. */
  readonly name: string
  /** The record, when a single record holds the number; `indicator` is then ''. */
  readonly record?: string
  /** In the base unit of `unit`; null when there was no such figure. */
  readonly value: number | null
  readonly unit: string
  /** The words in the text; a comparison's whole phrase. */
  readonly written: string
  readonly style?: Style
  /** A person wrote other words over the figure: it no longer follows the ledger, and says so. */
  readonly detached?: boolean
}

export type Inline = { readonly text: string } | { readonly figure: FigureBinding }

export interface Heading {
  readonly kind: 'heading'
  readonly level: 1 | 2 | 3 | 4
  readonly inlines: readonly Inline[]
}

export interface Table {
  readonly kind: 'table'
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[]
  readonly rows: readonly (readonly (readonly Inline[])[])[]
}

export interface Chart {
  readonly kind: 'chart'
  readonly caption: string
  readonly type: 'bar' | 'line'
  /** Unit id of the points' values, which are in its base unit. */
  readonly unit: string
  /** Unit id the points are drawn in. */
  readonly drawnIn: string
  /** Address of the whole breakdown. */
  readonly address: string
  readonly points: readonly { readonly label: string; readonly figure: FigureBinding }[]
}

export type Block =
  | Heading
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | Table
  | Chart

/** What stands around the text of an official document. Source: GB/T 9704-2012, 7.2 to 7.4. */
export interface Surroundings {
  /** 主送机关, without its colon. */
  readonly addressee?: string
  /** 附件, by name. */
  readonly attachments?: readonly string[]
  /** 份号, at most 6 digits. */
  readonly copyNumber?: string
  /** 密级和保密期限: 秘密★1年. */
  readonly secrecy?: string
  /** 紧急程度: 特急. */
  readonly urgency?: string
  /** 抄送机关. */
  readonly copiedTo?: string
  /** 印发机关和印发日期 'YYYY-MM-DD'. */
  readonly printed?: { readonly organ: string; readonly date: string }
}

/** A report before it is laid out. Every format is written from this and nothing else. */
export interface ReportDocument extends Surroundings {
  readonly title: string
  /** Name of the issuing org unit. */
  readonly organ: string
  /** Day of writing or issue, 'YYYY-MM-DD'. */
  readonly date: string
  readonly period: string
  readonly language: Language
  readonly blocks: readonly Block[]
  readonly signature: { readonly name: string; readonly date: string }
  /** 发文字号: 示科发〔2024〕12号. */
  readonly number?: string
  /** Laid out with the red head of GB/T 9704-2012, 7.2. */
  readonly redHead?: boolean
}

export function inlinesOfBlock(block: Block): readonly Inline[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.inlines
    case 'list':
      return block.items.flat()
    case 'table':
      return block.rows.flat(2)
    case 'chart':
      return block.points
  }
}

/** The block with each inline changed; a chart keeps what stays a figure. */
export function mapInlines(block: Block, change: (inline: Inline) => Inline): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, inlines: block.inlines.map(change) }
    case 'list':
      return { ...block, items: block.items.map(item => item.map(change)) }
    case 'table':
      return { ...block, rows: block.rows.map(row => row.map(cell => cell.map(change))) }
    case 'chart':
      return {
        ...block,
        points: block.points.map(point => {
          const changed = change({ figure: point.figure })
          return 'figure' in changed ? { ...point, figure: changed.figure } : point
        }),
      }
  }
}

export const figuresOfBlock = (block: Block): FigureBinding[] =>
  inlinesOfBlock(block).flatMap(inline => ('figure' in inline ? [inline.figure] : []))

/** All bound figures in the order of the text; one stated twice comes twice. */
export const figuresOf = ({ blocks }: Pick<ReportDocument, 'blocks'>): FigureBinding[] => blocks.flatMap(figuresOfBlock)

export const textOf = (inlines: readonly Inline[]): string =>
  inlines.map(inline => ('figure' in inline ? inline.figure.written : inline.text)).join('')
