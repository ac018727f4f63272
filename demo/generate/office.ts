import { branches, nameOf, townshipsOf } from '../orgs.ts'
import { addDays, dayText, past } from './calendar.ts'
import { correspondence } from './correspondence.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator, YEARS } from './record.ts'

const COUNTIES = ['KJ-A', 'KJ-B', 'KJ-C', 'KJ-D'] as const

const MATTERS = [
  '落实科技活动周各部门分工',
  '补齐乡镇科技副职',
  '统筹冬春农民培训计划',
  '农业科技服务站选址',
  '科普经费列入预算',
  '联合开展送科技下乡',
]

/** Quarters in which the joint meeting was not held. */
const MISSED: ReadonlySet<string> = new Set(['KJ-A 2023 1', 'KJ-C 2024 2', 'KJ-D 2024 3', 'KJ-B 2025 2'])

function jointMeetings(county: string, year: number, today: string): DemoRecord[] {
  return [1, 2, 3, 4]
    .filter(quarter => !MISSED.has(`${county} ${year} ${quarter}`))
    .flatMap((quarter): DemoRecord[] => {
      const random = randomOf(`joint ${county} ${year} ${quarter}`)
      const heldOn = dayText(year, quarter * 3 - 1, random.int(5, 26))
      const ref = `meeting:${county}:${year}:${quarter}`
      const matter = random.pick(MATTERS)
      const doneOn = random.chance(0.8) ? past(addDays(heldOn, random.int(20, 75)), today) : undefined
      return [
        {
          type: 'meetings.meeting',
          org: county,
          ref,
          fields: {
            title: `${year}年第${quarter}季度科普联席会议`,
            kind: 'joint',
            heldOn,
            chair: '分管副县长',
            bodies: random.int(9, 13),
            people: random.int(16, 30),
            agenda: `研究${matter}等事项`,
          },
        },
        {
          type: 'meetings.decision',
          org: county,
          ref: `decision:${ref}`,
          refs: { meeting: ref },
          state: 'open',
          fields: { number: 1, decidedOn: heldOn, matter, responsible: nameOf(county) },
          ...(doneOn && { later: [{ state: 'done' }] }),
        },
        {
          type: 'meetings.task',
          org: county,
          refs: { decision: `decision:${ref}` },
          fields: filled({
            title: matter,
            unit: random.pick([county, ...townshipsOf(county).slice(0, 3)]),
            owner: random.pick(['业务股', '办公室', '科普股']),
            givenOn: heldOn,
            dueOn: addDays(heldOn, 60),
            doneOn,
            result: doneOn && '已按会议要求落实',
          }),
        },
      ]
    })
}

/** The county's conference with its commendations, as its report tells. */
const conferences = [
  { org: 'KJ-A', heldOn: '2024-09-08', people: 180 },
  { org: 'KJ-C', heldOn: '2025-11-18', people: 120 },
].map(
  ({ org, heldOn, people }): DemoRecord => ({
    type: 'meetings.meeting',
    org,
    fields: {
      title: '全县科技大会',
      kind: 'conference',
      heldOn,
      chair: '县委书记',
      bodies: 46,
      people,
      agenda: '总结科技工作，部署今后任务，表彰先进单位和个人',
    },
  }),
)

const VISITORS = ['省科技厅副厅长', '省科技厅农社处处长', '省科技厅计划处副处长', '市科技局局长'] as const

/** Eight visits to county A in 2024 as published, and a few beside. */
function visits(org: string, year: number, count: number, today: string): DemoRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const random = randomOf(`visit ${org} ${year} ${i}`)
    const visitedOn = dayText(year, Math.ceil(((i + 1) * 12) / count), random.int(4, 26))
    const opinions = i % 3 === 0 ? '加快服务站建设，台账要逐项可查' : undefined
    const ref = `visit:${org}:${year}:${i}`
    const doneOn = past(addDays(visitedOn, 35), today)
    return [
      {
        type: 'meetings.visit',
        org,
        ref,
        fields: filled({
          visitedOn,
          visitor: VISITORS[i % 4]!,
          rank: i % 4 === 3 ? 'prefectural' : 'provincial',
          place: '农业科技服务指挥中心、示范基地',
          opinions,
        }),
      },
      ...(opinions
        ? [
            {
              type: 'meetings.task',
              org,
              refs: { visit: ref },
              fields: filled({
                title: opinions,
                unit: org,
                owner: '办公室',
                givenOn: visitedOn,
                dueOn: addDays(visitedOn, 45),
                doneOn,
                result: doneOn && '已整改并报送情况',
              }),
            } satisfies DemoRecord,
          ]
        : []),
    ]
  }).flat()
}

function postalMeetings(year: number): DemoRecord[] {
  return [2, 5, 8, 11].map(month => {
    const random = randomOf(`post meeting ${year} ${month}`)
    return {
      type: 'meetings.meeting',
      org: 'YZ',
      fields: {
        title: `${year}年${month}月项目总体方案评审会`,
        kind: 'technical',
        heldOn: dayText(year, month, random.int(6, 25)),
        chair: '科技处处长',
        bodies: random.int(4, 8),
        people: random.int(12, 26),
        agenda: '审定开发项目总体方案和测试计划',
      },
    }
  })
}

const SCHEMES = [
  ['KJ-A', '农业科技服务网络建设实施方案', 'scheme', 2024, 'approved'],
  ['KJ-A', '科普工作联席会议制度', 'rule', 2024, 'approved'],
  ['KJ-A', '服务承诺制度', 'rule', 2023, 'approved'],
  ['KJ-B', '科技特派员管理办法', 'measure', 2024, 'approved'],
  ['KJ-C', '科学技术奖励办法(试行)', 'measure', 2024, 'submitted'],
  ['KJ-C', '科技发展基金管理办法(试行)', 'measure', 2024, 'submitted'],
  ['KJ-C', '服务承诺制', 'rule', 2024, 'approved'],
  ['KJ-C', '首问责任制', 'rule', 2024, 'approved'],
  ['KJ-C', '限时办结制', 'rule', 2024, 'approved'],
  ['KJ-D', '帮扶工作考勤制度', 'rule', 2025, 'draft'],
  ['YZ', '科技项目合同管理办法', 'measure', 2024, 'approved'],
  ['YZ', '应用系统使用管理办法', 'measure', 2024, 'approved'],
  ['YZ', '设备自查互查制度', 'rule', 2025, 'submitted'],
] as const

const schemes = (today: string) =>
  SCHEMES.map(([org, title, kind, year, state], i): DemoRecord => {
    const draftedOn = dayText(year, 2 + (i % 5), 12)
    const submittedOn = state === 'draft' ? undefined : past(addDays(draftedOn, 40), today)
    const approvedOn = state === 'approved' ? past(addDays(draftedOn, 80), today) : undefined
    return {
      type: 'schemes.scheme',
      org,
      state: approvedOn ? 'approved' : submittedOn ? 'submitted' : 'draft',
      fields: filled({
        title,
        version: 1,
        kind,
        draftedOn,
        submittedOn,
        approvedOn,
        approver: approvedOn && (org === 'YZ' ? '管局' : '县人民政府'),
        outline: `${title}：适用范围、职责分工、办理程序和监督检查。`,
      }),
    }
  })

const PROBLEMS = [
  ['称重终端与集中交易系统接口偶尔超时', 'system', '升级接口程序，超时自动重连'],
  ['打印机色带供应不及时', 'equipment', '增设两个备件点，三日内送达'],
  ['雨天线路中断后切换慢', 'network', '已改为自动切换，10秒内恢复'],
  ['新员工不会做总包登记', 'system', '录制教学短片，到支局辅导'],
] as const

function problems(year: number, today: string): DemoRecord[] {
  return Array.from({ length: 10 }, (_, i) => {
    const random = randomOf(`problem ${year} ${i}`)
    const [problem, topic, answer] = PROBLEMS[i % PROBLEMS.length]!
    const raisedOn = dayText(year, i + 2, random.int(3, 26))
    const answeredOn = past(addDays(raisedOn, random.int(2, 11)), today)
    return {
      type: 'notes.problem',
      org: branches[(i * 37 + year) % branches.length]!,
      state: answeredOn ? 'answered' : 'raised',
      fields: filled({
        raisedOn,
        topic,
        problem,
        unit: random.pick(['YZ-XX', 'YZ']),
        owner: '运行维护班',
        dueOn: addDays(raisedOn, 10),
        answeredOn,
        answer: answeredOn && answer,
      }),
    }
  })
}

const NOTES = [
  '绿卡统一版切换前的三次预演',
  '一次录入怎样省下三遍抄写',
  '设备互查中常见的问题',
  '袋牌条码打印的维护要点',
] as const

const notes = (year: number): DemoRecord[] =>
  NOTES.map((title, i) => ({
    type: 'notes.note',
    org: i === 1 ? 'YZ-ZX' : 'YZ',
    state: 'published',
    fields: {
      title: `${title}(${year})`,
      topic: i === 2 ? 'equipment' : 'system',
      writtenOn: dayText(year, i * 3 + 2, 15),
      body: `${title}。做法、效果和需要注意的地方，供各区局参考。`,
    },
  }))

/** Months without a notice, one or two of a county in three years. */
const SILENT: ReadonlySet<string> = new Set([
  'KJ-A 2023-02',
  'KJ-B 2024-08',
  'KJ-C 2023-10',
  'KJ-C 2025-02',
  'KJ-D 2024-01',
])

function notices(county: string, year: number): DemoRecord[] {
  const random = randomOf(`notices ${county} ${year}`)
  return Array.from({ length: 12 }, (_, i) => dayText(year, i + 1, random.int(20, 28)))
    .filter(day => !SILENT.has(`${county} ${day.slice(0, 7)}`))
    .map((publishedOn, i) => ({
      type: 'openness.notice',
      org: county,
      fields: {
        publishedOn,
        kind: i % 2 === 0 ? 'accounts' : 'affairs',
        channel: i % 3 === 0 ? 'web' : 'board',
        title: `${publishedOn.slice(0, 7)}政务财务公示`,
      },
    }))
}

const promises = ['科技项目申报受理', '专利申请咨询', '技术合同登记'].map(
  (matter, i): DemoRecord => ({
    type: 'openness.promise',
    org: 'KJ-A',
    ref: `promise:${i}`,
    fields: { matter, since: '2023-06-01', limit: [10, 3, 5][i]!, papers: '申请表、单位证照' },
  }),
)

function requests(year: number, today: string): DemoRecord[] {
  return Array.from({ length: 9 }, (_, i) => {
    const random = randomOf(`request ${year} ${i}`)
    const receivedOn = dayText(year, i + 3, random.int(2, 18))
    const days = [14, 4, 7][i % 3]!
    return {
      type: 'openness.request',
      org: 'KJ-A',
      refs: { promise: `promise:${i % 3}` },
      fields: filled({
        applicant: random.pick(['甲县望海水产有限公司', '甲县热作站', '甲县农业技术推广中心']),
        receivedOn,
        dueOn: addDays(receivedOn, days),
        doneOn: past(addDays(receivedOn, i === 4 ? days + 3 : random.int(1, days)), today),
      }),
    }
  })
}

export const office: Generator = today => [
  ...COUNTIES.flatMap(county =>
    YEARS.flatMap(year => [...jointMeetings(county, year, today), ...notices(county, year)]),
  ),
  ...conferences,
  ...visits('KJ-A', 2024, 8, today),
  ...visits('KJ-A', 2025, 6, today),
  ...visits('KJ-C', 2025, 3, today),
  ...YEARS.flatMap(postalMeetings),
  ...schemes(today),
  ...[2024, 2025].flatMap(year => [...problems(year, today), ...notes(year), ...requests(year, today)]),
  ...promises,
  ...correspondence(today),
]
