import type { RecordType } from '../records/type.ts'
import type { Words } from '../words.ts'

/** Records that wait for somebody: calls unanswered, instruments due. A domain declares them. */
export interface Awaited {
  readonly id: string
  readonly title: Words
  readonly type: RecordType
  /** States in which a record waits; any when not given. */
  readonly state?: readonly string[]
  /** Waits from so many days before the day or instant of this field on; a record without it does not wait. Late once it has passed. */
  readonly due?: { readonly field: string; readonly days: number }
  /** A record that has this field waits no longer. */
  readonly until?: string
}
