import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { PLACES } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator, YEARS } from './record.ts'

const WAN = 1_000_000

const INDUSTRIES = ['electronics', 'materials', 'machinery', 'medicine', 'environment'] as const

/** Recommended, publicised and recognised in the first half of 2024 as published: 7, 4 and 5; 12 pilots in all by then. */
const RECOGNISED = [
  { year: 2022, months: [3, 9], recommended: 5, publicised: 5, recognised: 4, pilots: 4 },
  { year: 2023, months: [3, 9], recommended: 6, publicised: 5, recognised: 5, pilots: 3 },
  { year: 2024, months: [2, 5], recommended: 7, publicised: 4, recognised: 0, pilots: 5 },
  { year: 2025, months: [2, 9], recommended: 9, publicised: 7, recognised: 6, pilots: 4 },
] as const

function recognitions(today: string): DemoRecord[] {
  const random = randomOf('enterprises')
  const names = random
    .shuffled(PLACES)
    .map(place => `示范市${place}${random.pick(['光电', '机械', '新材料', '药业', '环保'])}有限公司`)
  return RECOGNISED.flatMap(({ year, months: [spring, decided], recommended, publicised, recognised, pilots }) => {
    const one = (kind: string, i: number, reached: { publicised: boolean; recognised: boolean }): DemoRecord => {
      // Pilots are chosen from those recommended in the autumn before.
      const recommendedOn =
        kind === 'high-tech' ? dayIn(random, year, EVEN, [spring, spring + 1]) : dayIn(random, year - 1, EVEN, [9, 11])
      const publicisedOn = dayIn(random, year, EVEN, [spring + 2, decided])
      const recognisedOn = dayIn(random, year, EVEN, [decided, decided + 1])
      return {
        type: 'enterprises.recognition',
        org: 'KJ',
        fields: filled({
          name: names[(year - 2022) * 13 + i]!,
          kind,
          industry: random.pick(INDUSTRIES),
          recommendedOn,
          publicisedOn: reached.publicised ? past(publicisedOn, today) : undefined,
          ...(reached.recognised &&
            recognisedOn <= today && {
              recognisedOn,
              bodies: kind === 'high-tech' ? '省科技厅、省财政厅、省税务局' : '省科技厅、省工信委、省国资委、省总工会',
              validUntil: addDays(recognisedOn, kind === 'high-tech' ? 1095 : 1826),
            }),
          staff: random.int(60, 900),
        }),
      }
    }
    return [
      ...Array.from({ length: recommended }, (_, i) =>
        one('high-tech', i, { publicised: i < publicised, recognised: i < recognised }),
      ),
      ...Array.from({ length: pilots }, (_, i) =>
        one('innovation-pilot', recommended + i, { publicised: false, recognised: true }),
      ),
    ]
  })
}

/** Value added of a month of 2023, 万元, and how the years after grew: 11.6% in the first half of 2024 as published. */
const ADDED = { electronics: 5200, materials: 4600, machinery: 3900, medicine: 2400, environment: 1500 } as const
const GROWTH = { 2023: 1, 2024: 1.116, 2025: 1.116 * 1.094 } as const
/** Value added of gross output. */
const SHARE = 0.27

function output(today: string): DemoRecord[] {
  return YEARS.flatMap(year =>
    Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(year, i + 1, 0)).toISOString().slice(0, 10))
      .filter(day => day <= today)
      .flatMap(monthEnd =>
        INDUSTRIES.map((industry, i): DemoRecord => {
          const added =
            Math.round(ADDED[industry] * GROWTH[year] * (1 + 0.03 * Math.sin(Number(monthEnd.slice(5, 7)) + i))) * WAN
          return {
            type: 'enterprises.output',
            org: 'KJ',
            fields: {
              monthEnd,
              industry,
              enterprises: 12 + 3 * i + (year - 2023),
              output: Math.round(added / SHARE),
              added,
            },
          }
        }),
      ),
  )
}

const UPGRADES = [
  ['甘蔗制糖节能改造', 9000, 4200, 3000],
  ['金银花烘干生产线', 5200, 2600, 1500],
  ['番茄酱灌装线', 4300, 2100, 900],
  ['水产速冻车间', 3600, 1700, 1100],
  ['茶叶清洁加工', 1700, 800, 500],
  ['竹木复合板材', 1200, 600, 600],
] as const

/** Of 2024 as published: six, planned 2.5亿, 1.2亿 of the year. */
const upgrades = UPGRADES.map(
  ([title, planned, thisYear, paid], i): DemoRecord => ({
    type: 'enterprises.upgrade',
    org: 'KJ-B',
    fields: {
      enterprise: `乙县${PLACES[i * 4]}实业有限公司`,
      title,
      year: 2024,
      reportedOn: '2024-12-20',
      planned: planned * WAN,
      thisYear: thisYear * WAN,
      paid: paid * WAN,
    },
  }),
)

const CENTRES = [
  ['新型玻纤复合材料工程技术研究中心', 'engineering', 'provincial', '示范市青禾新材料有限公司', '省理工大学', 2021],
  ['光电接入技术创新中心', 'innovation', 'prefectural', '示范市听泉电子有限公司', '示范市学院', 2022],
  ['湖区水产种苗产学研联盟', 'alliance', 'prefectural', '示范市农业科学院', '省水产研究所、三家养殖企业', 2023],
  ['油茶提质增效产学研联盟', 'alliance', 'provincial', '示范市农业科学院', '省林科院、五家合作社', 2024],
] as const

const centres = (today: string) =>
  CENTRES.map(
    ([name, kind, level, host, partners, since]): DemoRecord => ({
      type: 'enterprises.centre',
      org: 'KJ',
      fields: {
        name,
        kind,
        level,
        host,
        partners,
        establishedOn: `${since}-09-10`,
        results: Array.from({ length: Math.max(0, 2025 - since) }, (_, i) => since + i)
          .filter(year => `${year + 1}-01-20` <= today)
          .map(year => ({ year, result: '开展合作研究，转化成果，培训技术人员', reportedOn: `${year + 1}-01-20` })),
      },
    }),
  ).filter(({ fields }) => String(fields.establishedOn) <= today)

export const enterprises: Generator = today => [
  ...recognitions(today),
  ...output(today),
  ...upgrades,
  ...centres(today),
]
