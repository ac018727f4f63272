import { readFileSync } from 'node:fs'

/** A total that a source report published, or planned, and the demonstration meets exactly. */
export interface ExpectedFigure {
  readonly indicator: string
  readonly org: string
  readonly period: string
  /** In the indicator's base unit. */
  readonly value: number
  readonly unit: string
  readonly zh: string
  /** As the report wrote it. */
  readonly published?: string
  /** Dimension values; `orgScope: self` leaves out the units beneath. */
  readonly where?: Readonly<Record<string, string>>
  readonly target?: boolean
}

const read = JSON.parse(readFileSync(new URL('./expected-figures.json', import.meta.url), 'utf8')) as {
  readonly figures: readonly ExpectedFigure[]
}

export const expected = read.figures

/** The dimensions of an expected figure, and whether it is of the unit alone. */
export function narrowingOf({ where = {} }: ExpectedFigure) {
  const { orgScope, ...dimensions } = where
  return { own: orgScope === 'self', where: dimensions }
}
