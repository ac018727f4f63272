import type { Bars, Matrix } from './symbol.ts'

/** What stands on a page, in mm from its upper left corner: PDF and ZPL are both written from it. */
export type Mark = TextMark | BarsMark | MatrixMark | BoxMark

export interface TextMark {
  readonly kind: 'text'
  readonly x: number
  /** Upper edge of the characters. */
  readonly y: number
  /** A longer text is made smaller, then cut. */
  readonly width: number
  /** Height of a Chinese character. */
  readonly size: number
  readonly text: string
  readonly align?: 'left' | 'center' | 'right'
}

/** `x` is the first bar: the quiet zone lies before it. */
export interface BarsMark {
  readonly kind: 'bars'
  readonly x: number
  readonly y: number
  readonly height: number
  /** Width of a module. */
  readonly module: number
  readonly symbol: Bars
}

export interface MatrixMark {
  readonly kind: 'matrix'
  readonly x: number
  readonly y: number
  readonly module: number
  readonly symbol: Matrix
}

/** A frame, or with no height or width a line. */
export interface BoxMark {
  readonly kind: 'box'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly line: number
}

export interface Page {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
}

/** Where the baseline lies in the square of a Chinese character, from above. */
export const BASELINE = 0.88

/** Where the dark stretches of a symbol's bars lie: offset and width in modules. */
export function* darkBars({ widths }: Bars): Generator<{ at: number; width: number }> {
  let at = 0
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) yield { at, width }
    at += width
  }
}

/** Dark stretches of a QR symbol, row by row. */
export function* darkRuns({ rows }: Matrix): Generator<{ at: number; row: number; width: number }> {
  for (const [row, modules] of rows.entries()) {
    for (let at = 0; at < modules.length; at++) {
      if (!modules[at]) continue
      let width = 1
      while (modules[at + width]) width++
      yield { at, row, width }
      at += width
    }
  }
}
