import { setTimeout as sleep } from 'node:timers/promises'
import { fold } from '../kernel/figures/fold.ts'
import { seal, sealDue } from '../kernel/journal/seal.ts'
import type { Ledger } from '../kernel/ledger.ts'
import { dropExpired } from '../kernel/people/sessions.ts'

const SECOND = 1_000
const HOUR = 3_600_000

export interface Work {
  readonly name: string
  /** Milliseconds from the end of one run to the start of the next. */
  readonly every: number
  readonly run: (ledger: Ledger) => Promise<unknown>
}

/** What a served ledger does beside answering. Figures are right without the fold, which keeps them quick. */
export const WORKS: readonly Work[] = [
  { name: 'fold', every: SECOND, run: foldPending },
  { name: 'seal', every: SECOND, run: async ledger => (await sealDue(ledger)) && seal(ledger) },
  { name: 'drop-expired', every: HOUR, run: dropExpired },
]

async function foldPending({ store }: Ledger): Promise<void> {
  const { rows } = await store.pool.query<{ pending: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM tally_pending) AS pending',
  )
  if (rows[0]?.pending) await fold(store)
}

/** Waits this long after a failure; a database that restarts is back within seconds. */
const AFTER_FAILURE = 5 * SECOND

/**
 * Runs each work again and again until stopped. A failure is told once per run and tried again.
 * @returns stops; resolves when what was under way is done
 */
export function startBackground(
  ledger: Ledger,
  onFailure: (work: string, error: unknown) => void,
  works: readonly Work[] = WORKS,
): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const running = works.map(async ({ name, every, run }) => {
    while (!signal.aborted) {
      const pause = await run(ledger).then(
        () => every,
        error => {
          onFailure(name, error)
          return Math.min(every, AFTER_FAILURE)
        },
      )
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
  })
  return async () => {
    stopping.abort()
    await Promise.all(running)
  }
}
