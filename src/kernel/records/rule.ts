import type { Right } from '../people/actor.ts'
import type { Words } from '../words.ts'
import type { Status } from './record.ts'
import type { Fields } from './type.ts'

/** What a rule sees of a record. */
export interface Seen {
  readonly id: string
  /** Code of its org unit. */
  readonly org: string
  readonly day: string
  readonly status: Status
  readonly state: string
  /** As the present version of the type has them; personal values are commitments. */
  readonly fields: Fields
  /** How many files are attached. */
  readonly evidence: number
}

/**
 * Records that a rule reads beside the one that is saved, in three ways:
 * `{ by: 'project' }` the record that its field names;
 * `{ of: 'projects.payment', via: 'project' }` those of a type whose field `via` names this record;
 * `{ of: 'projects.payment', via: 'project', same: 'project' }` those whose `via` says what this record's `same` says.
 * `via` is a reference or a linked text. Each of the three may be `rows.field`, within sub-rows: then those of any row.
 */
export type Related = { readonly by: string } | { readonly of: string; readonly via: string; readonly same?: string }

export interface RuleProblem extends Words {
  readonly field: string
  readonly code: string
}

/**
 * What must hold between records: no payment beyond its budget, nothing in service before its certificate. Checked in
 * the transaction of every save of `type` that leaves the record counting, alone with all that it reads, so that two
 * saves at once cannot break together what neither breaks alone.
 */
export interface Rule {
  readonly id: string
  readonly type: string
  readonly title: Words
  readonly reads: Readonly<Record<string, Related>>
  /** Also when a record ceases to count: voided, returned, made a draft. `now.status` tells. */
  readonly leaving?: boolean
  /**
   * Pure. `related` holds for each of `reads` the records as they stand after this save, without `now` itself; only
   * those that count (entered or confirmed).
   */
  readonly check: (
    now: Seen,
    related: Readonly<Record<string, readonly Seen[]>>,
    before: Seen | null,
  ) => readonly RuleProblem[]
}

export const rule = (id: string, declared: Words & Omit<Rule, 'id' | 'title'>): Rule => {
  const { zh, en, ...more } = declared
  return { id, title: { zh, en }, ...more }
}

/** What a record may become without anything typed again: an entry of the pool an application, an opinion a task. */
export interface Lead {
  readonly id: string
  /** On the button: 转为申报书. */
  readonly title: Words
  readonly from: string
  readonly to: string
  readonly may?: Right
  readonly when?: (from: Seen) => boolean
  /** First values of the new record, for the form; usually with a reference to `from.id`. Personal values do not go along. */
  readonly fields: (from: Seen) => Fields
}

export const lead = (id: string, declared: Words & Omit<Lead, 'id' | 'title'>): Lead => {
  const { zh, en, ...more } = declared
  return { id, title: { zh, en }, ...more }
}
