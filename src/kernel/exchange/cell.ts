/**
 * A cell as a file holds it. Sheets tell dates and percentages from plain numbers by their format; a text file has texts
 * only, a jsonl file whatever JSON has.
 */
export type Cell =
  | null
  | undefined
  | string
  | number
  | boolean
  /** Days since 1970-01-01 by the calendar on the wall, with the time of day as a fraction. */
  | { readonly serial: number }
  /** 0.85 for what is shown as 85%. */
  | { readonly percent: number }
  /** An error such as #N/A, or a formula, neither of which is a fact. */
  | { readonly error: string }
  | { readonly formula: string }
  /** What only jsonl has: lists and objects. */
  | { readonly json: unknown }

export const isEmpty = (cell: Cell): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')

/** A number of a sheet as people wrote it: its 15 digits, not the double behind them. */
export const decimalText = (value: number): string => String(Number(value.toPrecision(15)))

// Excel takes a text that begins with one of these for a formula. Written files carry an apostrophe before it, read ones
// lose it again; a text that begins with apostrophes gets one more, so that nothing is lost between the two.
const DANGEROUS = /^'*[=+\-@\t\r\n＝＋－＠]/u
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/u

/** A text that no spreadsheet will run. */
export const guarded = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text)

/** What a guarded text said. */
export const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text)

/** A cell given back as it was, made safe where it was not: numbers stay as they are. */
export const harmless = (text: string): string =>
  /^[=+\-@\t\r\n＝＋－＠]/u.test(text) && !/^[+-]?[\d.,]+%?$/.test(text) ? `'${text}` : text
