import { createWriteStream } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Call } from './route.ts'

export interface Upload {
  /** Where it lies; its name there is ours. */
  readonly path: string
  /** What its sender calls it, without folders. */
  readonly name: string
}

/** The name of a file without folders, whichever way they are written, and without what no name should hold. */
export const plainName = (name: string | undefined): string =>
  [...basename((name ?? '').replaceAll('\\', '/')).replaceAll(/\p{Cc}|\p{Cs}/gu, '')].slice(-120).join('') || 'file'

/** Writes the one file of a multipart request into a folder, as it comes. */
export async function receive({ request, settings }: Call, folder: string): Promise<Result<Upload>> {
  const part = await request.file()
  if (!part) return fail('request/no-file', { field: 'file', zh: '没有选择文件', en: 'No file was sent' })
  const path = join(folder, 'upload')
  await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
  return part.file.truncated ? tooLarge(settings.largestUpload) : ok({ path, name: plainName(part.filename) })
}

export const tooLarge = (most: number) =>
  fail('request/too-large', {
    field: 'file',
    most,
    zh: `文件太大，最多 ${Math.floor(most / 1024 / 1024)} MB`,
    en: `The file is too large; at most ${Math.floor(most / 1024 / 1024)} MB`,
  })
