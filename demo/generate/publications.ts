import { dayText } from './calendar.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, type Generator, YEARS } from './record.ts'

interface Periodical {
  readonly org: string
  readonly title: 'post-technology' | 'digest' | 'briefing' | 'bulletin'
  /** Issues a year, evenly through it; 2024 of the post as published. */
  readonly issues: number
  readonly pages: number
  readonly articles: number
  readonly copies: number
}

const PERIODICALS: readonly Periodical[] = [
  { org: 'YZ', title: 'post-technology', issues: 4, pages: 64, articles: 18, copies: 800 },
  { org: 'YZ', title: 'digest', issues: 12, pages: 24, articles: 30, copies: 400 },
  { org: 'KJ', title: 'briefing', issues: 24, pages: 4, articles: 5, copies: 120 },
  { org: 'KJ-A', title: 'bulletin', issues: 12, pages: 8, articles: 9, copies: 1500 },
  { org: 'KJ-B', title: 'briefing', issues: 12, pages: 4, articles: 4, copies: 80 },
  { org: 'KJ-C', title: 'briefing', issues: 6, pages: 4, articles: 4, copies: 60 },
]

const THEMES: Readonly<Record<Periodical['title'], readonly string[]>> = {
  'post-technology': ['中心局生产作业系统上线', '绿卡统一版切换经验', '设备大修管理', '数据集中与整合'],
  digest: ['条码技术', '分拣自动化', '网络安全', '车辆定位', '电子称重', '数据备份'],
  briefing: ['科技项目申报', '科技活动周', '特派员下乡', '知识产权宣传', '企业创新'],
  bulletin: ['瓜菜育苗', '荔枝保果', '早稻病虫', '对虾放苗', '冬种辣椒', '甘蔗管理'],
}

function issues({ org, title, issues: count, pages, articles, copies }: Periodical, year: number): DemoRecord[] {
  const random = randomOf(`issues ${org} ${title} ${year}`)
  return Array.from({ length: count }, (_, i) => ({
    type: 'publications.issue',
    org,
    fields: {
      title,
      year,
      number: i + 1,
      publishedOn: dayText(
        year,
        Math.ceil(((i + 1) * 12) / count),
        count > 12 && i % 2 === 0 ? random.int(8, 14) : random.int(18, 27),
      ),
      pages: pages + random.int(-1, 1) * 4 * (pages > 8 ? 1 : 0),
      articles: articles + random.int(-2, 3),
      copies,
      theme: random.pick(THEMES[title]),
    },
  }))
}

const ACTIVITIES = [
  { kind: 'exchange', title: '区局设备维护情报交流' },
  { kind: 'talk', title: '邮政信息化发展专题报告' },
  { kind: 'survey', title: '支局终端使用情况调研' },
  { kind: 'exchange', title: '兄弟局网络改造经验交流' },
] as const

function activities(year: number): DemoRecord[] {
  const random = randomOf(`activities ${year}`)
  return ACTIVITIES.map(({ kind, title }, i) => ({
    type: 'publications.activity',
    org: 'YZ',
    fields: { heldOn: dayText(year, i * 3 + 2, random.int(5, 25)), kind, title, people: random.int(24, 80) },
  }))
}

export const publications: Generator = () =>
  YEARS.flatMap(year => [...PERIODICALS.flatMap(one => issues(one, year)), ...activities(year)])
