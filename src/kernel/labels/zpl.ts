import sharp from 'sharp'
import { fail, ok, type Result } from '../result.ts'
import { fitted, font, widthOf } from './font.ts'
import {
  BASELINE,
  type BarsMark,
  type BoxMark,
  darkBars,
  darkRuns,
  type Mark,
  type MatrixMark,
  type Page,
} from './page.ts'
import { MODULE, QUIET } from './symbol.ts'

/** Dots a mm of the usual label printers: 203, 300 and 600 dpi. */
export type DotsPerMm = 8 | 12 | 24

/**
 * Pages in the language of label printers (ZPL II), one `^XA…^XZ` each.
 *
 * Bars are drawn as the encoder gave them, in whole dots, because printers choose code sets differently; text is sent as
 * a picture of our own typeface, because few printers have Chinese characters.
 * @returns the commands, ASCII only, or an error `label/too-wide` where whole dots make a symbol wider than its page
 */
export async function zpl(pages: readonly Page[], dotsPerMm: DotsPerMm): Promise<Result<string>> {
  const written: string[] = []
  for (const page of pages) {
    const commands = await pageCommands(page, dotsPerMm)
    if (!commands.ok) return commands
    written.push(commands.value)
  }
  return ok(written.join('\n'))
}

async function pageCommands(page: Page, dots: DotsPerMm): Promise<Result<string>> {
  const width = Math.round(page.width * dots)
  const height = Math.round(page.height * dots)
  const picture = await textPicture(page, width, height, dots)
  const commands = ['^XA', `^PW${width}`, `^LL${height}`, '^LH0,0', '^PON']
  for (const mark of page.marks) {
    if (mark.kind === 'bars') {
      const bars = barCommands(mark, page, dots)
      if (!bars.ok) return bars
      commands.push(...bars.value)
    } else commands.push(...markCommands(mark, picture, dots))
  }
  return ok([...commands, '^XZ'].join('\n'))
}

function markCommands(mark: Exclude<Mark, BarsMark>, picture: Bitmap, dots: DotsPerMm): string[] {
  switch (mark.kind) {
    case 'matrix':
      return matrixCommands(mark, dots)
    case 'box':
      return [boxCommand(mark, dots)]
    case 'text':
      return textCommands(picture, {
        left: Math.max(0, Math.floor(mark.x * dots)),
        top: Math.max(0, Math.floor((mark.y - mark.size * 0.3) * dots)),
        right: Math.min(picture.width, Math.ceil((mark.x + mark.width) * dots)),
        bottom: Math.min(picture.height, Math.ceil((mark.y + mark.size * 1.3) * dots)),
      })
  }
}

/** Black rectangles, a module as wide as the mark says or the next whole number of dots that is still wide enough. */
function barCommands(mark: BarsMark, page: Page, dots: DotsPerMm): Result<string[]> {
  const module = Math.max(Math.ceil(MODULE * dots - 1e-9), Math.floor(mark.module * dots + 1e-9))
  const width = mark.symbol.modules * module
  const left = Math.round((mark.x + (mark.symbol.modules * mark.module) / 2) * dots - width / 2)
  const right = Math.round(page.width * dots) - left - width
  if (Math.min(left, right) < QUIET * module) {
    const needs = (mark.symbol.modules + 2 * QUIET) * (module / dots)
    return fail('label/too-wide', {
      field: 'code',
      value: mark.symbol.text,
      zh: `“${mark.symbol.text}”的条码要占${needs.toFixed(0)}毫米，标签只有${page.width.toFixed(0)}毫米宽`,
      en: `The bars of '${mark.symbol.text}' take ${needs.toFixed(0)} mm and the label is ${page.width.toFixed(0)} mm wide`,
    })
  }
  const top = Math.round(mark.y * dots)
  const height = Math.round(mark.height * dots)
  return ok(
    [...darkBars(mark.symbol)].map(
      bar => `^FO${left + bar.at * module},${top}^GB${bar.width * module},${height},${bar.width * module}^FS`,
    ),
  )
}

function matrixCommands(mark: MatrixMark, dots: DotsPerMm): string[] {
  const module = Math.max(1, Math.floor(mark.module * dots + 1e-9))
  const shift = ((mark.module * dots - module) * mark.symbol.rows.length) / 2
  const left = Math.round(mark.x * dots + shift)
  const top = Math.round(mark.y * dots + shift)
  return [...darkRuns(mark.symbol)].map(
    run => `^FO${left + run.at * module},${top + run.row * module}^GB${run.width * module},${module},${module}^FS`,
  )
}

const boxCommand = ({ x, y, width, height, line }: BoxMark, dots: DotsPerMm): string => {
  const thick = Math.max(1, Math.round(line * dots))
  const long = (size: number) => Math.max(thick, Math.round(size * dots))
  return `^FO${Math.round(x * dots)},${Math.round(y * dots)}^GB${long(width)},${long(height)},${thick}^FS`
}

interface Bitmap {
  readonly width: number
  readonly height: number
  /** Darkness of each dot, 0–255. */
  readonly dark: Uint8Array
}

/** All text of a page as dots, by the outlines of the typeface. */
async function textPicture(page: Page, width: number, height: number, dots: DotsPerMm): Promise<Bitmap> {
  const paths: string[] = []
  for (const mark of page.marks) {
    if (mark.kind !== 'text') continue
    const { text, size } = fitted(mark.text, mark.size, mark.width)
    const room = mark.width - widthOf(text) * size
    const scale = (size * dots) / font().unitsPerEm
    let x = (mark.x + (mark.align === 'right' ? room : mark.align === 'center' ? room / 2 : 0)) * dots
    const y = (mark.y + BASELINE * mark.size) * dots
    for (const char of text) {
      const glyph = font().glyphForCodePoint(char.codePointAt(0)!)
      paths.push(`<path transform="translate(${x} ${y}) scale(${scale} ${-scale})" d="${glyph.path.toSVG()}"/>`)
      x += glyph.advanceWidth * scale
    }
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${paths.join('')}</svg>`
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, dark: data }
}

interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The dots of an area as a graphic field; nothing where all of it is blank. */
function textCommands(picture: Bitmap, { left, top, right, bottom }: Area): string[] {
  const bytes = Math.ceil((right - left) / 8)
  const rows: string[] = []
  for (let y = top; y < bottom; y++) {
    let row = ''
    for (let byte = 0; byte < bytes; byte++) {
      let value = 0
      for (let bit = 0; bit < 8; bit++) {
        const x = left + byte * 8 + bit
        if (x < right && picture.dark[y * picture.width + x]! > 127) value |= 0x80 >> bit
      }
      row += value.toString(16).toUpperCase().padStart(2, '0')
    }
    rows.push(row)
  }
  if (rows.every(row => /^0*$/.test(row))) return []
  const total = bytes * rows.length
  return [`^FO${left},${top}^GFA,${total},${total},${bytes},${squeezed(rows)}^FS`]
}

/** Source: ZPL II Programming Guide, "Alternative Data Compression Scheme": ',' zeros to the end of the row, ':' the row before. */
function squeezed(rows: readonly string[]): string {
  let before = ''
  return rows
    .map(row => {
      const same = row === before
      before = row
      if (same) return ':'
      return row.replace(/0+$/, ',').replace(/(.)\1{2,}/g, (run, digit: string) => `${times(run.length)}${digit}`)
    })
    .join('')
}

/** g to z are 20 to 400 in twenties, G to Y are 1 to 19. */
function times(count: number): string {
  let left = count
  let letters = ''
  while (left >= 400) {
    letters += 'z'
    left -= 400
  }
  const twenties = Math.floor(left / 20)
  if (twenties > 0) letters += String.fromCharCode('f'.charCodeAt(0) + twenties)
  if (left % 20 > 0) letters += String.fromCharCode('F'.charCodeAt(0) + (left % 20))
  return letters
}
