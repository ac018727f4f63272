import { departmentsOf, townshipsOf } from '../orgs.ts'
import { randomOf } from './random.ts'
import type { DemoRecord, Generator } from './record.ts'

// Assessment: the national exercise of county B (11 items by judgement, 31 by value, 13 departments), the townships of
// county A, a self-check of county C, the use of systems in the districts; with lead group, duties and a return form.

const TOLD = 'B national'
const QUALITATIVE = [
  '党政一把手抓科技工作的制度',
  '科技工作列入议事日程',
  '领导小组定期研究科技工作',
  '科技发展规划及年度计划',
  '科技投入保障政策',
  '企业创新扶持政策',
  '人才引进和激励政策',
  '科技管理机构健全',
  '乡镇科技副职配备',
  '科技服务体系建设',
  '科普工作联席会议制度',
] as const

/** Title, unit, what was reached, no points at, all points at. */
const QUANTITATIVE = [
  ['本级财政科技支出占比', '%', 1.62, '1%', '1.8%'],
  ['应用技术研究与开发资金', '万元', 186, '50万元', '200万元'],
  ['全社会研发经费占比', '%', 0.84, '0.3%', '1%'],
  ['科普经费人均', '元', 0.52, '0.2元', '0.6元'],
  ['规模以上企业研发投入占比', '%', 1.9, '0.5%', '2%'],
  ['高新技术企业', 'enterprise', 6, '1', '8'],
  ['高新技术产业增加值占比', '%', 11.4, '3%', '15%'],
  ['科技型企业', 'enterprise', 23, '5', '25'],
  ['企业技术中心', 'organisation', 3, '0', '4'],
  ['承担上级科技项目', 'project', 9, '2', '10'],
  ['科技成果登记', 'result', 7, '1', '8'],
  ['科技成果转化应用', 'result', 12, '3', '15'],
  ['科学技术奖', 'award', 2, '0', '3'],
  ['专利申请', 'patent', 46, '10', '60'],
  ['专利授权', 'patent', 21, '5', '30'],
  ['每万人科技人员', 'person', 38, '10', '40'],
  ['农业科技人员占比', '%', 27, '10%', '30%'],
  ['科技特派员', 'person', 19, '5', '20'],
  ['农村科技示范户', 'household', 640, '100', '800'],
  ['良种覆盖率', '%', 96.5, '85%', '98%'],
  ['农业先进适用技术推广', 'technique', 23, '5', '25'],
  ['农业科技示范基地', 'base', 8, '1', '10'],
  ['农民专业技术协会', 'organisation', 31, '5', '35'],
  ['农村实用技术培训', 'person-time', 8000, '2000', '9000'],
  ['科普活动覆盖乡镇占比', '%', 100, '60%', '100%'],
  ['中小学科技教育开课率', '%', 98, '70%', '100%'],
  ['单位生产总值能耗下降', '%', 3.8, '1%', '4%'],
  ['生活垃圾无害化处理率', '%', 84, '50%', '90%'],
  ['城乡居民收入增长', '%', 10.6, '5%', '12%'],
  ['新型农村合作医疗参合率', '%', 99.1, '80%', '100%'],
  ['政务公开网上办理率', '%', 76, '40%', '90%'],
] as const

const DAYS = { opened: '2024-04-08', due: '2024-04-30' } as const

function national(): DemoRecord[] {
  const org = 'KJ-B'
  const departments = departmentsOf(org)
  const items = [
    ...QUALITATIVE.map((title, i) => ({ title, source: 'judged', weight: 3, evidence: '文件、会议纪要', at: i })),
    ...QUANTITATIVE.map(([title, unit, , floor, full], i) => ({
      title,
      source: 'value',
      unit,
      method: 'linear',
      floor,
      full,
      weight: i < 5 ? 3 : 2,
      evidence: '统计报表、证书或决算表',
      at: QUALITATIVE.length + i,
    })),
  ].map(({ at, ...item }) => ({
    ...item,
    code: String(at + 1),
    department: departments[at % departments.length]!,
    dueOn: DAYS.due,
  }))
  const scheme = {
    type: 'assessment.scheme',
    org,
    state: 'inForce',
    ref: TOLD,
    fields: { name: '科技进步县考核', document: '考核申报工作分解方案', startsOn: '2024-01-01', cycle: 'year', items },
  }
  const random = randomOf(TOLD)
  const marks = items.map((item, i) => {
    const judged = i < QUALITATIVE.length
    const score = random.pick([2, 2.5, 3])
    return mark(item.department, TOLD, '2024', org, {
      item,
      openedOn: DAYS.opened,
      state: 'checked',
      proof: `${item.title}的证明材料`,
      told: judged ? { selfScore: 3, score } : { value: QUANTITATIVE[i - QUALITATIVE.length]![2] },
    })
  })
  return [scheme, ...marks]
}

interface Told {
  readonly item: { readonly code: string; readonly title: string; readonly evidence?: string; readonly dueOn?: string }
  readonly openedOn: string
  readonly state: string
  readonly proof?: string
  readonly told: Readonly<Record<string, unknown>>
}

/** What the steps of an assessment would have written. */
const mark = (
  org: string,
  scheme: string,
  period: string,
  unit: string,
  { item, openedOn, state, proof, told }: Told,
): DemoRecord => ({
  type: 'assessment.mark',
  org,
  // The assessing county has the scheme, and opens the items.
  enteredAt: org.slice(0, 4),
  state,
  refs: { scheme },
  ...(proof ? { proof } : {}),
  fields: {
    period,
    unit,
    item: item.code,
    title: item.title,
    openedOn,
    ...(item.dueOn ? { dueOn: item.dueOn } : {}),
    ...(item.evidence ? { evidence: item.evidence } : {}),
    ...told,
  },
})

function townships(): DemoRecord[] {
  const org = 'KJ-A'
  const figure = (code: string, title: string, weight: number, indicator: string, more: object) => ({
    code,
    title,
    weight,
    source: 'figure',
    indicator,
    ...more,
  })
  const judged = [
    { code: '5', title: '组织领导和责任落实', source: 'judged', weight: 15, evidence: '责任书、会议记录' },
    { code: '6', title: '经费保障', source: 'judged', weight: 10, evidence: '拨款凭证' },
  ]
  const items = [
    figure('1', '农民技术培训', 25, 'training.people', { method: 'ranked' }),
    figure('2', '热线求助答复', 20, 'hotline.calls', { method: 'linear', floor: '0', full: '60' }),
    figure('3', '下乡服务', 15, 'hotline.trips', { method: 'step', steps: '1=5；10=10；20=15' }),
    {
      code: '4',
      title: '数据录入及时率',
      source: 'use',
      rate: 'timely',
      weight: 15,
      method: 'linear',
      floor: '60%',
      full: '100%',
    },
    ...judged,
    { code: '7', title: '经验在全市推广', kind: 'bonus', source: 'judged', weight: 3, evidence: '推广文件' },
    figure('8', '责任事项未履行', 0, 'leadership.vetoes', { kind: 'veto', weight: undefined }),
  ]
  const scheme = {
    type: 'assessment.scheme',
    org,
    state: 'inForce',
    ref: 'A townships',
    fields: {
      name: '乡镇党政领导科技进步目标责任制考核',
      startsOn: '2025-01-01',
      cycle: 'year',
      kinds: 'township',
      bonusCeiling: 3,
      items,
    },
  }
  const random = randomOf('A townships')
  const marks = townshipsOf(org).flatMap((township, t) =>
    judged.map((item, i) => {
      const state = (['checked', 'submitted', 'open'] as const)[Math.min(2, Math.floor((t + i) / 6))]!
      const selfScore = item.weight - random.int(0, 3)
      const score = Math.max(0, selfScore - random.int(0, 2))
      return mark(township, 'A townships', '2025', township, {
        item,
        openedOn: '2025-12-10',
        state,
        told: state === 'open' ? {} : { selfScore, ...(state === 'checked' ? { score } : {}) },
      })
    }),
  )
  return [scheme, ...marks]
}

function selfCheck(): DemoRecord[] {
  const org = 'KJ-C'
  const duties = ['8号文件：明确分管领导和专人', '9号文件：每月例会督办', '15号文件：纳入机关综合目标管理'].map(
    (title, i) => ({
      code: String(i + 1),
      title,
      source: 'judged',
      weight: 20,
      evidence: '文件或会议记录',
    }),
  )
  const rates = [
    ['4', '职工政策知晓率', 36, 36],
    ['5', '报表按时上报率', 11, 12],
  ] as const
  const items = [
    ...duties,
    ...rates.map(([code, title]) => ({
      code,
      title,
      source: 'value',
      unit: '%',
      weight: 20,
      method: 'linear',
      floor: '80%',
      full: '100%',
      evidence: '登记表',
    })),
  ]
  const scheme = {
    type: 'assessment.scheme',
    org,
    state: 'inForce',
    ref: 'C self-check',
    fields: { name: '人口和计划生育目标管理责任制自查', startsOn: '2025-01-01', cycle: 'year', items },
  }
  const marks = items.map((item, i) => {
    const rate = rates.find(([code]) => code === item.code)
    return mark(org, 'C self-check', '2025', org, {
      item,
      openedOn: '2025-11-20',
      state: i === 2 ? 'open' : 'submitted',
      ...(i === 2 ? {} : { proof: `${item.title}：证明材料` }),
      told: rate ? { value: rate[2], base: rate[3] } : i === 2 ? {} : { selfScore: 20 },
    })
  })
  return [scheme, ...marks]
}

function systems(): DemoRecord {
  const rate = (code: string, title: string, of: string, weight: number) => ({
    code,
    title,
    source: 'use',
    rate: of,
    weight,
    method: 'linear',
    floor: '50%',
    full: '100%',
  })
  return {
    type: 'assessment.scheme',
    org: 'YZ',
    state: 'inForce',
    fields: {
      name: '生产经营系统使用考核',
      document: '系统使用管理办法',
      startsOn: '2025-01-01',
      cycle: 'month',
      kinds: 'district',
      items: [
        rate('1', '上网率', 'online', 40),
        rate('2', '准确率', 'accuracy', 30),
        rate('3', '及时率', 'timely', 30),
      ],
    },
  }
}

function responsibility(): DemoRecord[] {
  const org = 'KJ-B'
  const holding = (post: string, holder: string, since: string, until?: string): DemoRecord => ({
    type: 'leadership.holding',
    org,
    fields: { post, holder, since, ...(until ? { until } : {}) },
  })
  const duty = (title: string, post: string, dueOn: string, state: string, veto = false): DemoRecord => ({
    type: 'leadership.duty',
    org,
    state,
    refs: { group: 'B group' },
    fields: { title, post, setOn: '2025-02-20', dueOn, veto },
  })
  return [
    holding('局长', '甲某', '2022-03-01'),
    holding('分管副局长', '乙某', '2021-06-01', '2025-09-01'),
    holding('分管副局长', '丁某', '2025-09-01'),
    {
      type: 'leadership.group',
      org,
      ref: 'B group',
      fields: {
        name: '科技进步考核工作领导小组',
        establishedOn: '2024-03-25',
        members: [
          { role: 'head', post: '局长', holder: '甲某' },
          { role: 'deputy', post: '分管副局长', holder: '乙某' },
          { role: 'office', post: '办公室主任', holder: '丙某' },
        ],
      },
    },
    duty('落实财政科技投入', '局长', '2025-11-30', 'done'),
    duty('按期报送考核材料', '办公室主任', '2025-10-31', 'done'),
    duty('科技特派员下派到位', '分管副局长', '2025-12-20', 'open'),
    duty('杜绝数字弄虚作假', '局长', '2025-12-31', 'open', true),
  ]
}

const countyReturn: DemoRecord = {
  type: 'returns.form',
  org: 'KJ',
  state: 'inForce',
  fields: {
    name: '县区科技工作半年报',
    startsOn: '2025-12-31',
    cycle: 'half',
    kinds: 'county',
    dueDays: 10,
    items: [
      { code: '1', title: '热线求助电话', kind: 'figure', indicator: 'hotline.calls' },
      { code: '2', title: '培训人次', kind: 'figure', indicator: 'training.people' },
      { code: '3', title: '立项', kind: 'figure', indicator: 'projects.won' },
      { code: '4', title: '以上数字已与台账核对', kind: 'confirm' },
      { code: '5', title: '存在的问题', kind: 'words', optional: true },
    ],
  },
}

export const assessment: Generator = () => [
  ...responsibility(),
  ...national(),
  ...townships(),
  ...selfCheck(),
  systems(),
  countyReturn,
]
