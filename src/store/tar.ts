// POSIX ustar (IEEE Std 1003.1-2017, pax "ustar Interchange Format"), plain files only, streamed both ways.

export interface TarEntry {
  readonly name: string
  /** In bytes; `content` yields exactly as many. */
  readonly size: number
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>
}

const block = 512
const largestSize = 8 ** 11 - 1 // eleven octal digits

/** Serialises entries as they come. */
export async function* packTar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Buffer> {
  for await (const { name, size, content } of entries) {
    yield header(name, size)
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      yield chunk
    }
    if (written !== size) throw new Error(`${name} changed while it was read: ${written} bytes instead of ${size}`)
    yield Buffer.alloc(padding(size))
  }
  yield Buffer.alloc(2 * block)
}

/** Reads entries in order. Read an entry's content whole before the next one, or not at all. */
export async function* unpackTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const reader = byteReader(source)
  for (;;) {
    const head = await reader.take(block)
    if (head.every(byte => byte === 0)) return
    const { name, size } = parseHeader(head)
    const content = reader.pieces(size)
    yield { name, size, content }
    for await (const _ of content); // what the caller left
    await reader.take(padding(size))
  }
}

const padding = (size: number): number => (block - (size % block)) % block

function header(name: string, size: number): Buffer {
  const head = Buffer.alloc(block)
  const [prefix, base] = splitName(name)
  if (size > largestSize) throw new Error(`${name} is larger than 8 GiB`)
  head.write(base, 0, 'utf8')
  head.write('0000600\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  head.write(`${'0'.repeat(11)}\0`, 136) // a backup of the same facts is the same bytes
  head.write('0', 156)
  head.write('ustar\x0000', 257, 'latin1')
  head.write(prefix, 345, 'utf8')
  head.write(`${checksum(head).toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return head
}

/** Names of up to 100 bytes stand whole; longer ones are cut at a slash, 155 bytes before it and 100 behind. */
function splitName(name: string): [prefix: string, base: string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
    const [prefix, base] = [name.slice(0, at), name.slice(at + 1)]
    if (Buffer.byteLength(base) <= 100 && Buffer.byteLength(prefix) <= 155) return [prefix, base]
  }
  throw new Error(`name too long for an archive: ${name}`)
}

/** Sum of the header's bytes, its own field counted as spaces. */
const checksum = (head: Buffer): number =>
  head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)

function parseHeader(head: Buffer): { name: string; size: number } {
  const text = (from: number, length: number) =>
    head
      .subarray(from, from + length)
      .toString('utf8')
      .replace(/\0.*$/s, '')
  if (Number.parseInt(text(148, 8), 8) !== checksum(head)) throw damaged('a header does not add up')
  const prefix = text(345, 155)
  return { name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, size: Number.parseInt(text(124, 12), 8) }
}

function byteReader(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)

  async function refill(): Promise<void> {
    const next = await chunks.next()
    if (next.done) throw damaged('it ends early')
    held = next.value
  }

  async function* pieces(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (held.length === 0) await refill()
      const piece = held.subarray(0, left)
      held = held.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }

  async function take(size: number): Promise<Buffer> {
    const taken: Buffer[] = []
    for await (const piece of pieces(size)) taken.push(piece)
    return Buffer.concat(taken)
  }

  return { take, pieces }
}

/** Bytes that are no archive, told apart from what is wrong with the disk by the code TAR_DAMAGED. */
const damaged = (why: string) => Object.assign(new Error(`a damaged archive: ${why}`), { code: 'TAR_DAMAGED' })
