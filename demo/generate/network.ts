import { branches, nameOf, parentOf } from '../orgs.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled } from './record.ts'

/** Electronic and networked before 2024; made electronic in 2024; networked of these. */
const BEFORE = 370
const ADDED = 200
const NETWORKED = 130

/** 570 branches and offices are electronic at the end of 2024, 200 of them since that year; 500 are networked, 130 anew. */
export const network = (today: string): DemoRecord[] => {
  const random = randomOf('network')
  const all = random.shuffled(branches)
  const places = [
    ...all.map(org => ({ org, number: org, name: nameOf(org), sort: 'branch' })),
    ...all.slice(0, BEFORE + ADDED - all.length).map(org => ({
      org,
      number: `${org}-S`,
      name: `${nameOf(org).replace('支局', '')}邮政所`,
      sort: 'office',
    })),
  ]
  const registered = places.flatMap(({ org, number, name, sort }, i): DemoRecord[] => {
    const isOld = i < BEFORE
    const electronicOn = isOld ? dayIn(random, random.int(2019, 2022), EVEN) : dayIn(random, 2024, EVEN, [2, 6])
    const networkedOn = isOld
      ? addDays(electronicOn, random.int(10, 200))
      : i < BEFORE + NETWORKED
        ? dayIn(random, 2024, EVEN, [7, 12])
        : undefined
    if (electronicOn > today) return []
    return [
      {
        type: 'network.branch',
        org: parentOf(org),
        ref: `electronic ${number}`,
        fields: filled({ number, name, sort, electronicOn, networkedOn: networkedOn && past(networkedOn, today) }),
      },
    ]
  })
  return [...registered, ...readiness(registered, today), ...hosts(today)]
}

function readiness(registered: readonly DemoRecord[], today: string): DemoRecord[] {
  const random = randomOf('readiness')
  if (today < '2025-09-02') return []
  return registered
    .filter(({ fields }) => fields.sort === 'branch' && String(fields.networkedOn ?? '9999') < '2025')
    .slice(0, 60)
    .map(({ org, ref }) => {
      const trainedOn = past(addDays('2025-10-08', random.int(0, 40)), today)
      const readyOn = trainedOn && random.chance(0.7) ? past(addDays(trainedOn, random.int(3, 20)), today) : undefined
      return {
        type: 'network.readiness',
        org,
        state: readyOn ? 'ready' : trainedOn ? 'trained' : 'listed',
        fields: filled({ service: 'international-money-order', on: '2025-09-01', trainedOn, readyOn }),
        refs: { branch: ref! },
      }
    })
}

const hosts = (today: string): DemoRecord[] => [
  {
    type: 'network.host',
    org: 'YZ-XX',
    fields: {
      number: 'ZJ-GREEN-1',
      title: '绿卡主机更新',
      site: 'YZ-XX',
      approvedOn: '2022-09-14',
      capacity: 1_900_000,
      until: 2026,
      forecast: [
        { year: 2023, load: 1_100_000 },
        { year: 2024, load: 1_350_000 },
        { year: 2025, load: 1_600_000 },
        { year: 2026, load: 1_850_000 },
      ],
      measured: [
        { on: '2023-06-30', load: 1_020_000 },
        { on: '2024-06-30', load: 1_290_000 },
        { on: '2025-06-30', load: 1_540_000 },
        { on: '2025-12-20', load: 1_630_000 },
      ].filter(({ on }) => on <= today),
    },
  },
]
