/** Something the store refused, in words a clerk can read; the same shape as the kernel's problems. */
export interface StoreProblem {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly [detail: string]: unknown
}

/** Thrown by the store for what an operator can cause: a full disk, a second server, a newer schema. */
export class StoreError extends Error {
  readonly problem: StoreProblem

  constructor(problem: StoreProblem, cause?: unknown) {
    super(`${problem.code}: ${problem.en}`, { cause })
    this.name = 'StoreError'
    this.problem = problem
  }
}

export const refusal = (
  code: string,
  details: { zh: string; en: string } & Record<string, unknown>,
  cause?: unknown,
): StoreError => new StoreError({ code, ...details }, cause)

/** The `code` of a Node or PostgreSQL error: 'ENOENT', '57P03', … */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Names what the operating system refused about `path`; other errors pass through as they are. */
export function explainSystemError(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error
  const code = errorCode(error)
  const text = errorText(error)
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device|disk quota exceeded/i.test(text)) {
    return refusal(
      'store/disk-full',
      { zh: `磁盘已满，无法写入 ${path}`, en: `The disk is full: ${path}`, path },
      error,
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return refusal(
      'store/data-not-writable',
      { zh: `数据目录不可写：${path}`, en: `The data directory cannot be written: ${path}`, path },
      error,
    )
  }
  return error
}

/**
 * What a failed query or connection means to a user, when it is no bug: the server is away (`retriable`), or its disk is
 * full. Undefined for any other error.
 */
export function explainDatabaseError(error: unknown): StoreProblem | undefined {
  const code = errorCode(error) ?? ''
  if (code === '53100' || code === 'ENOSPC') {
    return {
      code: 'store/disk-full',
      zh: '数据库磁盘已满，没有保存',
      en: "The database's disk is full; nothing was saved",
    }
  }
  const isAway =
    // Class 08 connection, 57P0x shutting down or starting, 53300 too many connections, 40001/40P01 conflicts
    /^(08...|57P0[1-5]|53300|40001|40P01)$/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      errorText(error),
    )
  if (!isAway) return undefined
  return {
    code: 'store/unavailable',
    zh: '数据库暂时不可用，请稍后再试',
    en: 'The database is away for the moment; try again',
    retriable: true,
  }
}
