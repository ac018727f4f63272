import { villagesOf } from '../orgs.ts'
import { addDays, past } from './calendar.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

/** 1 亩, in m². */
const MU = 2000 / 3

interface Trial {
  readonly county: string
  readonly year: number
  readonly kind: string
  readonly crop: string
  readonly title: string
  readonly design: 'blocks' | 'random' | 'none'
  /** In 亩. */
  readonly area: number
  /** Mean yield in kg per 亩 of each treatment; the first is the control. */
  readonly treatments: Readonly<Record<string, number>>
  readonly appraised?: string
}

const RICE = { 当地常规稻: 482, 超级稻甲: 561, 超级稻乙: 548, 优质稻丙: 503 }

/** Demonstrations as published: county A 2024 over 100 亩 in all, county C 2024 0.13万亩 of drip irrigation. */
const TRIALS: readonly Trial[] = [
  {
    county: 'KJ-A',
    year: 2023,
    kind: 'variety',
    crop: '水稻',
    title: '早稻品种比较试验',
    design: 'blocks',
    area: 6,
    treatments: RICE,
  },
  {
    county: 'KJ-A',
    year: 2024,
    kind: 'variety',
    crop: '水稻',
    title: '晚稻品种比较试验',
    design: 'blocks',
    area: 6,
    treatments: RICE,
    appraised: '超级稻甲',
  },
  {
    county: 'KJ-A',
    year: 2024,
    kind: 'fertilizer',
    crop: '辣椒',
    title: '辣椒配方施肥试验',
    design: 'random',
    area: 4,
    treatments: { 不施钾: 1820, 常规施肥: 2060, 配方施肥: 2390 },
  },
  {
    county: 'KJ-A',
    year: 2024,
    kind: 'demonstration',
    crop: '水稻',
    title: '水稻制种示范',
    design: 'none',
    area: 96,
    treatments: {},
  },
  {
    county: 'KJ-A',
    year: 2025,
    kind: 'protection',
    crop: '荔枝',
    title: '荔枝蛀蒂虫绿色防控试验',
    design: 'blocks',
    area: 12,
    treatments: { 常规用药: 640, 诱捕加用药: 690, 套袋: 735 },
  },
  {
    county: 'KJ-B',
    year: 2024,
    kind: 'processing',
    crop: '金银花',
    title: '金银花无硫干制试验',
    design: 'random',
    area: 2,
    treatments: { 熏硫: 66, 晾晒: 61, 机械烘干: 72 },
    appraised: '机械烘干干制',
  },
  {
    county: 'KJ-B',
    year: 2024,
    kind: 'variety',
    crop: '水稻',
    title: '超级杂交稻示范',
    design: 'none',
    area: 320,
    treatments: {},
  },
  {
    county: 'KJ-C',
    year: 2023,
    kind: 'variety',
    crop: '番茄',
    title: '工业番茄品种比较试验',
    design: 'blocks',
    area: 9,
    treatments: { 当家品种: 5300, 新品种八号: 6120, 新品种九号: 5840 },
    appraised: '新品种八号',
  },
  {
    county: 'KJ-C',
    year: 2024,
    kind: 'demonstration',
    crop: '棉花',
    title: '移动式膜下滴灌示范',
    design: 'none',
    area: 1300,
    treatments: {},
  },
  {
    county: 'KJ-C',
    year: 2025,
    kind: 'technique',
    crop: '辣椒',
    title: '色素辣椒育苗移栽试验',
    design: 'blocks',
    area: 8,
    treatments: { 直播: 310, 裸根移栽: 352, 钵盘移栽: 398 },
  },
]

const BLOCKS = 4

function records(trial: Trial, number: number, today: string): DemoRecord[] {
  const { county, year, kind, crop, title, design, area, appraised } = trial
  const random = randomOf(`trial ${number}`)
  const names = Object.keys(trial.treatments)
  const code = (i: number) => String.fromCharCode(65 + i)
  const orders = Array.from({ length: BLOCKS }, () => random.shuffled(names.map((_, i) => i)))
  const plots = orders.flatMap((order, block) =>
    order.map((treatment, place) => ({
      number: block * names.length + place + 1,
      treatment: code(treatment),
      ...(design === 'blocks' ? { block: block + 1 } : {}),
      row: block + 1,
      column: place + 1,
    })),
  )
  const startedOn = `${year}-0${random.int(2, 4)}-1${random.int(0, 9)}`
  const measuredOn = `${year}-${random.int(10, 11)}-1${random.int(0, 9)}`
  const concluded = past(addDays(measuredOn, 20), today)
  const ref = `trial ${number}`
  const soil = orders.map(() => random.int(-20, 20) / 1000)
  const values = plots.map(({ number: plot, treatment, row }) => {
    const mean = trial.treatments[names[treatment.charCodeAt(0) - 65]!]!
    const noise = (random.next() + random.next() + random.next() - 1.5) * 0.05
    return { plot, value: Math.round(mean * (1 + soil[row - 1]! + noise) * 10) / 10 }
  })
  const tested = design !== 'none'
  return [
    {
      type: 'trials.trial',
      org: county,
      ref,
      state: concluded ? 'concluded' : 'running',
      fields: filled({
        number: `${county}-试-${year}-${number}`,
        title,
        kind,
        crop,
        design,
        startedOn,
        village: random.pick(villagesOf(county)),
        partner: random.pick(['省农业科学院', '县农业技术推广中心', '良种繁育场']),
        area: Math.round(area * MU),
        treatments: tested ? names.map((name, i) => ({ code: code(i), name })) : undefined,
        plots: tested ? plots : undefined,
        conclusion: concluded ? (tested ? `${names.at(-1)}可扩大示范` : '示范增产明显，群众认可') : undefined,
      }),
    },
    ...(tested
      ? [
          {
            type: 'trials.measurement',
            org: county,
            ref: `${ref} yield`,
            refs: { trial: ref },
            fields: { measuredOn, trait: 'yield', values },
          },
        ]
      : []),
    ...(appraised
      ? [
          {
            type: 'trials.appraisal',
            org: county,
            refs: { trial: ref },
            after: [`${ref} yield`],
            fields: {
              appraisedOn: addDays(measuredOn, 30),
              subject: appraised,
              experts: 5,
              verdict: 'passed',
              opinion: '记录完整，增产显著，同意通过鉴定',
            },
          },
        ]
      : []),
  ]
}

/** County B 2024 as published: one large dryer, 32 small ones, kilns 5 + 1 + 1. */
const FACILITIES = [
  ['2024-05-18', 'large-dryer', 1, 0],
  ['2024-06-06', 'small-dryer', 32, 0],
  ['2024-06-20', 'kiln', 5, 0],
  ['2024-07-02', 'kiln', 1, 1],
  ['2024-07-09', 'kiln', 1, 2],
] as const

export const trials: Generator = today => [
  ...TRIALS.flatMap((trial, i) => records(trial, i + 1, today)),
  ...FACILITIES.map(([builtOn, kind, number, township]) => ({
    type: 'trials.facility',
    org: 'KJ-B',
    fields: { builtOn, kind, number, township: `KJ-B-${String(township + 1).padStart(2, '0')}` },
  })),
]
