import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { TextDecoder } from 'node:util'
import { Unreadable } from './source.ts'

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/**
 * The encoding of a text file, told from all of it: what its mark says, else UTF-8 where every byte fits, else GB18030
 * where that fits (Excel on a Chinese Windows writes it). Throws Unreadable with the line of the first byte that fits neither.
 */
export async function encodingOf(path: string, signal?: AbortSignal): Promise<Encoding> {
  let first = true
  let rest: Buffer = Buffer.alloc(0)
  let isValid = true
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal }) as AsyncIterable<Buffer>) {
    if (first) {
      const mark = marked(chunk)
      if (mark) return mark
      first = false
    }
    const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = wholeCharacters(text)
    if (!isUtf8(text.subarray(0, end))) {
      isValid = false
      break
    }
    rest = Buffer.from(text.subarray(end))
  }
  if (isValid && rest.length === 0) return 'utf-8'
  return otherThanUtf8(path, signal)
}

/** UTF-16 by its mark. A UTF-8 mark proves nothing about what follows. */
function marked(chunk: Buffer): Encoding | undefined {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Where the last complete UTF-8 character ends, at most three bytes before the end. */
function wholeCharacters(text: Buffer): number {
  for (let back = 1; back <= 3 && back <= text.length; back++) {
    const byte = text[text.length - back]!
    if (byte < 0x80) return text.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < length ? text.length - back : text.length
    }
  }
  return text.length
}

/** GB18030, unless the file is plainly UTF-8 with a few broken bytes: those would read as wrong characters. */
async function otherThanUtf8(path: string, signal?: AbortSignal): Promise<Encoding> {
  const tally = { line: 1, good: 0, bad: 0, firstBad: 0 }
  const gb = new TextDecoder('gb18030', { fatal: true })
  let fitsGb = true
  let carried: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal }) as AsyncIterable<Buffer>) {
    const text = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk
    const end = wholeCharacters(text)
    countUtf8(text.subarray(0, end), tally)
    carried = Buffer.from(text.subarray(end))
    fitsGb &&= decodes(gb, chunk)
  }
  countUtf8(carried, tally)
  fitsGb &&= decodes(gb)
  if (fitsGb && tally.good <= tally.bad) return 'gb18030'
  throw new Unreadable('import/encoding', {
    row: tally.firstBad,
    zh: `第${tally.firstBad}行有既非 UTF-8 也非 GB18030 的字符，请另存为“CSV UTF-8”`,
    en: `Line ${tally.firstBad} holds characters of neither UTF-8 nor GB18030; save the file as CSV UTF-8`,
  })
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

/** Counts characters of several bytes that are UTF-8, and bytes that are not. */
function countUtf8(text: Buffer, tally: { line: number; good: number; bad: number; firstBad: number }) {
  for (let at = 0; at < text.length; ) {
    const byte = text[at]!
    if (byte < 0x80) {
      if (byte === 10) tally.line++
      at++
      continue
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (byte >= 0xc2 && isUtf8(text.subarray(at, at + length))) {
      // Many a Chinese character of GB18030 looks like one of two bytes in UTF-8; there it has three.
      if (length > 2) tally.good++
      at += length
    } else {
      if (tally.bad++ === 0) tally.firstBad = tally.line
      at++
    }
  }
}

/** A file's text in pieces, without its mark. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: false })
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18, signal }) as AsyncIterable<Buffer>) {
    onBytes(chunk.length)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}
