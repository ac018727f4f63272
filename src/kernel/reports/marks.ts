import { type Block, type FigureBinding, figuresOfBlock, type Inline } from './document.ts'

// Rendered text is plain lines in which private-use characters stand for what is not text. What records, org units and
// people wrote is cleared of them and guarded, so that it can neither forge a figure nor begin a heading or a table.

const OPEN = '\ue000'
const CLOSE = '\ue001'
const BLOCK = '\ue002'
const BAR = '\ue003'
const GUARD = '\ue004'
const MARKS = /[\ue000-\ue004]/g
const FIGURE = /\ue000(\d+)\ue001/g

/** The figures and blocks that a rendered text names. */
export class Bindings {
  readonly figures: FigureBinding[] = []
  readonly blocks: Block[] = []

  /** The mark that stands for a figure in rendered text. */
  mark(binding: FigureBinding): string {
    this.figures.push(binding)
    return `${OPEN}${this.figures.length - 1}${CLOSE}`
  }

  /** The line that stands for a block that is no text. */
  markBlock(block: Block): string {
    this.blocks.push(block)
    return `\n\n${BLOCK}${this.blocks.length - 1}\n\n`
  }

  /** The figures that a stretch of rendered text names. */
  within(text: string): FigureBinding[] {
    const inText = [...text.matchAll(FIGURE)].map(match => this.figures[Number(match[1])]!)
    const inBlocks = [...text.matchAll(/\ue002(\d+)/g)].flatMap(match => figuresOfBlock(this.blocks[Number(match[1])]!))
    return [...inText, ...inBlocks]
  }

  /** The block that a line stands for, if it does. */
  blockAt(line: string): Block | undefined {
    return line.startsWith(BLOCK) ? this.blocks[Number(line.slice(1))] : undefined
  }

  /** Text and figures of a stretch within a line. */
  inlines(text: string): Inline[] {
    return text.split(FIGURE).flatMap((part, i): Inline[] => {
      if (i % 2 === 1) return [{ figure: this.figures[Number(part)]! }]
      const words = plainText(part)
      return words === '' ? [] : [{ text: words }]
    })
  }
}

/** What someone wrote, without marks. */
export const cleared = (text: string): string => text.replace(MARKS, '')

/** Printed text as it stands in a line: no line break, no column, nothing at its beginning that means something. */
export const guarded = (text: string): string => GUARD + text.replace(/\s+/g, ' ').replaceAll('|', BAR)

/** Text of a line as a reader sees it. */
export const plainText = (text: string): string => text.replaceAll(BAR, '|').replaceAll(GUARD, '')
