export interface Scheme {
  readonly scheme: string
  readonly name: string
  readonly org: string
  readonly orgName: string
  readonly cycle: string
  readonly decides: boolean
  readonly periods: readonly string[]
}

export interface Mark {
  readonly id: string
  readonly org: string
  readonly state: 'open' | 'submitted' | 'checked' | 'published' | 'appealed' | 'settled'
  readonly files: number
  readonly statement: string | null
  readonly selfScore: number | null
  readonly score: number | null
  readonly remark: string | null
  readonly appeal: string | null
  readonly ruling: string | null
}

export interface Item {
  readonly code: string
  readonly title: string
  readonly kind: 'points' | 'bonus' | 'deduction' | 'veto'
  readonly source: 'figure' | 'use' | 'value' | 'judged'
  readonly weight: number
  readonly indicator: string | null
  readonly department: string | null
  readonly dueOn: string | null
  readonly evidence: string | null
}

export interface UnitStanding {
  readonly org: string
  readonly name: string
  readonly score: number | null
  readonly rank: number | null
  readonly now: number | null
  readonly vetoes: readonly string[]
  readonly items: readonly { readonly value: string | null; readonly points: number; readonly mark: Mark | null }[]
}

export interface Standing {
  readonly name: string
  readonly org: string
  readonly period: string
  readonly stage: 'new' | 'open' | 'published' | 'final'
  readonly digits: number
  readonly decides: boolean
  readonly items: readonly Item[]
  readonly units: readonly UnitStanding[]
}
