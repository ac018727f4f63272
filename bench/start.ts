import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDemo } from '../demo/load.ts'
import { openLedger } from '../src/app.ts'
import { must } from '../src/kernel/result.ts'
import { freePort, startProgram } from '../test/program.ts'
import { quantile, say, timed } from './ledger.ts'

// The demonstration loaded into an empty ledger, and `yilu serve` on it from start to its first good answer.

const dataDir = await mkdtemp(join(tmpdir(), 'yilu-bench-start-'))
try {
  const ledger = await openLedger({ dataDir })
  const loading = await timed(async () => must(await loadDemo(ledger)))
  await ledger.close()
  say(`demonstration loaded in ${(loading / 1000).toFixed(1)} s (at most 20 is promised)`)
  const times: number[] = []
  const port = await freePort()
  for (let i = 0; i < 5; i++) {
    let program: Awaited<ReturnType<typeof startProgram>> | undefined
    times.push(
      await timed(async () => {
        program = await startProgram(dataDir, port)
      }),
    )
    await program!.stop()
  }
  say(
    `ready after ${(quantile(times, 0.5) / 1000).toFixed(2)} s, worst of 5 ${(Math.max(...times) / 1000).toFixed(2)} s (at most 3 is promised)`,
  )
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
