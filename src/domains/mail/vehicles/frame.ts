// Frames of JT/T 808-2013 and -2019: 7e header body xor 7e; inside, 7e is written 7d 02 and 7d is written 7d 01.

export const MARK = 0x7e
const ESCAPE = 0x7d

/** The most bytes of a body in one frame; a longer one is divided. */
export const MOST_BODY = 0x3ff
/** The most bytes between two marks: header, body and xor, each byte escaped at worst. */
export const MOST_FRAME = 2 * (17 + 4 + MOST_BODY + 1)

export interface Header {
  /** Of the message: 0x0200 is a position. */
  readonly id: number
  readonly version: 2013 | 2019
  /** Digits of the terminal's number with leading zeros: 12 in 2013, 20 in 2019. */
  readonly phone: string
  readonly serial: number
  /** 0 for plain. */
  readonly encryption: number
  readonly divided?: { readonly total: number; readonly index: number }
}

export interface Frame {
  readonly header: Header
  readonly body: Buffer
}

/** The number without the zeros that fill it up, the same in both versions: 13800138000. */
export const terminalNumber = (phone: string): string => phone.replace(/^0+(?=\d)/, '')

/** Why bytes are no frame, or a frame no message. */
export const faults = {
  garbage: { zh: '帧外有多余字节', en: 'Bytes outside of a frame' },
  oversize: { zh: '帧超长', en: 'Frame too long' },
  escape: { zh: '转义错误', en: 'Broken escape' },
  short: { zh: '帧不足一个消息头', en: 'Shorter than a header' },
  xor: { zh: '校验码错误', en: 'Wrong checksum' },
  phone: { zh: '终端号不是BCD码', en: 'Terminal number is not BCD' },
  length: { zh: '消息体长度不符', en: 'Length of the body differs' },
  encrypted: { zh: '不支持加密消息', en: 'Encrypted messages are not supported' },
  packet: { zh: '分包序号错误', en: 'Impossible packet number' },
  incomplete: { zh: '分包未收齐', en: 'Packets of a message are missing' },
  body: { zh: '消息体不完整', en: 'Body too short for its message' },
  time: { zh: '时间不存在', en: 'No such time' },
  latitude: { zh: '纬度超过90度', en: 'Latitude above 90 degrees' },
  longitude: { zh: '经度超过180度', en: 'Longitude above 180 degrees' },
} as const

export type Fault = keyof typeof faults

/**
 * Reads what stands between two marks.
 * @returns the frame, or why it is none
 * Source: JT/T 808-2013 and -2019, 4.4
 */
export function readFrame(content: Buffer): Frame | Fault {
  const bytes = unescaped(content)
  if (!bytes) return 'escape'
  const end = bytes.length - 1
  if (end < 12) return 'short'
  let xor = 0
  for (let at = 0; at < end; at++) xor ^= bytes[at]!
  if (xor !== bytes[end]) return 'xor'
  const attributes = bytes.readUInt16BE(2)
  const version = (attributes & 0x4000) === 0 ? 2013 : 2019
  const digits = version === 2013 ? 6 : 10
  let at = version === 2013 ? 4 : 5
  const divided = (attributes & 0x2000) !== 0
  if (end < at + digits + 2 + (divided ? 4 : 0)) return 'short'
  for (let digit = at; digit < at + digits; digit++) {
    if (bytes[digit]! >= 0xa0 || (bytes[digit]! & 15) > 9) return 'phone'
  }
  const phone = bytes.toString('hex', at, at + digits)
  at += digits
  const serial = bytes.readUInt16BE(at)
  at += 2
  const packet = divided ? { total: bytes.readUInt16BE(at), index: bytes.readUInt16BE(at + 2) } : undefined
  if (divided) at += 4
  if (end - at !== (attributes & MOST_BODY)) return 'length'
  const encryption = (attributes >> 10) & 7
  if (encryption !== 0) return 'encrypted'
  if (packet && (packet.index < 1 || packet.index > packet.total)) return 'packet'
  const header: Header = { id: bytes.readUInt16BE(0), version, phone, serial, encryption, divided: packet }
  return { header, body: bytes.subarray(at, end) }
}

/** The frame of a body of at most 1,023 bytes. */
export function writeFrame({ id, version, phone, serial, encryption, divided }: Header, body: Buffer): Buffer {
  if (body.length > MOST_BODY) throw new Error(`a body of ${body.length} bytes must be divided`)
  const digits = version === 2013 ? 12 : 20
  if (!/^\d+$/.test(phone) || phone.length > digits) throw new Error(`'${phone}' is not a terminal number`)
  const head = Buffer.alloc((version === 2013 ? 12 : 17) + (divided ? 4 : 0))
  head.writeUInt16BE(id, 0)
  const flags = (version === 2019 ? 0x4000 : 0) | (divided ? 0x2000 : 0) | (encryption << 10)
  head.writeUInt16BE(flags | body.length, 2)
  let at = 4
  if (version === 2019) head[at++] = 1
  at += head.write(phone.padStart(digits, '0'), at, 'hex')
  at = head.writeUInt16BE(serial & 0xffff, at)
  if (divided) head.writeUInt16BE(divided.index, head.writeUInt16BE(divided.total, at))
  let xor = 0
  for (const byte of head) xor ^= byte
  for (const byte of body) xor ^= byte
  return escaped(Buffer.concat([head, body, Buffer.of(xor)]))
}

/** A body of any length as one frame, or divided into frames with serials one after the other. */
export function writeFrames(header: Omit<Header, 'divided'>, body: Buffer, most = MOST_BODY): Buffer[] {
  if (body.length <= most) return [writeFrame(header, body)]
  const total = Math.ceil(body.length / most)
  return Array.from({ length: total }, (_, index) =>
    writeFrame(
      { ...header, serial: (header.serial + index) & 0xffff, divided: { total, index: index + 1 } },
      body.subarray(index * most, (index + 1) * most),
    ),
  )
}

/** The bytes meant, or undefined for an escape that is none. Nothing is copied where nothing was escaped. */
function unescaped(content: Buffer): Buffer | undefined {
  let from = content.indexOf(ESCAPE)
  if (from < 0) return content
  const bytes = Buffer.allocUnsafe(content.length)
  let length = content.copy(bytes, 0, 0, from)
  while (from < content.length) {
    const byte = content[from++]!
    if (byte !== ESCAPE) {
      bytes[length++] = byte
      continue
    }
    const next = content[from++]
    if (next !== 1 && next !== 2) return undefined
    bytes[length++] = next === 1 ? ESCAPE : MARK
  }
  return bytes.subarray(0, length)
}

function escaped(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length * 2 + 2)
  let length = 0
  out[length++] = MARK
  for (const byte of bytes) {
    if (byte === MARK || byte === ESCAPE) {
      out[length++] = ESCAPE
      out[length++] = byte === MARK ? 2 : 1
    } else out[length++] = byte
  }
  out[length++] = MARK
  return out.subarray(0, length)
}
