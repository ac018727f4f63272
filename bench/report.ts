import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDemo } from '../demo/load.ts'
import { openLedger } from '../src/app.ts'
import { figure } from '../src/kernel/figures/figure.ts'
import type { Ledger } from '../src/kernel/ledger.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { type Address, parseAddress } from '../src/kernel/reports/address.ts'
import { composeReport } from '../src/kernel/reports/compose.ts'
import { figuresOf, type ReportDocument } from '../src/kernel/reports/document.ts'
import { writeDocx } from '../src/kernel/reports/docx.ts'
import { must } from '../src/kernel/result.ts'

// The annual summary of the demonstration's city, some seventy figures, as docx: composed from the ledger and written, again
// and again on one warm ledger. Beside it, in the same run, what the same figures cost when they are asked one by one.

const REPEATS = 40
const actor = operator('bench')
const request = { template: 'annual-summary', org: 'KJ', period: '2024' }

export interface Measured {
  readonly figures: number
  readonly bytes: number
  /** The first one in this process, in milliseconds; the later ones as median and 95th percentile. */
  readonly firstMs: number
  readonly medianMs: number
  /** At most 300 is promised. */
  readonly p95Ms: number
  /** Median of the writing alone. */
  readonly writeMs: number
  /** The same figures asked one by one. */
  readonly oneByOneMs: number
}

/** Measures on a fresh demonstration of its own and removes it. */
export async function measureReport(): Promise<Measured> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yilu-bench-report-'))
  const ledger = await openLedger({ dataDir })
  try {
    must(await loadDemo(ledger))
    return await measureOn(ledger)
  } finally {
    await ledger.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measureOn(ledger: Ledger): Promise<Measured> {
  const first = await once(ledger)
  const runs = []
  for (let i = 0; i < REPEATS; i++) runs.push(await once(ledger))
  const totals = runs.map(({ total }) => total)
  return {
    figures: figuresOf(first.document).length,
    bytes: first.bytes,
    firstMs: Math.round(first.total),
    medianMs: Math.round(quantile(totals, 0.5)),
    p95Ms: Math.round(quantile(totals, 0.95)),
    writeMs: Math.round(
      quantile(
        runs.map(({ writing }) => writing),
        0.5,
      ),
    ),
    oneByOneMs: Math.round(await oneByOne(ledger, first.document)),
  }
}

async function once(ledger: Ledger) {
  const started = performance.now()
  const document = must(await composeReport(ledger, actor, request))
  const composed = performance.now()
  const { length } = await writeDocx(document)
  const written = performance.now()
  return { document, bytes: length, total: written - started, writing: written - composed }
}

async function oneByOne(ledger: Ledger, document: ReportDocument): Promise<number> {
  const addresses = figuresOf(document).map(({ address }): Address => parseAddress(address))
  const started = performance.now()
  for (const address of addresses) if (!('record' in address)) must(await figure(ledger, actor, address))
  return performance.now() - started
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!

if (import.meta.filename === process.argv[1])
  process.stdout.write(`${JSON.stringify(await measureReport(), null, 2)}\n`)
