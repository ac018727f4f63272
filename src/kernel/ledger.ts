import type { Store } from '../store/store.ts'
import type { Keys } from './journal/keys.ts'
import type { OrgDirectory } from './org/directory.ts'
import type { Registry } from './registry.ts'

/** What a change touched, for live updates. */
export interface Touched {
  readonly root: number
  readonly org: number
  readonly type: string
  readonly seq: number
}

/** The ledger at work: its store, its declarations, the org tree, keys and the clock. Passed to what needs it. */
export interface Ledger {
  readonly store: Store
  readonly registry: Registry
  readonly orgs: OrgDirectory
  readonly keys: Keys
  readonly clock: () => Date
  /** Told of every committed change, in this process. */
  readonly onTouched: (touched: readonly Touched[]) => void
}
