import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { create, type Font } from 'fontkit'

/**
 * The typeface of labels: Noto Sans SC Regular with every character of GBK, so that a printed name does not depend on
 * what fonts the machine has. Made with fontTools from Noto Sans CJK 2.004 (licence beside it), without hints and layout.
 */
const file = new URL('./noto-sans-sc.otf.br', import.meta.url)

let bytes: Buffer | undefined
let opened: Font | undefined

export const fontBytes = (): Buffer => (bytes ??= brotliDecompressSync(readFileSync(file)))

export function font(): Font {
  if (opened) return opened
  const made = create(fontBytes())
  if (!('glyphForCodePoint' in made)) throw new Error('the typeface of labels is not a single font')
  opened = made
  return opened
}

/** Stands for a character that the typeface lacks, as printers have it. */
export const GETA = '〓'

/** The text as it can be printed: a control becomes a space, a character without a glyph a geta mark. */
export const printable = (text: string): string =>
  [...text.normalize('NFC')]
    .map(char => (/\p{Cc}/u.test(char) ? ' ' : font().hasGlyphForCodePoint(char.codePointAt(0)!) ? char : GETA))
    .join('')

/** Width of a printable text, as a multiple of the font size. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + font().glyphForCodePoint(char.codePointAt(0)!).advanceWidth, 0) /
  font().unitsPerEm

/** The largest part of the size, down to this, that a text is shrunk to before it is cut. */
const LEAST = 0.6

/** How a text goes into a width (same unit as the size): as it is, smaller, or cut with an ellipsis. */
export function fitted(text: string, size: number, width: number): { text: string; size: number } {
  const shown = printable(text)
  const natural = widthOf(shown) * size
  if (natural <= width) return { text: shown, size }
  const smaller = size * Math.max(LEAST, width / natural)
  if (widthOf(shown) * smaller <= width * 1.000001) return { text: shown, size: smaller }
  const chars = [...shown]
  while (chars.length > 0 && widthOf(`${chars.join('')}…`) * smaller > width) chars.pop()
  return { text: `${chars.join('')}…`, size: smaller }
}
