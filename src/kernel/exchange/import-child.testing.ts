import { openStore } from '../../store/store.ts'
import { loadKeys } from '../journal/keys.ts'
import { orgDirectory } from '../org/directory.ts'
import { operator } from '../people/actor.ts'
import { importFile } from './import.ts'
import { farm } from './testing.ts'

// A program of its own that imports harvests and prints what came of it and how much memory it took: its arguments are
// data directory, database, file.

const [dataDir = '', databaseUrl = '', path = ''] = process.argv.slice(2)
const store = await openStore({ dataDir, databaseUrl })
const ledger = {
  store,
  registry: farm,
  orgs: await orgDirectory(store),
  keys: await loadKeys(dataDir),
  clock: () => new Date('2025-06-30T04:00:00Z'),
  onTouched: () => undefined,
}
const done = await importFile(ledger, operator('child'), { type: 'farm.harvest', org: 'A', path })
await store.close()
// maxRSS is in KiB.
const peak = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify(done.ok ? { ...done.value, peak } : done))
