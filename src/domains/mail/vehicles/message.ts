import iconv from 'iconv-lite'
import { daysInMonth } from '../../../kernel/period/day.ts'
import type { Fault, Header } from './frame.ts'

// Messages of JT/T 808 that a vehicle on a mail route sends, and what it is answered.

export interface Position {
  /** Bits as the terminal set them; bit 1 is overspeed. */
  readonly alarm: number
  readonly status: number
  /** In 10⁻⁶ degrees; south and west are negative. */
  readonly latitude: number
  readonly longitude: number
  /** Metres. */
  readonly altitude: number
  /** 0.1 km/h, by satellites. */
  readonly speed: number
  /** Degrees, 0 is north. */
  readonly course: number
  readonly at: Date
  /** Odometer, in 0.1 km. */
  readonly mileage?: number
  /** 0.1 km/h, by the recorder. */
  readonly recorderSpeed?: number
}

export const isIgnitionOn = ({ status }: Position): boolean => (status & 1) !== 0
export const isLocated = ({ status }: Position): boolean => (status & 2) !== 0
export const isOverspeed = ({ alarm }: Position): boolean => (alarm & 2) !== 0

export interface Registration {
  readonly kind: 'registration'
  readonly province: number
  readonly city: number
  readonly maker: string
  readonly model: string
  readonly terminal: string
  /** 0 for a vehicle without a plate. */
  readonly colour: number
  readonly plate: string
}

/** Results of the general reply. */
export const RESULT = { ok: 0, failed: 1, wrong: 2, unsupported: 3 } as const
/** Results of the reply to a registration. */
export const REGISTRATION = { ok: 0, vehicleTaken: 1, noVehicle: 2, terminalTaken: 3, noTerminal: 4 } as const

export type Message =
  | Registration
  | { readonly kind: 'authentication'; readonly code: string }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'position'; readonly position: Position }
  | {
      readonly kind: 'batch'
      readonly late: boolean
      readonly positions: readonly Position[]
      readonly broken: readonly BrokenPosition[]
    }
  | { readonly kind: 'reply'; readonly serial: number; readonly id: number; readonly result: number }
  | { readonly kind: 'registered'; readonly serial: number; readonly result: number; readonly code: string }
  | { readonly kind: 'other' }

/** A position in a batch that cannot be; the others of the batch count. */
export interface BrokenPosition {
  readonly fault: Fault
  readonly bytes: Buffer
}

export const ID = {
  ...{ reply: 0x8001, registered: 0x8100, terminalReply: 0x0001, heartbeat: 0x0002 },
  ...{ registration: 0x0100, authentication: 0x0102, position: 0x0200, batch: 0x0704 },
} as const

/** Reads the body of a message; a message of another id is `other`. */
export function readMessage({ id, version }: Header, body: Buffer): Message | Fault {
  switch (id) {
    case ID.heartbeat:
      return { kind: 'heartbeat' }
    case ID.position: {
      const position = readPosition(body)
      return typeof position === 'string' ? position : { kind: 'position', position }
    }
    case ID.batch:
      return readBatch(body)
    case ID.registration:
      return readRegistration(body, version)
    case ID.authentication:
      return readAuthentication(body, version)
    case ID.reply:
    case ID.terminalReply:
      return body.length < 5
        ? 'body'
        : { kind: 'reply', serial: body.readUInt16BE(0), id: body.readUInt16BE(2), result: body[4]! }
    case ID.registered:
      return body.length < 3
        ? 'body'
        : { kind: 'registered', serial: body.readUInt16BE(0), result: body[2]!, code: text(body.subarray(3)) }
    default:
      return { kind: 'other' }
  }
}

const MILEAGE = 0x01
const RECORDER_SPEED = 0x03

export function readPosition(body: Buffer): Position | Fault {
  if (body.length < 28) return 'body'
  const status = body.readUInt32BE(4)
  const latitude = body.readUInt32BE(8)
  const longitude = body.readUInt32BE(12)
  if (latitude > 90_000_000) return 'latitude'
  if (longitude > 180_000_000) return 'longitude'
  const at = readTime(body, 22)
  if (at === undefined) return 'time'
  let mileage: number | undefined
  let recorderSpeed: number | undefined
  for (let item = 28; item < body.length; ) {
    const length = body[item + 1]
    if (length === undefined || item + 2 + length > body.length) return 'body'
    if (body[item] === MILEAGE && length === 4) mileage = body.readUInt32BE(item + 2)
    if (body[item] === RECORDER_SPEED && length === 2) recorderSpeed = body.readUInt16BE(item + 2)
    item += 2 + length
  }
  return {
    alarm: body.readUInt32BE(0),
    status,
    latitude: (status & 4) !== 0 ? 0 - latitude : latitude,
    longitude: (status & 8) !== 0 ? 0 - longitude : longitude,
    altitude: body.readUInt16BE(16),
    speed: body.readUInt16BE(18),
    course: body.readUInt16BE(20),
    at: new Date(at),
    mileage,
    recorderSpeed,
  }
}

const EIGHT_HOURS = 8 * 3_600_000

/** BCD YYMMDDhhmmss at UTC+8 as milliseconds; undefined when there is no such time. */
function readTime(body: Buffer, from: number): number | undefined {
  const year = 2000 + pair(body[from]!)
  const month = pair(body[from + 1]!)
  const date = pair(body[from + 2]!)
  const hour = pair(body[from + 3]!)
  const minute = pair(body[from + 4]!)
  const second = pair(body[from + 5]!)
  // A pair that is not BCD is NaN, and no comparison holds for it.
  const real = year >= 2000 && month >= 1 && month <= 12 && date >= 1 && hour <= 23 && minute <= 59 && second <= 59
  if (!real || date > daysInMonth(year, month)) return undefined
  return Date.UTC(year, month - 1, date, hour, minute, second) - EIGHT_HOURS
}

const pair = (byte: number): number => (byte >= 0xa0 || (byte & 15) > 9 ? Number.NaN : (byte >> 4) * 10 + (byte & 15))

function readBatch(body: Buffer): Message | Fault {
  if (body.length < 3) return 'body'
  const count = body.readUInt16BE(0)
  const positions: Position[] = []
  const broken: BrokenPosition[] = []
  let at = 3
  for (let index = 0; index < count; index++) {
    if (at + 2 > body.length) return 'body'
    const end = at + 2 + body.readUInt16BE(at)
    if (end > body.length) return 'body'
    const bytes = body.subarray(at + 2, end)
    const position = readPosition(bytes)
    if (typeof position === 'string') broken.push({ fault: position, bytes: Buffer.from(bytes) })
    else positions.push(position)
    at = end
  }
  return at === body.length ? { kind: 'batch', late: body[2] === 1, positions, broken } : 'body'
}

/** Bytes of maker, model and terminal id. */
const SIZES = { 2013: [5, 20, 7], 2019: [11, 30, 30] } as const

function readRegistration(body: Buffer, version: Header['version']): Message | Fault {
  const [maker, model, terminal] = SIZES[version]
  const fixed = 4 + maker + model + terminal + 1
  if (body.length < fixed) return 'body'
  const part = (from: number, length: number) => text(body.subarray(from, from + length))
  return {
    ...{ kind: 'registration', province: body.readUInt16BE(0), city: body.readUInt16BE(2) },
    ...{ maker: part(4, maker), model: part(4 + maker, model), terminal: part(4 + maker + model, terminal) },
    ...{ colour: body[fixed - 1]!, plate: text(body.subarray(fixed)) },
  }
}

function readAuthentication(body: Buffer, version: Header['version']): Message | Fault {
  if (version === 2013) return { kind: 'authentication', code: text(body) }
  const length = body[0]
  return length === undefined || body.length < 1 + length
    ? 'body'
    : { kind: 'authentication', code: text(body.subarray(1, 1 + length)) }
}

/** GBK, without the zeros that fill it up. */
const text = (bytes: Buffer): string => iconv.decode(bytes, 'gbk').replace(/\0+$/, '')

/** The id and body of a message, as a terminal or platform of this version writes it. */
export function writeMessage(
  message: Exclude<Message, { kind: 'other' }>,
  version: Header['version'],
): { id: number; body: Buffer } {
  switch (message.kind) {
    case 'heartbeat':
      return { id: ID.heartbeat, body: Buffer.alloc(0) }
    case 'position':
      return { id: ID.position, body: writePosition(message.position) }
    case 'batch':
      return { id: ID.batch, body: writeBatch(message) }
    case 'registration':
      return { id: ID.registration, body: writeRegistration(message, version) }
    case 'authentication': {
      const code = iconv.encode(message.code, 'gbk')
      // 2019 adds IMEI (15) and software version (20).
      const body = version === 2013 ? code : Buffer.concat([Buffer.of(code.length), code, Buffer.alloc(35)])
      return { id: ID.authentication, body }
    }
    case 'reply': {
      const body = Buffer.alloc(5)
      body.writeUInt16BE(message.serial, 0)
      body.writeUInt16BE(message.id, 2)
      body[4] = message.result
      return { id: ID.reply, body }
    }
    case 'registered': {
      const head = Buffer.alloc(3)
      head.writeUInt16BE(message.serial, 0)
      head[2] = message.result
      return { id: ID.registered, body: Buffer.concat([head, iconv.encode(message.code, 'gbk')]) }
    }
  }
}

function writePosition(position: Position): Buffer {
  const { mileage, recorderSpeed } = position
  const body = Buffer.alloc(28 + (mileage === undefined ? 0 : 6) + (recorderSpeed === undefined ? 0 : 4))
  const hemispheres = (position.latitude < 0 ? 4 : 0) | (position.longitude < 0 ? 8 : 0)
  body.writeUInt32BE(position.alarm, 0)
  body.writeUInt32BE(((position.status & ~12) | hemispheres) >>> 0, 4)
  body.writeUInt32BE(Math.abs(position.latitude), 8)
  body.writeUInt32BE(Math.abs(position.longitude), 12)
  body.writeUInt16BE(position.altitude, 16)
  body.writeUInt16BE(position.speed, 18)
  body.writeUInt16BE(position.course, 20)
  const clock = new Date(position.at.getTime() + EIGHT_HOURS).toISOString()
  body.write(clock.slice(2, 19).replace(/\D/g, ''), 22, 'hex')
  let at = 28
  if (mileage !== undefined) {
    at = body.writeUInt16BE(0x0104, at)
    at = body.writeUInt32BE(mileage, at)
  }
  if (recorderSpeed !== undefined) body.writeUInt16BE(recorderSpeed, body.writeUInt16BE(0x0302, at))
  return body
}

function writeBatch({ late, positions }: { late: boolean; positions: readonly Position[] }): Buffer {
  const head = Buffer.alloc(3)
  head.writeUInt16BE(positions.length, 0)
  head[2] = late ? 1 : 0
  const bodies = positions.flatMap(position => {
    const body = writePosition(position)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(body.length, 0)
    return [length, body]
  })
  return Buffer.concat([head, ...bodies])
}

function writeRegistration(message: Registration, version: Header['version']): Buffer {
  const [maker, model, terminal] = SIZES[version]
  const head = Buffer.alloc(4)
  head.writeUInt16BE(message.province, 0)
  head.writeUInt16BE(message.city, 2)
  const filled = (value: string, length: number) => {
    const bytes = Buffer.alloc(length)
    iconv.encode(value, 'gbk').copy(bytes)
    return bytes
  }
  return Buffer.concat([
    ...[head, filled(message.maker, maker), filled(message.model, model), filled(message.terminal, terminal)],
    ...[Buffer.of(message.colour), iconv.encode(message.plate, 'gbk')],
  ])
}
