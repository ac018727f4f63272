/** Where things stand on a line of days, in percent of its length. */
export interface Line {
  readonly from: string
  /** The day after the last. */
  readonly until: string
}

const day = (text: string) => Date.parse(text) / 86_400_000

/** Percent from the left of a day, within the line. */
export function at({ from, until }: Line, on: string): number {
  const share = (day(on) - day(from)) / (day(until) - day(from))
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100
}

/** Left and width of what lasts from one day to another, cut to the line. */
export function span(line: Line, from: string, until: string): { readonly left: number; readonly width: number } {
  const left = at(line, from)
  return { left, width: Math.max(0.3, at(line, until) - left) }
}

/** Whole years that hold all that is drawn. */
export function lineOf(bars: readonly { readonly from: string; readonly until: string }[], present: string): Line {
  const first = [present, ...bars.map(bar => bar.from)].sort()[0]!
  const last = [present, ...bars.map(bar => bar.until)].sort().at(-1)!
  return { from: `${first.slice(0, 4)}-01-01`, until: `${Number(last.slice(0, 4)) + 1}-01-01` }
}

/** First days of the quarters of a line; those that begin a year carry its number. */
export function ticks({ from, until }: Line): { readonly day: string; readonly year: string | null }[] {
  const marks = []
  for (let year = Number(from.slice(0, 4)); year < Number(until.slice(0, 4)); year++)
    for (const month of ['01', '04', '07', '10'])
      marks.push({ day: `${year}-${month}-01`, year: month === '01' ? String(year) : null })
  return marks
}
