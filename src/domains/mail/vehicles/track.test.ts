import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metresBetween, metresToLine, type Place } from './geo.ts'
import type { Position } from './message.ts'
import { type Fence, longStops, offRoute, passages, speeding, usage } from './track.ts'
import { type Watch, watchAll } from './watch.ts'

const start = Date.UTC(2024, 10, 23)
const home: Place = { latitude: 23_129_000, longitude: 113_264_000 }
/** 10⁻⁶ degrees of latitude in a metre. */
const NORTH = 1 / 0.1111951

/** A position so many seconds after the start, so many metres north and east of home. */
const at = (second: number, north: number, change: Partial<Position> & { east?: number } = {}): Position => {
  const { east = 0, ...rest } = change
  return {
    ...{ alarm: 0, status: 3, altitude: 0, speed: 360, course: 0, at: new Date(start + second * 1000) },
    latitude: Math.round(home.latitude + north * NORTH),
    longitude: Math.round(home.longitude + (east * NORTH) / Math.cos((home.latitude / 1e6) * (Math.PI / 180))),
    mileage: undefined,
    recorderSpeed: undefined,
    ...rest,
  }
}
const second = (date: Date) => (date.getTime() - start) / 1000
/** North at 10 m/s, a position every 10 s. */
const drive = (from: number, until: number, north = 0) =>
  Array.from({ length: (until - from) / 10 + 1 }, (_, index) => at(from + index * 10, north + index * 100))

describe('distances', () => {
  test('agree with known ones', () => {
    // A degree of the meridian on the sphere, and Beijing to Shanghai.
    expect(metresBetween({ latitude: 0, longitude: 0 }, { latitude: 1_000_000, longitude: 0 })).toBeCloseTo(111_195, -1)
    const beijing = { latitude: 39_904_200, longitude: 116_407_396 }
    const shanghai = { latitude: 31_230_416, longitude: 121_473_701 }
    expect(metresBetween(beijing, shanghai) / 1000).toBeCloseTo(1067.3, 0)
    expect(metresBetween(beijing, beijing)).toBe(0)
  })

  test('to a line are those to its nearest point', () => {
    const line = [at(0, 0), at(0, 1000), at(0, 1000, { east: 1000 })]
    expect(metresToLine(at(0, 500, { east: 300 }), line)).toBeCloseTo(300, 0)
    expect(metresToLine(at(0, 1200, { east: 500 }), line)).toBeCloseTo(200, 0)
    expect(metresToLine(at(0, -400), line)).toBeCloseTo(400, 0)
    expect(metresToLine(at(0, 1000, { east: 1500 }), line)).toBeCloseTo(500, 0)
    expect(metresToLine(at(0, 0), [])).toBe(Number.POSITIVE_INFINITY)
  })

  test('to a line are never more than to its points', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 })), {
          minLength: 1,
          maxLength: 8,
        }),
        points => {
          const line = points.map(([north, east]) => at(0, north, { east }))
          const least = Math.min(...line.map(point => metresBetween(home, point)))
          expect(metresToLine(home, line)).toBeLessThanOrEqual(least * 1.001 + 0.5)
        },
      ),
    ))
})

describe('arrivals and departures', () => {
  const fences: Fence[] = [
    { office: 'A', ...home, radius: 150 },
    { office: 'B', ...at(0, 3000), radius: 150 },
  ]
  const rule = { margin: 60, confirm: 2 }
  const found = (positions: readonly Position[], confirm = 2) =>
    watchAll(passages(fences, { ...rule, confirm }), positions).map(each => [each.kind, each.office, second(each.at)])

  test('are told for a run from office to office', () => {
    expect(
      found([...drive(0, 300), ...[310, 320, 330].map(each => at(each, 3000, { speed: 0 })), ...drive(340, 400, 3100)]),
    ).toEqual([
      ['arrival', 'A', 0],
      ['departure', 'A', 30],
      ['arrival', 'B', 290],
      ['departure', 'B', 360],
    ])
  })

  test('are not told for a single position that jumps, in or out', () => {
    const standing = [0, 10, 20, 40, 50].map(each => at(each, 0, { speed: 0 }))
    expect(found([...standing, at(30, 9000)])).toEqual([['arrival', 'A', 0]])
    expect(found([at(0, 1000), at(10, 1500), at(20, 3000), at(30, 1600)])).toEqual([])
  })

  test('are not told again for positions that waver at the fence', () => {
    const wavering = Array.from({ length: 40 }, (_, index) => at(index * 10, index % 2 === 0 ? 140 : 180, { speed: 0 }))
    expect(found(wavering)).toHaveLength(1)
    expect(found(wavering, 1)).toHaveLength(1)
  })

  test('are the same when positions come late and in any order, or twice', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(drive(0, 400), { minLength: 41 }), fc.nat(40), (shuffled, twice) => {
        expect(found([...shuffled, shuffled[twice]!])).toEqual(found(drive(0, 400)))
      }),
      { numRuns: 50 },
    ))

  test('are the same position by position, with the state kept in between as JSON', () => {
    const watch = passages(fences, rule)
    let stored = JSON.stringify(watch.start)
    const events: unknown[] = []
    for (const position of drive(0, 400)) {
      const state = JSON.parse(stored, (key, value) => (key === 'at' ? new Date(value) : value))
      const [next, found] = watch.step(state, position)
      stored = JSON.stringify(next)
      events.push(...found)
    }
    expect(events).toEqual(watchAll(watch, drive(0, 400)))
  })

  test('of a thousand offices are those that a look at every fence finds', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: -40_000, max: 40_000 })), {
          minLength: 20,
          maxLength: 60,
        }),
        places => {
          const offices = places.map(([north, east], index) => ({
            office: String(index),
            ...at(0, north, { east }),
            radius: 300,
          }))
          const visits = places.flatMap(([north, east], index) => [
            at(index * 1000, north + 100, { east }),
            at(index * 1000 + 10, north, { east }),
          ])
          const arrived = watchAll(passages(offices, rule), visits).filter(each => each.kind === 'arrival')
          for (const each of arrived) {
            const position = visits.find(visit => visit.at >= each.at)!
            const nearest = Math.min(...offices.map(office => metresBetween(office, position)))
            expect(metresBetween(offices[Number(each.office)]!, position)).toBeCloseTo(nearest, 6)
          }
          const apart = places.every((one, index) =>
            places.every((other, second) => second <= index || Math.hypot(one[0] - other[0], one[1] - other[1]) > 1000),
          )
          if (apart) expect(arrived.map(each => each.office)).toEqual(offices.map(each => each.office))
        },
      ),
    ))
})

describe('what lasts', () => {
  const told = <S>(
    watch: Watch<S, { kind: string; from: Date; at?: Date; until?: Date; peak: number }>,
    positions: readonly Position[],
  ) =>
    watchAll(watch, positions).map(each => [each.kind, second(each.from), second((each.at ?? each.until)!), each.peak])
  const speeds = (list: readonly number[], step = 10) =>
    list.map((speed, index) => at(index * step, index * 100, { speed }))

  test('speeding is told once it has lasted, with its highest speed', () => {
    const watch = speeding(1000, 20)
    expect(told(watch, speeds([900, 1050, 1100, 1200, 1010, 900]))).toEqual([
      ['begun', 10, 30, 1200],
      ['ended', 10, 40, 1200],
    ])
    expect(told(watch, speeds([900, 1050, 1100, 900, 1200, 900]))).toEqual([])
    expect(told(watch, speeds([1000, 1000, 1000, 1000]))).toEqual([])
  })

  test('nothing is said of the time without positions', () => {
    expect(
      told(speeding(1000, 20), [
        at(0, 0, { speed: 1100 }),
        at(20, 700, { speed: 1100 }),
        at(2000, 9000, { speed: 1100 }),
        at(2010, 9300, { speed: 900 }),
      ]),
    ).toEqual([
      ['begun', 0, 20, 1100],
      ['ended', 0, 20, 1100],
    ])
  })

  test('leaving the route is told beyond the tolerance, with the greatest distance', () => {
    const line = [at(0, 0), at(0, 10_000)]
    const away = [0, 50, 150, 400, 650, 250, 30].map((east, index) => at(index * 60, index * 500, { east }))
    expect(told(offRoute(line, 200, 60), away)).toEqual([
      ['begun', 180, 240, 650],
      ['ended', 180, 300, 650],
    ])
    expect(told(offRoute(line, 700, 60), away)).toEqual([])
  })

  test('a long stop away from an office is told, one at an office is not', () => {
    const stop = (north: number) =>
      Array.from({ length: 30 }, (_, index) => at(100 + index * 60, north + (index % 3) * 10, { speed: 0 }))
    const drives = [...drive(0, 90), ...stop(1000), ...drive(1910, 2000, 1200)]
    const watch = longStops([{ office: 'A', ...home, radius: 150 }], { radius: 50, forSeconds: 600 })
    expect(told(watch, drives)).toEqual([
      ['begun', 100, 700, 600],
      ['ended', 100, 1910, 1810],
    ])
    expect(told(watch, stop(0))).toEqual([])
    expect(
      told(
        watch,
        drives.filter(each => second(each.at) < 650 || second(each.at) > 1900),
      ),
    ).toEqual([])
    expect(told(watch, [at(0, 1000, { speed: 0 }), at(3600, 1010, { speed: 0 })])).toEqual([['begun', 0, 3600, 3600]])
  })
})

describe('use', () => {
  test('has the metres driven, idle and off time', () => {
    const positions = [
      ...drive(0, 600),
      ...Array.from({ length: 10 }, (_, index) => at(610 + index * 30, 6000 + (index % 2) * 8, { speed: 0 })),
      at(900, 6000, { speed: 0, status: 2 }),
      at(4500, 6000, { speed: 0, status: 3 }),
    ]
    const used = usage(positions)
    expect(used.metres).toBeGreaterThan(5990)
    expect(used.metres).toBeLessThan(6010)
    expect(used).toMatchObject({ movingSeconds: 610, idleSeconds: 290, offSeconds: 3600, unknownSeconds: 0, jumps: 0 })
  })

  test('leaves out a position that no vehicle reaches, and one without a fix', () => {
    const plain = usage(drive(0, 600))
    expect(usage([...drive(0, 600), at(305, 90_000), at(306, 50_000, { status: 1 })])).toMatchObject({
      metres: plain.metres,
      jumps: 1,
    })
  })

  test('reads the odometer, unless it runs backwards', () => {
    const read = (list: readonly (number | undefined)[]) =>
      usage(list.map((mileage, index) => at(index * 10, index * 100, { mileage }))).odometer
    expect(read([1000, undefined, 1023])).toBe(2300)
    expect(read([1000])).toBeUndefined()
    expect(read([1000, 900, 1100])).toBeUndefined()
    expect(read([undefined, undefined])).toBeUndefined()
  })

  test('of two parts adds up to that of the whole', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            speed: fc.nat(900),
            east: fc.nat(300),
            lasted: fc.integer({ min: 5, max: 400 }),
            on: fc.boolean(),
          }),
          { minLength: 3, maxLength: 40 },
        ),
        fc.nat(),
        (steps, cut) => {
          let [clock, east] = [0, 0]
          const track = steps.map(step => {
            clock += step.lasted
            east += Math.min(step.east, step.lasted * 50)
            return at(clock, 0, { east, speed: step.speed, status: step.on ? 3 : 2 })
          })
          const border = cut % track.length
          const [whole, first, second] = [usage(track), usage(track.slice(0, border + 1)), usage(track.slice(border))]
          for (const field of ['movingSeconds', 'idleSeconds', 'offSeconds', 'unknownSeconds', 'jumps'] as const)
            expect(first[field] + second[field]).toBe(whole[field])
          expect(Math.abs(first.metres + second.metres - whole.metres)).toBeLessThanOrEqual(1)
          expect(whole.movingSeconds + whole.idleSeconds + whole.offSeconds + whole.unknownSeconds).toBe(
            (track.at(-1)!.at.getTime() - track[0]!.at.getTime()) / 1000,
          )
        },
      ),
    ))
})
