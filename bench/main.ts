import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Runs the measurements, each as a program of its own so that none warms up another: `npm run bench`, or
 * `npm run bench -- figures save` for some. What each compares with what is in its file; results: docs/performance.md.
 */
const ALL: Readonly<Record<string, string>> = {
  figures: 'figures.ts',
  save: 'save.ts',
  indicators: 'indicators.ts',
  import: 'import.ts',
  assessment: 'assessment.ts',
  mail: 'mail.ts',
  report: 'report.ts',
  suggest: 'suggest.ts',
  verify: 'verify.ts',
  start: 'start.ts',
  web: 'web.ts',
  claims: 'claims/score.ts',
  'claims-links': 'claims/links.ts',
  'claims-speed': 'claims/speed.ts',
  jt808: 'jt808.ts',
}

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !(name in ALL))
if (unknown.length > 0) {
  process.stderr.write(`There is no measurement ${unknown.join(', ')}; there are: ${Object.keys(ALL).join(', ')}\n`)
  process.exit(2)
}

let failed = 0
for (const name of asked.length > 0 ? asked : Object.keys(ALL)) {
  process.stdout.write(`\n== ${name}\n`)
  const path = fileURLToPath(new URL(ALL[name]!, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', path], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) failed++
}
process.exit(failed === 0 ? 0 : 1)
