import { nameOf, townshipsOf } from '../orgs.ts'
import { dayIn, EVEN } from './calendar.ts'
import { personName } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

const YUAN = 100

interface Honour {
  readonly org: string
  readonly year: number
  readonly months: readonly [number, number]
  readonly title: string
  readonly kind: string
  readonly level?: string
  readonly grantor: string
  readonly recipient: string
  /** 元. */
  readonly bonus?: number
}

type Prize = readonly [title: string, level: string, recipient: string]

/** Prizes of one body at one ceremony. */
const prizes = (
  at: Pick<Honour, 'org' | 'year' | 'months' | 'grantor'>,
  list: readonly Prize[],
  kind = 'progress',
): Honour[] => list.map(([title, level, recipient]) => ({ ...at, kind, title, level, recipient }))

const at = (org: string, year: number, month: number, grantor: string) => ({
  org,
  year,
  months: [month, month] as const,
  grantor,
})

/** Named one by one. As published: county A 4 prizes (1, 1, 2), county C three times 1万元, the city 2 of the province. */
const NAMED: readonly Honour[] = [
  ...prizes(at('KJ-A', 2023, 9, 'county'), [
    ['瓜菜无公害生产技术规程', 'second', '甲县农业技术推广中心'],
    ['沿海防风林更新造林', 'third', '甲县林业局'],
    ['网箱养鱼病害调查', 'third', '甲县水产技术站'],
  ]),
  ...prizes(at('KJ-A', 2024, 9, 'county'), [
    ['全县实现消除丝虫病目标', 'first', '甲县疾病预防控制中心'],
    ['术中灌洗一期切除吻合治疗左半结肠梗阻', 'second', '甲县人民医院'],
    ['缺血性心肌病的研究进展', 'third', '甲县人民医院'],
    ['复苏囊在婴幼儿反复呼吸衰竭中的应用', 'third', '甲县妇幼保健院'],
  ]),
  ...prizes(at('KJ-A', 2025, 9, 'county'), [
    ['荔枝控梢促花技术', 'first', '甲县热作站'],
    ['辣椒疫病综合防治', 'second', '甲县植保站'],
    ['对虾早繁苗技术', 'third', '甲县水产技术站'],
    ['山区饮水除氟', 'third', '甲县水务局'],
    ['血吸虫病传播阻断巩固', 'third', '甲县疾病预防控制中心'],
  ]),
  ...prizes(at('KJ-B', 2024, 5, 'prefectural'), [['超级杂交稻示范推广', 'second', '乙县农业技术推广中心']]),
  ...prizes(at('KJ-B', 2025, 5, 'prefectural'), [['金银花无硫干制工艺', 'second', '乙县特色产业办']]),
  {
    ...at('KJ-C', 2024, 3, 'provincial'),
    title: '科技工作先进集体',
    kind: 'body',
    recipient: '丙县',
    bonus: 10_000,
  },
  {
    ...at('KJ-C', 2024, 5, 'prefectural'),
    title: '党政领导科技进步目标责任制考核良好县',
    kind: 'duty',
    recipient: '丙县',
    bonus: 10_000,
  },
  {
    ...at('KJ-C', 2024, 5, 'prefectural'),
    title: '工业番茄钵盘育苗技术',
    kind: 'progress',
    level: 'second',
    recipient: '丙县农业技术推广站',
    bonus: 10_000,
  },
  {
    ...at('KJ-C', 2023, 5, 'prefectural'),
    title: '湖区冷水鱼驯养',
    kind: 'progress',
    level: 'third',
    recipient: '丙县渔业技术站',
    bonus: 5000,
  },
  // Five years in a row, as the county's report tells.
  ...[2021, 2022, 2023, 2024, 2025].map(year => ({
    ...at('KJ-C', year, 3, 'prefectural'),
    title: '科普工作先进集体',
    kind: 'body',
    recipient: '丙县科技局',
  })),
  ...townshipsOf('KJ-C')
    .slice(0, 2)
    .map(township => ({
      ...at('KJ-C', 2024, 8, 'provincial'),
      title: '科技进步先进乡镇',
      kind: 'township',
      recipient: nameOf(township),
    })),
  ...prizes(at('KJ', 2023, 4, 'provincial'), [['高强玻璃纤维织物', 'second', '示范市青禾新材料有限公司']]),
  ...prizes(at('KJ', 2024, 4, 'provincial'), [['湖区螺情遥感监测', 'third', '示范市农业科学院']]),
  ...prizes(at('KJ', 2024, 4, 'provincial'), [['多业务光接入平台', 'third', '示范市听泉电子有限公司']], 'invention'),
  ...prizes(at('KJ', 2025, 4, 'provincial'), [
    ['预应力镀锌钢丝', 'second', '示范市枕石金属有限公司'],
    ['油茶丰产栽培', 'third', '示范市农业科学院'],
  ]),
  ...cityPrizes(2023, 16),
  ...cityPrizes(2024, 18),
  ...cityPrizes(2025, 19),
  ...prizes(at('YZ', 2023, 12, 'administration'), [
    ['报刊发行数据接口', 'second', '信息局'],
    ['封装机送纸机构改进', 'third', '商函局'],
  ]),
  ...prizes(at('YZ', 2024, 12, 'administration'), [
    ['网路运行指挥调度系统(一期)', 'first', '信息局'],
    ['速递邮件资费稽核系统', 'second', '速递局'],
    ['综合网安全防护平台', 'second', '信息局'],
    ['国际商函名址库系统', 'third', '商函局'],
    ['袋牌条码打印改进', 'third', '中心局'],
  ]),
  ...prizes(at('YZ', 2025, 12, 'administration'), [
    ['支局集中交易处理系统', 'first', '信息局'],
    ['生产车辆定位管理', 'second', '汽运局'],
    ['商函帐单数据加密', 'third', '商函局'],
  ]),
]

function cityPrizes(year: number, count: number): Honour[] {
  const random = randomOf(`city prizes ${year}`)
  const titles = random.shuffled(
    ['光电接入', '玻纤复合', '水产良种', '棉花育种', '船舶焊接', '微创外科', '水质净化', '食品保鲜'].flatMap(thing =>
      ['关键技术', '应用研究', '集成示范'].map(ending => `${thing}${ending}`),
    ),
  )
  return prizes(
    at('KJ', year, 11, 'prefectural'),
    titles
      .slice(0, count)
      .map((title, i) => [
        title,
        i < 2 ? 'first' : i < 7 ? 'second' : 'third',
        random.pick(['示范市学院', '示范市第一人民医院', '示范市农业科学院', '示范市青禾新材料有限公司']),
      ]),
  )
}

/** People commended by their county: those who spread techniques, and farmers who got on by them. */
const COMMENDED: readonly (readonly [org: string, year: number, people: number, farmers: number])[] = [
  ['KJ-A', 2023, 6, 10],
  ['KJ-A', 2024, 9, 15],
  ['KJ-A', 2025, 8, 12],
  ['KJ-B', 2024, 5, 8],
  ['KJ-B', 2025, 5, 9],
  ['KJ-C', 2024, 6, 0],
  ['KJ-C', 2025, 4, 6],
]

function commended([org, year, people, farmers]: (typeof COMMENDED)[number]): DemoRecord[] {
  const random = randomOf(`commended ${org} ${year}`)
  const townships = townshipsOf(org)
  return Array.from({ length: people + farmers }, (_, i) => {
    const farmer = i >= people
    const person = personName(random)
    return {
      type: 'awards.award',
      org,
      fields: {
        // Without a name in it: people stand in their own field, encrypted.
        title: `${farmer ? '科技致富能手' : '科技推广先进个人'}(第${i + 1}号)`,
        kind: farmer ? 'farmer' : 'person',
        grantor: org === 'KJ-C' ? 'prefectural' : 'county',
        year,
        awardedOn: dayIn(random, year, EVEN, [9, 9]),
        recipient: nameOf(townships[i % townships.length]!),
        document: `${org.slice(3)}科表〔${year}〕${farmer ? 2 : 1}号`,
        person,
      },
    }
  })
}

function named(
  { org, year, months, title, kind, level, grantor, recipient, bonus }: Honour,
  index: number,
): DemoRecord {
  const random = randomOf(`award ${org} ${year} ${title}`)
  return {
    type: 'awards.award',
    org,
    fields: filled({
      title,
      kind,
      level,
      grantor,
      year: kind === 'progress' || kind === 'invention' ? year - 1 : year,
      awardedOn: dayIn(random, year, EVEN, months),
      recipient,
      document: `示科奖〔${year}〕${(index % 30) + 1}号`,
      bonus: bonus === undefined ? undefined : bonus * YUAN,
    }),
  }
}

export const awards: Generator = () => [...NAMED.map(named), ...COMMENDED.flatMap(commended)]
