import { branches, districts, nameOf } from '../orgs.ts'
import { addDays, dayIn, daysBetween, past, type Season } from './calendar.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

interface Campaign {
  readonly number: string
  readonly title: string
  readonly sort: string
  readonly openedOn: string
  readonly window: readonly [string, string]
  readonly dueOn: string
  readonly liveOn: string
  readonly isOver: boolean
  /** Gate, how often, and when it was passed. */
  readonly gates: readonly (readonly [gate: string, title: string, ...days: string[]])[]
  readonly checklist?: readonly string[]
  readonly outcome?: string
}

const CAMPAIGNS: readonly Campaign[] = [
  {
    number: 'WD-2024-01',
    title: '储蓄网点通信网改造',
    sort: 'retrofit',
    openedOn: '2024-04-22',
    window: ['2024-05-08', '2024-09-30'],
    dueOn: '2024-09-30',
    liveOn: '2024-05-08',
    isOver: true,
    gates: [['change-plan', '组网方案评审', '2024-04-29']],
  },
  {
    number: 'QH-2024-01',
    title: '绿卡统一版切换上线',
    sort: 'system',
    openedOn: '2024-05-08',
    window: ['2024-11-23', '2024-11-25'],
    dueOn: '2024-11-25',
    liveOn: '2024-11-23',
    isOver: true,
    gates: [
      ['test', '切换测试', '2024-08-17', '2024-09-21', '2024-10-19'],
      ['rehearsal', '切换演练', '2024-10-26', '2024-11-09'],
      ['contingency-plan', '应急预案评审', '2024-10-15'],
      ['disk-plan', '主机磁盘规划方案评审', '2024-07-12'],
      ['indices', '技术指标核对', '2024-11-12'],
    ],
    checklist: ['专线和备用线路正常', '终端登录、存取款、打印核对无误'],
    outcome: '各网点按时开门营业，账务核对一致',
  },
  {
    number: 'SW-2024-01',
    title: '客服号码升位切换',
    sort: 'renumbering',
    openedOn: '2024-06-03',
    window: ['2024-08-09', '2024-08-10'],
    dueOn: '2024-08-10',
    liveOn: '2024-08-10',
    isOver: true,
    gates: [
      ['change-plan', '升位方案评审', '2024-06-20'],
      ['contingency-plan', '应急预案评审', '2024-06-27'],
      ['test-plan', '测试方案评审', '2024-06-27'],
      ['simulated-test', '与电信运营商联合模拟测试', '2024-07-26'],
    ],
  },
  {
    number: 'PZ-2024-01',
    title: '次晨递设备配置和开办',
    sort: 'equipping',
    openedOn: '2024-04-13',
    window: ['2024-05-10', '2024-05-18'],
    dueOn: '2024-05-18',
    liveOn: '2024-05-16',
    isOver: true,
    gates: [],
  },
  {
    number: 'ZJ-2025-01',
    title: '支局集中交易处理系统切换',
    sort: 'branches',
    openedOn: '2025-03-10',
    window: ['2025-09-08', '2025-12-26'],
    dueOn: '2025-12-31',
    liveOn: '2025-09-08',
    isOver: false,
    gates: [
      ['test', '切换测试', '2025-07-18'],
      ['rehearsal', '切换演练', '2025-08-22'],
      ['contingency-plan', '应急预案评审', '2025-07-25'],
    ],
    checklist: ['集中系统登录正常', '旧系统数据核对一致'],
  },
]

const refOf = (number: string) => `campaign ${number}`

function campaign(one: Campaign, today: string): DemoRecord[] {
  const live = past(one.liveOn, today)
  const isOver = one.isOver && one.window[1] < today
  const proven = one.gates.flatMap(([gate, title, ...days]) =>
    days.map(
      (heldOn, i): DemoRecord => ({
        type: 'cutover.check',
        org: 'YZ',
        fields: { gate, title: days.length > 1 ? `第${i + 1}次${title}` : title, heldOn, result: 'passed' },
        refs: { campaign: refOf(one.number) },
        proof: `${one.title}　${title}\n${heldOn}　结论：通过`,
      }),
    ),
  )
  return [
    {
      type: 'cutover.campaign',
      org: 'YZ',
      ref: refOf(one.number),
      fields: filled({
        number: one.number,
        title: one.title,
        sort: one.sort,
        openedOn: one.openedOn,
        windowFrom: one.window[0],
        windowTo: one.window[1],
        dueOn: one.dueOn,
        // One of the green card's rehearsals is told as what it was: a campaign of its own.
        requires: one.gates.map(([gate, , ...days]) => ({
          gate,
          times: days.length + (gate === 'rehearsal' && one.sort === 'system' ? 1 : 0),
        })),
        checklist: one.checklist?.map(item => ({ item })),
      }),
      later: live
        ? [
            { state: 'live', fields: { approvedBy: '管局分管局长', liveOn: live } },
            ...(isOver ? [{ state: 'done', fields: { outcome: one.outcome ?? '按期完成' } }] : []),
          ]
        : [],
    },
    ...proven,
  ]
}

type StepLine = readonly [
  code: string,
  title: string,
  phase: string,
  after: string,
  owner: string,
  dueOn: string,
  minutes: number,
]

const GREEN_CARD: readonly StepLine[] = [
  ['Z1', '网点通信网改造', 'preparation', '', '信息局', '2024-09-30', 0],
  ['Z2', '中间业务剥离改造', 'preparation', '', '信息局', '2024-09-15', 0],
  ['Z3', '网点终端和打印机改造', 'preparation', 'Z1', '各区邮政局', '2024-10-20', 0],
  ['Q1', '停业轧账，旧系统备份', 'cutover', '', '储汇局', '2024-11-23', 240],
  ['Q2', '数据转换', 'cutover', 'Q1', '信息局', '2024-11-24', 900],
  ['Q3', '线路割接', 'cutover', 'Q1', '信息局', '2024-11-24', 420],
  ['Q4', '总分核对', 'cutover', 'Q2', '储汇局', '2024-11-24', 300],
  ['Q5', '网点联调', 'cutover', 'Q3 Q4', '各区邮政局', '2024-11-25', 360],
  ['H1', '恢复旧系统数据和线路', 'rollback', '', '信息局', '2024-11-25', 480],
]

const EXPRESS: readonly StepLine[] = [
  ['S1', '专题会议确定开办范围', 'preparation', '', '科技处', '2024-04-13', 0],
  ['S2', '清点现有设备，核定增配数量', 'preparation', 'S1', '科技处', '2024-04-20', 0],
  ['S3', '采购和到货', 'preparation', 'S2', '物资处', '2024-05-08', 0],
  ['S4', '分配到新投递点', 'preparation', 'S3', '四个区邮政局', '2024-05-14', 0],
]

const at = (day: string, minutes: number) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000).toISOString()

function steps(number: string, lines: readonly StepLine[], today: string): DemoRecord[] {
  const random = randomOf(`steps ${number}`)
  const begun = new Map<string, number>()
  return lines.map(([code, title, phase, after, owner, dueOn, minutes]) => {
    const waits = after === '' ? [] : after.split(' ')
    // Minutes since the first day of the window; what is prepared ends a day or two before it is due.
    const start = Math.max(0, ...waits.map(one => begun.get(one) ?? 0))
    const took = minutes + random.int(-20, 25)
    begun.set(code, start + took)
    const isDone = phase !== 'rollback' && dueOn < today
    const inWindow = phase === 'cutover'
    const times = inWindow
      ? { startedAt: at('2024-11-23', 600 + start), finishedAt: at('2024-11-23', 600 + start + took) }
      : { startedAt: at(addDays(dueOn, -20), 60), finishedAt: at(addDays(dueOn, -random.int(0, 2)), 480) }
    return {
      type: 'cutover.step',
      org: 'YZ',
      state: isDone ? 'done' : 'waiting',
      fields: filled({
        code,
        title,
        phase,
        after: waits.length > 0 ? waits.map(step => ({ step })) : undefined,
        owner,
        dueOn,
        minutes,
        ...(isDone ? times : {}),
      }),
      refs: { campaign: refOf(number) },
      proof: isDone && phase === 'preparation' ? `${title}完成确认单\n${owner}　${dueOn}` : undefined,
    }
  })
}

/** What the window's steps took when they were rehearsed. */
function rehearsal(today: string): DemoRecord[] {
  const on = '2024-11-16'
  const random = randomOf('rehearsal')
  const number = 'QH-2024-01-演1'
  const within = GREEN_CARD.filter(([, , phase]) => phase === 'cutover')
  return [
    {
      type: 'cutover.campaign',
      org: 'YZ',
      ref: refOf(number),
      state: 'done',
      fields: {
        number,
        title: '绿卡统一版切换上线演练',
        sort: 'system',
        openedOn: on,
        windowFrom: on,
        windowTo: on,
        dueOn: on,
        liveOn: on,
        requires: [],
      },
      refs: { rehearsalOf: refOf('QH-2024-01') },
      proof: `第三次切换演练记录\n${on}　各步骤用时见系统`,
    },
    ...steps(number, within, today).map(step => ({
      ...step,
      fields: {
        ...step.fields,
        dueOn: on,
        startedAt: at(on, 0),
        finishedAt: at(on, Number(step.fields.minutes) + random.int(-30, 60)),
      },
    })),
  ]
}

const SUMMER: Season = [0, 0, 0, 0, 10, 12, 12, 10, 8, 0, 0, 0]

const site = (
  number: string,
  org: string,
  code: string,
  fields: Record<string, unknown>,
  more: Partial<DemoRecord>,
): DemoRecord => ({
  type: 'cutover.site',
  org,
  // The bureau lists the sites of its campaign.
  enteredAt: 'YZ',
  fields: filled({ code, name: nameOf(org), ...fields }),
  refs: { campaign: refOf(number) },
  ...more,
})

/** 471 outlets of the savings network in 2024: 318 joined with the post's, 153 standing alone; all changed over in November. */
function outlets(today: string): DemoRecord[] {
  const random = randomOf('outlets')
  const checklist = CAMPAIGNS.find(({ number }) => number === 'QH-2024-01')!.checklist!
  return random
    .shuffled(branches)
    .slice(0, 471)
    .flatMap((branch, i) => {
      const code = `WD${String(i + 1).padStart(3, '0')}`
      const converted = dayIn(random, 2024, SUMMER, [5, 9])
      const minute = random.int(0, 34 * 60)
      const finishedAt = at('2024-11-23', 12 * 60 + minute)
      return [
        done(today, converted, state =>
          site(
            'WD-2024-01',
            branch,
            code,
            {
              mode: i < 318 ? 'merged' : 'stand-alone',
              plannedOn: converted,
              bandwidth: i < 318 ? 128 : 64,
              ...(state === 'done' ? { startedAt: at(converted, 60), finishedAt: at(converted, 500) } : {}),
            },
            { state },
          ),
        ),
        done(today, '2024-11-25', state =>
          site(
            'QH-2024-01',
            branch,
            code,
            {
              plannedOn: '2024-11-24',
              ...(state === 'done'
                ? {
                    startedAt: at('2024-11-23', 12 * 60 + minute - 45),
                    finishedAt,
                    checks: checklist.map(item => ({ item, checkedAt: finishedAt })),
                  }
                : {}),
            },
            { state },
          ),
        ),
      ]
    })
}

const done = (today: string, on: string, made: (state: 'done' | 'waiting') => DemoRecord) =>
  made(on < today ? 'done' : 'waiting')

const BATCHES = [
  { number: 1, from: '2025-09-08', to: '2025-10-31', districts: districts.slice(0, 5) },
  { number: 2, from: '2025-11-03', to: '2025-12-26', districts: districts.slice(5) },
] as const

/** 500 branches go over to central processing in two batches; of the second some are still on the way. */
function branchBatches(today: string): DemoRecord[] {
  const number = 'ZJ-2025-01'
  const { checklist = [] } = CAMPAIGNS.find(one => one.number === number)!
  const random = randomOf('branch batches')
  return BATCHES.flatMap(batch => {
    const ref = `${refOf(number)} batch ${batch.number}`
    const mine = branches.filter(branch => batch.districts.some(district => branch.startsWith(`${district}-`)))
    return [
      {
        type: 'cutover.batch',
        org: 'YZ',
        ref,
        fields: { number: batch.number, from: batch.from, to: batch.to },
        refs: { campaign: refOf(number) },
      },
      ...mine.map((branch): DemoRecord => {
        const plannedOn = addDays(batch.from, random.int(0, daysBetween(batch.from, batch.to)))
        const state = stateOf(random, batch.number, plannedOn, today)
        const finishedAt = at(plannedOn, random.int(0, 9) * 60 + 10)
        return site(
          number,
          branch,
          branch,
          {
            plannedOn,
            startedAt: state === 'done' || state === 'running' ? at(plannedOn, 0) : undefined,
            finishedAt: state === 'done' ? finishedAt : undefined,
            checks: state === 'done' ? checklist.map(item => ({ item, checkedAt: finishedAt })) : undefined,
            blockedBy:
              state === 'blocked' ? random.pick(['专线未开通', '终端内存不足', '旧系统尾箱未轧平']) : undefined,
          },
          { state, refs: { campaign: refOf(number), batch: ref } },
        )
      }),
    ]
  })
}

function stateOf(random: Random, batch: number, plannedOn: string, today: string): string {
  const late = random.weighted({ done: 92, blocked: 5, running: 3 })
  return plannedOn >= today ? 'waiting' : batch === 1 ? 'done' : late
}

function incidents(): DemoRecord[] {
  const random = randomOf('incidents')
  const list: readonly (readonly [number, string, string, string])[] = [
    [95, 'slight', '两个网点备用线路拨号失败', '更换调制解调器后恢复'],
    [410, 'serious', '数据转换程序在一个分片上停顿', '重启该分片的转换任务，核对无误'],
    [1130, 'slight', '部分网点凭证打印错位', '下发打印模板补丁'],
  ]
  return list.map(([minutes, severity, what, handling]) => {
    const happenedAt = at('2024-11-23', 600 + minutes)
    const closedAt = at('2024-11-23', 600 + minutes + random.int(12, 80))
    return {
      type: 'cutover.incident',
      org: 'YZ',
      state: 'closed',
      fields: { on: happenedAt.slice(0, 10), happenedAt, severity, what, handling, closedAt },
      refs: { campaign: refOf('QH-2024-01') },
    }
  })
}

export const cutover: Generator = today => [
  ...CAMPAIGNS.flatMap(one => campaign(one, today)),
  ...steps('QH-2024-01', GREEN_CARD, today),
  ...steps('PZ-2024-01', EXPRESS, today),
  ...rehearsal(today),
  ...outlets(today),
  ...branchBatches(today),
  ...incidents(),
]
