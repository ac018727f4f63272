import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenLedger, openLedger } from '../src/app.ts'

/** A ledger on a data directory of its own, removed when the work is done. */
export async function withLedger<T>(
  work: (ledger: OpenLedger, dataDir: string) => Promise<T>,
  connections = 32,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yilu-bench-'))
  const ledger = await openLedger({ dataDir }, { connections })
  try {
    return await work(ledger, dataDir)
  } finally {
    await ledger.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The value below which a share of the sorted values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

export const say = (line: string) => process.stdout.write(`${line}\n`)
