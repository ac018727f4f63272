import { fail, failAll, ok, type Result } from '../result.ts'
import type { Mark, Page } from './page.ts'
import { pdf } from './pdf.ts'
import { type Bars, code128, type Matrix, MODULE, type PrintedSymbol, QUIET, QUIET_QR, qr } from './symbol.ts'

/** One tag: a code that a scanner reads, and what people read beside it. The code itself is always printed in clear. */
export interface Tag {
  readonly code: string
  readonly symbol: 'code128' | 'qr'
  /** The first line is the largest. */
  readonly lines: readonly string[]
}

/** How tags lie on a sheet, in mm. */
export interface SheetLayout {
  readonly page: { readonly width: number; readonly height: number }
  readonly columns: number
  readonly rows: number
  readonly margin: { readonly x: number; readonly y: number }
  readonly gap: { readonly x: number; readonly y: number }
}

const A4 = { width: 210, height: 297 }

/** Sheets of adhesive labels as they are sold. */
export const sheets = {
  /** 24 tags of 64 × 34 mm. */
  'a4-3x8': { page: A4, columns: 3, rows: 8, margin: { x: 7, y: 12 }, gap: { x: 2, y: 0 } },
  /** 14 tags of 99 × 38 mm. */
  'a4-2x7': { page: A4, columns: 2, rows: 7, margin: { x: 5, y: 15 }, gap: { x: 2, y: 0 } },
  /** 8 tags of 99 × 67 mm. */
  'a4-2x4': { page: A4, columns: 2, rows: 4, margin: { x: 5, y: 13 }, gap: { x: 2, y: 0 } },
} as const satisfies Record<string, SheetLayout>

const PADDING = 2
/** ISO/IEC 15416 asks for bars that a hand scanner meets when held askew. */
const LEAST_BARS = 8
const MOST_MODULE = 0.5

export interface SheetOptions {
  readonly layout?: SheetLayout
  /** Places on the first sheet that are used up. */
  readonly skip?: number
  readonly title: string
  readonly at: Date
}

/**
 * Sheets of tags as a PDF for an ordinary printer at 100 %.
 * @returns the file, or an error `label/none`, `label/too-wide`, `label/too-small` or of the code, which names the tag by `index`
 */
export async function tagSheets(
  tags: readonly Tag[],
  { layout = sheets['a4-3x8'], skip = 0, title, at }: SheetOptions,
): Promise<Result<Buffer>> {
  const pages = tagPages(tags, layout, skip)
  return pages.ok ? ok(await pdf(pages.value, { title, at })) : pages
}

export function tagPages(tags: readonly Tag[], layout: SheetLayout, skip: number): Result<Page[]> {
  const { page, columns, rows, margin, gap } = layout
  if (tags.length === 0) return fail('label/none', { zh: '没有要打印的标签', en: 'There are no labels to print' })
  const width = (page.width - 2 * margin.x - (columns - 1) * gap.x) / columns
  const height = (page.height - 2 * margin.y - (rows - 1) * gap.y) / rows
  const first = Math.max(0, Math.trunc(skip)) % (columns * rows)
  const marks: Mark[][] = []
  for (const [index, tag] of tags.entries()) {
    const place = first + index
    const onSheet = place % (columns * rows)
    const laid = layTag(tag, {
      x: margin.x + (onSheet % columns) * (width + gap.x),
      y: margin.y + Math.floor(onSheet / columns) * (height + gap.y),
      width,
      height,
    })
    if (!laid.ok) return failAll(laid.problems.map(problem => ({ ...problem, index })))
    const sheet = Math.floor(place / (columns * rows))
    marks[sheet] = [...(marks[sheet] ?? []), ...laid.value]
  }
  return ok(marks.map(sheet => ({ ...page, marks: sheet })))
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function layTag(tag: Tag, place: Place): Result<Mark[]> {
  const symbol: Result<PrintedSymbol> = tag.symbol === 'qr' ? qr(tag.code) : code128(tag.code)
  if (!symbol.ok) return symbol
  return symbol.value.kind === 'bars' ? layBars(tag, symbol.value, place) : layMatrix(tag, symbol.value, place)
}

/** Bars across the tag, the code in clear beneath, then the lines. */
function layBars(tag: Tag, symbol: Bars, place: Place): Result<Mark[]> {
  const module = Math.min(MOST_MODULE, place.width / (symbol.modules + 2 * QUIET))
  if (module < MODULE) return tooWide(tag.code, (symbol.modules + 2 * QUIET) * MODULE, place.width)
  const line = lineHeight(tag, place)
  const height = place.height - 2 * PADDING - line * (tag.lines.length + 1) - 1
  if (height < LEAST_BARS) return tooSmall(tag, place)
  const below = place.y + PADDING + height + 1
  return ok([
    {
      kind: 'bars',
      x: place.x + (place.width - symbol.modules * module) / 2,
      y: place.y + PADDING,
      height,
      module,
      symbol,
    },
    ...[tag.code, ...tag.lines].map((text, index) => ({
      kind: 'text' as const,
      x: place.x + PADDING,
      y: below + index * line,
      width: place.width - 2 * PADDING,
      size: line * 0.8,
      text,
      align: 'center' as const,
    })),
  ])
}

/** The square on the left, the lines on its right, the code in clear as the last. */
function layMatrix(tag: Tag, symbol: Matrix, place: Place): Result<Mark[]> {
  const modules = symbol.rows.length + 2 * QUIET_QR
  const side = Math.min(place.height, place.width * 0.42)
  const module = side / modules
  if (module < MODULE) return tooWide(tag.code, modules * MODULE, side)
  const texts = [...tag.lines, tag.code]
  const line = Math.min(5, (place.height - 2 * PADDING) / texts.length)
  if (line < 2.2) return tooSmall(tag, place)
  const quiet = QUIET_QR * module
  const top = place.y + (place.height - line * texts.length) / 2
  return ok([
    { kind: 'matrix', x: place.x + quiet, y: place.y + (place.height - side) / 2 + quiet, module, symbol },
    ...texts.map((text, index) => ({
      kind: 'text' as const,
      x: place.x + side,
      y: top + index * line,
      width: place.width - side - PADDING,
      size: line * (index === 0 ? 0.8 : 0.65),
      text,
    })),
  ])
}

const lineHeight = (tag: Tag, place: Place): number =>
  Math.min(5, Math.max(2.5, (place.height - 2 * PADDING - 1) / (tag.lines.length + 4)))

const tooWide = (code: string, needs: number, has: number) =>
  fail('label/too-wide', {
    field: 'code',
    value: code,
    zh: `“${code}”太长：这种标签上要占${needs.toFixed(0)}毫米，只有${has.toFixed(0)}毫米，请选大一些的标签或改用二维码`,
    en: `'${code}' takes ${needs.toFixed(0)} mm and the label has ${has.toFixed(0)} mm; choose a larger label or QR`,
  })

const tooSmall = (tag: Tag, place: Place) =>
  fail('label/too-small', {
    field: 'lines',
    value: tag.lines.length,
    zh: `标签高${place.height.toFixed(0)}毫米，放不下条码和${tag.lines.length}行文字，请减少行数或选大一些的标签`,
    en: `A label ${place.height.toFixed(0)} mm high has no room for the code and ${tag.lines.length} lines; use fewer lines or a larger label`,
  })
