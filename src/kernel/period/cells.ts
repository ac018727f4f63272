import { type Day, dayOf } from './day.ts'

/** A range of whole years, months or days: the grains that tallies are kept in. */
export interface CellRange {
  readonly grain: 'y' | 'm' | 'd'
  readonly from: Day
  readonly until: Day
}

/** The first day that any figure can count. */
const BEGINNING = '0001-01-01'

/**
 * Takes half-open days apart into at most five ranges, in order: days, months, years, months, days. A figure of any
 * period then reads a bounded number of tally rows.
 */
export function cells(from: string, until: string): CellRange[] {
  const start = positionOf(from)
  const end = positionOf(until)
  const firstMonth = start.date === 1 ? start.month : start.month + 1
  const lastMonth = end.month
  if (firstMonth >= lastMonth) return ranges([['d', start, end]])
  const firstYear = Math.ceil(firstMonth / 12) * 12
  const lastYear = Math.floor(lastMonth / 12) * 12
  if (firstYear >= lastYear)
    return ranges([
      ['d', start, first(firstMonth)],
      ['m', first(firstMonth), first(lastMonth)],
      ['d', first(lastMonth), end],
    ])
  return ranges([
    ['d', start, first(firstMonth)],
    ['m', first(firstMonth), first(firstYear)],
    ['y', first(firstYear), first(lastYear)],
    ['m', first(lastYear), first(lastMonth)],
    ['d', first(lastMonth), end],
  ])
}

/** All days before `until`: what a stock at the end of a period adds up. */
export const cellsUntil = (until: string): CellRange[] => cells(BEGINNING, until)

/** `month` counts months since January of year 0. */
interface Position {
  readonly month: number
  readonly date: number
}

const positionOf = (day: string): Position => ({
  month: Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1,
  date: Number(day.slice(8, 10)),
})

const first = (month: number): Position => ({ month, date: 1 })

const dayAt = ({ month, date }: Position) => dayOf(Math.floor(month / 12), (month % 12) + 1, date)

const ranges = (parts: readonly (readonly [CellRange['grain'], Position, Position])[]): CellRange[] =>
  parts
    .map(([grain, from, until]) => ({ grain, from: dayAt(from), until: dayAt(until) }))
    .filter(({ from, until }) => from < until)
