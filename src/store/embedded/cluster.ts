import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, statfs, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode, explainSystemError, refusal } from '../problem.ts'
import { type Account, canReach, makePrivateFolder, serverAccount } from './account.ts'
import { type Binaries, findBinaries, sharedFolder } from './binaries.ts'

/** A PostgreSQL data directory that exists, with the programs and the account to run it. */
export interface Cluster {
  readonly folder: string
  readonly account: Account
  readonly binaries: Binaries
}

export const superuser = 'yilu'

/** initdb writes about 40 MB and the first write-ahead segments; below this a start is refused, in bytes. */
const roomForCluster = 128 * 1024 * 1024

/** Opens the cluster of a data directory, making it first where there is none. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const link = join(dataDir, 'pg')
  const made = await lstat(link).catch(() => undefined)
  const folder = made === undefined ? undefined : await existingFolder(link)
  const account = await serverAccount(folder ?? link)
  const binaries = await findBinaries(account)
  const cluster = { folder: folder ?? (await makeCluster(link, account, binaries)), account, binaries }
  await refuseOtherMajor(cluster)
  return cluster
}

async function existingFolder(link: string): Promise<string> {
  try {
    return await realpath(link)
  } catch (error) {
    throw refusal(
      'store/cluster-missing',
      {
        zh: `数据库目录不见了：${link} 指向的文件夹不存在`,
        en: `The database is gone: ${link} points nowhere`,
        path: link,
      },
      error,
    )
  }
}

async function refuseOtherMajor({ folder, binaries }: Cluster): Promise<void> {
  const text = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') {
      throw refusal('store/not-a-cluster', {
        zh: `${folder} 不是数据库目录`,
        en: `${folder} is not a database directory`,
        path: folder,
      })
    }
    throw explainSystemError(error, folder)
  })
  const found = Number(text.trim())
  if (found === binaries.major) return
  throw refusal(found > binaries.major ? 'store/newer-postgres' : 'store/older-postgres', {
    zh: `数据目录属于 PostgreSQL ${found}，本程序带的是 ${binaries.major}；请用对应版本的程序备份后再恢复`,
    en: `The data directory is of PostgreSQL ${found}, this program brings ${binaries.major}; back up with the program it belongs to and restore here`,
    found,
    expected: binaries.major,
    path: folder,
  })
}

/**
 * Makes a cluster beside its final place and renames it there, so that an interrupted or doubled start leaves either
 * nothing or a whole one. Where the account cannot reach the data directory (it lies under /root, say), the cluster
 * goes to /var/lib/yilu and `<dataDir>/pg` links to it.
 */
async function makeCluster(link: string, account: Account, binaries: Binaries): Promise<string> {
  const dataDir = await realpath(dirname(link))
  await refuseFullDisk(dataDir)
  try {
    if (await canReach(dataDir, account)) {
      const placed = await initialise(join(dataDir, 'pg'), account, binaries)
      if (placed !== undefined) return placed
    }
    // The random part keeps a new data directory at an old path from waking the old one's cluster.
    const name = `${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}-${randomBytes(4).toString('hex')}`
    await mkdir(sharedFolder, { recursive: true, mode: 0o755 })
    await refuseFullDisk(sharedFolder)
    const elsewhere = await initialise(join(sharedFolder, name), account, binaries)
    if (elsewhere === undefined) throw Object.assign(new Error('cannot give a folder away'), { code: 'EPERM' })
    await symlink(elsewhere, link)
    return elsewhere
  } catch (error) {
    throw explainSystemError(error, link)
  }
}

/** Returns undefined where the account cannot be given a folder. */
async function initialise(folder: string, account: Account, binaries: Binaries): Promise<string | undefined> {
  const fresh = `${folder}.new-${process.pid}`
  await rm(fresh, { recursive: true, force: true })
  try {
    if (!(await makePrivateFolder(fresh, account))) return undefined
    const options = ['-D', fresh, '-U', superuser, '--encoding=UTF8', '--locale=C', '--data-checksums']
    options.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8')
    if (process.platform === 'win32') {
      const passwordFile = `${folder}-password`
      await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
      options.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`)
    } else {
      // Trust holds on the private socket alone: no other address is listened on.
      options.push('--auth=trust')
    }
    await run(binaries.initdb, options, account)
    await rename(fresh, folder).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error
    })
    return folder
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= roomForCluster) return
  throw explainSystemError(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }), folder)
}

/** Removes what a start that was killed in the middle of initdb left beside the cluster. */
export async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('pg.new-')) await rm(join(dataDir, name), { recursive: true, force: true })
  }
}

/** What the server's programs get to see of our environment. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  LC_ALL: 'C',
  TZ: 'UTC',
})

function run(program: string, options: string[], account: Account): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { ...account, cwd: '/', env: serverEnvironment(), windowsHide: true })
    let said = ''
    child.stdout.resume()
    child.stderr.on('data', chunk => {
      said = `${said}${chunk}`.slice(-4000)
    })
    child.on('error', reject)
    child.on('close', code => (code === 0 ? resolve() : reject(new Error(`${program} failed: ${said.trim()}`))))
  })
}
