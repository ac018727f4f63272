import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Tests of the command line run it as users do: an installed `yilu`, one child process a command.

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly cwd?: string
}

export interface Installed {
  /** The folder of everything; tests put theirs in it too. */
  readonly folder: string
  /** bin/yilu.js of the installation. */
  readonly bin: string
  /** Runs a command to its end. */
  yilu(args: readonly string[], options?: RunOptions): Promise<Finished>
  /** Runs a command with `--json` and reads its document. */
  json(args: readonly string[], options?: RunOptions): Promise<Finished & { readonly document: unknown }>
  /** Starts a command that goes on. */
  start(args: readonly string[], options?: RunOptions): Running
  remove(): Promise<void>
}

const top = fileURLToPath(new URL('../..', import.meta.url))

/** What an installation holds, made from the sources into a folder of its own. */
export async function install(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'yilu-cli-'))
  await chmod(folder, 0o755) // or, run by root, the ledgers in it would put their databases elsewhere
  const home = join(folder, 'installed')
  await mkdir(home)
  await done(spawn(process.execPath, [join(top, 'bin/build.js'), join(home, 'dist')], { stdio: 'pipe' }))
  await cp(join(top, 'bin'), join(home, 'bin'), { recursive: true })
  await cp(join(top, 'package.json'), join(home, 'package.json'))
  await symlink(join(top, 'node_modules'), join(home, 'node_modules'))
  const bin = join(home, 'bin/yilu.js')
  const start = (args: readonly string[], options: RunOptions = {}) => running(bin, args, folder, options)
  const yilu = (args: readonly string[], options: RunOptions = {}) => start(args, options).finished
  return {
    folder,
    bin,
    start,
    yilu,
    json: async (args, options) => {
      const finished = await yilu([...args, '--json'], options)
      return { ...finished, document: finished.stdout === '' ? undefined : JSON.parse(finished.stdout) }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** What it has said so far. */
  said(): Finished
  /** Waits until it has said so on one of its streams; fails when it ends before. */
  says(what: RegExp): Promise<RegExpExecArray>
}

function running(bin: string, args: readonly string[], cwd: string, options: RunOptions): Running {
  const { YILU_DATA, DATABASE_URL, LC_ALL, LC_MESSAGES, ...inherited } = process.env
  const env = { ...inherited, LANG: 'zh_CN.UTF-8', ...options.env }
  const child = spawn(process.execPath, [bin, ...args], { cwd: options.cwd ?? cwd, env, stdio: 'pipe' })
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  const streams = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      streams[name] += chunk
      for (const listener of listeners) listener()
    })
  }
  let code: number | null = null
  const said = () => ({ code, ...streams })
  const finished = once(child, 'close').then(([status]) => {
    code = status as number | null
    for (const listener of listeners) listener()
    return said()
  })
  const says = (what: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = what.exec(streams.stdout) ?? what.exec(streams.stderr)
        const hasEnded = child.exitCode !== null || child.signalCode !== null
        if (match === null && !hasEnded) return
        listeners.delete(look)
        if (match) resolve(match)
        else reject(new Error(`ended with ${child.exitCode}, not saying ${what}:\n${streams.stdout}${streams.stderr}`))
      }
      listeners.add(look)
      look()
    })
  return { child, finished, said, says }
}

async function done(child: ChildProcess): Promise<void> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (said += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(said)
}

/** Runs a program of the system. */
export const system = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) =>
    execFile(program, args, (error, stdout) => (error ? reject(error) : resolve(stdout))),
  )

/** Lines of a jsonl file of hotline calls of 2024: as many in each month, half of them about pests, 50 people served by each. */
export const calls = (count: number): string =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      receivedOn: `2024-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
      topic: i % 2 === 0 ? 'pest' : 'disease',
      question: `第 ${i + 1} 个问题`,
      served: 50,
    }),
  ).join('\n')
