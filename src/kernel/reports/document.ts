import type { FigureRequest } from '../figures/figure.ts'
import type { Style } from '../figures/wording.ts'
import type { Language } from '../words.ts'

/** A figure where a document states it: what was asked of the ledger, what it answered, how it is written. */
export interface FigureBinding extends Pick<FigureRequest, 'indicator' | 'org' | 'period' | 'where' | 'scope'> {
  /** See address.ts; the same in every format. */
  readonly address: string
  /** In the base unit of `unit`; null when there was no such figure. */
  readonly value: number | null
  readonly unit: string
  /** The words in the text. */
  readonly written: string
  readonly style?: Style
  /** A person wrote other words over the figure: it no longer follows the ledger, and says so. */
  readonly detached?: boolean
}

export type Inline = { readonly text: string } | { readonly figure: FigureBinding }

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly inlines: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }
  | {
      readonly kind: 'chart'
      readonly caption: string
      readonly type: 'bar' | 'line'
      /** Unit id of the points' values, which are in its base unit. */
      readonly unit: string
      readonly points: readonly { readonly label: string; readonly value: number | null }[]
    }

/** A report before it is laid out. Every format is written from this and nothing else. */
export interface ReportDocument {
  readonly title: string
  /** Name of the issuing org unit. */
  readonly organ: string
  /** Day of writing or issue, 'YYYY-MM-DD'. */
  readonly date: string
  readonly period: string
  readonly language: Language
  readonly blocks: readonly Block[]
  readonly signature: { readonly name: string; readonly date: string }
  /** 主送机关, without its colon. */
  readonly addressee?: string
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
      return []
  }
}

/** All bound figures in the order of the text; one stated twice comes twice. */
export const figuresOf = ({ blocks }: Pick<ReportDocument, 'blocks'>): FigureBinding[] =>
  blocks.flatMap(inlinesOfBlock).flatMap(inline => ('figure' in inline ? [inline.figure] : []))
