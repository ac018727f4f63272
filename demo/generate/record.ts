import type { Patch } from '../../src/kernel/records/patch.ts'

/** A record to be entered: what a clerk would type. */
export interface DemoRecord {
  readonly type: string
  /** Code of the org unit. */
  readonly org: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly state?: string
  /** A name by which other records refer to this one. */
  readonly ref?: string
  /** Reference fields (`field`, or `rows.0.field` in the first of sub-rows), by the names of the records they point to. */
  readonly refs?: Readonly<Record<string, string>>
  /** Names of records that must be there before, though no field points to them. */
  readonly after?: readonly string[]
  /** The unit whose people enter it; its own when not given. */
  readonly enteredAt?: string
  /** What a file says that is attached to it. */
  readonly proof?: string
  /** What became of it once everything else was there, step by step. */
  readonly later?: readonly Patch[]
}

export type Generator = (today: string) => DemoRecord[]

/** Years the demonstration tells of. The last ends today when today comes first. */
export const YEARS = [2023, 2024, 2025] as const

/** Leaves out fields that have no value. */
export const filled = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
