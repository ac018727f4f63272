import type { Ledger } from '../kernel/ledger.ts'
import type { Attempts } from './attempts.ts'
import type { Callers } from './callers.ts'
import type { Streams } from './events.ts'
import type { Feed } from './feed.ts'
import type { Jobs } from './jobs.ts'
import type { Metrics } from './metrics.ts'

/** What routes work with. */
export interface Context {
  readonly ledger: Ledger
  readonly settings: Settings
  readonly attempts: Attempts
  readonly callers: Callers
  readonly feed: Feed
  readonly streams: Streams
  readonly jobs: Jobs
  readonly metrics: Metrics
}

export interface Settings {
  /** Served over HTTPS: cookies are `Secure`, and browsers are told to stay with it. */
  readonly secure: boolean
  /** Largest evidence file or spreadsheet, in bytes. */
  readonly largestUpload: number
}
