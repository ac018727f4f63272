import { chown, lstat, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode, refusal } from '../problem.ts'

/** The operating-system account the server runs under; undefined: our own. */
export type Account = { readonly uid: number; readonly gid: number } | undefined

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of an existing cluster, else
 * `postgres`, else `nobody`. The account must be in passwd, or initdb cannot name it.
 */
export async function serverAccount(cluster: string): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await lstat(cluster).catch(() => undefined)
  if (owner?.isDirectory() && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] =
      passwd
        .split('\n')
        .find(line => line.startsWith(`${name}:`))
        ?.split(':') ?? []
    if (uid && gid && uid !== '0') return { uid: Number(uid), gid: Number(gid) }
  }
  throw refusal('store/no-account', {
    zh: '以 root 运行时需要系统账户 postgres 或 nobody 来启动数据库',
    en: 'Running as root needs the system account postgres or nobody to start the database under',
  })
}

/** Whether the account may walk down to `path` (every parent has its execute bit). */
export async function canReach(path: string, account: Account): Promise<boolean> {
  if (account === undefined) return true
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const execute = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & execute) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Makes a folder only the account may enter. Returns false where the file system does not let us give it away. */
export async function makePrivateFolder(path: string, account: Account): Promise<boolean> {
  await mkdir(path, { mode: 0o700 })
  if (account === undefined) return true
  try {
    await chown(path, account.uid, account.gid)
    return true
  } catch (error) {
    if (errorCode(error) === 'EPERM' || errorCode(error) === 'EINVAL') return false
    throw error
  }
}
