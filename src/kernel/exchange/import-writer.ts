import type pg from 'pg'
import type { Ledger, Touched } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { type Change, type Committed, readyToCommit } from '../records/commit.ts'
import type { Result } from '../result.ts'

/** Writes batches of new records in one transaction, one behind the other, while the next one is worked out. */
export interface ImportWriter {
  /** Waits for the batch before, then lets this one go. @returns what went wrong with the one before */
  write(changes: readonly Change[]): Promise<Result<unknown>>
  /** Waits for the last batch. */
  end(): Promise<Result<unknown>>
  created(): number
  /** The last change of each org unit and type. */
  touched(): readonly Touched[]
}

export function importWriter(ledger: Ledger, actor: Actor, client: pg.PoolClient): ImportWriter {
  let under: Promise<Result<readonly Committed[]>> | undefined
  let created = 0
  const touched = new Map<number, Touched>()

  async function settle(): Promise<Result<unknown>> {
    const done = await under
    under = undefined
    return done ?? { ok: true, value: undefined }
  }

  return {
    async write(changes) {
      if (changes.length === 0) return { ok: true, value: undefined }
      const commit = readyToCommit(ledger, actor, changes, { client })
      const before = await settle()
      if (!before.ok) return before
      under = commit().then(done => {
        if (done.ok) note(changes, done.value)
        return done
      })
      // It is awaited with the next batch; a failure meanwhile is not left unhandled.
      under.catch(() => undefined)
      return before
    },
    end: settle,
    created: () => created,
    touched: () => [...touched.values()],
  }

  function note(changes: readonly Change[], committed: readonly Committed[]) {
    created += committed.length
    for (const [i, { root, type, after }] of changes.entries())
      touched.set(after.org, { root, org: after.org, type: type.id, seq: committed[i]!.seq })
  }
}
