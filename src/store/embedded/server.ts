import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { chown, lstat, mkdir, open, readFile, readlink, rm, rmdir, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { errorCode, explainSystemError, refusal } from '../problem.ts'
import { type Cluster, serverEnvironment, superuser } from './cluster.ts'
import { isAlive } from './lock.ts'

/** How to reach a running server, but for the database's name. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
}

/** What the server writes about itself into postmaster.pid. */
interface Postmaster {
  readonly pid: number
  readonly address: Address
  readonly isReady: boolean
}

type State =
  | { readonly kind: 'running'; readonly address: Address }
  | { readonly kind: 'busy' | 'stale' | 'deaf'; readonly postmaster: Postmaster }
  | { readonly kind: 'stopped' }

/** Recovery after a crash may take minutes. */
const startPatienceMs = 300_000
/** A ready server whose socket does not answer for so long has lost it (a cleaner of /tmp took it). */
const deafAfterMs = 15_000
const logLimit = 10 * 1024 * 1024
const port = 5432

/** Adopts the cluster's server if it runs, else starts it; returns once it answers. Call under the start lock. */
export async function ensureRunning(cluster: Cluster, log: string): Promise<Address> {
  const startedAt = Date.now()
  let child: ChildProcess | undefined
  let logged = 0
  while (Date.now() - startedAt < startPatienceMs) {
    const state = await look(cluster)
    if (state.kind === 'running') {
      child?.unref()
      return state.address
    }
    if (state.kind === 'deaf' && Date.now() - startedAt > deafAfterMs) process.kill(state.postmaster.pid, 'SIGINT')
    if (child !== undefined && hasEnded(child)) {
      const said = (await readFile(log).catch(() => Buffer.alloc(0))).subarray(logged).toString('utf8')
      if (!isInTheWay.test(said) || Date.now() - startedAt > orphanPatienceMs) throw startFailure(cluster, log, said)
      child = undefined
      await sleep(300)
    } else if (child === undefined && (state.kind === 'stopped' || state.kind === 'stale')) {
      if (state.kind === 'stale') await disownPid(cluster, state.postmaster)
      logged = await logSize(log)
      child = await spawnServer(cluster, log)
    }
    await sleep(15)
  }
  throw startFailure(cluster, log, '')
}

/** Processes of a killed server may need a while to notice; until then a new one refuses to start. */
const isInTheWay = /pre-existing shared memory block|lock file ".*" already exists/
const orphanPatienceMs = 60_000

/**
 * Where the number in a dead server's postmaster.pid is held by another process by now, or by a zombie, PostgreSQL would
 * not start. The number is replaced, not the file removed: by the file's other lines PostgreSQL makes sure that no
 * process of the dead server is left.
 */
async function disownPid(cluster: Cluster, { pid, address }: Postmaster): Promise<void> {
  const file = join(cluster.folder, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^\d+/, String(unusedPid)))
  const lock = join(address.host, `.s.PGSQL.${port}.lock`)
  if (address.host.startsWith('/') && Number.parseInt(await readFile(lock, 'utf8').catch(() => ''), 10) === pid) {
    await rm(lock)
  }
}

/** Larger than any process number. */
const unusedPid = 2 ** 31 - 1

/** Stops the server: sessions end, everything is written out. Returns when it is gone. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const giveUp = Date.now() + startPatienceMs
  let told: number | undefined
  while (Date.now() < giveUp) {
    const postmaster = await readPostmaster(cluster)
    if (postmaster === undefined || !(await isPostmaster(postmaster.pid, cluster))) return removeSocketHome(cluster)
    if (told !== postmaster.pid) {
      if (process.platform === 'win32') {
        spawn(cluster.binaries.pgCtl, ['stop', '-D', cluster.folder, '-m', 'fast'], { stdio: 'ignore' })
      } else {
        process.kill(postmaster.pid, 'SIGINT') // "fast" shutdown
      }
      told = postmaster.pid
    }
    await sleep(15)
  }
}

async function look(cluster: Cluster): Promise<State> {
  const postmaster = await readPostmaster(cluster)
  if (postmaster === undefined) return { kind: 'stopped' }
  const client = new pg.Client({ ...postmaster.address, database: 'postgres', connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    // Port reuse on Windows: somebody else's server may answer.
    if (await isSameFolder(rows[0]?.data_directory, cluster.folder)) {
      return { kind: 'running', address: postmaster.address }
    }
    return { kind: 'stale', postmaster }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EACCES' || code?.startsWith('28')) throw explainSystemError(error, cluster.folder)
    if (code !== 'ECONNREFUSED' && code !== 'ENOENT') return { kind: 'busy', postmaster } // starting, stopping, recovering
    if (!(await isPostmaster(postmaster.pid, cluster))) return { kind: 'stale', postmaster }
    return { kind: postmaster.isReady ? 'deaf' : 'busy', postmaster }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function isSameFolder(found: string | undefined, expected: string): Promise<boolean> {
  if (found === undefined) return false
  const [a, b] = await Promise.all([stat(found), stat(expected)]).catch(() => [undefined, undefined])
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev
}

/** Lines of postmaster.pid: process, data directory, start time, port, socket folder, address, memory key, status. */
async function readPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster.folder, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw explainSystemError(error, cluster.folder)
  })
  if (text === undefined) return undefined
  const [pid, , , portLine, socketFolder, , , status] = text.split('\n').map(line => line.trim())
  const address =
    process.platform === 'win32'
      ? { host: '127.0.0.1', port: Number(portLine), user: superuser, password: await password(cluster) }
      : { host: socketFolder || (await socketHome(cluster)), port, user: superuser }
  return { pid: Number(pid), address, isReady: status === 'ready' }
}

const password = async (cluster: Cluster) => (await readFile(`${cluster.folder}-password`, 'utf8')).trim()

/** Whether `pid` is this cluster's postmaster and not a process that got its number later. */
async function isPostmaster(pid: number, cluster: Cluster): Promise<boolean> {
  if (!(pid > 0) || !isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform === 'linux') {
    // A postmaster's working directory is its data directory.
    return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster.folder
  }
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster.folder)
  } catch {
    return false
  }
}

const settings: Record<string, string> = {
  listen_addresses: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  autovacuum: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Statements and row details may hold personal data; they stay out of the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

async function spawnServer(cluster: Cluster, log: string): Promise<ChildProcess> {
  const home = await socketHome(cluster)
  const address: Record<string, string> =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', port: String(randomInt(20_000, 60_000)), unix_socket_directories: '' }
      : { port: String(port), unix_socket_directories: home, unix_socket_permissions: '0700' }
  const options = Object.entries({ ...settings, ...address }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const output = await openLog(log)
  try {
    // Detached: Ctrl-C in the terminal must reach us alone, and a killed Node must not take the server along.
    const common = { cwd: '/', env: serverEnvironment(), detached: true, windowsHide: true } as const
    const child =
      process.platform === 'win32' // pg_ctl sheds administrator rights, which the server refuses
        ? spawn(cluster.binaries.pgCtl, ['start', '-D', cluster.folder, '-o', options.join(' ')], {
            ...common,
            stdio: 'ignore',
          })
        : spawn(cluster.binaries.postgres, ['-D', cluster.folder, ...options], {
            ...common,
            ...cluster.account,
            stdio: ['ignore', output.fd, output.fd],
          })
    child.on('error', () => undefined)
    return child
  } finally {
    await output.close()
  }
}

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.signalCode !== null || (child.exitCode !== null && child.exitCode !== 0)

async function openLog(log: string) {
  try {
    return await open(log, 'a', 0o600)
  } catch (error) {
    throw explainSystemError(error, log)
  }
}

/** Bytes in the log before a start; a log grown too large is begun anew. */
async function logSize(log: string): Promise<number> {
  const size = await stat(log).then(
    found => found.size,
    () => 0,
  )
  if (size <= logLimit) return size
  await truncate(log)
  return 0
}

/**
 * The folder of the server's socket: the cluster itself, which only its account may enter; or, as a socket's path may
 * hold 103 bytes at most (macOS; Linux 107), a private folder with a short name.
 */
async function socketHome(cluster: Cluster): Promise<string> {
  if (Buffer.byteLength(join(cluster.folder, `.s.PGSQL.${port}`)) <= 103 && !cluster.folder.includes(',')) {
    return cluster.folder
  }
  const folder = shortHome(cluster)
  const uid = cluster.account?.uid ?? process.getuid?.()
  await mkdir(folder, { mode: 0o700 }).then(
    () => cluster.account && chown(folder, cluster.account.uid, cluster.account.gid),
    () => undefined,
  )
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw refusal('store/socket-taken', {
      zh: `${folder} 属于别人，无法用作数据库套接字目录`,
      en: `${folder} belongs to somebody else and cannot hold the database's socket`,
      path: folder,
    })
  }
  return folder
}

const shortHome = ({ folder }: Cluster): string =>
  `/tmp/yilu-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`

const removeSocketHome = (cluster: Cluster) => rmdir(shortHome(cluster)).catch(() => undefined)

function startFailure(cluster: Cluster, log: string, said: string): unknown {
  const fatal = /.*(FATAL|PANIC): .*/.exec(said)?.[0] ?? ''
  if (/no space left on device/i.test(fatal)) return explainSystemError(new Error(fatal), cluster.folder)
  return refusal('store/start-failed', {
    zh: `数据库未能启动，原因见 ${log}`,
    en: `The database did not start; see ${log}: ${fatal}`,
    log,
  })
}
