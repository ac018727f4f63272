import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { countyProjects, grant } from './county-projects.ts'
import { PLACES, personName } from './names.ts'
import { postalProjects } from './postal-projects.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

type Programme = keyof typeof PROGRAMMES

interface Subjects {
  readonly things: readonly string[]
  readonly endings: readonly string[]
  /** Applications in the first half of 2024, as the city published them. */
  readonly published: number
}

const firms = { endings: ['产业化', '中试', '升级改造'] } as const

const PROGRAMMES = {
  'national-sme-fund': {
    things: ['光纤接入终端', '车用照明模块', '高强钢丝', '水处理膜组件', '仓储分拣控制器', '坚果剥壳机', '节能电机'],
    ...firms,
    published: 29,
  },
  'industrial-support': {
    things: ['数控刀具', '玻璃纤维布', '锂电隔膜', '有机硅材料'],
    endings: ['关键技术研究', '工艺优化'],
    published: 10,
  },
  'agricultural-support': {
    things: ['油茶低产林', '早熟梨', '池塘河蟹', '山地蔬菜'],
    endings: ['提质增效技术', '标准化生产技术研究'],
    published: 9,
  },
  'social-support': {
    things: ['血吸虫病监测', '城市污水处理', '慢性病社区干预', '食品快速检测', '山洪预警'],
    endings: ['关键技术', '应用示范'],
    published: 18,
  },
  spark: {
    things: ['优质棉', '生态养猪', '茶叶清洁加工', '食用菌', '苗木繁育'],
    endings: ['产业化示范', '基地建设', '技术推广'],
    published: 19,
  },
  transfer: { things: ['纳米碳酸钙', '中药提取物', '复合板材'], endings: ['成果转化', '成果推广'], published: 3 },
  'engineering-centre': { things: ['新型建材', '船用装备', '水产种苗'], endings: ['工程技术研究中心'], published: 2 },
  team: { things: ['光电材料', '绿色化工'], endings: ['科技创新团队'], published: 1 },
  'young-scientist': { things: ['信号处理', '湖泊生态', '材料物理'], endings: ['青年科学家培养'], published: 2 },
  'natural-science-fund': {
    things: ['湖泊沉积物', '稀土发光材料', '图像识别算法', '植物抗逆基因', '边坡稳定'],
    endings: ['机理研究', '模型研究', '基础研究'],
    published: 20,
  },
  'youth-science-fund': {
    things: ['传感网络', '催化剂', '土壤微生物', '医学影像'],
    endings: ['探索研究', '性能研究'],
    published: 16,
  },
  'soft-science': { things: ['县域创新能力', '科技金融', '沿江开发'], endings: ['对策研究'], published: 3 },
  'new-product': {
    things: ['数显卡尺', '环保涂料', '变频水泵', '微型轴承', '速冻果蔬'],
    endings: ['新产品开发', '新产品试制'],
    published: 19,
  },
} as const satisfies Readonly<Record<string, Subjects>>

const MANNERS = ['高效', '新型', '低能耗', '环保型', '智能化', '高性能', '轻量化']
const RESEARCH: ReadonlySet<string> = new Set([
  'natural-science-fund',
  'youth-science-fund',
  'soft-science',
  'young-scientist',
  'team',
  'social-support',
])

/** Half years: how many applications against the first half of 2024. */
const HALVES = [
  { year: 2023, months: [1, 6], share: 0.9 },
  { year: 2023, months: [7, 12], share: 0.42 },
  { year: 2024, months: [1, 6], share: 1 },
  { year: 2024, months: [7, 12], share: 0.46 },
  { year: 2025, months: [1, 6], share: 1.08 },
  { year: 2025, months: [7, 12], share: 0.5 },
] as const

function applicantOf(random: Random, programme: Programme): string {
  if (RESEARCH.has(programme))
    return random.pick(['示范市学院', '示范市第一人民医院', '示范市职业大学', '示范市农业科学院', '示范市环境监测站'])
  const trade =
    programme === 'spark' || programme === 'agricultural-support'
      ? ['农业', '生态', '果业']
      : ['电子', '机械', '新材料', '科技']
  return `示范市${random.pick(PLACES)}${random.pick(trade)}有限公司`
}

function cityHalf({ year, months, share }: (typeof HALVES)[number], today: string): DemoRecord[] {
  const random = randomOf(`projects KJ ${year}-${months[0]}`)
  const wanted = (Object.keys(PROGRAMMES) as Programme[]).flatMap(programme => {
    const { things, endings, published } = PROGRAMMES[programme]
    const titles = random.shuffled(
      MANNERS.flatMap(manner => things.flatMap(thing => endings.map(ending => `${manner}${thing}${ending}`))),
    )
    const count = share === 1 ? published : Math.round(published * share)
    return titles.slice(0, count).map((title, i) => ({ programme, title, first: i === 0 }))
  })
  return random.shuffled(wanted).map(({ programme, title, first }, i) => {
    // One programme of the province passes a project on to the nation: 30 in all with the 29 of the fund.
    const national = programme === 'national-sme-fund' || (programme === 'transfer' && first && months[0] === 1)
    const { state, fields } = stages(
      random,
      dayIn(random, year, EVEN, months),
      national ? 'national' : 'provincial',
      today,
    )
    return {
      type: 'projects.project',
      org: 'KJ',
      state,
      fields: {
        number: `KJ-${year}${months[0] === 1 ? 'A' : 'B'}-${String(i + 1).padStart(3, '0')}`,
        title,
        programme,
        applicant: applicantOf(random, programme),
        leader: personName(random),
        ...fields,
      },
    }
  })
}

/** What became of an application: about a quarter is won, brings money and is accepted two years later. */
function stages(random: Random, appliedOn: string, level: 'national' | 'provincial', today: string) {
  const wonOn = past(addDays(appliedOn, random.int(90, 200)), today)
  if (!wonOn) return { state: 'applied', fields: { level, appliedOn } }
  if (!random.chance(0.27)) return { state: 'refused', fields: { level, appliedOn } }
  const dueOn = addDays(wonOn, 730)
  const acceptedOn = random.chance(0.85) ? past(addDays(dueOn, random.int(-120, 40)), today) : undefined
  const amount = (level === 'national' ? random.int(40, 90) : random.int(5, 40)) * 1_000_000
  return {
    state: acceptedOn ? 'accepted' : 'won',
    fields: filled({
      level,
      appliedOn,
      wonOn,
      dueOn,
      funds: [grant(level, amount, addDays(wonOn, 20), addDays(wonOn, random.int(40, 120)), today)],
      acceptedOn,
      acceptor: acceptedOn && level,
    }),
  }
}

const INDUSTRIES = ['电子信息', '新材料', '装备制造', '生物医药', '节能环保']

/** Recommended, publicised and recognised in the first half of 2024 as published: 7, 4 and 5; 12 pilots in all by then. */
const RECOGNISED = [
  { year: 2022, months: [3, 9], recommended: 5, publicised: 5, recognised: 4, pilots: 4 },
  { year: 2023, months: [3, 9], recommended: 6, publicised: 5, recognised: 5, pilots: 3 },
  { year: 2024, months: [2, 5], recommended: 7, publicised: 4, recognised: 0, pilots: 5 },
  { year: 2025, months: [2, 9], recommended: 9, publicised: 7, recognised: 6, pilots: 4 },
] as const

function enterprises(today: string): DemoRecord[] {
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
        type: 'projects.enterprise',
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

export const projects: Generator = today => [
  ...HALVES.flatMap(half => cityHalf(half, today)),
  ...countyProjects(today),
  ...postalProjects(today),
  ...enterprises(today),
]
