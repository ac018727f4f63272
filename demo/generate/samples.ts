import { parentOf, units, villagesOf } from '../orgs.ts'
import { addDays } from './calendar.ts'
import { type Random, randomOf } from './random.ts'
import type { DemoRecord, Generator } from './record.ts'

// County B's survey as published: 1549 samples tested by the end of August 2024, 1054 of soil and 495 of produce.

const COUNTY = 'KJ-B'
const SOIL = 1054
const PRODUCE = 495
const PER_PARCEL = 200
const LABORATORY = '省农产品质量检测中心'
const PLAN = 'sampling plan'

/** Usual content of each kind of produce, in mg/kg, and how often it is sampled. */
const CROPS = {
  tea: [0.28, 150],
  garlic: [0.11, 95],
  honeysuckle: [0.19, 120],
  rice: [0.05, 80],
  vegetables: [0.03, 50],
} as const

interface Batch {
  readonly number: number
  readonly packedOn: string
  readonly testedOn: string
}

const BATCHES: readonly Batch[] = [
  ['2023-10-20', '2024-03-15'],
  ['2023-11-10', '2024-03-29'],
  ['2023-12-08', '2024-04-19'],
  ['2024-03-22', '2024-06-14'],
  ['2024-04-12', '2024-06-28'],
  ['2024-05-10', '2024-07-26'],
  ['2024-05-31', '2024-08-16'],
  ['2024-06-14', '2024-08-28'],
].map(([packedOn, testedOn], i) => ({ number: i + 1, packedOn: packedOn!, testedOn: testedOn! }))

function parcel({ number, packedOn, testedOn }: Batch, today: string): DemoRecord {
  const [left, arrived] = [addDays(packedOn, 2), addDays(packedOn, 4)]
  const handovers = [
    { on: left, from: '县科技局采样组', to: '专车运送人', seal: 'whole' },
    { on: arrived, from: '专车运送人', to: LABORATORY, seal: 'whole' },
  ].filter(({ on }) => on <= today)
  return {
    type: 'samples.parcel',
    org: COUNTY,
    ref: `parcel ${number}`,
    refs: { plan: PLAN },
    state: testedOn <= today ? 'reported' : (['packed', 'sent', 'received'] as const)[handovers.length],
    fields: { number: `乙硒-${String(number).padStart(2, '0')}`, packedOn, laboratory: LABORATORY, handovers },
  }
}

/** The middle of a township and how far it reaches, in degrees. */
function placeOf(township: string) {
  const area = units.find(unit => unit.code === township)!.area!
  // Townships are drawn as one ring each.
  const ring = area.coordinates[0] as readonly (readonly [number, number])[]
  const mean = (of: (corner: readonly [number, number]) => number) =>
    ring.reduce((sum, one) => sum + of(one), 0) / ring.length
  return { lon: mean(one => one[0]), lat: mean(one => one[1]), reach: 0.035 }
}

/** Around a usual value, as contents of soils lie: many a little below, few far above. */
const content = (random: Random, usual: number) =>
  Math.round(usual * Math.exp((random.next() + random.next() + random.next() - 1.5) * 0.9) * 1000) / 1000

function sample(random: Random, number: number, today: string): DemoRecord {
  const isSoil = number <= SOIL
  const { number: batch, packedOn, testedOn } = BATCHES[Math.floor((number - 1) / PER_PARCEL)]!
  const village = random.pick(villagesOf(COUNTY))
  const { lon, lat, reach } = placeOf(parentOf(village))
  // Selenium lies in a belt: the north of the county is richer.
  const belt = 0.6 + 1.4 * ((lat - 20.4) / 0.36)
  const crop = random.weighted(Object.fromEntries(Object.entries(CROPS).map(([name, [, often]]) => [name, often])))
  const usual = isSoil ? 0.27 : CROPS[crop as keyof typeof CROPS][0]
  const near = (middle: number) => Math.round((middle + (random.next() - 0.5) * reach) * 1e5) / 1e5
  const tested = testedOn <= today
  return {
    type: 'samples.sample',
    org: COUNTY,
    refs: { parcel: `parcel ${batch}` },
    state: tested ? 'tested' : 'taken',
    fields: {
      number: `乙-${isSoil ? '土' : '农'}-${String(number).padStart(4, '0')}`,
      kind: isSoil ? 'soil' : 'produce',
      ...(isSoil ? { depth: 20 } : { crop }),
      takenOn: addDays(packedOn, -random.int(1, 16)),
      village,
      place: { lon: near(lon), lat: near(lat) },
      ...(tested ? { testedOn, selenium: content(random, usual * belt) } : {}),
    },
  }
}

export const samples: Generator = today => {
  const random = randomOf('samples')
  return [
    {
      type: 'samples.plan',
      org: COUNTY,
      ref: PLAN,
      fields: { name: '土壤与农产品硒含量普查', plannedOn: '2023-09-05', soil: 1050, produce: 500 },
    },
    ...BATCHES.map(batch => parcel(batch, today)),
    ...Array.from({ length: SOIL + PRODUCE }, (_, i) => sample(random, i + 1, today)),
  ]
}
