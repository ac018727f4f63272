import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { custody } from './custody.ts'
import { type Device, deviceRecords, devices } from './devices.ts'
import { inspections } from './inspections.ts'
import { personName } from './names.ts'
import { network } from './network.ts'
import { purchasing } from './purchasing.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'
import { upkeep } from './upkeep.ts'

const YUAN = 100
const WAN_YUAN = 10_000 * YUAN

interface Round {
  readonly year: number
  readonly sort: 'overhaul' | 'retrofit'
  readonly kind: string
  readonly devices: number
  /** Cost of all, 元. */
  readonly cost: number
}

/** 2024 as published: 57 + 525 + 13 overhauled, 22 + 120 retrofitted, out of 395万元. */
const ROUNDS: readonly Round[] = [
  { year: 2023, sort: 'overhaul', kind: 'franking-machine', devices: 44, cost: 286_000 },
  { year: 2023, sort: 'overhaul', kind: 'printer', devices: 470, cost: 1_345_000 },
  { year: 2023, sort: 'overhaul', kind: 'generator', devices: 9, cost: 352_000 },
  { year: 2023, sort: 'retrofit', kind: 'label-maker', devices: 10, cost: 208_000 },
  { year: 2023, sort: 'retrofit', kind: 'weighing-terminal', devices: 60, cost: 497_000 },
  { year: 2024, sort: 'overhaul', kind: 'franking-machine', devices: 57, cost: 371_000 },
  { year: 2024, sort: 'overhaul', kind: 'printer', devices: 525, cost: 1_522_000 },
  { year: 2024, sort: 'overhaul', kind: 'generator', devices: 13, cost: 494_000 },
  { year: 2024, sort: 'retrofit', kind: 'label-maker', devices: 22, cost: 462_000 },
  { year: 2024, sort: 'retrofit', kind: 'weighing-terminal', devices: 120, cost: 1_020_000 },
  { year: 2025, sort: 'overhaul', kind: 'franking-machine', devices: 48, cost: 318_000 },
  { year: 2025, sort: 'overhaul', kind: 'printer', devices: 410, cost: 1_190_000 },
  { year: 2025, sort: 'overhaul', kind: 'generator', devices: 11, cost: 428_000 },
  { year: 2025, sort: 'retrofit', kind: 'label-maker', devices: 24, cost: 505_000 },
  { year: 2025, sort: 'retrofit', kind: 'weighing-terminal', devices: 70, cost: 595_000 },
]

const DONE: Readonly<Record<string, readonly string[]>> = {
  'franking-machine': ['更换打印头和传动带，校准资费', '清洗机芯，更换墨盒座'],
  printer: ['更换打印针和色带驱动', '更换走纸电机，除尘', '更换主板电容，校正进纸'],
  generator: ['更换活塞环，调整气门', '更换水泵和启动电瓶，带载试机'],
  'label-maker': ['加装条码打印模块，升级驱动', '更换切刀，改用新袋牌规格'],
  'weighing-terminal': ['更换传感器，升级称重程序', '改接串口为网口，重新标定'],
}

/** What a retrofit made of a device. */
const CONFIGURATION: Readonly<Record<string, { before: string; after: string }>> = {
  'label-maker': { before: '单色标签模块', after: '128码条码打印模块' },
  'weighing-terminal': { before: '串口接入，旧传感器', after: '网口接入，新传感器' },
}

/** Each device once a year, so that works and devices are the same number. */
function works({ year, sort, kind, devices: count, cost }: Round, all: readonly Device[]): DemoRecord[] {
  const random = randomOf(`works ${year} ${sort} ${kind}`)
  const old = all.filter(
    device =>
      device.kind === kind &&
      device.testedOn < `${year - 2}` &&
      !(device.retiredOn && device.retiredOn < `${year + 1}`),
  )
  const costs = random.split(cost, count, Math.round((cost / count) * 0.3))
  return random
    .shuffled(old)
    .slice(0, count)
    .map((device, i) => {
      // The workshop comes to a place three times a year.
      const finishedOn = dayIn(randomOf(`workshop ${device.org} ${year} ${random.int(1, 3)}`), year, EVEN, [3, 12])
      return {
        type: 'equipment.work',
        org: device.org,
        fields: {
          sort,
          kind,
          startedOn: addDays(finishedOn, -random.int(1, 12)),
          finishedOn,
          cost: costs[i]! * YUAN,
          contractor: random.pick(['设备维修中心', '望星机电维修部', '听泉信息技术公司', '厂家售后']),
          content: random.pick(DONE[kind]!),
          ...(sort === 'retrofit' ? CONFIGURATION[kind] : {}),
        },
        refs: { device: device.number },
      }
    })
}

/** Money approved each year: 万元 by purpose, and how many projects it goes to. */
const APPROVED = [
  { year: 2023, new: [3, 1680], renewal: [2, 1420], overhaul: [2, 350] },
  { year: 2024, new: [4, 2416], renewal: [3, 1643], overhaul: [2, 395] },
  { year: 2025, new: [4, 2320], renewal: [2, 1795], overhaul: [2, 325] },
] as const

const FOR = {
  new: ['自动取款机购置', '商函封装设备购置', '速递分拣线建设', '电子化支局设备新增', '物流手持终端购置'],
  renewal: ['绿卡主机更新', '综合网路由设备更新', '支局终端更新', '中心局袋牌设备更新'],
  overhaul: ['支局设备大修', '专业局设备技术改造'],
} as const

function projects({ year, ...approved }: (typeof APPROVED)[number], today: string): DemoRecord[] {
  const random = randomOf(`equipment projects ${year}`)
  return (Object.keys(FOR) as (keyof typeof FOR)[]).flatMap(purpose => {
    const [count, wan] = approved[purpose]
    const titles = random.shuffled(FOR[purpose])
    return random.split(wan, count, 60).map((budget, i) => {
      // Overhauls are paid for before they begin.
      const approvedOn = dayIn(random, year, EVEN, purpose === 'overhaul' ? [1, 2] : [2, 8])
      const number = `设${year}-${purpose === 'new' ? 'X' : purpose === 'renewal' ? 'G' : 'D'}${i + 1}`
      return {
        type: 'equipment.project',
        org: 'YZ',
        ref: number,
        fields: filled({
          number,
          title: titles[i]!,
          purpose,
          approvedOn,
          startedOn: past(addDays(approvedOn, 15), today),
          budget: budget * WAN_YUAN,
          finishedOn: past(addDays(approvedOn, random.int(120, 360)), today),
        }),
      }
    })
  })
}

/** Payments out of the fund of each project, none before its approval; the last waits for acceptance. */
function payments(project: DemoRecord, today: string): DemoRecord[] {
  const { number, budget, approvedOn, finishedOn, purpose } = project.fields as Readonly<Record<string, string>>
  const random = randomOf(`payments ${number}`)
  const parts = random.split(Math.round(Number(budget) * 0.97), 3)
  const days = [
    addDays(approvedOn!, random.int(5, 20)),
    addDays(approvedOn!, random.int(60, 110)),
    finishedOn ?? '9999',
  ]
  return parts.flatMap((amount, i) =>
    days[i]! > today
      ? []
      : [
          {
            type: 'equipment.payment',
            org: 'YZ',
            fields: {
              fund: purpose === 'overhaul' ? 'overhaul' : 'fixed-assets',
              paidOn: days[i]!,
              amount,
              payee: random.pick(['设备维修中心', '枕石自动化厂', '听泉信息技术公司', '半岭计算机厂']),
              voucher: `${number}-${i + 1}`,
            },
            refs: { project: number! },
          },
        ],
  )
}

/** Three years of work in the sorting centre, whose difficulties were solved one by one. */
const reconstruction = (today: string): DemoRecord => ({
  type: 'equipment.project',
  org: 'YZ',
  fields: filled({
    number: '设2021-G1',
    title: '中心局包件处理设备技术改造工程',
    purpose: 'renewal',
    approvedOn: '2021-03-16',
    startedOn: '2021-05-10',
    budget: 3_260 * WAN_YUAN,
    finishedOn: past('2024-06-21', today),
    acceptor: past('2024-06-21', today) && '国家邮政局',
    obstacles: [
      ['2021-09-02', '2022-01-14', '厂房净高不足，爬坡输送带装不下', '调整工艺布置，降低爬坡段'],
      ['2022-06-20', '2022-09-30', '进口扫描器延期到货', '改用国产扫描器，重新联调'],
      ['2023-04-11', '2023-08-25', '与生产作业系统接口报文不一致', '双方确认报文格式，回归测试'],
    ]
      .filter(([openedOn]) => openedOn! <= today)
      .map(([openedOn, closedOn, what, solution]) =>
        filled({ what, openedOn, closedOn: past(closedOn!, today), solution: past(closedOn!, today) && solution }),
      ),
  }),
})

/** Centrally bought equipment of the sorting centre's two systems, delivered lot by lot. */
const lots = (today: string): DemoRecord[] =>
  (
    [
      ['PL-2024-01', 'server', 'FW-4U', 6, '2024-03-05'],
      ['PL-2024-02', 'network', 'WL-R2', 12, '2024-03-08'],
      ['PL-2024-03', 'terminal', 'ZJ-T3', 40, '2024-03-12'],
    ] as const
  ).map(([number, kind, model, quantity, arrivedOn]) => {
    const random = randomOf(number)
    const day = (after: number) => past(addDays(arrivedOn, after), today)
    return {
      type: 'equipment.lot',
      org: 'YZ-ZX',
      ref: number,
      fields: filled({
        number,
        kind,
        model,
        quantity,
        rejected: 0,
        arrivedOn,
        arrivedBy: personName(random),
        ...(day(4) ? { installedOn: day(4), installedBy: personName(random) } : {}),
        ...(day(6) ? { poweredOn: day(6), poweredBy: personName(random) } : {}),
      }),
      state: day(6) ? 'powered' : day(4) ? 'installed' : 'arrived',
    }
  })

export const equipment: Generator = today => {
  const all = devices()
  const approved = APPROVED.flatMap(year => projects(year, today))
  return [
    ...deviceRecords(all, today),
    ...ROUNDS.flatMap(round => works(round, all)),
    ...approved,
    ...approved.flatMap(project => payments(project, today)),
    reconstruction(today),
    ...lots(today),
    ...inspections(all, today),
    ...upkeep(all, today),
    ...custody(all, today),
    ...purchasing(today),
    ...network(today),
  ]
}
