import { type Fault, type Frame, type Header, MARK, MOST_FRAME, readFrame } from './frame.ts'
import { type Message, readMessage } from './message.ts'

/** What comes out of the bytes of a connection, in order. */
export type Seen =
  | { readonly kind: 'message'; readonly header: Header; readonly message: Message }
  /** A packet of a message that is not complete yet. */
  | { readonly kind: 'packet'; readonly header: Header }
  /** Bytes to be kept aside; the header where it could be read. */
  | { readonly kind: 'broken'; readonly fault: Fault; readonly bytes: Buffer; readonly header?: Header }

export interface Stream {
  readonly push: (chunk: Buffer) => Seen[]
  /** Whether ten broken frames came one after the other; no more is read from then on. */
  readonly isHopeless: () => boolean
}

/** After so many broken frames in a row a connection is given up. */
const HOPELESS = 10
/** Divided messages a connection may have under way, and packets of one. */
const MOST_OPEN = 4
const MOST_PACKETS = 256
/** Bytes of a broken frame that are kept. */
const KEPT = 4096

/** Reads the bytes of one connection as they come: frames, escapes, divided messages. Memory is bounded. */
export function terminalStream(mostFrame = MOST_FRAME): Stream {
  let rest: Buffer = Buffer.alloc(0)
  let begun = false
  /** Within a frame that is too long: bytes are passed over until the next mark. */
  let skipping = false
  let row = 0
  const packets = assembly()

  function push(chunk: Buffer): Seen[] {
    const seen: Seen[] = []
    if (row >= HOPELESS) return seen
    const broken = (fault: Fault, bytes: Buffer, header?: Header) => {
      row++
      seen.push({ kind: 'broken', fault, bytes: Buffer.from(bytes.subarray(0, KEPT)), header })
    }
    const take = (content: Buffer) => {
      const frame = readFrame(content)
      if (typeof frame === 'string') return broken(frame, content)
      if (frame.header.divided && frame.header.divided.total > MOST_PACKETS)
        return broken('packet', content, frame.header)
      const whole = packets.add(frame)
      for (const lost of whole.lost) broken('incomplete', lost.body, lost.header)
      if (!whole.frame) {
        row = 0
        seen.push({ kind: 'packet', header: frame.header })
        return
      }
      const message = readMessage(whole.frame.header, whole.frame.body)
      if (typeof message === 'string') return broken(message, content, frame.header)
      row = 0
      seen.push({ kind: 'message', header: whole.frame.header, message })
    }
    let from = 0
    for (let mark = chunk.indexOf(MARK); mark >= 0 && row < HOPELESS; mark = chunk.indexOf(MARK, from)) {
      const part = chunk.subarray(from, mark)
      from = mark + 1
      if (skipping) {
        skipping = false
        continue
      }
      const content = rest.length === 0 ? part : Buffer.concat([rest, part])
      rest = Buffer.alloc(0)
      if (content.length > mostFrame) broken('oversize', content)
      else if (content.length > 0) {
        if (begun) take(content)
        else broken('garbage', content)
      }
      begun = true
    }
    const tail = chunk.subarray(from)
    if (skipping || tail.length === 0 || row >= HOPELESS) return seen
    if (rest.length + tail.length > mostFrame) {
      broken(begun ? 'oversize' : 'garbage', Buffer.concat([rest, tail.subarray(0, KEPT)]))
      rest = Buffer.alloc(0)
      skipping = true
      begun = true
    } else rest = rest.length === 0 ? Buffer.from(tail) : Buffer.concat([rest, tail])
    return seen
  }
  return { push, isHopeless: () => row >= HOPELESS }
}

interface Open {
  readonly parts: Map<number, Buffer>
  readonly header: Header
}

/** Puts divided messages together. The first serial (that of packet 1) tells which packets belong to each other. */
function assembly() {
  const open = new Map<string, Open>()
  return {
    add(frame: Frame): { frame?: Frame; lost: Frame[] } {
      const { divided, id, serial } = frame.header
      if (!divided || divided.total === 1) return { frame, lost: [] }
      const lost: Frame[] = []
      const key = `${id} ${divided.total} ${(serial - divided.index + 1) & 0xffff}`
      const message = open.get(key) ?? { parts: new Map<number, Buffer>(), header: frame.header }
      message.parts.set(divided.index, Buffer.from(frame.body))
      open.set(key, message)
      if (message.parts.size === divided.total) {
        open.delete(key)
        const bodies = Array.from({ length: divided.total }, (_, index) => message.parts.get(index + 1)!)
        return { frame: { header: frame.header, body: Buffer.concat(bodies) }, lost }
      }
      if (open.size > MOST_OPEN) {
        const [oldest, { parts, header }] = open.entries().next().value!
        open.delete(oldest)
        lost.push({ header, body: Buffer.concat([...parts.values()]) })
      }
      return { lost }
    },
  }
}
