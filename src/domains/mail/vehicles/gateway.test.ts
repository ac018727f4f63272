import { afterEach, describe, expect, test } from 'vitest'
import { authenticationCode, isAuthenticationCode } from './authentication.ts'
import { type Gateway, gateway, type Kept, type Limits, type Reported, type Surroundings } from './gateway.ts'
import { isLocated, type Position, REGISTRATION, RESULT } from './message.ts'
import { fleet, type Terminal, terminal } from './simulator.ts'

const secret = Buffer.from('a secret of the test')
const now = new Date('2024-11-23T00:31:00Z')
const registration = { province: 44, city: 100, maker: 'SIM', model: 'S1', terminal: '1', colour: 1, plate: '粤A12345' }

const position = (index: number): Position => ({
  ...{
    alarm: 0,
    status: 3,
    latitude: 23_129_000 + index,
    longitude: 113_264_000,
    altitude: 10,
    speed: 400,
    course: 90,
  },
  ...{ at: new Date(now.getTime() - 60_000 + index * 1000), mileage: 1000 + index, recorderSpeed: undefined },
})

const opened: { close: () => unknown }[] = []
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

async function world(change: Partial<Surroundings> = {}, limits: Partial<Limits> = {}) {
  const kept: Reported[] = []
  const batches: number[] = []
  const aside: Kept[] = []
  const troubles: unknown[] = []
  const around: Surroundings = {
    admit: async ({ plate }, number) =>
      plate === ''
        ? { result: REGISTRATION.noVehicle }
        : { result: REGISTRATION.ok, code: authenticationCode(secret, number) },
    authenticate: async (number, code) => isAuthenticationCode(secret, number, code),
    async sink(batch) {
      kept.push(...batch)
      batches.push(batch.length)
    },
    quarantine: each => void aside.push(each),
    trouble: error => void troubles.push(error),
    now: () => now,
    ...change,
  }
  const made: Gateway = gateway(around, { delay: 5, ...limits })
  opened.push(made)
  const port = await made.listen(0, '127.0.0.1')
  const where = { host: '127.0.0.1', port }
  const call = async (phone: string, version: 2013 | 2019 = 2013): Promise<Terminal> => {
    const each = await terminal(where, phone, version)
    opened.push(each)
    return each
  }
  /** A terminal that is registered and authenticated. */
  const vehicle = async (phone: string, version: 2013 | 2019 = 2013) => {
    const each = await call(phone, version)
    const { code } = await each.register(registration)
    expect(await each.authenticate(code)).toBe(RESULT.ok)
    return each
  }
  return { gateway: made, where, kept, batches, aside, troubles, call, vehicle }
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 2000) throw new Error('it never came to be')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

describe('the gateway', () => {
  test.each([
    2013, 2019,
  ] as const)('registers, authenticates and keeps positions of a terminal of %i', async version => {
    const { call, kept } = await world()
    const vehicle = await call('13800138000', version)
    const { result, code } = await vehicle.register(registration)
    expect(result).toBe(REGISTRATION.ok)
    expect(await vehicle.authenticate(code)).toBe(RESULT.ok)
    expect(await vehicle.heartbeat()).toBe(RESULT.ok)
    expect(await vehicle.report(position(1))).toBe(RESULT.ok)
    const late = Array.from({ length: 100 }, (_, index) => position(index + 2))
    expect(await vehicle.reportLate(late)).toBe(RESULT.ok)
    expect(kept.map(each => each.position)).toEqual([position(1), ...late])
    expect(new Set(kept.map(each => each.terminal))).toEqual(new Set(['13800138000']))
    expect(kept.map(each => each.late)).toEqual([false, ...late.map(() => true)])
    expect(kept[0]!.receivedAt).toEqual(now)
  })

  test('a code is good for a later connection, another is refused, and so is a vehicle that is not known', async () => {
    const { call, vehicle } = await world()
    const first = await vehicle('13800138000')
    first.close()
    const again = await call('13800138000')
    expect(await again.authenticate(authenticationCode(secret, '13800138000'))).toBe(RESULT.ok)
    const other = await call('13900139000')
    expect(await other.authenticate(authenticationCode(secret, '13800138000'))).toBe(RESULT.failed)
    expect(await other.authenticate('')).toBe(RESULT.failed)
    expect((await other.register({ ...registration, plate: '' })).result).toBe(REGISTRATION.noVehicle)
  })

  test('nothing of a terminal that is not authenticated is kept, and it is closed after a few tries', async () => {
    const { call, kept } = await world({}, { refusals: 3 })
    const stranger = await call('13800138000')
    for (let index = 0; index < 3; index++) expect(await stranger.report(position(index))).toBe(RESULT.failed)
    await stranger.closed
    expect(kept).toEqual([])
  })

  test('a silent stranger is closed, and so is a vehicle that falls silent', async () => {
    const { call, vehicle } = await world({}, { authenticateWithin: 100, silence: 300 })
    const stranger = await call('13900139000')
    const known = await vehicle('13800138000')
    await stranger.closed
    expect(known.isOpen()).toBe(true)
    await known.closed
  })

  test('a position is acknowledged only when it is kept, and refused when it could not be', async () => {
    let fails = true
    let release: () => void = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const { vehicle, troubles } = await world({
      async sink() {
        await gate
        if (fails) throw new Error('the disk is full')
      },
    })
    const each = await vehicle('13800138000')
    let answered = false
    const first = each.report(position(1)).then(result => {
      answered = true
      return result
    })
    expect(await each.heartbeat()).toBe(RESULT.ok)
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(answered).toBe(false)
    release()
    expect(await first).toBe(RESULT.failed)
    expect(troubles).toEqual([new Error('the disk is full')])
    fails = false
    expect(await each.report(position(1))).toBe(RESULT.ok)
  })

  test('positions of many terminals go to the sink in batches, none twice, none lost', async () => {
    const { where, kept, batches, gateway: made } = await world({}, { batch: 200, delay: 20 })
    const counts = await fleet(
      {
        where,
        terminals: 300,
        positions: 10,
        every: 0,
        together: 50,
        phone: index => String(13_000_000_000 + index),
        position: (index, nth) => position(index * 10 + nth),
      },
      connected => expect(connected).toBe(300),
    )
    expect(counts).toEqual({ connected: 300, acknowledged: 3000, failed: 0 })
    expect(kept).toHaveLength(3000)
    expect(new Set(kept.map(each => each.position.latitude)).size).toBe(3000)
    expect(batches.length).toBeLessThan(300)
    expect(Math.max(...batches)).toBeLessThanOrEqual(200)
    expect(made.counts()).toMatchObject({ positions: 3000, broken: 0, waiting: 0 })
    await until(() => made.counts().connections === 0)
  })

  test('stops reading while the sink is behind, and goes on when it has caught up', async () => {
    let open = false
    let release: () => void = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const { vehicle, gateway: made } = await world(
      { sink: () => (open ? Promise.resolve() : gate) },
      { waiting: 1000, batch: 100 },
    )
    const each = await vehicle('13800138000')
    const late = Array.from({ length: 300 }, (_, index) => position(index))
    // About 3 MB: more than all buffers between the two ends hold.
    const answers = Array.from({ length: 300 }, () => each.reportLate(late))
    await until(() => made.counts().waiting >= 1000)
    await new Promise(resolve => setTimeout(resolve, 100))
    const stopped = made.counts().waiting
    // At most what one chunk of 64 kB carried beyond the limit.
    expect(stopped).toBeLessThan(1000 + 2500)
    open = true
    release()
    expect((await Promise.all(answers)).every(result => result === RESULT.ok)).toBe(true)
    expect(made.counts()).toMatchObject({ positions: 90_000, waiting: 0 })
  })

  test('broken frames are kept aside with their reason, the vehicle stays connected until ten in a row', async () => {
    const { vehicle, aside, gateway: made } = await world()
    const each = await vehicle('13800138000')
    const wrong = Buffer.from('7e000200000138001380000001a87e', 'hex')
    for (let count = 0; count < 9; count++) each.raw(wrong)
    expect(await each.report(position(1))).toBe(RESULT.ok)
    for (let count = 0; count < 9; count++) each.raw(wrong)
    expect(await each.heartbeat()).toBe(RESULT.ok)
    expect(aside).toHaveLength(18)
    expect(aside[0]).toMatchObject({ fault: 'xor', terminal: '13800138000', at: now })
    expect(aside[0]!.bytes.toString('hex')).toBe('000200000138001380000001a8')
    for (let count = 0; count < 10; count++) each.raw(wrong)
    await each.closed
    expect(made.counts()).toMatchObject({ broken: 28, hopeless: 1 })
  })

  test('a frame without end and a latitude above 90 do no harm to others', async () => {
    const { vehicle, aside, kept } = await world()
    const [one, other] = [await vehicle('13800138000'), await vehicle('13900139000')]
    one.raw(Buffer.concat([Buffer.of(0x7e), Buffer.alloc(1_000_000, 0x41), Buffer.of(0x7e)]))
    expect(await one.report({ ...position(1), latitude: 90_000_001 })).toBe(RESULT.wrong)
    expect(await other.report(position(2))).toBe(RESULT.ok)
    expect(await one.report(position(3))).toBe(RESULT.ok)
    expect(aside.map(each => each.fault)).toEqual(['oversize', 'latitude'])
    expect(kept.map(each => each.position)).toEqual([position(2), position(3)])
  })

  test('a vehicle that connects again takes the place of its old connection', async () => {
    const { vehicle, gateway: made } = await world()
    const old = await vehicle('13800138000')
    const fresh = await vehicle('13800138000', 2019)
    await old.closed
    expect(await fresh.report(position(1))).toBe(RESULT.ok)
    expect(made.counts()).toMatchObject({ authenticated: 1 })
  })

  test('a connection speaks for one vehicle only', async () => {
    const { vehicle, kept } = await world()
    const each = await vehicle('13800138000')
    const frame = '7e0200001c013900139000000300000000000000030260e3c806f03c64002b026f005a241123083015747e'
    each.raw(Buffer.from(frame, 'hex'))
    expect(await each.heartbeat()).toBe(RESULT.ok)
    expect(kept).toEqual([])
  })

  test('a terminal is refused, not hung up on, while the register of vehicles cannot be asked', async () => {
    const down = async () => {
      throw new Error('no database')
    }
    const { call, troubles } = await world({ admit: down, authenticate: down })
    const each = await call('13800138000')
    expect((await each.register(registration)).result).not.toBe(REGISTRATION.ok)
    expect(await each.authenticate('any')).toBe(RESULT.failed)
    expect(each.isOpen()).toBe(true)
    expect(troubles).toHaveLength(2)
  })

  test('what was received is kept before it closes', async () => {
    const { vehicle, kept, gateway: made } = await world({}, { delay: 10_000 })
    const each = await vehicle('13800138000')
    void each.report(position(1))
    await until(() => made.counts().waiting === 1)
    await made.close()
    expect(kept.map(one => one.position)).toEqual([position(1)])
    expect(isLocated(kept[0]!.position)).toBe(true)
  })
})

test('the code of a terminal follows from its number and the secret', () => {
  const code = authenticationCode(secret, '13800138000')
  expect(code).toMatch(/^[\w-]{16}$/)
  expect(isAuthenticationCode(secret, '13800138000', code)).toBe(true)
  expect(isAuthenticationCode(secret, '13800138001', code)).toBe(false)
  expect(isAuthenticationCode(Buffer.from('another'), '13800138000', code)).toBe(false)
  expect(isAuthenticationCode(secret, '13800138000', code.slice(1))).toBe(false)
})
