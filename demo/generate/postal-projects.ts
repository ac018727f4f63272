import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { personName } from './names.ts'
import { carriedOut, ended, placeIn, type Undertaken } from './project-work.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled } from './record.ts'

const WAN = 1_000_000

interface Year {
  readonly year: number
  readonly established: number
  readonly accepted: number
  /** Planned investment of those established, 万元. */
  readonly wan: number
}

/** 2024 as published: 11 established with 1328万元, 28 accepted. What comes first is accepted first. */
const YEARS: readonly Year[] = [
  { year: 2021, established: 6, accepted: 0, wan: 520 },
  { year: 2022, established: 18, accepted: 0, wan: 1610 },
  { year: 2023, established: 17, accepted: 9, wan: 1495 },
  { year: 2024, established: 11, accepted: 28, wan: 1328 },
  { year: 2025, established: 12, accepted: 13, wan: 1460 },
]

interface Named {
  readonly title: string
  readonly key?: boolean
  /** A study of soft science. */
  readonly study?: boolean
}

/** What the report names first; the rest are systems and studies such as an administration has. */
const TITLES: readonly Named[] = [
  { title: '包件处理设备技术改造', key: true },
  { title: '国际商函名址库系统', key: true },
  { title: '综合网与绿卡网通信专线合一' },
  { title: '邮区中心局生产作业系统', key: true },
  { title: '邮运指挥调度系统', key: true },
  { title: '速递邮件资费稽核系统' },
  { title: '速递车间照明节能' },
  { title: '报刊分发作业优化' },
  { title: '汇兑资金核对' },
  { title: '邮政储蓄绿卡统一版系统', key: true },
  { title: '综合网安全防护平台' },
  { title: '客服号码升位切换' },
  { title: '网路运行指挥调度系统(一期)' },
  { title: '投递局信息系统' },
  ...['三网优化整合研究', '两网通信链路优化研究', '经营信息统计系统研究'].map(title => ({ title, study: true })),
  ...spread(
    ['报刊发行', '集邮业务', '大宗收寄', '商函制作', '汇兑稽查', '物流配送', '储蓄会计', '车辆管理', '票据管理'],
    ['信息系统', '数据接口', '统计分析'],
  ),
  // 2024
  ...[
    '支局集中交易处理系统(一期)',
    '网路运行指挥调度系统(二期)',
    '国际速递信息采集',
    '同城礼仪服务网络系统',
    '短信服务平台',
    '协议客户系统',
    '商函帐单数据加密',
    '电子化支局升级',
    '机要邮件管理系统',
    '投递名址匹配研究',
    '终端设备远程管理',
  ].map(title => ({ title })),
  // 2025
  { title: '新航站速递分拣信息接口', key: true },
  { title: '国际电子汇兑系统推广', key: true },
  ...[
    '营收交易数据中心',
    '历史数据集中备份改造',
    '大客户信息资源库',
    '包裹收寄条码推广',
    '生产车辆定位管理',
    '帐单虚拟投递系统',
    '城市综合服务平台优化',
    '设备管理软件',
    '内部处理设备节能研究',
    '报刊收订系统改造',
  ].map(title => ({ title })),
]

function spread(fields: readonly string[], sorts: readonly string[]): Named[] {
  return sorts.flatMap(sort => fields.map(field => ({ title: `${field}${sort}` })))
}

/** What business departments ask of a system. */
const REQUIREMENTS = [
  '一次录入，各环节共享',
  '按支局、班组统计查询',
  '与综合网现有系统互通',
  '高峰时段响应不超过3秒',
  '异常情况告警并留痕',
  '操作分级授权',
]

export function postalProjects(today: string): DemoRecord[] {
  const random = randomOf('projects YZ')
  const acceptances = YEARS.flatMap(({ year, accepted }) =>
    Array.from({ length: accepted }, () => dayIn(random, year, EVEN, [4, 12])).sort(),
  )
  const begun = YEARS.flatMap(({ year, established, wan }) => {
    const investments = random.split(wan, established, 15)
    // Decided in spring and early summer, when the year's money is known.
    const days = investments.map(() => dayIn(random, year, EVEN, [3, 7])).sort()
    return investments.map((investment, i) => ({ year, investment, establishedOn: days[i]! }))
  })
  return begun.flatMap(({ year, investment, establishedOn }, i) => {
    const { title, key, study } = TITLES[i]!
    const acceptedOn = acceptances[i] && past(acceptances[i], today)
    const number = `YZ-${year}-${String(i + 1).padStart(3, '0')}`
    const org = random.weighted({ YZ: 5, 'YZ-XX': 4, 'YZ-ZX': 1, 'YZ-SH': 1, 'YZ-SD': 1 })
    const partner = random.pick(['信息局', '科技处', '中心局', '商函局', '速递局'])
    const appliedOn = addDays(establishedOn, -random.int(20, 60))
    const dueOn = addDays(establishedOn, random.int(18, 30) * 30)
    const items = random.shuffled(REQUIREMENTS).slice(0, random.int(3, 5))
    const isEstablished = establishedOn <= today
    const undertaken: Undertaken = {
      ref: `project:${number}`,
      org,
      number,
      title,
      partner,
      amount: investment * WAN,
      source: key ? 'national' : 'own',
      from: establishedOn,
      dueOn,
      acceptedOn,
      organiser: key ? '国家局' : '管局科技处',
      list: { ref: `requirements:${number}`, items: items.length },
    }
    const own = randomOf(`work ${number}`)
    const [list, project]: DemoRecord[] = [
      {
        type: 'projects.requirements',
        org,
        ref: `requirements:${number}`,
        fields: filled({
          title,
          department: random.pick(['公众服务处', '网路运行处', '市场经营处', '储汇处']),
          collectedOn: addDays(appliedOn, -15),
          feasibility: '技术可行，投资与效益相当',
          items: items.map((requirement, at) => ({
            number: at + 1,
            requirement,
            priority: at === 0 ? 'must' : random.pick(['must', 'should']),
          })),
          signedOn: past(addDays(appliedOn, -5), today),
        }),
      },
      {
        type: 'projects.project',
        org,
        ref: `project:${number}`,
        refs: { requirements: `requirements:${number}` },
        state: isEstablished ? 'established' : 'applied',
        fields: filled({
          number,
          title,
          programme: study ? 'soft-science' : key ? 'post-key' : 'post-research',
          level: key ? 'national' : 'own',
          applicant: partner,
          leader: personName(random),
          appliedOn,
          establishedOn: past(establishedOn, today),
          dueOn,
          investment: investment * WAN,
          place: placeIn(own, { lon: 150, lat: 20, width: 0.98, height: 0.76 }),
        }),
        ...(acceptedOn && {
          later: [{ state: 'accepted', fields: { acceptedOn, acceptor: key ? 'national' : 'administration' } }],
        }),
      },
    ]
    return [
      list!,
      project!,
      ...(isEstablished ? [...carriedOut(own, undertaken, today), ...ended(own, undertaken, today)] : []),
    ]
  })
}
