import { nameOf, parentOf, townshipsOf, villagesOf } from '../orgs.ts'
import { addDays, dayIn, EVEN, WORKING } from './calendar.ts'
import { personName } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'
import { TRADES, type Trade, techniquesOf, varietiesOf } from './trades.ts'

interface Year {
  readonly county: string
  readonly year: number
  readonly appointed: number
  readonly left: number
  readonly projects: number
  readonly techniques: number
  readonly varieties: number
  readonly bodies: number
  /** Entries in the service log of an envoy who is in post all year. */
  readonly logs: number
}

/** Envoys in post before the first year told of. */
const BEFORE: Readonly<Record<string, number>> = { 'KJ-B': 17, 'KJ-C': 7, 'KJ-D': 5 }

/** County B 2024 as published: 3 came, 19 stayed; county C: 8 in post. */
const YEARS: readonly Year[] = [
  row('KJ-B', 2023, [2, 1], 11, 20, 58, 3, 78),
  row('KJ-B', 2024, [3, 2], 13, 23, 65, 4, 82),
  row('KJ-B', 2025, [4, 1], 14, 26, 71, 3, 84),
  row('KJ-C', 2023, [1, 1], 4, 10, 17, 4, 74),
  row('KJ-C', 2024, [1, 0], 5, 12, 20, 6, 76),
  row('KJ-C', 2025, [2, 0], 5, 13, 22, 3, 76),
  row('KJ-D', 2023, [1, 1], 2, 4, 6, 1, 60),
  row('KJ-D', 2024, [1, 0], 2, 4, 7, 1, 62),
  row('KJ-D', 2025, [1, 1], 3, 5, 8, 2, 62),
]

function row(
  county: string,
  year: number,
  [appointed, left]: readonly [number, number],
  projects: number,
  techniques: number,
  varieties: number,
  bodies: number,
  logs: number,
): Year {
  return { county, year, appointed, left, projects, techniques, varieties, bodies, logs }
}

interface Envoy {
  readonly ref: string
  readonly trade: Trade
  readonly township: string
  readonly since: string
  until?: string
}

/** Everyone who was in post in a county, in the order of appointment; the longest in post leave first. */
function rosterOf(county: string): Envoy[] {
  const random = randomOf(`envoys ${county}`)
  const trades = Object.keys(TRADES[county]!) as Trade[]
  const townships = townshipsOf(county)
  const roster: Envoy[] = []
  const appoint = (since: string) =>
    roster.push({
      ref: `envoy ${county} ${roster.length + 1}`,
      trade: trades[roster.length % trades.length]!,
      township: townships[(roster.length * 5) % townships.length]!,
      since,
    })
  for (let i = 0; i < BEFORE[county]!; i++) appoint(dayIn(random, random.int(2020, 2022), EVEN, [3, 4]))
  for (const { year, appointed, left } of YEARS.filter(one => one.county === county)) {
    const staying = roster.filter(envoy => !envoy.until)
    for (const envoy of staying.slice(0, left)) envoy.until = dayIn(random, year, EVEN, [4, 6])
    for (let i = 0; i < appointed; i++) appoint(dayIn(random, year, EVEN, [2, 4]))
  }
  return roster
}

const DAILY = { provincial: 100, prefectural: 80, county: 50 } as const

const rates = (county: string): DemoRecord[] =>
  Object.entries(DAILY).map(([grade, yuan]) => ({
    type: 'envoys.rate',
    org: county,
    fields: { grade, since: '2023-01-01', daily: yuan * 100, mostDays: 10 },
  }))

const BODIES = [
  '县农业技术推广中心',
  '县畜牧水产服务站',
  '县林业技术站',
  '市农业科学研究所',
  '县特色产业办',
  '县农机站',
]

function appointments(county: string, roster: readonly Envoy[]): DemoRecord[] {
  const random = randomOf(`appointments ${county}`)
  return roster.map(({ ref, trade, township, since, until }, i) => ({
    type: 'envoys.appointment',
    org: county,
    ref,
    fields: filled({
      number: `${county}-特派-${String(i + 1).padStart(3, '0')}`,
      envoy: personName(random),
      grade: since >= '2023' ? 'county' : random.weighted({ provincial: 3, prefectural: 4, county: 8 }),
      trade,
      body: random.pick(BODIES),
      township,
      agreedDays: 60,
      since,
      until,
    }),
  }))
}

/** Those in post through the months given of a year. */
const inPost = (roster: readonly Envoy[], from: string, until: string) =>
  roster.filter(envoy => envoy.since <= from && (!envoy.until || envoy.until > until))

function projects({ county, year, projects: count }: Year, roster: readonly Envoy[]): DemoRecord[] {
  const random = randomOf(`envoy projects ${county} ${year}`)
  const envoys = random.shuffled(inPost(roster, `${year}-05-01`, `${year}-12-31`))
  return Array.from({ length: count }, (_, i) => {
    const envoy = envoys[i % envoys.length]!
    const { crop } = TRADES[county]![envoy.trade]!
    const startedOn = dayIn(random, year, EVEN, [5, 11])
    const households = random.int(18, 176)
    return {
      type: 'envoys.project',
      org: random.chance(0.5) ? envoy.township : county,
      refs: { envoy: envoy.ref },
      fields: {
        title: `${nameOf(envoy.township)}${crop}${random.pick(['高效栽培示范', '标准化生产示范', '新品种展示', '带动户培育', '产销对接'])}${envoys.length < count && i >= envoys.length ? '(二期)' : ''}`,
        trade: envoy.trade,
        startedOn,
        households,
        area: random.int(40, 900) * 667,
        income: households * random.int(800, 4200) * 100,
      },
    }
  })
}

function introductions({ county, year, techniques, varieties }: Year, roster: readonly Envoy[]): DemoRecord[] {
  const random = randomOf(`introductions ${county} ${year}`)
  const named = [
    ...techniquesOf(random, county, techniques).map(one => ({ ...one, kind: 'technique' })),
    ...varietiesOf(random, county, year, varieties).map(one => ({ ...one, kind: 'variety' })),
  ]
  return named.flatMap(({ kind, name, trade }) => {
    // The same variety in a second township is the same variety.
    const townships = random.shuffled(townshipsOf(county)).slice(0, random.int(1, 3))
    return townships.map(township => {
      const introducedOn = dayIn(random, year, EVEN, [2, 10])
      const envoy = inPost(roster, introducedOn, introducedOn).find(one => one.trade === trade)
      return {
        type: 'envoys.introduction',
        org: random.chance(0.6) ? township : county,
        ...(envoy ? { refs: { envoy: envoy.ref } } : {}),
        fields: {
          introducedOn,
          kind,
          name,
          trade,
          source: random.pick(['省农业科学院', '市农业科学研究所', '种子公司', '外县考察引进', '良种繁育场']),
          township,
          area: random.int(5, 400) * 667,
          households: random.int(3, 90),
        },
      }
    })
  })
}

/** Names are unique among all counties, as a register of co-operatives would have it. */
function bodies({ county, year, bodies: count }: Year, taken: Set<string>): DemoRecord[] {
  const random = randomOf(`bodies ${county} ${year}`)
  const trades = random.shuffled(Object.keys(TRADES[county]!) as Trade[])
  const villages = random.shuffled(villagesOf(county))
  const kinds = Array.from({ length: count }, () => random.weighted({ association: 5, cooperative: 6 }))
  return kinds.map((kind, i) => {
    const trade = trades[i % trades.length]!
    const nameIn = (village: string) =>
      `${nameOf(village).slice(0, -1)}${TRADES[county]![trade]!.crop}${kind === 'association' ? '协会' : '专业合作社'}`
    const village = villages.find(one => !taken.has(nameIn(one)))!
    taken.add(nameIn(village))
    return {
      type: 'envoys.body',
      org: parentOf(village),
      ref: `body ${county} ${year} ${i}`,
      fields: { name: nameIn(village), kind, trade, foundedOn: dayIn(random, year), members: random.int(20, 140) },
    }
  })
}

const TALKS = ['与村干部商量下一步种养安排', '给农户讲解补贴和保险办法', '帮助联系收购商', '整理示范户记录']

function service({ county, year, logs }: Year, roster: readonly Envoy[]): DemoRecord[] {
  const random = randomOf(`envoy service ${county} ${year}`)
  const villages = villagesOf(county)
  return roster.flatMap(envoy => {
    const first = envoy.since.startsWith(String(year)) ? Number(envoy.since.slice(5, 7)) + 1 : 1
    const last = envoy.until?.startsWith(String(year)) ? Number(envoy.until.slice(5, 7)) - 1 : 12
    if (envoy.since > `${year}-12` || (envoy.until && envoy.until < `${year}-01`)) return []
    const { work } = TRADES[county]![envoy.trade]!
    // Envoys serve their own township most of the time.
    const near = villages.filter(village => parentOf(village) === envoy.township)
    return Array.from({ length: Math.round((logs * (last - first + 1)) / 12) }, () => {
      const village = random.pick(random.chance(0.75) ? near : villages)
      const doing = random.chance(0.85) ? random.pick(work) : random.pick(TALKS)
      return {
        type: 'envoys.service',
        org: parentOf(village),
        refs: { envoy: envoy.ref },
        fields: {
          servedOn: notLater(dayIn(random, year, WORKING, [first, last]), envoy.until),
          village,
          trade: envoy.trade,
          days: Number(random.weighted({ '1': 80, '2': 15, '3': 5 })),
          people: random.int(1, 12),
          work: `在${nameOf(village)}${doing}`,
        },
      }
    })
  })
}

const notLater = (day: string, until: string | undefined) => (until && day >= until ? addDays(until, -1) : day)

export const envoys: Generator = () => {
  const taken = new Set<string>()
  return Object.keys(BEFORE).flatMap(county => {
    const roster = rosterOf(county)
    const years = YEARS.filter(one => one.county === county)
    return [
      ...appointments(county, roster),
      ...rates(county),
      ...years.flatMap(year => [
        ...projects(year, roster),
        ...introductions(year, roster),
        ...bodies(year, taken),
        ...service(year, roster),
      ]),
    ]
  })
}
