// What the desk's questions answer, as screens read it; declared in ../desk.ts and in the knowledge base.

export interface Shown {
  readonly id: string
  readonly version: number
  readonly day: string
  readonly state: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface OpenCall extends Shown {
  readonly minutesLeft: number
  readonly late: boolean
}

export interface Desk {
  readonly now: string
  readonly rings: readonly Shown[]
  readonly open: readonly OpenCall[]
  readonly duty: readonly Shown[]
  readonly today: number
}

export interface History {
  readonly count: number
  readonly calls: readonly Shown[]
}

export interface Envoy {
  readonly id: string
  readonly name: string
  readonly trade: string
  readonly township: string | null
  readonly fit: number
  readonly km: number | null
  readonly open: number
  readonly recent: number
}

export interface Suggestion {
  readonly id: string
  readonly question: string
  readonly answer: string
  readonly crop: string
  readonly subject: string
}

export interface Done {
  readonly call: string
  readonly dispatch: string | null
  readonly envoy: string | null
}

export const OUTCOMES = ['answer', 'dispatch', 'escalate', 'keep'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The key that settles a call in one stroke; with Chinese input methods no letter can be one. */
export const KEYS: Readonly<Record<string, Outcome>> = { F8: 'answer', F9: 'dispatch', F10: 'escalate', F7: 'keep' }
export const keyOf = (outcome: Outcome) => Object.entries(KEYS).find(([, one]) => one === outcome)![0]
