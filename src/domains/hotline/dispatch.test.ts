import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trades } from '../envoys/topics.ts'
import { type Envoy, kilometres, middleOf, rankEnvoys, TRADES } from './dispatch.ts'
import { crops } from './topics.ts'

const here = { lon: 110, lat: 20 }
const envoy = (id: string, more: Partial<Envoy> = {}): Envoy => ({
  id,
  trade: 'rice',
  place: here,
  since: '2024-01-01',
  open: 0,
  recent: 0,
  ...more,
})
const need = { crop: 'rice', place: here, day: '2024-06-01' }
const order = (...envoys: Envoy[]) => rankEnvoys(need, envoys).map(({ id }) => id)

describe('whom to send', () => {
  test('all else equal: who knows the crop, who is nearer, who has less on hand, who went out less', () => {
    expect(order(envoy('a', { trade: 'pigs' }), envoy('b'))).toEqual(['b', 'a'])
    expect(order(envoy('a', { place: { lon: 110.3, lat: 20 } }), envoy('b'))).toEqual(['b', 'a'])
    expect(order(envoy('a', { open: 1 }), envoy('b'))).toEqual(['b', 'a'])
    expect(order(envoy('a', { recent: 1 }), envoy('b'))).toEqual(['b', 'a'])
  })

  test('the crop outweighs a long way, and a heap of visits outweighs the crop', () => {
    const far = envoy('far', { place: { lon: 110.4, lat: 20 } })
    expect(order(envoy('near', { trade: 'pigs' }), far)).toEqual(['far', 'near'])
    expect(order(envoy('near', { trade: 'pigs' }), { ...far, open: 4 })).toEqual(['near', 'far'])
  })

  test('an envoy of a kindred trade comes between the right one and another', () => {
    const asked = { ...need, crop: 'chilli' }
    const all = [envoy('c', { trade: 'tea' }), envoy('b', { trade: 'vegetables' }), envoy('a', { trade: 'chilli' })]
    expect(rankEnvoys(asked, all).map(({ id, fit }) => [id, fit])).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 0],
    ])
  })

  test('nobody is sent before the appointment or on the day it has ended', () => {
    const all = [
      envoy('new', { since: '2024-06-02' }),
      envoy('gone', { until: '2024-06-01' }),
      envoy('last', { until: '2024-06-02' }),
    ]
    expect(order(...all)).toEqual(['last'])
  })

  const anyEnvoy = fc.record({
    id: fc.uuid(),
    trade: fc.constantFrom(...Object.keys(trades)),
    place: fc.option(
      fc.record({
        lon: fc.double({ min: 109, max: 111, noNaN: true }),
        lat: fc.double({ min: 19, max: 21, noNaN: true }),
      }),
    ),
    since: fc.constant('2024-01-01'),
    open: fc.nat(5),
    recent: fc.nat(20),
  })

  test('any order of the envoys gives the same ranking, of each of them once', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(anyEnvoy, { selector: one => one.id }),
        fc.option(fc.constantFrom(...Object.keys(crops))),
        (envoys, crop) => {
          const asked = { ...need, crop: crop ?? undefined }
          const ranked = rankEnvoys(asked, envoys)
          expect(rankEnvoys(asked, [...envoys].reverse())).toEqual(ranked)
          expect(new Set(ranked.map(({ id }) => id))).toEqual(new Set(envoys.map(({ id }) => id)))
        },
      ),
    ))

  test('more on hand never brings anyone forward', () =>
    fc.assert(
      fc.property(fc.uniqueArray(anyEnvoy, { selector: one => one.id, minLength: 2 }), fc.nat(), (envoys, at) => {
        const busy = envoys[at % envoys.length]!
        const place = (all: readonly Envoy[]) => rankEnvoys(need, all).findIndex(({ id }) => id === busy.id)
        const busier = envoys.map(one => (one === busy ? { ...one, open: one.open + 1 } : one))
        expect(place(busier)).toBeGreaterThanOrEqual(place(envoys))
      }),
    ))
})

test('crops and trades are those that calls and envoys know', () => {
  expect(Object.keys(TRADES).filter(crop => !(crop in crops))).toEqual([])
  expect(
    Object.values(TRADES)
      .flat()
      .filter(trade => !(trade in trades)),
  ).toEqual([])
})

test('distances agree with published ones; a degree of the meridian is 111 km', () => {
  expect(Math.round(kilometres({ lon: 110, lat: 20 }, { lon: 110, lat: 21 }))).toBe(111)
  // Beijing Capital to Shanghai Hongqiao: 1,075 km.
  expect(kilometres({ lon: 116.5846, lat: 40.0801 }, { lon: 121.3363, lat: 31.1979 })).toBeCloseTo(1075, -1)
})

test('the middle of a square is its middle, wherever its ring begins', () => {
  const ring = [
    [0, 0],
    [2, 0],
    [2, 4],
    [0, 4],
    [0, 0],
  ] as const
  const turned = [
    [2, 0],
    [2, 4],
    [0, 4],
    [0, 0],
    [2, 0],
  ] as const
  expect([middleOf([ring]), middleOf([turned]), middleOf([])]).toEqual([{ lon: 1, lat: 2 }, { lon: 1, lat: 2 }, null])
})
