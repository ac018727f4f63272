import type { FieldInfo } from '../records/fields.ts'
import type { Words } from '../words.ts'

/**
 * A table of events. Each row has `root`, `seq` (the journal entry that vouches for it), `place` (its number in that
 * batch), `id` (uuid), `org`, `day` and `at` (when it was recorded). Rows are added by `post` and never change.
 */
export interface EventSource {
  readonly id: string
  readonly title: Words
  readonly table: string
  /** The columns that an event consists of; the journal vouches for them. Never changed once there are rows. */
  readonly columns: readonly string[]
  /** SQL of what a row is called, over the row `e`. */
  readonly label: string
  /** SQL of how often a row counts, where it is not once: -1 takes back what an earlier row said. */
  readonly times?: string
  readonly dimensions: Readonly<Record<string, EventDimension>>
}

export interface EventDimension {
  readonly info: FieldInfo
  /** Over the row `e`. */
  readonly sql: string
}
