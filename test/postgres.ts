import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openCluster } from '../src/store/embedded/cluster.ts'
import { isAlive } from '../src/store/embedded/lock.ts'
import { stopServer } from '../src/store/embedded/server.ts'
import { joinEmbedded } from '../src/store/embedded.ts'
import { migrate } from '../src/store/migrate.ts'
import { openStore } from '../src/store/store.ts'
import { templateDatabase } from '../src/store/testing.ts'

const prefix = 'yilu-test-'

/** One embedded server for the whole run, with a migrated template that every test's database is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const dataDir = await mkdtemp(join(tmpdir(), prefix))
  await chmod(dataDir, 0o755) // run as root, the server's own account must get in
  await writeFile(join(dataDir, 'owner.pid'), String(process.pid))
  const embedded = await joinEmbedded(dataDir)
  const { host, port, user, password = '' } = embedded.address
  const url = host.startsWith('/')
    ? `postgresql://${user}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`
    : `postgresql://${user}:${password}@${host}:${port}/postgres`

  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${templateDatabase}`)
  await client.end()
  const store = await openStore({ dataDir, databaseUrl: url.replace('/postgres', `/${templateDatabase}`) })
  await migrate(store.owner)
  await store.close()

  project.provide('postgresUrl', url)
  return async () => {
    await embedded.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Stops and removes what runs that were killed have left. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const dataDir = join(tmpdir(), name)
    const pid = Number(await readFile(join(dataDir, 'owner.pid'), 'utf8').catch(() => process.pid))
    if (isAlive(pid)) continue
    await openCluster(dataDir)
      .then(stopServer)
      .catch(() => undefined)
    await rm(dataDir, { recursive: true, force: true })
  }
}
