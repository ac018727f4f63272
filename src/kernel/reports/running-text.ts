import { chartTitle } from './chart.ts'
import type { Block, FigureBinding, Inline, ReportDocument } from './document.ts'
import { headingNumbers } from './headings.ts'

/** A report as its reader sees it, one line a paragraph or row of a table, and where in it the bound figures stand. */
export interface RunningText {
  readonly text: string
  readonly figures: readonly { readonly start: number; readonly end: number; readonly figure: FigureBinding }[]
}

/** What `readClaims` reads of a document: the words of its pages without layout. Cells of a row are parted by tabs. */
export function runningText(document: ReportDocument): RunningText {
  const figures: { start: number; end: number; figure: FigureBinding }[] = []
  let text = document.title
  const put = (inlines: readonly Inline[]) => {
    for (const inline of inlines) {
      const start = text.length
      text += 'figure' in inline ? inline.figure.written : inline.text
      if ('figure' in inline) figures.push({ start, end: text.length, figure: inline.figure })
    }
  }
  const row = (cells: readonly (readonly Inline[])[]) => {
    cells.forEach((cell, i) => {
      text += i === 0 ? '\n' : '\t'
      put(cell)
    })
  }
  const numbers = headingNumbers(document.blocks, document.language)
  const putBlock = (block: Block, number: string) => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        text += `\n${number}`
        put(block.inlines)
        break
      case 'list':
        block.items.forEach((item, i) => {
          text += `\n${i + 1}. `
          put(item)
        })
        break
      case 'table':
        row(block.columns.map(({ title }) => [{ text: title }]))
        block.rows.forEach(row)
        break
      case 'chart':
        // The points of a chart are a picture: the text beside it has their title alone.
        text += `\n${chartTitle(block, document.language)}`
    }
  }
  document.blocks.forEach((block, i) => {
    putBlock(block, numbers[i]!)
  })
  return { text, figures }
}
