import { programmes } from '../../src/domains/projects/topics.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { countyProjects, grant } from './county-projects.ts'
import { PLACES, personName } from './names.ts'
import { postalProjects } from './postal-projects.ts'
import { ended } from './project-work.ts'
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
  const half = months[0] === 1 ? 'A' : 'B'
  return random.shuffled(wanted).flatMap(({ programme, title, first }, i) => {
    // One programme of the province passes a project on to the nation: 30 in all with the 29 of the fund.
    const national = programme === 'national-sme-fund' || (programme === 'transfer' && first && months[0] === 1)
    const { state, acceptedOn, fields } = stages(
      random,
      dayIn(random, year, EVEN, months),
      national ? 'national' : 'provincial',
      today,
    )
    const number = `KJ-${year}${half}-${String(i + 1).padStart(3, '0')}`
    const applicant = applicantOf(random, programme)
    const level = fields.level
    // Calls were put on the web from 2025 on.
    const called = year === 2025 && months[0] === 1
    const project: DemoRecord = {
      type: 'projects.project',
      org: 'KJ',
      ref: `project:${number}`,
      ...(called && { refs: { call: `call:${programme}` } }),
      state,
      fields: {
        number,
        title,
        programme,
        applicant,
        leader: personName(random),
        ...(called && { papers: state === 'applied' && i % 9 === 0 ? ['application'] : ['application', 'budget'] }),
        ...fields,
      },
      ...(acceptedOn && { later: [{ state: 'accepted', fields: { acceptedOn, acceptor: level } }] }),
    }
    const from = String(fields.appliedOn)
    const undertaken = {
      ref: `project:${number}`,
      org: 'KJ',
      number,
      title,
      partner: applicant,
      amount: 0,
      source: level,
      from,
      dueOn: from,
      acceptedOn,
      organiser: '省科技厅',
    }
    return [project, ...ended(randomOf(`work ${number}`), undertaken, today)]
  })
}

/** What became of an application: about a quarter is won, brings money and is accepted two years later. */
function stages(random: Random, appliedOn: string, level: 'national' | 'provincial', today: string) {
  const wonOn = past(addDays(appliedOn, random.int(90, 200)), today)
  if (!wonOn) return { state: 'applied', acceptedOn: undefined, fields: { level, appliedOn } }
  if (!random.chance(0.27)) return { state: 'refused', acceptedOn: undefined, fields: { level, appliedOn } }
  const dueOn = addDays(wonOn, 730)
  const acceptedOn = random.chance(0.85) ? past(addDays(dueOn, random.int(-120, 40)), today) : undefined
  const amount = (level === 'national' ? random.int(40, 90) : random.int(5, 40)) * 1_000_000
  return {
    state: 'won',
    acceptedOn,
    fields: {
      level,
      appliedOn,
      wonOn,
      dueOn,
      funds: [grant(level, amount, addDays(wonOn, 20), addDays(wonOn, random.int(40, 120)), today)],
    },
  }
}

/** What each programme asked for in 2025. */
const calls: readonly DemoRecord[] = (Object.keys(PROGRAMMES) as Programme[]).map(programme => ({
  type: 'projects.call',
  org: 'KJ',
  ref: `call:${programme}`,
  fields: {
    title: `2025年${programmes[programme].zh}申报通知`,
    programme,
    level: programme === 'national-sme-fund' ? 'national' : 'provincial',
    opensOn: '2025-01-01',
    closesOn: '2025-06-30',
    papers: ['application', 'budget'],
    conditions: '在本市登记的企业、院校和科研单位，财务和信用状况良好。',
  },
}))

/** Supervision of projects of the nation with other departments: accepted three and supervised four in 2024, and a few since. */
function visits(records: readonly DemoRecord[], today: string): DemoRecord[] {
  const random = randomOf('supervision')
  const running = records.filter(
    ({ type, org, state, fields }) =>
      type === 'projects.project' && org === 'KJ' && state === 'won' && fields.level === 'national',
  )
  return [
    { year: 2024, months: [3, 6], count: 7 },
    { year: 2025, months: [3, 6], count: 6 },
  ].flatMap(({ year, months: [first, last], count }) =>
    running
      .filter(({ fields }) => String(fields.wonOn) < `${year}-01-01`)
      .slice(0, count)
      .flatMap(({ ref }, i): DemoRecord[] => {
        const visitedOn = past(dayIn(random, year, EVEN, [first!, last!]), today)
        if (!visitedOn) return []
        const rectify = i === 0
        return [
          {
            type: 'acceptance.visit',
            org: 'KJ',
            refs: { project: ref! },
            fields: filled({
              visitedOn,
              kind: i < 3 ? 'inspection' : 'audit',
              scheme: `科技计划项目实施及经费管理使用情况监督检查方案(${year}年)`,
              partners: '市发改委、市财政局',
              findings: rectify ? '经费支出没有单独列账。' : '进度与任务书一致，经费专款专用。',
              result: rectify ? 'rectify' : 'good',
              rectifyBy: rectify ? addDays(visitedOn, 60) : undefined,
              rectifiedOn: rectify ? past(addDays(visitedOn, 48), today) : undefined,
            }),
          },
        ]
      }),
  )
}

export const projects: Generator = today => {
  const city = HALVES.flatMap(half => cityHalf(half, today))
  return [...calls, ...city, ...countyProjects(today), ...postalProjects(today), ...visits(city, today)]
}
