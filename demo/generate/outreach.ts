import { nameOf, parentOf, villagesOf } from '../orgs.ts'
import { dayIn, EVEN, WINTER } from './calendar.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

interface Year {
  readonly county: string
  readonly year: number
  readonly fairs: number
  readonly exhibitions: number
  readonly visits: number
  /** Visits at which films were shown, and films in all. */
  readonly filmShows: number
  readonly films: number
  readonly experts: number
  readonly served: number
  readonly copies: number
  /** Different materials. */
  readonly sorts: number
}

const YEARS: readonly Year[] = [
  {
    county: 'KJ-A',
    year: 2023,
    fairs: 5,
    exhibitions: 8,
    visits: 33,
    filmShows: 11,
    films: 24,
    experts: 172,
    served: 13_480,
    copies: 16_900,
    sorts: 18,
  },
  {
    county: 'KJ-A',
    year: 2024,
    fairs: 6,
    exhibitions: 10,
    visits: 40,
    filmShows: 14,
    films: 31,
    experts: 206,
    served: 16_020,
    copies: 20_000,
    sorts: 24,
  },
  {
    county: 'KJ-A',
    year: 2025,
    fairs: 10,
    exhibitions: 10,
    visits: 22,
    filmShows: 8,
    films: 18,
    experts: 190,
    served: 14_900,
    copies: 18_700,
    sorts: 24,
  },
  {
    county: 'KJ-B',
    year: 2023,
    fairs: 3,
    exhibitions: 4,
    visits: 18,
    filmShows: 3,
    films: 6,
    experts: 84,
    served: 5230,
    copies: 7400,
    sorts: 12,
  },
  {
    county: 'KJ-B',
    year: 2024,
    fairs: 4,
    exhibitions: 5,
    visits: 21,
    filmShows: 4,
    films: 8,
    experts: 96,
    served: 6110,
    copies: 8800,
    sorts: 12,
  },
  {
    county: 'KJ-B',
    year: 2025,
    fairs: 4,
    exhibitions: 5,
    visits: 24,
    filmShows: 4,
    films: 9,
    experts: 108,
    served: 6900,
    copies: 9300,
    sorts: 12,
  },
  {
    county: 'KJ-C',
    year: 2023,
    fairs: 2,
    exhibitions: 3,
    visits: 14,
    filmShows: 2,
    films: 4,
    experts: 61,
    served: 3080,
    copies: 4200,
    sorts: 10,
  },
  {
    county: 'KJ-C',
    year: 2024,
    fairs: 2,
    exhibitions: 4,
    visits: 16,
    filmShows: 3,
    films: 6,
    experts: 70,
    served: 3460,
    copies: 4900,
    sorts: 10,
  },
  {
    county: 'KJ-C',
    year: 2025,
    fairs: 3,
    exhibitions: 4,
    visits: 17,
    filmShows: 3,
    films: 6,
    experts: 74,
    served: 3720,
    copies: 5200,
    sorts: 10,
  },
  {
    county: 'KJ-D',
    year: 2023,
    fairs: 1,
    exhibitions: 0,
    visits: 5,
    filmShows: 0,
    films: 0,
    experts: 18,
    served: 540,
    copies: 6100,
    sorts: 16,
  },
  {
    county: 'KJ-D',
    year: 2024,
    fairs: 1,
    exhibitions: 0,
    visits: 6,
    filmShows: 0,
    films: 0,
    experts: 22,
    served: 600,
    copies: 8040,
    sorts: 20,
  },
  {
    county: 'KJ-D',
    year: 2025,
    fairs: 1,
    exhibitions: 1,
    visits: 8,
    filmShows: 1,
    films: 2,
    experts: 28,
    served: 760,
    copies: 8400,
    sorts: 20,
  },
]

const FILMS = [
  '生态家园',
  '无公害蔬菜生产',
  '农村饮水卫生',
  '合理使用农药',
  '畜禽养殖与环境保护',
  '荔枝保花保果',
  '水稻病虫害识别',
  '沼气池的使用',
] as const
const SUBJECTS = [
  '水稻',
  '辣椒',
  '荔枝',
  '香蕉',
  '甘蔗',
  '养猪',
  '养鸡',
  '对虾',
  '茶叶',
  '金银花',
  '番茄',
  '棉花',
] as const
const SORTS = {
  leaflet: '栽培与养殖要点',
  booklet: '实用技术手册',
  poster: '病虫害识别挂图',
  disc: '技术讲解光盘',
  picture: '宣传画',
} as const
const THEMES = [
  '科技以人为本',
  '依靠科技发展生产',
  '安全用药',
  '优生优育',
  '节约资源',
  '防灾减灾',
  '知识产权保护',
] as const

function countyYear(plan: Year): DemoRecord[] {
  const random = randomOf(`outreach ${plan.county} ${plan.year}`)
  const kinds = [
    ...Array<'fair'>(plan.fairs).fill('fair'),
    ...Array<'exhibition'>(plan.exhibitions).fill('exhibition'),
    ...Array<'visit'>(plan.visits).fill('visit'),
  ]
  const experts = random.split(plan.experts, kinds.length, 1)
  const served = random.split(plan.served, kinds.length, 20)
  const copies = random.split(plan.copies, kinds.length, plan.county === 'KJ-D' ? 300 : 60)
  const shown = plan.filmShows > 0 ? random.split(plan.films, plan.filmShows, 1) : []
  const firstVisit = plan.fairs + plan.exhibitions
  return kinds.map((kind, i) => {
    const films = shown[i - firstVisit] ?? 0
    return event(random, plan, kind, {
      experts: experts[i]!,
      served: served[i]!,
      copies: copies[i]!,
      films,
      from: i * 4,
    })
  })
}

interface Amounts {
  readonly experts: number
  readonly served: number
  readonly copies: number
  readonly films: number
  /** Where in the list of materials this event's begin, so that over a year each is handed out. */
  readonly from: number
}

function event(
  random: Random,
  plan: Year,
  kind: 'fair' | 'exhibition' | 'visit',
  { experts, served, copies, films, from }: Amounts,
): DemoRecord {
  const titles = materials(plan.sorts)
  const village = random.pick(villagesOf(plan.county))
  const place =
    kind === 'fair'
      ? `${nameOf(parentOf(village))}集市`
      : kind === 'exhibition'
        ? `${nameOf(parentOf(village))}文化广场`
        : `${nameOf(village)}`
  const season = kind === 'visit' ? WINTER : EVEN
  const occasion = random.weighted({
    ordinary: 50,
    'science-week': 14,
    'science-day': 12,
    'property-day': 6,
    'women-day': 5,
    'three-services': 13,
  })
  return {
    type: 'outreach.event',
    org: kind === 'visit' && random.chance(0.5) ? parentOf(village) : plan.county,
    // Whoever hands out what the county printed has to see it.
    enteredAt: plan.county,
    fields: filled({
      heldOn: dayIn(random, plan.year, season),
      kind,
      occasion,
      title: random.pick(THEMES),
      place,
      village: kind === 'visit' ? village : undefined,
      experts,
      served,
      boards: kind === 'exhibition' ? random.int(12, 60) : undefined,
      films:
        films > 0
          ? random
              .shuffled(FILMS)
              .slice(0, films)
              .map(film => ({ film, viewers: random.int(40, 320) }))
          : undefined,
      handouts: random.split(copies, 4, 1).map(part => ({ copies: part })),
    }),
    refs: Object.fromEntries(
      [0, 1, 2, 3].map(i => {
        const { name } = titles[(from + i) % titles.length]!
        return [`handouts.${i}.material`, materialRef(plan.county, name)]
      }),
    ),
  }
}

const materialRef = (county: string, name: string) => `material ${county} ${name}`

/** So many different materials: each subject as a leaflet, then as a booklet, and so on. */
const materials = (count: number) =>
  Object.entries(SORTS)
    .flatMap(([sort, words]) => SUBJECTS.map(subject => ({ sort, name: `${subject}${words}` })))
    .slice(0, count)

const OUTLETS = {
  television: '县电视台',
  radio: '县广播站',
  newspaper: '县报',
  website: '县政府网站科技网页',
  briefing: '科技工作简报',
  banner: '主要街道',
  wall: '科普宣传栏',
} as const
const NEWS = [
  '科技特派员下乡',
  '实用技术培训开班',
  '科普大集受欢迎',
  '新品种示范田测产',
  '科技项目通过验收',
  '知识产权宣传周',
  '农业科技热线服务',
] as const

/** County C sent exactly 11 items to the county's television in 2024. */
const PUBLISHED: readonly [string, number, number, number][] = [
  ['KJ-A', 2023, 0, 52],
  ['KJ-A', 2024, 0, 64],
  ['KJ-A', 2025, 0, 58],
  ['KJ-B', 2023, 4, 30],
  ['KJ-B', 2024, 6, 34],
  ['KJ-B', 2025, 6, 36],
  ['KJ-C', 2023, 9, 20],
  ['KJ-C', 2024, 11, 22],
  ['KJ-C', 2025, 10, 24],
  ['KJ-D', 2024, 2, 12],
  ['KJ', 2023, 12, 40],
  ['KJ', 2024, 14, 48],
  ['KJ', 2025, 12, 44],
]

function published([org, year, television, others]: (typeof PUBLISHED)[number]): DemoRecord[] {
  const random = randomOf(`publicity ${org} ${year}`)
  const channels = Object.keys(OUTLETS).slice(1) as (keyof typeof OUTLETS)[]
  return Array.from({ length: television + others }, (_, i) => {
    const channel = i < television ? 'television' : random.pick(channels)
    return {
      type: 'outreach.publicity',
      org,
      fields: {
        publishedOn: dayIn(random, year),
        channel,
        outlet: OUTLETS[channel],
        title: random.pick(NEWS),
        items: channel === 'banner' ? random.int(2, 12) : 1,
      },
    }
  })
}

/** Printed each January as many as are handed out in the year, in round numbers. */
function printed(county: string, events: readonly DemoRecord[], today: string): DemoRecord[] {
  const given = new Map<string, Map<string, number>>()
  for (const { fields, refs = {} } of events)
    for (const [path, ref] of Object.entries(refs)) {
      const year = String(fields.heldOn).slice(0, 4)
      const { copies } = (fields.handouts as readonly { copies: number }[])[Number(path.split('.')[1])]!
      const years = given.get(ref) ?? new Map<string, number>()
      given.set(ref, years.set(year, (years.get(year) ?? 0) + copies))
    }
  const random = randomOf(`printed ${county}`)
  const sorts = new Map(materials(SUBJECTS.length * Object.keys(SORTS).length).map(({ sort, name }) => [name, sort]))
  return [...given].flatMap(([ref, years]) => {
    const name = ref.slice(materialRef(county, '').length)
    const printings = [...years].sort().flatMap(([year, copies]) => {
      const printedOn = `${year}-01-${10 + random.int(0, 9)}`
      const round = Math.ceil((copies * 1.05) / 50) * 50
      return printedOn <= today ? [{ printedOn, copies: round, cost: round * random.int(40, 260) }] : []
    })
    if (printings.length === 0) return []
    const fields = { name, sort: sorts.get(name)!, since: printings[0]!.printedOn, printings }
    return [{ type: 'materials.material', org: county, ref, fields }]
  })
}

export const outreach: Generator = today => {
  const events = YEARS.flatMap(countyYear)
  const counties = [...new Set(YEARS.map(one => one.county))]
  return [
    ...events,
    ...PUBLISHED.flatMap(published),
    ...counties.flatMap(county =>
      printed(
        county,
        events.filter(({ refs = {} }) => Object.values(refs)[0]!.startsWith(materialRef(county, ''))),
        today,
      ),
    ),
  ]
}
