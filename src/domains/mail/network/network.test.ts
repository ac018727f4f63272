import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  faults,
  lateBy,
  metresBetween,
  type Network,
  nextOffice,
  passage,
  plannedStops,
  type Range,
  type Route,
} from './network.ts'

// A small city: two branches, a centre, a delivery office for 1200xx and an airport for the rest.

const offices = new Map(
  (
    [
      ['10000101', 'branch'],
      ['10000201', 'branch'],
      ['10000001', 'centre'],
      ['12000001', 'delivery'],
      ['10000009', 'airport'],
    ] as const
  ).map(([code, kind]) => [code, { code, kind, name: code, org: 1 }]),
)
const stops = [
  { office: '10000001', arrives: 0, stays: 0, km: 0 },
  { office: '10000101', arrives: 20, stays: 5, km: 8.5 },
  { office: '10000201', arrives: 40, stays: 5, km: 6 },
  { office: '10000001', arrives: 60, stays: 10, km: 7.2 },
  { office: '12000001', arrives: 90, stays: 10, km: 12 },
  { office: '10000009', arrives: 120, stays: 0, km: 30 },
]
const circle: Route = {
  code: 'S1',
  name: '市内1',
  org: 1,
  capacity: 200,
  waves: [{ wave: 1, departs: '06:00' }],
  stops,
}
const everything = (next: string): Range[] => [{ from: '000000', to: '999999', next }]
const centre: Range[] = [
  { from: '000000', to: '100000', next: '10000009' },
  { from: '100001', to: '100001', next: '10000101' },
  { from: '100002', to: '100002', next: '10000201' },
  { from: '100003', to: '119999', next: '10000009' },
  { from: '120000', to: '120099', next: '12000001' },
  { from: '120100', to: '999999', next: '10000009' },
]
const network: Network = {
  offices,
  routes: new Map([['S1', { ...circle, stops: [...stops, ...stops.slice(1)] }]]),
  plans: new Map([
    ['10000101', [{ from: '100001', to: '100001', next: '10000101' }, ...outside('100001')]],
    ['10000201', [{ from: '100002', to: '100002', next: '10000201' }, ...outside('100002')]],
    [
      '12000001',
      [
        { from: '000000', to: '119999', next: '10000001' },
        { from: '120100', to: '999999', next: '10000001' },
      ],
    ],
    ['10000001', centre],
    ['10000009', []],
  ]),
}

function outside(own: string): Range[] {
  const n = Number(own)
  const six = (value: number) => String(value).padStart(6, '0')
  return [
    { from: '000000', to: six(n - 1), next: '10000001' },
    { from: six(n + 1), to: '999999', next: '10000001' },
  ]
}

const withPlan = (office: string, ranges: readonly Range[]): Network => ({
  ...network,
  plans: new Map([...network.plans, [office, ranges]]),
})

describe('the check of the network', () => {
  test('is content where every destination is reached without a loop', () => {
    expect(passage(network, '10000101', '100002')).toEqual({
      ends: 'delivered',
      path: ['10000101', '10000001', '10000201'],
    })
    expect(passage(network, '10000101', '100001')).toEqual({ ends: 'delivered', path: ['10000101'] })
    expect(passage(network, '10000201', '310000').path.at(-1)).toBe('10000009')
    expect(faults(network)).toEqual([])
  })

  test('finds a loop, and names its way', () => {
    const looped = withPlan('10000201', everything('10000101'))
    const found = faults(withPlan('10000001', everything('10000201'))).concat(faults(looped))
    expect(found.some(({ kind }) => kind === 'loop')).toBe(true)
    expect(passage(withPlan('12000001', everything('10000001')), '10000101', '120001')).toEqual({
      ends: 'loop',
      path: ['10000101', '10000001', '12000001', '10000001'],
    })
  })

  test('finds a destination that no plan names, an office that is not there, and a leg that no route carries', () => {
    const gap = withPlan(
      '10000001',
      centre.filter(({ from }) => from !== '120000'),
    )
    expect(passage(gap, '10000101', '120050')).toMatchObject({ ends: 'nowhere' })
    expect(faults(gap)).toContainEqual(
      expect.objectContaining({ kind: 'nowhere', office: '10000101', postcode: '120000' }),
    )
    expect(passage(withPlan('10000101', everything('99999999')), '10000101', '120001')).toEqual({
      ends: 'unknown-office',
      path: ['10000101', '99999999'],
    })
    const noRoute = { ...network, routes: new Map([['S1', { ...circle, stops: stops.slice(0, 4) }]]) }
    expect(passage(noRoute, '10000101', '120001')).toMatchObject({ ends: 'no-route' })
  })

  test('agrees with walking the plans by hand, whatever the plans are', () => {
    const codes = [...offices.keys()]
    const plans = fc.dictionary(fc.constantFrom(...codes), fc.constantFrom(...codes).map(everything))
    fc.assert(
      fc.property(plans, fc.constantFrom(...codes), (drawn, from) => {
        const random: Network = { ...network, plans: new Map(Object.entries(drawn)) }
        const { ends, path } = passage(random, from, '120001')
        expect(new Set(path.slice(0, -1)).size).toBe(path.length - 1)
        for (const [i, at] of path.slice(1).entries()) expect(nextOffice(random, path[i]!, '120001')).toBe(at)
        if (ends === 'loop') expect(path.slice(0, -1)).toContain(path.at(-1))
        if (ends === 'delivered') expect(['12000001', '10000009']).toContain(path.at(-1))
      }),
      { numRuns: 500 },
    )
  })
})

test('distances follow the route in its direction', () => {
  expect(metresBetween(stops, '10000101', '12000001')).toBe(25_200)
  expect(metresBetween(stops, '12000001', '10000101')).toBeUndefined()
  expect(metresBetween(stops, '10000101', '99999999')).toBeUndefined()
})

test('a run is late by the minutes it leaves after its time, and a round trip is told by the nearer call', () => {
  const planned = plannedStops(stops, '2025-06-30T22:00:00.000Z')
  expect(planned[1]).toEqual({
    office: '10000101',
    arrives: '2025-06-30T22:20:00.000Z',
    leaves: '2025-06-30T22:25:00.000Z',
    km: 8.5,
  })
  expect(lateBy(planned, '10000101', '2025-06-30T22:24:00.000Z')).toBe(0)
  expect(lateBy(planned, '10000101', '2025-06-30T22:41:30.000Z')).toBe(17)
  expect(lateBy(planned, '10000001', '2025-06-30T23:20:00.000Z')).toBe(10)
  expect(lateBy(planned, '99999999', '2025-06-30T23:20:00.000Z')).toBeUndefined()
})
