/** What the readers of nouns look at. */
export interface NounView {
  readonly text: string
  /** Where the words that may name what is counted begin: the clause, or the end of the quantity before. */
  readonly from: number
  readonly start: number
  readonly end: number
  /** Where the next mark or quantity ends the view behind the number. */
  readonly until: number
  /** Counted in a classifier or in people, so that a noun may follow directly. */
  readonly isCounted: boolean
  /** A percent or fraction: 占 begins the name of its whole, not of what is told. */
  readonly isShare: boolean
}

/** The name alone: without marks, particles and loose ends. */
export function tidyNoun(noun: string): string {
  const closed = noun.replace(/[“”‘’《》「」"'()[\]*#|_<>、\s]/g, '')
  return closed.replace(/^[的了各和及与]|[的了各共和及与]$|(?<=..)中$/g, '')
}
