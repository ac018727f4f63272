import { stat } from 'node:fs/promises'
import { usageError } from '../exit.ts'

/** Refuses a file that is not there before anything is opened. */
export async function refuseMissingFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return
  throw usageError('no-file', { zh: `没有文件 ${path}`, en: `There is no file ${path}` }, { path })
}
