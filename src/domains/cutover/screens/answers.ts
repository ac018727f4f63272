// What the board and the checklist of this domain answer; their declarations are in ../board.ts and ../checklist.ts.

export type SiteState = 'waiting' | 'running' | 'blocked' | 'rolled-back' | 'done'
export type Counted = Readonly<Record<SiteState, number>>

export interface Step {
  readonly id: string
  readonly code: string
  readonly title: string
  readonly phase: 'preparation' | 'cutover' | 'rollback'
  readonly owner: string
  readonly dueOn: string
  readonly state: string
  readonly daysLate: number | null
  readonly minutes: number
  readonly slack: number | null
}

export interface Board {
  readonly campaign: {
    readonly id: string
    readonly title: string
    readonly state: string
    readonly windowFrom: string
    readonly windowTo: string
    readonly approvedBy: string | null
    readonly liveOn: string | null
    readonly daysLate: number | null
  }
  readonly total: Counted
  readonly districts: readonly { readonly org: string; readonly name: string; readonly sites: Counted }[]
  readonly batches: readonly {
    readonly number: number
    readonly from: string
    readonly to: string
    readonly switched: number
    readonly planned: number
  }[]
  readonly gates: readonly { readonly gate: string; readonly needed: number; readonly passed: number }[]
  readonly steps: readonly Step[]
  readonly estimate: { readonly minutes: number; readonly path: readonly string[]; readonly rehearsals: number }
  readonly hours: readonly { readonly hour: string; readonly done: number; readonly whole: number }[]
  readonly incidents: readonly {
    readonly id: string
    readonly happenedAt: string
    readonly what: string
    readonly closedAt: string | null
  }[]
}

export interface Checklist {
  readonly id: string
  readonly version: number
  readonly code: string
  readonly name: string
  readonly campaign: string
  readonly state: SiteState
  readonly items: readonly { readonly item: string; readonly checkedAt: string | null }[]
}
