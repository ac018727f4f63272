import PDFDocument from 'pdfkit'
import { fitted, fontBytes, widthOf } from './font.ts'
import { BASELINE, darkBars, darkRuns, type Mark, type Page, type TextMark } from './page.ts'

const POINTS = 72 / 25.4

/**
 * Pages as a PDF. Bars are exact rectangles, not a picture; the characters used go along.
 * @param title what a reader shows for the file
 * @param at when it was made; the same pages, title and instant give the same bytes
 */
export async function pdf(pages: readonly Page[], { title, at }: { title: string; at: Date }): Promise<Buffer> {
  const document = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    info: { Title: title, Creator: 'Yilu', CreationDate: at },
  })
  const chunks: Buffer[] = []
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
  if (pages.some(page => page.marks.some(mark => mark.kind === 'text'))) document.font(fontBytes())
  for (const { width, height, marks } of pages) {
    document.addPage({ size: [width * POINTS, height * POINTS], margin: 0 })
    for (const mark of marks) draw(document, mark)
  }
  document.end()
  return whole
}

function draw(document: PDFKit.PDFDocument, mark: Mark): void {
  const rectangle = (x: number, y: number, width: number, height: number) =>
    document.rect(x * POINTS, y * POINTS, width * POINTS, height * POINTS)
  switch (mark.kind) {
    case 'text':
      write(document, mark)
      return
    case 'bars':
      for (const { at, width } of darkBars(mark.symbol))
        rectangle(mark.x + at * mark.module, mark.y, width * mark.module, mark.height)
      document.fill('black')
      return
    case 'matrix':
      for (const { at, row, width } of darkRuns(mark.symbol))
        rectangle(mark.x + at * mark.module, mark.y + row * mark.module, width * mark.module, mark.module)
      document.fill('black')
      return
    case 'box':
      document.lineWidth(mark.line * POINTS)
      rectangle(mark.x, mark.y, mark.width, mark.height).stroke('black')
  }
}

function write(document: PDFKit.PDFDocument, mark: TextMark): void {
  const { text, size } = fitted(mark.text, mark.size, mark.width)
  if (text === '') return
  const room = mark.width - widthOf(text) * size
  const left = mark.x + (mark.align === 'right' ? room : mark.align === 'center' ? room / 2 : 0)
  document
    .fontSize(size * POINTS)
    .fill('black')
    .text(text, left * POINTS, (mark.y + BASELINE * mark.size) * POINTS, { lineBreak: false, baseline: 'alphabetic' })
}
