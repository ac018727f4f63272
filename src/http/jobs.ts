import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { Ledger } from '../kernel/ledger.ts'
import { fail, ok, type Problem, type Result } from '../kernel/result.ts'
import { expected } from './problem.ts'

// Work too long for one answer: an import, a verification, a backup. Kept in memory; a restart ends it, and as each is
// all or nothing, leaves nothing half-done.

export interface Progress {
  readonly done: number
  readonly total: number | null
  readonly label: string
}

export interface Job {
  readonly id: string
  readonly kind: string
  readonly person: string | null
  readonly startedAt: string
  readonly state: 'running' | 'done' | 'refused' | 'failed' | 'cancelled'
  readonly progress: Progress
  readonly endedAt: string | null
  readonly result: unknown
  readonly problems: readonly Problem[]
  /** What it made, to be downloaded. */
  readonly file: { readonly path: string; readonly name: string; readonly mediaType: string } | null
}

export interface Work {
  /** A folder of its own, removed with the job. */
  readonly folder: string
  readonly signal: AbortSignal
  report(progress: Partial<Progress>): void
}

export interface Done {
  readonly result: unknown
  readonly file?: Job['file']
}

export interface Jobs {
  /** A folder for what is uploaded before its job begins; the job takes it over. */
  folder(): Promise<string>
  /** `alone`: one of its kind at a time, whoever asks. */
  start(
    kind: string,
    person: string | null,
    folder: string,
    work: (work: Work) => Promise<Result<Done>>,
    options?: { alone?: boolean },
  ): Promise<Result<Job>>
  /** A person's own job. */
  find(person: string | null, id: string): Result<Job>
  list(person: string | null): readonly Job[]
  /** Told of each change of a job; ends when told to. */
  watch(id: string, listener: (job: Job) => void): () => void
  cancel(person: string | null, id: string): Result<Job>
  close(): Promise<void>
}

const MOST_RUNNING = 2
const KEPT_MS = 60 * 60_000

interface Held {
  job: Job
  readonly folder: string
  readonly abort: AbortController
  readonly listeners: Set<(job: Job) => void>
  readonly finished: Promise<void>
}

export function jobsOf(ledger: Ledger, onBug: (error: unknown, job: Job) => void): Jobs {
  const held = new Map<string, Held>()
  const top = join(ledger.store.dataDir, 'work')

  const set = (one: Held, change: Partial<Job>) => {
    one.job = { ...one.job, ...change }
    for (const listener of one.listeners) listener(one.job)
  }

  async function drop(one: Held) {
    held.delete(one.job.id)
    await rm(one.folder, { recursive: true, force: true })
  }

  function find(person: string | null, id: string): Result<Held> {
    const one = held.get(id)
    if (one && one.job.person === person) return ok(one)
    return fail('job/unknown', { job: id, zh: '没有这项任务', en: 'There is no such job' })
  }

  async function run(
    one: () => Held,
    signal: AbortSignal,
    folder: string,
    work: (work: Work) => Promise<Result<Done>>,
  ) {
    const end = (change: Partial<Job>) => set(one(), { endedAt: ledger.clock().toISOString(), ...change })
    try {
      const done = await work({
        folder,
        signal,
        report: progress => set(one(), { progress: { ...one().job.progress, ...progress } }),
      })
      if (done.ok) end({ state: 'done', result: done.value.result, file: done.value.file ?? null })
      else end({ state: signal.aborted ? 'cancelled' : 'refused', problems: done.problems })
    } catch (error) {
      const problem = expected(error)
      if (signal.aborted) end({ state: 'cancelled' })
      else {
        if (!problem) onBug(error, one().job)
        end({ state: 'failed', problems: [problem ?? unexpected(one().job)] })
      }
    }
    setTimeout(() => void drop(one()), KEPT_MS).unref()
  }

  return {
    async folder() {
      await mkdir(top, { recursive: true, mode: 0o700 })
      return mkdtemp(join(top, 'job-'))
    },
    async start(kind, person, folder, work, { alone = false } = {}) {
      if (alone && [...held.values()].some(one => one.job.kind === kind && one.job.state === 'running')) {
        await rm(folder, { recursive: true, force: true })
        return fail('job/busy', {
          retryAfter: 10,
          zh: '这项任务正由别人进行，请稍后再试',
          en: 'Someone is running this job; try again later',
        })
      }
      const running = [...held.values()].filter(one => one.job.person === person && one.job.state === 'running')
      if (running.length >= MOST_RUNNING) {
        await rm(folder, { recursive: true, force: true })
        return fail('job/too-many', {
          retryAfter: 10,
          zh: `每人最多同时进行${MOST_RUNNING}项任务，请等一项完成`,
          en: `At most ${MOST_RUNNING} jobs at a time; wait for one to end`,
        })
      }
      const job: Job = {
        id: uuidv7(),
        kind,
        person,
        startedAt: ledger.clock().toISOString(),
        state: 'running',
        progress: { done: 0, total: null, label: '' },
        endedAt: null,
        result: null,
        problems: [],
        file: null,
      }
      const abort = new AbortController()
      // The work begins in a later turn, when the job is held.
      const finished = Promise.resolve().then(() => run(() => one, abort.signal, folder, work))
      const one: Held = { job, folder, abort, listeners: new Set(), finished }
      held.set(job.id, one)
      return ok(job)
    },
    find: (person, id) => {
      const found = find(person, id)
      return found.ok ? ok(found.value.job) : found
    },
    list: person => [...held.values()].map(one => one.job).filter(job => job.person === person),
    watch(id, listener) {
      const listeners = held.get(id)?.listeners
      listeners?.add(listener)
      return () => void listeners?.delete(listener)
    },
    cancel(person, id) {
      const found = find(person, id)
      if (!found.ok) return found
      found.value.abort.abort()
      return ok(found.value.job)
    },
    async close() {
      const all = [...held.values()]
      for (const one of all) one.abort.abort()
      await Promise.all(all.map(one => one.finished))
      await Promise.all(all.map(drop))
    },
  }
}

const unexpected = ({ id }: Job): Problem => ({
  code: 'internal/error',
  zh: `系统出错，请把编号 ${id} 告诉管理员`,
  en: `Something broke; tell the administrator the number ${id}`,
})
