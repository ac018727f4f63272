import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advanced, type CustodyEvent, canonical, SKEW_MS, type Standing, walk } from './custody.ts'

const START = Date.parse('2025-06-30T00:00:00.000Z')
const minute = (n: number) => new Date(START + n * 60_000).toISOString()
const A = '10000101'
const C = '10000001'
const D = '12000001'
const RUN = 'run:S1-20250630-1'

let n = 0
const event = (code: CustodyEvent['code'], at: number, more: Partial<CustodyEvent> = {}): CustodyEvent => ({
  id: `e${String(n++).padStart(4, '0')}`,
  code,
  time: minute(at),
  office: null,
  run: null,
  bag: null,
  giver: null,
  receiver: null,
  ...more,
})
const hand = (at: number, giver: string, receiver: string) => event('HND', at, { giver, receiver })

/** A bag's whole life, as it should be. */
const bagLife = () => [
  event('CLS', 0, { office: A }),
  hand(30, `office:${A}`, RUN),
  hand(60, RUN, `office:${C}`),
  event('OPN', 90, { office: C }),
]
const itemLife = () => [
  event('EMA', 0, { office: A }),
  event('PCK', 20, { office: A, bag: 'B' }),
  event('UNP', 90, { office: C, bag: 'B' }),
  event('PCK', 100, { office: C, bag: 'B2' }),
  event('UNP', 300, { office: D, bag: 'B2' }),
  event('EMG', 301, { office: D }),
  event('EDG', 320, { office: D }),
  event('EMI', 400, { office: D }),
]

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]]
  return list.flatMap((one, i) => permutations([...list.slice(0, i), ...list.slice(i + 1)]).map(rest => [one, ...rest]))
}

describe('custody', () => {
  test('is one and the same in every order of a small history', () => {
    for (const life of [bagLife(), itemLife().slice(0, 6)]) {
      const wanted = walk(life).custody
      expect(wanted.flagged).toEqual([])
      for (const order of permutations(life)) expect(walk(order).custody).toEqual(wanted)
    }
    expect(walk(bagLife()).custody).toMatchObject({ custodian: 'ended', state: 'opened' })
    expect(walk(itemLife()).custody).toMatchObject({ custodian: 'ended', state: 'delivered', flags: [] })
  })

  test('goes only from whoever has it: of two who hand over the same bag, the later moves nothing and is flagged', () => {
    const life = bagLife().slice(0, 2)
    const second = hand(50, `office:${A}`, 'run:S2-20250630-1')
    expect(walk([...life, second]).custody).toMatchObject({
      custodian: RUN,
      flags: ['double-custody'],
      flagged: [second.id],
    })
  })

  test('tells of a missing handover, until it comes', () => {
    const [closed, toRun, toCentre] = bagLife()
    const seen = event('EMJ', 80, { office: C })
    expect(walk([closed!, toRun!, seen]).custody).toMatchObject({ custodian: RUN, flags: ['custody-gap'] })
    expect(walk([closed!, toRun!, seen, toCentre!]).custody).toMatchObject({ custodian: `office:${C}`, flags: [] })
  })

  test('bears clocks that differ by less than ten minutes, not more', () => {
    const [closed] = bagLife()
    const early = hand(-5, `office:${A}`, RUN)
    expect(walk([closed!, early]).custody).toMatchObject({ custodian: RUN, flags: [] })
    const tooEarly = hand(-11, `office:${A}`, RUN)
    expect(walk([closed!, tooEarly]).custody).toMatchObject({ custodian: `office:${A}`, flags: ['double-custody'] })
  })

  test('begins where the first was who had it, where nobody saw it begin', () => {
    const found = walk([hand(30, `office:${A}`, RUN)]).custody
    expect(found).toMatchObject({ custodian: RUN, flags: ['no-origin'], flagged: [] })
    expect(walk([event('EMG', 3, { office: D })]).custody).toMatchObject({
      custodian: `office:${D}`,
      flags: ['no-origin'],
    })
  })

  test('ends once: what is delivered is neither packed nor delivered again', () => {
    const again = [event('PCK', 500, { office: D, bag: 'B9' }), event('EMI', 600, { office: D })]
    expect(walk([...itemLife(), ...again]).custody).toMatchObject({
      custodian: 'ended',
      state: 'delivered',
      flags: ['custody-gap', 'double-custody'],
    })
  })
})

// The oracle: try every event again after each that took effect, in the plainest way, over arrays.

const OFFICES = [A, C, D]
const custodians = fc.constantFrom(...OFFICES.map(code => `office:${code}`), RUN, 'run:S2-20250630-1')
const anyEvent: fc.Arbitrary<CustodyEvent> = fc
  .record({
    code: fc.constantFrom<CustodyEvent['code'][]>('EMA', 'PCK', 'UNP', 'HND', 'HND', 'EMG', 'EMI', 'EDG', 'ADJ'),
    at: fc.integer({ min: 0, max: 60 }),
    office: fc.constantFrom(...OFFICES),
    bag: fc.constantFrom('B', 'B2'),
    giver: custodians,
    receiver: custodians,
    id: fc.uuid(),
  })
  .map(({ code, at, office, bag, giver, receiver, id }) => ({
    id,
    code,
    time: minute(at),
    office: code === 'HND' || code === 'ADJ' ? null : office,
    run: null,
    bag: code === 'PCK' || code === 'UNP' ? bag : null,
    giver: code === 'HND' || code === 'ADJ' ? giver : null,
    receiver: code === 'HND' || code === 'ADJ' ? receiver : null,
  }))

const NEEDS: Record<string, (e: CustodyEvent) => string | null> = {
  EMA: () => null,
  PCK: e => `office:${e.office}`,
  UNP: e => `bag:${e.bag}`,
  HND: e => e.giver,
  ADJ: e => e.giver,
  EMG: e => `office:${e.office}`,
  EDG: e => `office:${e.office}`,
  EMI: e => `office:${e.office}`,
}
const AFTER: Record<string, (e: CustodyEvent) => string | null> = {
  EMA: e => `office:${e.office}`,
  PCK: e => `bag:${e.bag}`,
  UNP: e => `office:${e.office}`,
  HND: e => e.receiver,
  ADJ: e => e.receiver,
  EMI: () => 'ended',
}

function naive(events: readonly CustodyEvent[]): { custodian: string | null; flagged: string[] } {
  const sorted = canonical(events)
  const moves = sorted.filter(({ code }) => code in AFTER)
  const born = sorted.some(({ code }) => code === 'EMA')
  let has: string | null = born || !moves[0] ? null : NEEDS[moves[0].code]!(moves[0])
  if (!born && !moves[0])
    return { custodian: sorted.length > 0 ? `office:${sorted.at(-1)!.office}` : null, flagged: [] }
  const done = new Set<string>()
  for (const [i, now] of sorted.entries()) {
    let tried = [...sorted.slice(0, i), now].filter(one => Date.parse(one.time) >= Date.parse(now.time) - SKEW_MS)
    // The newcomer is tried first; only where it moves something on are those before it tried again.
    if (NEEDS[now.code]!(now) !== has) continue
    done.add(now.id)
    if (now.code in AFTER) has = AFTER[now.code]!(now)
    for (let again = true; again; ) {
      again = false
      tried = tried.filter(one => !done.has(one.id))
      for (const one of tried)
        if (NEEDS[one.code]!(one) === has) {
          done.add(one.id)
          if (one.code in AFTER) has = AFTER[one.code]!(one)
          again = true
          break
        }
    }
  }
  return { custodian: has, flagged: sorted.filter(one => !done.has(one.id)).map(one => one.id) }
}

describe('any history', () => {
  const histories = fc.uniqueArray(anyEvent, { maxLength: 14, selector: one => one.id })

  test('walks as the naive model does, in any order, with repeats', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (events, stream) => {
        const shuffled = events
          .flatMap(one => (stream.next().value % 3 === 0 ? [one, one] : [one]))
          .map(one => [stream.next().value, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one)
        const found = walk(shuffled)
        const wanted = naive(events)
        expect({ custodian: found.custody.custodian, flagged: found.custody.flagged }).toEqual(wanted)
        expect(found.steps.length).toBe(events.length)
        expect(
          found.steps
            .filter(({ fits }) => !fits)
            .map(({ event: { id } }) => id)
            .sort(),
        ).toEqual([...wanted.flagged].sort())
      }),
      { numRuns: 3000, seed: 7300 },
    )
  })

  test('advanced by one event gives what walking through all gives', () => {
    fc.assert(
      fc.property(histories, events => {
        const sorted = canonical(events)
        for (let i = 1; i < sorted.length; i++) {
          const last = sorted[i - 1]!
          const { custody } = walk(sorted.slice(0, i))
          const standing: Standing = { ...custody, lastTime: last.time, lastId: last.id }
          const next = advanced(standing, sorted[i]!)
          if (next)
            expect({ ...next, lastTime: undefined, lastId: undefined }).toEqual({
              ...walk(sorted.slice(0, i + 1)).custody,
              lastTime: undefined,
              lastId: undefined,
            })
        }
      }),
      { numRuns: 1000, seed: 7300 },
    )
  })
})
