import { COUNTY_CORNERS } from '../orgs.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { personName } from './names.ts'
import { carriedOut, ended, placeIn, type Undertaken } from './project-work.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled } from './record.ts'

const WAN = 1_000_000

/** A row of funds: granted, and received when that day has come. Amount in fen. */
export function grant(source: string, granted: number, grantedOn: string, receivedOn: string, today: string) {
  return filled({
    source,
    granted,
    grantedOn: past(grantedOn, today),
    ...(receivedOn <= today ? { received: granted, receivedOn } : {}),
  })
}

interface Told {
  readonly county: string
  readonly title: string
  readonly programme: string
  readonly level: 'national' | 'provincial' | 'prefectural' | 'county'
  /** Year of application, of approval, of acceptance. */
  readonly applied: number
  readonly won?: number
  readonly accepted?: number
  readonly refused?: boolean
  /** Granted, 万元. */
  readonly wan?: number
  /** The year the money came in, when not the year it was won. */
  readonly received?: number
}

/** The counties' few projects one by one: what the reports name, and what the years beside need. */
const TOLD: readonly Told[] = [
  ...county('KJ-A', [
    {
      title: '海水网箱鱼苗培育',
      programme: 'spark',
      level: 'provincial',
      applied: 2022,
      won: 2023,
      wan: 15,
      accepted: 2025,
    },
    { title: '无公害瓜菜生产基地', programme: 'spark', level: 'national', applied: 2023, refused: true },
    { title: '番薯健康种苗繁育', programme: 'agricultural-support', level: 'provincial', applied: 2023, refused: true },
    { title: '鲆鱼养殖产业化', programme: 'key', level: 'provincial', applied: 2024, won: 2024, wan: 40 },
    { title: '千亩甘蔗良种繁育示范基地', programme: 'spark', level: 'national', applied: 2024, won: 2024, wan: 30 },
    { title: '县科技培训学校建设', programme: 'spark', level: 'national', applied: 2024, won: 2024, wan: 20 },
    { title: '荔枝药物控梢试验', programme: 'agricultural-support', level: 'provincial', applied: 2024, refused: true },
    {
      title: '超级稻制种技术推广',
      programme: 'agricultural-support',
      level: 'provincial',
      applied: 2025,
      won: 2025,
      wan: 18,
    },
    { title: '对虾工厂化育苗', programme: 'spark', level: 'national', applied: 2025, won: 2025, wan: 35 },
    { title: '农业科技服务平台扩建', programme: 'key', level: 'provincial', applied: 2025, won: 2025, wan: 25 },
    { title: '香蕉抗风矮化栽培', programme: 'agricultural-support', level: 'provincial', applied: 2025 },
    { title: '辣椒育苗工厂', programme: 'spark', level: 'provincial', applied: 2025, refused: true },
    { title: '瓜菜冷链保鲜', programme: 'transfer', level: 'provincial', applied: 2025 },
  ]),
  ...county('KJ-B', [
    {
      title: '超级杂交稻高产攻关',
      programme: 'agricultural-support',
      level: 'provincial',
      applied: 2022,
      won: 2023,
      wan: 6,
      accepted: 2024,
    },
    {
      title: '土壤与农产品硒含量检测',
      programme: 'regional',
      level: 'prefectural',
      applied: 2022,
      won: 2023,
      wan: 5,
      accepted: 2025,
    },
    { title: '金银花产业特色基地建设', programme: 'spark', level: 'provincial', applied: 2023, won: 2024, wan: 12 },
    { title: '地区开发科技示范', programme: 'regional', level: 'prefectural', applied: 2023, won: 2024, wan: 10 },
    { title: '科技特派员创业行动', programme: 'envoy', level: 'provincial', applied: 2023, won: 2024, wan: 5 },
    {
      title: '金银花标准化示范基地与无硫干燥技术推广',
      programme: 'key',
      level: 'provincial',
      applied: 2024,
      won: 2025,
      wan: 15,
    },
    { title: '科技富民强县续建', programme: 'rich-county', level: 'national', applied: 2024, won: 2025, wan: 12 },
    {
      title: '百合种球脱毒繁育',
      programme: 'agricultural-support',
      level: 'provincial',
      applied: 2025,
      won: 2025,
      wan: 5,
    },
    { title: '富硒农产品标准制定', programme: 'soft-science', level: 'prefectural', applied: 2025, won: 2025, wan: 4 },
    { title: '蔬菜订单生产信息化', programme: 'spark', level: 'provincial', applied: 2025 },
  ]),
  ...county('KJ-C', [
    {
      title: '加工番茄钵盘育苗及高产栽培',
      programme: 'envoy',
      level: 'prefectural',
      applied: 2021,
      won: 2022,
      wan: 5,
      accepted: 2024,
    },
    {
      title: '湖区水产良种繁育',
      programme: 'envoy',
      level: 'prefectural',
      applied: 2021,
      won: 2022,
      wan: 5,
      accepted: 2024,
    },
    {
      title: '色素辣椒种植示范',
      programme: 'envoy',
      level: 'prefectural',
      applied: 2021,
      won: 2022,
      wan: 4,
      accepted: 2024,
    },
    {
      title: '测土配方施肥',
      programme: 'regional',
      level: 'prefectural',
      applied: 2022,
      won: 2022,
      wan: 6,
      accepted: 2024,
    },
    {
      title: '工业番茄育苗新技术推广与水产成果转化基地',
      programme: 'rich-county',
      level: 'provincial',
      applied: 2023,
      won: 2023,
      wan: 70,
      received: 2024,
    },
    { title: '牛羊冷配改良', programme: 'regional', level: 'prefectural', applied: 2023, refused: true },
    {
      title: '移动式膜下滴灌设备开发',
      programme: 'national-sme-fund',
      level: 'provincial',
      applied: 2024,
      won: 2024,
      wan: 25,
    },
    { title: '冷水鱼规模化养殖', programme: 'key', level: 'provincial', applied: 2024, refused: true },
    { title: '茴香套栽增收', programme: 'agricultural-support', level: 'provincial', applied: 2024, refused: true },
    ...['芦苇资源利用', '辣椒制品深加工', '牧草高产栽培', '小麦良种繁育', '蔬菜保鲜贮藏'].map(
      (title): Omit<Told, 'county'> => ({
        title,
        programme: 'regional',
        level: 'prefectural',
        applied: 2024,
        refused: true,
      }),
    ),
    { title: '棉花节水灌溉示范', programme: 'regional', level: 'prefectural', applied: 2024, won: 2025, wan: 8 },
    { title: '番茄新品种引进', programme: 'envoy', level: 'prefectural', applied: 2024, won: 2025, wan: 5 },
    { title: '羔羊短期育肥', programme: 'envoy', level: 'prefectural', applied: 2024, won: 2025, wan: 5 },
    { title: '番茄皮渣饲料化', programme: 'transfer', level: 'provincial', applied: 2025, won: 2025, wan: 20 },
    ...['湖区渔业信息采集', '盐碱地改良', '辣椒机采配套', '滴灌带回收'].map(
      (title): Omit<Told, 'county'> => ({ title, programme: 'regional', level: 'prefectural', applied: 2025 }),
    ),
  ]),
  ...county('KJ-D', [
    { title: '良繁茶苗木基地', programme: 'spark', level: 'provincial', applied: 2023, won: 2024, wan: 8 },
    { title: '肉牛养殖示范村', programme: 'regional', level: 'prefectural', applied: 2024, refused: true },
    { title: '核桃低产园改造', programme: 'spark', level: 'provincial', applied: 2025, won: 2025, wan: 10 },
  ]),
]

function county(code: string, told: readonly Omit<Told, 'county'>[]): Told[] {
  return told.map(one => ({ county: code, ...one }))
}

const APPLICANTS: Readonly<Record<string, readonly string[]>> = {
  'KJ-A': ['甲县农业技术推广中心', '甲县望海水产有限公司', '甲县科技管理中心'],
  'KJ-B': ['乙县特色产业办', '乙县农业技术推广中心', '乙县银屏金银花合作社'],
  'KJ-C': ['丙县农业技术推广站', '丙县渔业技术站', '丙县湖畔番茄制品有限公司'],
  'KJ-D': ['丁县茶叶站', '丁县畜牧站'],
}

function told({ county, title, programme, level, ...years }: Told, number: number, today: string): DemoRecord[] {
  const random = randomOf(`project ${county} ${title}`)
  const { applied, won, accepted, refused, wan = 0, received } = years
  const appliedOn = dayIn(random, applied, EVEN, won === applied ? [1, 4] : [3, 9])
  const wonOn = won === undefined ? undefined : past(dayIn(random, won, EVEN, won === applied ? [6, 9] : [2, 9]), today)
  const acceptedOn = accepted === undefined ? undefined : past(dayIn(random, accepted, EVEN, [7, 11]), today)
  const money = (day: string) => (received ? dayIn(random, received, EVEN, [3, 8]) : addDays(day, random.int(25, 60)))
  const applicant = random.pick(APPLICANTS[county]!)
  const code = `${county}-${applied}-${String(number).padStart(2, '0')}`
  const project: DemoRecord = {
    type: 'projects.project',
    org: county,
    ref: `project:${code}`,
    ...(isPooled(years) && { refs: { idea: `idea:${code}` } }),
    state: wonOn ? 'won' : refused ? 'refused' : 'applied',
    fields: filled({
      number: code,
      title,
      programme,
      level,
      applicant,
      leader: personName(random),
      place: placeIn(randomOf(`place ${code}`), { ...COUNTY_CORNERS[county]!, width: 0.48, height: 0.36 }),
      appliedOn,
      ...(wonOn && {
        wonOn,
        dueOn: addDays(wonOn, 900),
        funds: [grant(level, wan * WAN, addDays(wonOn, 15), money(wonOn), today)],
      }),
    }),
    ...(acceptedOn && { later: [{ state: 'accepted', fields: { acceptedOn, acceptor: level } }] }),
  }
  const undertaken: Undertaken | undefined = !wonOn
    ? undefined
    : {
        ref: `project:${code}`,
        org: county,
        number: code,
        title,
        partner: applicant,
        amount: wan * WAN,
        source: level,
        from: wonOn,
        dueOn: addDays(wonOn, 900),
        acceptedOn,
        organiser: '州科技局',
      }
  const own = randomOf(`work ${code}`)
  const idea: DemoRecord = {
    type: 'projects.idea',
    org: county,
    ref: `idea:${code}`,
    state: 'chosen',
    fields: {
      title,
      programme,
      level,
      proposer: applicant,
      proposedOn: addDays(appliedOn, -40),
      estimate: Math.max(wan, 5) * 2 * WAN,
      summary: `${title}：技术引进、试验示范和推广。`,
    },
  }
  return [
    ...(isPooled(years) ? [idea] : []),
    project,
    ...(undertaken ? [...carriedOut(own, undertaken, today), ...ended(own, undertaken, today)] : []),
  ]
}

/** The pool was set up for the applications of 2025. */
const isPooled = ({ applied }: Pick<Told, 'applied'>) => applied === 2025

export const countyProjects = (today: string): DemoRecord[] => TOLD.flatMap((one, i) => told(one, i + 1, today))
