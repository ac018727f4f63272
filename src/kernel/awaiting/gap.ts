import type { Where } from '../figures/indicator.ts'
import type { Words } from '../words.ts'

/** What should be there and is not; told on the home of a unit and in `gaps`. */
export type Gap = Words & { readonly id: string } & (
    | {
        /** A month or quarter of the asked period, up to today, without a record: monthly disclosure, quarterly meetings. */
        readonly every: 'month' | 'quarter'
        readonly type: string
        readonly where?: Where
        /** Expected of each unit of these kinds beneath the asked one; of the asked unit with all beneath when not given. */
        readonly kinds?: readonly string[]
      }
    | {
        /** A number left out between 1 and the highest of the period: issues of a periodical, document numbers. */
        readonly numbered: string
        readonly type: string
        readonly where?: Where
        /** Counted apart for each value of these fields. */
        readonly by?: readonly string[]
      }
    | {
        /** Units of a kind beneath the asked one without a standing record: villages without a deputy. */
        readonly kinds: readonly string[]
        readonly type: string
        readonly where?: Where
        /** The org field that names the unit; the record's own unit when not given. */
        readonly unit?: string
        /** Days that begin and end its standing; any record of all time when not given. */
        readonly since?: string
        readonly until?: string
      }
  )
