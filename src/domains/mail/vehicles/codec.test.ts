import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Header, MOST_FRAME, writeFrame, writeFrames } from './frame.ts'
import {
  isIgnitionOn,
  isLocated,
  isOverspeed,
  type Message,
  type Position,
  readMessage,
  writeMessage,
} from './message.ts'
import { type Seen, terminalStream } from './stream.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const all = (bytes: Buffer, size = bytes.length || 1): Seen[] => {
  const stream = terminalStream()
  const seen: Seen[] = []
  for (let at = 0; at < bytes.length; at += size) seen.push(...stream.push(bytes.subarray(at, at + size)))
  return seen
}
const one = (text: string) => {
  const [seen, ...more] = all(hex(text))
  expect(more).toEqual([])
  if (seen?.kind !== 'message') throw new Error(`no message but ${JSON.stringify(seen)}`)
  return seen
}
/** A frame around a header and body in hex, with the right xor, escaped. */
const framed = (inside: string): string => {
  const bytes = hex(inside)
  const xor = bytes.reduce((sum, byte) => sum ^ byte, 0)
  const whole = Buffer.concat([bytes, Buffer.of(xor)]).toString('hex')
  return `7e${whole.replace(/../g, byte => (byte === '7e' ? '7d02' : byte === '7d' ? '7d01' : byte))}7e`
}
const fault = (text: string) => all(hex(text)).map(seen => (seen.kind === 'broken' ? seen.fault : seen.kind))

describe('frames of the standard', () => {
  test('heartbeat', () => {
    const frame = '7e000200000138001380000001a97e'
    expect(one(frame)).toMatchObject({
      header: { id: 2, version: 2013, phone: '013800138000', serial: 1 },
      message: { kind: 'heartbeat' },
    })
    expect(writeFrame(one(frame).header, Buffer.alloc(0)).toString('hex')).toBe(frame)
  })

  test('authentication', () => {
    const frame = '7e01020004013800138000000259494c55a67e'
    const { header, message } = one(frame)
    expect(message).toEqual({ kind: 'authentication', code: 'YILU' })
    expect(header.serial).toBe(2)
    expect(writeFrame(header, writeMessage({ kind: 'authentication', code: 'YILU' }, 2013).body).toString('hex')).toBe(
      frame,
    )
  })

  test('position', () => {
    const frame = '7e0200001c013800138000000300000000000000030260e3c806f03c64002b026f005a241123083015747e'
    const { header, message } = one(frame)
    if (message.kind !== 'position') throw new Error(message.kind)
    expect(message.position).toEqual({
      ...{ alarm: 0, status: 3, latitude: 39_904_200, longitude: 116_407_396, altitude: 43, speed: 623, course: 90 },
      at: new Date('2024-11-23T08:30:15+08:00'),
    })
    expect(isIgnitionOn(message.position)).toBe(true)
    expect(isLocated(message.position)).toBe(true)
    expect(writeFrame(header, writeMessage(message, 2013).body).toString('hex')).toBe(frame)
  })

  test('position with escapes, alarm, mileage and recorder speed', () => {
    const frame =
      '7e020000260138001380007d027d0100000002000000030255046e007d027d0100000504b5016724112323595901040001e240030204ae587e'
    const { header, message } = one(frame)
    if (message.kind !== 'position') throw new Error(message.kind)
    expect(header.serial).toBe(0x7e7d)
    expect(message.position).toEqual({
      ...{ alarm: 2, status: 3, latitude: 39_126_126, longitude: 0x007e7d00, altitude: 5, speed: 1205, course: 359 },
      ...{ at: new Date('2024-11-23T23:59:59+08:00'), mileage: 123_456, recorderSpeed: 1198 },
    })
    expect(isOverspeed(message.position)).toBe(true)
    expect(writeFrame(header, writeMessage(message, 2013).body).toString('hex')).toBe(frame)
  })

  test('heartbeat of 2019, with a number of 20 digits', () => {
    const frame = '7e0002400001000000000138001380000001e87e'
    expect(one(frame).header).toMatchObject({ id: 2, version: 2019, phone: '00000000013800138000', serial: 1 })
    expect(writeFrame(one(frame).header, Buffer.alloc(0)).toString('hex')).toBe(frame)
  })

  test('reply of the platform', () => {
    const frame = '7e8001000501380013800000090003020000267e'
    const { header, message } = one(frame)
    expect(message).toEqual({ kind: 'reply', serial: 3, id: 0x0200, result: 0 })
    expect(
      writeFrame(header, writeMessage({ kind: 'reply', serial: 3, id: 0x0200, result: 0 }, 2013).body).toString('hex'),
    ).toBe(frame)
  })
})

describe('broken frames are named, and the next good one is read', () => {
  const good = '7e000200000138001380000001a97e'
  const position = (change: (body: Buffer) => void) => {
    const body = hex('00000000000000030260e3c806f03c64002b026f005a241123083015')
    change(body)
    return framed(`0200001c0138001380000003${body.toString('hex')}`)
  }

  test.each([
    ['a wrong checksum', '7e000200000138001380000001a87e', 'xor'],
    ['a lone 7d at the end', '7e0002000001380013800000017d7e', 'escape'],
    ['7d 03', '7e00020000013800138000007d03a97e', 'escape'],
    ['a length longer than the body', framed('00020005013800138000000141'), 'length'],
    ['a length shorter than the body', framed('0002000001380013800000014142'), 'length'],
    ['less than a header', framed('0002000001'), 'short'],
    ['a 2019 frame as short as one of 2013', framed('000240000138001380000001'), 'short'],
    ['a terminal number that is not BCD', framed('0002000001380013800a0001'), 'phone'],
    ['encryption', framed('000204000138001380000001'), 'encrypted'],
    ['packet 0', framed('0002200001380013800000010003' + '0000'), 'packet'],
    ['packet 4 of 3', framed('0002200001380013800000010003' + '0004'), 'packet'],
    ['more packets than a message has', framed('000220000138001380000001ffff' + '0001'), 'packet'],
    ['year 00 month 13', position(body => body.write('001323083015', 22, 'hex')), 'time'],
    ['30 February', position(body => body.write('240230083015', 22, 'hex')), 'time'],
    ['a digit that is not BCD', position(body => body.write('24112308301a', 22, 'hex')), 'time'],
    ['a latitude above 90', position(body => body.writeUInt32BE(90_000_001, 8)), 'latitude'],
    ['a longitude above 180', position(body => body.writeUInt32BE(180_000_001, 12)), 'longitude'],
    ['a position too short', framed(`0200001b0138001380000003${'00'.repeat(27)}`), 'body'],
    [
      'an item beyond the end',
      framed(`0200001e0138001380000003${'00000000000000030260e3c806f03c64002b026f005a241123083015'}0104`),
      'body',
    ],
    ['a reply too short', framed('8001000101380013800000010a'), 'body'],
    ['a registration too short', framed('0100000101380013800000010a'), 'body'],
    ['a batch that states more than it has', framed('070400030138001380000001' + '000500'), 'body'],
    ['bytes before the first frame', '0102030405', 'garbage'],
  ])('%s', (_, broken, expected) => {
    expect(fault(`${broken}${good}`)).toEqual([expected, 'message'])
    expect(fault(`${good}${broken}${good}`)).toEqual(
      expected === 'garbage' ? ['message', 'short', 'message'] : ['message', expected, 'message'],
    )
  })

  test('the bytes are kept for whoever looks into it, and the header where there is one', () => {
    const [seen] = all(hex(position(body => body.writeUInt32BE(90_000_001, 8))))
    expect(seen).toMatchObject({ kind: 'broken', header: { id: 0x0200, serial: 3 } })
    expect(seen?.kind === 'broken' && seen.bytes.length).toBeGreaterThan(28)
  })

  test('ten in a row are hopeless, and a good one begins the count anew', () => {
    const wrong = '7e000200000138001380000001a87e'
    const kinds = (text: string) => {
      const stream = terminalStream()
      return { seen: stream.push(hex(text)).map(seen => seen.kind), hopeless: stream.isHopeless() }
    }
    expect(kinds(`${wrong.repeat(9)}${good}${wrong.repeat(9)}`).hopeless).toBe(false)
    const given = kinds(`${good}${wrong.repeat(10)}${good}`)
    expect(given).toEqual({ seen: ['message', ...Array.from({ length: 10 }, () => 'broken')], hopeless: true })
    const stream = terminalStream()
    for (let count = 0; count < 10; count++) {
      expect(stream.isHopeless()).toBe(false)
      stream.push(hex(wrong))
    }
    expect(stream.isHopeless()).toBe(true)
    expect(stream.push(hex(good))).toEqual([])
  })

  test('a frame without end is given up at the limit, in bounded memory, and the stream goes on', () => {
    const stream = terminalStream()
    const seen = [...stream.push(Buffer.of(0x7e))]
    for (let chunk = 0; chunk < 1000; chunk++) seen.push(...stream.push(Buffer.alloc(1000, 0x41)))
    expect(seen.map(each => each.kind === 'broken' && each.fault)).toEqual(['oversize'])
    expect(seen[0]!.kind === 'broken' && seen[0]!.bytes.length).toBeLessThanOrEqual(4096)
    expect(stream.push(hex(`7e${good}`)).map(each => each.kind)).toEqual(['message'])
    expect(fault(`7e${'41'.repeat(MOST_FRAME + 1)}${good}`)).toEqual(['oversize', 'message'])
  })

  test('nothing throws, whatever the bytes are', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, size) => {
        const marked = Buffer.concat([Buffer.of(0x7e), Buffer.from(bytes), Buffer.of(0x7e), hex(good)])
        expect(all(marked, size).at(-1)).toMatchObject({ kind: 'message', message: { kind: 'heartbeat' } })
      }),
      { numRuns: 500 },
    ))

  test('any changed byte of a frame is found', () =>
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const frame = hex('7e0200001c013800138000000300000000000000030260e3c806f03c64002b026f005a241123083015747e')
        const at = 1 + (place % (frame.length - 2))
        frame[at]! ^= change
        fc.pre(frame[at] !== 0x7e && frame[at] !== 0x7d)
        expect(fault(frame.toString('hex'))).toEqual(['xor'])
      }),
    ))
})

const positions: fc.Arbitrary<Position> = fc
  .record({
    ...{
      alarm: fc.nat(0xffffffff),
      flags: fc.nat(3),
      altitude: fc.nat(8848),
      speed: fc.nat(2000),
      course: fc.nat(359),
    },
    ...{
      latitude: fc.integer({ min: -90_000_000, max: 90_000_000 }),
      longitude: fc.integer({ min: -180_000_000, max: 180_000_000 }),
    },
    ...{ seconds: fc.nat(2_000_000_000), mileage: fc.option(fc.nat(0xffffffff), { nil: undefined }) },
    recorderSpeed: fc.option(fc.nat(0xffff), { nil: undefined }),
  })
  .map(({ flags, seconds, ...rest }) => ({
    ...rest,
    status: flags | (rest.latitude < 0 ? 4 : 0) | (rest.longitude < 0 ? 8 : 0),
    at: new Date(Date.UTC(2010, 0, 1) + seconds * 1000),
  }))

const words = (max: number) =>
  fc.stringMatching(/^[A-Za-z0-9粤京]{0,3}$/).filter(text => Buffer.byteLength(text) <= max)
const messages: fc.Arbitrary<Exclude<Message, { kind: 'other' }>> = fc.oneof(
  fc.constant({ kind: 'heartbeat' as const }),
  fc.record({ kind: fc.constant('position' as const), position: positions }),
  fc.record({
    kind: fc.constant('batch' as const),
    late: fc.boolean(),
    positions: fc.array(positions, { maxLength: 60 }),
    broken: fc.constant([]),
  }),
  fc.record({ kind: fc.constant('authentication' as const), code: words(9) }),
  fc.record({ kind: fc.constant('reply' as const), serial: fc.nat(0xffff), id: fc.nat(0xffff), result: fc.nat(3) }),
  fc.record({ kind: fc.constant('registered' as const), serial: fc.nat(0xffff), result: fc.nat(4), code: words(9) }),
  fc.record({
    ...{
      kind: fc.constant('registration' as const),
      province: fc.nat(99),
      city: fc.nat(9999),
      maker: words(5),
      model: words(9),
    },
    ...{ terminal: words(7), colour: fc.nat(9), plate: words(9) },
  }),
)

describe('messages', () => {
  const headers = fc.oneof(
    fc.record({ version: fc.constant(2013 as const), phone: fc.stringMatching(/^\d{12}$/), serial: fc.nat(0xffff) }),
    fc.record({ version: fc.constant(2019 as const), phone: fc.stringMatching(/^\d{20}$/), serial: fc.nat(0xffff) }),
  )

  test('are read as they were written, in both versions, divided or not, in pieces of any size', () =>
    fc.assert(
      fc.property(
        messages,
        headers,
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 30, max: 1023 }),
        (message, head, size, most) => {
          const { id, body } = writeMessage(message, head.version)
          const header: Header = { ...head, id, encryption: 0 }
          const bytes = Buffer.concat(writeFrames(header, body, most))
          const seen = all(bytes, size)
          const count = Math.max(1, Math.ceil(body.length / most))
          expect(seen.map(each => each.kind)).toEqual([...Array.from({ length: count - 1 }, () => 'packet'), 'message'])
          const last = seen.at(-1)!
          if (last.kind !== 'message') throw new Error(last.kind)
          expect(last.message).toEqual(message)
          expect(last.header).toMatchObject({ ...head, id, serial: (head.serial + count - 1) & 0xffff })
        },
      ),
      { numRuns: 300 },
    ))

  test('divided come together in any order and however often a packet is sent', () => {
    const body = writeMessage(
      { kind: 'batch', late: true, positions: Array.from({ length: 80 }, (_, index) => place(index)), broken: [] },
      2013,
    ).body
    const frames = writeFrames(
      { id: 0x0704, version: 2013, phone: '013800138000', serial: 0xfffe, encryption: 0 },
      body,
    )
    expect(frames.length).toBeGreaterThan(2)
    const seen = all(Buffer.concat([frames[2]!, frames[0]!, frames[0]!, frames[1]!, ...frames.slice(3)]))
    const last = seen.at(-1)!
    expect(last.kind === 'message' && last.message.kind === 'batch' && last.message.positions.length).toBe(80)
  })

  test('that are never complete are given up after a few, and told', () => {
    const frames = Array.from({ length: 6 }, (_, index) =>
      writeFrame(
        {
          id: 0x0704,
          version: 2013,
          phone: '013800138000',
          serial: index * 10,
          encryption: 0,
          divided: { total: 2, index: 1 },
        },
        Buffer.of(1),
      ),
    )
    expect(fault(Buffer.concat(frames).toString('hex')).filter(each => each === 'incomplete')).toHaveLength(2)
  })

  test('a batch keeps its good positions and names the others', () => {
    const { body } = writeMessage(
      { kind: 'batch', late: false, positions: [place(0), place(1), place(2)], broken: [] },
      2013,
    )
    body.writeUInt32BE(90_000_001, 3 + 2 + 28 + 2 + 8)
    const read = readMessage({ id: 0x0704, version: 2013, phone: '', serial: 0, encryption: 0 }, body)
    if (typeof read === 'string' || read.kind !== 'batch') throw new Error('no batch')
    expect(read.positions).toEqual([place(0), place(2)])
    expect(read.broken.map(each => each.fault)).toEqual(['latitude'])
  })

  test('of another id are other, and a body too long for a frame is never written as one', () => {
    expect(one(framed('0f0100000138001380000001')).message).toEqual({ kind: 'other' })
    const header: Header = { id: 1, version: 2013, phone: '1', serial: 0, encryption: 0 }
    expect(() => writeFrame(header, Buffer.alloc(1024))).toThrow('must be divided')
    expect(() => writeFrame({ ...header, phone: '1380013800000' }, Buffer.alloc(0))).toThrow('not a terminal number')
  })
})

const place = (index: number): Position => ({
  ...{
    alarm: 0,
    status: 3,
    latitude: 39_904_200 + index,
    longitude: 116_407_396,
    altitude: 43,
    speed: 623,
    course: 90,
  },
  ...{ at: new Date(Date.UTC(2024, 10, 23) + index * 1000), mileage: undefined, recorderSpeed: undefined },
})
