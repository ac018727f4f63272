import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library'
import sharp from 'sharp'

const run = promisify(execFile)

/** Whether this machine can turn a PDF into pictures. */
export const poppler: boolean = await run('pdftoppm', ['-v']).then(
  () => true,
  () => false,
)

/** Every page of a PDF as a PNG, by poppler. */
export async function pictures(file: Buffer, dpi = 300): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yilu-labels-'))
  try {
    await writeFile(join(folder, 'in.pdf'), file)
    await run('pdftoppm', ['-r', String(dpi), '-png', join(folder, 'in.pdf'), join(folder, 'page')])
    const names = (await readdir(folder)).filter(name => name.endsWith('.png')).sort()
    return await Promise.all(names.map(name => sharp(join(folder, name)).png().toBuffer()))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The words of a PDF, by poppler. */
export async function wordsOf(file: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yilu-labels-'))
  try {
    await writeFile(join(folder, 'in.pdf'), file)
    const { stdout } = await run('pdftotext', ['-layout', join(folder, 'in.pdf'), '-'])
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a label printer prints, by an interpreter of ZPL that knows nothing of ours: a PNG a label. */
export async function printed(
  zpl: string,
  page: { width: number; height: number },
  dotsPerMm: number,
): Promise<Buffer[]> {
  // Nine megabytes in one file: required, so that they are not transformed before each test.
  const { ready }: typeof import('zpl-renderer-js') = createRequire(import.meta.url)('zpl-renderer-js')
  const { api } = await ready
  const pictures = await api.zplToBase64MultipleAsync(zpl, page.width, page.height, dotsPerMm)
  return pictures.map(picture => Buffer.from(picture, 'base64'))
}

/** Lengths of light and dark by turns along a row of a picture, beginning with light. */
export async function runsAt(picture: Buffer, row: number): Promise<number[]> {
  const { data, info } = await sharp(picture)
    .flatten({ background: 'white' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const runs = [0]
  let dark = false
  for (let x = 0; x < info.width; x++) {
    if (data[(row * info.width + x) * info.channels]! < 128 !== dark) {
      dark = !dark
      runs.push(0)
    }
    runs[runs.length - 1]! += 1
  }
  return runs
}

/** A part of a picture, in pixels. */
export interface Cut {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What an independent reader (ZXing) reads in a picture. */
export async function scan(picture: Buffer, symbol: 'code128' | 'qr', cut?: Cut): Promise<string> {
  const whole = sharp(picture).flatten({ background: 'white' })
  const { data, info } = await (cut ? whole.extract(cut) : whole)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const luminance = Uint8ClampedArray.from({ length: info.width * info.height }, (_, at) => data[at * info.channels]!)
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(luminance, info.width, info.height)))
  const reader = symbol === 'qr' ? new QRCodeReader() : new Code128Reader()
  return reader.decode(bitmap, new Map([[DecodeHintType.TRY_HARDER, true]])).getText()
}
