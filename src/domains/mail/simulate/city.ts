import type { Range, Stop } from '../network/network.ts'

// A city network of any size as the fields of its records: a sorting centre, branches that also deliver their own
// postcode, an airport for all other places, and routes that go round from the centre.

export const CENTRE = '10000001'
export const AIRPORT = '10000009'

/** Postcodes 100101, 100102 …: districts of the city. */
export const branchCode = (number: number) => `${100_100 + number}01`
export const postcodeOf = (office: string) => office.slice(0, 6)

export interface City {
  readonly offices: readonly { code: string; name: string; kind: 'branch' | 'centre' | 'airport'; since: string }[]
  readonly routes: readonly {
    code: string
    name: string
    since: string
    capacity: number
    waves: { wave: number; departs: string }[]
    stops: Stop[]
  }[]
  readonly plans: readonly { office: string; version: number; since: string; ranges: Range[] }[]
  readonly tariff: { version: number; since: string; carrying: number; handling: number }
  /** The route that calls at each branch. */
  readonly routeOf: ReadonlyMap<string, string>
}

export interface Wanted {
  readonly branches: number
  readonly routes: number
  readonly since: string
  readonly nameOf?: (number: number) => string
}

/** Minutes between two branches of a round, and at each. */
const BETWEEN = 15
const STAY = 5

export function cityOf({ branches, routes, since, nameOf = number => `第${number}支局` }: Wanted): City {
  const numbers = Array.from({ length: branches }, (_, i) => i + 1)
  const codes = numbers.map(branchCode)
  const rounds = Array.from({ length: Math.min(routes, branches) }, (_, round) =>
    codes.filter((_, i) => i % Math.min(routes, branches) === round),
  )
  const routeCode = (round: number) => `S${round + 1}`
  return {
    offices: [
      { code: CENTRE, name: '邮区中心局', kind: 'centre', since },
      { code: AIRPORT, name: '航空邮件交换站', kind: 'airport', since },
      ...numbers.map(number => ({ code: branchCode(number), name: nameOf(number), kind: 'branch' as const, since })),
    ],
    routes: [
      ...rounds.map((round, i) => ({
        code: routeCode(i),
        name: `市内邮路${i + 1}`,
        since,
        capacity: 400,
        waves: [{ wave: 1, departs: '11:00' }],
        stops: [
          { office: CENTRE, arrives: 0, stays: 0, km: 0 },
          ...round.map((office, at) => ({
            office,
            arrives: (at + 1) * BETWEEN,
            stays: STAY,
            km: 3 + ((i + at) % 7) / 2,
          })),
          { office: CENTRE, arrives: (round.length + 1) * BETWEEN + STAY, stays: 0, km: 5 },
        ],
      })),
      {
        code: 'HK',
        name: '航空邮路',
        since,
        capacity: 2_000,
        waves: [{ wave: 1, departs: '21:00' }],
        stops: [
          { office: CENTRE, arrives: 0, stays: 0, km: 0 },
          { office: AIRPORT, arrives: 40, stays: 10, km: 28 },
          { office: CENTRE, arrives: 95, stays: 0, km: 28 },
        ],
      },
    ],
    plans: [
      ...codes.map(office => ({ office, version: 1, since, ranges: branchRanges(office) })),
      { office: CENTRE, version: 1, since, ranges: centreRanges(codes) },
      {
        office: AIRPORT,
        version: 1,
        since,
        ranges: codes.map(code => ({ from: postcodeOf(code), to: postcodeOf(code), next: CENTRE })),
      },
    ],
    tariff: { version: 1, since, carrying: 1_500, handling: 4 },
    routeOf: new Map(rounds.flatMap((round, i) => round.map(office => [office, routeCode(i)] as const))),
  }
}

const six = (number: number) => String(number).padStart(6, '0')

function branchRanges(office: string): Range[] {
  const own = Number(postcodeOf(office))
  return [
    { from: '000000', to: six(own - 1), next: CENTRE },
    { from: six(own), to: six(own), next: office },
    { from: six(own + 1), to: '999999', next: CENTRE },
  ]
}

function centreRanges(codes: readonly string[]): Range[] {
  const first = Number(postcodeOf(codes[0]!))
  const last = Number(postcodeOf(codes.at(-1)!))
  return [
    { from: '000000', to: six(first - 1), next: AIRPORT },
    ...codes.map(code => ({ from: postcodeOf(code), to: postcodeOf(code), next: code })),
    { from: six(last + 1), to: '999999', next: AIRPORT },
  ]
}
