import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import { openEvidence } from './evidence.ts'

const EDGE = 320
/** A picture of more pixels is not opened: a small file can unfold to gigabytes. */
const MOST_PIXELS = 100_000_000

/**
 * A small WebP of a picture, upright, without its metadata (a telephone writes down where it was taken). Kept beside the
 * evidence, to be made anew at any time.
 * @returns the path of its file; `evidence/no-thumbnail` for what is no picture or cannot be read as one
 */
export async function thumbnail(ledger: Ledger, actor: Actor, sha256: string): Promise<Result<string>> {
  const file = await openEvidence(ledger, actor, sha256)
  if (!file.ok) return file
  if (!file.value.mediaType.startsWith('image/')) return none(sha256)
  const folder = join(ledger.store.dataDir, 'thumbnails', sha256.slice(0, 2))
  const path = join(folder, `${sha256}.webp`)
  if (await stat(path).catch(() => undefined)) return ok(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.${Date.now()}`
  try {
    await sharp(file.value.path, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize(EDGE, EDGE, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .toFile(draft)
    await rename(draft, path)
    return ok(path)
  } catch {
    // Whatever a picture library cannot read is no picture to us.
    await rm(draft, { force: true })
    return none(sha256)
  }
}

const none = (sha256: string) =>
  fail('evidence/no-thumbnail', { sha256, zh: '这个文件没有缩略图', en: 'There is no thumbnail of this file' })
