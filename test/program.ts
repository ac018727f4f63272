import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// `yilu serve` as a program of its own, to be killed, restarted and written to by tests.

const bin = fileURLToPath(new URL('../bin/yilu.js', import.meta.url))

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

export interface Program {
  readonly base: string
  readonly process: ChildProcess
  /** What it wrote on standard error so far. */
  errors(): string
  /** `kill -9`: nothing of it runs on. */
  kill(): Promise<void>
  /** Asked to stop; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts `yilu serve` on a data directory and waits until it answers. */
export async function startProgram(dataDir: string, port: number): Promise<Program> {
  const child = spawn(process.execPath, [bin, 'serve', '--data', dataDir, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LANG: 'en_US.UTF-8' },
  })
  let written = ''
  child.stderr!.on('data', chunk => {
    written += chunk
  })
  const base = `http://127.0.0.1:${port}`
  const ended = once(child, 'exit')
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries === 300) throw new Error(`yilu serve did not start: ${written}`)
    const ready = await fetch(`${base}/readyz`).catch(() => undefined)
    if (ready?.ok) break
    await sleep(50)
  }
  return {
    base,
    process: child,
    errors: () => written,
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}

/** The process number of the embedded PostgreSQL of a data directory. */
export async function postmasterOf(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'pg', 'postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}
