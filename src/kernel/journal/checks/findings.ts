/** What a verification can find wrong. */
export type Kind =
  | 'entry'
  | 'queue'
  | 'tile'
  | 'checkpoint'
  | 'record'
  | 'record-version'
  | 'personal'
  | 'evidence'
  | 'event'
  | 'report'
  | 'target'
  | 'disclosure'
  | 'claim-link'
  | 'org'
  | 'person'
  | 'more'

export interface Problem {
  readonly kind: Kind
  /** Names the place: an entry's seq, a record's id, a tile's level/idx … */
  readonly id: string
  readonly message: { readonly zh: string; readonly en: string }
}

export interface Findings {
  add(kind: Kind, id: string | number, zh: string, en: string): void
  /** The first of them, and how many more there are. */
  list(): readonly Problem[]
}

/** A ledger that is wholly broken must not fill the memory with saying so. */
const MOST = 1000

export function collectFindings(): Findings {
  const problems: Problem[] = []
  let count = 0
  return {
    add(kind, id, zh, en) {
      count++
      if (problems.length < MOST) problems.push({ kind, id: String(id), message: { zh, en } })
    },
    list: () => {
      const more = count - problems.length
      if (more === 0) return problems
      return [...problems, { kind: 'more', id: String(more), message: { zh: `另有${more}处`, en: `${more} more` } }]
    },
  }
}
