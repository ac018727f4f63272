import { readFileSync } from 'node:fs'
import { open, readFile, rename, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, explainSystemError, refusal } from '../problem.ts'

const beatEveryMs = 2_000
const staleAfterMs = 30_000

/**
 * Runs `work` while holding the lock file `path`: one process at a time, of this machine or of another that sees the
 * same directory. The holder touches the file while it lives; a dead holder's lock is taken over.
 * The lock orders starts and stops; that two starts never spoil a cluster rests on atomic renames and postmaster.pid.
 */
export async function withLockFile<T>(path: string, work: () => Promise<T>, patienceMs = 300_000): Promise<T> {
  const giveUp = Date.now() + patienceMs
  while (!(await create(path))) {
    await removeIfStale(path)
    if (Date.now() > giveUp) {
      throw refusal('store/locked', {
        zh: `另一个程序正在启动或停止这个数据目录：${path}`,
        en: `Another program is starting or stopping this data directory: ${path}`,
        path,
      })
    }
    await sleep(30)
  }
  const beat = setInterval(() => void touch(path), beatEveryMs)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o644)
    try {
      await file.writeFile(`${process.pid} ${hostname()}\n`)
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw explainSystemError(error, path)
  }
}

const touch = (path: string) => utimes(path, new Date(), new Date()).catch(() => undefined)

/** Takes a dead holder's lock away by renaming it, so that of several waiters only one does. */
async function removeIfStale(path: string): Promise<void> {
  if (!(await isStale(path))) return
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
    await rm(aside, { force: true })
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw explainSystemError(error, path)
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    const { mtimeMs } = await file.stat().finally(() => file.close())
    if (Date.now() - mtimeMs > staleAfterMs) return true
    const [pid, host] = (await readFile(path, 'utf8')).trim().split(' ')
    return pid !== undefined && pid !== '' && host === hostname() && !isAlive(Number(pid))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw explainSystemError(error, path)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
  return !isZombie(pid)
}

/** A dead child that its parent has not yet asked about; where nothing reaps orphans, it stays so for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
