import { branches, districts, specialised } from '../orgs.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { type Device, deviceRecords, devices } from './devices.ts'
import { personName } from './names.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator, YEARS } from './record.ts'

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
          device: device.number,
          kind,
          startedOn: addDays(finishedOn, -random.int(1, 12)),
          finishedOn,
          cost: costs[i]! * YUAN,
          contractor: random.pick(['设备维修中心', '望星机电维修部', '听泉信息技术公司', '厂家售后']),
          content: random.pick(DONE[kind]!),
        },
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
      return {
        type: 'equipment.project',
        org: 'YZ',
        fields: filled({
          number: `设${year}-${purpose === 'new' ? 'X' : purpose === 'renewal' ? 'G' : 'D'}${i + 1}`,
          title: titles[i]!,
          purpose,
          approvedOn,
          budget: budget * WAN_YUAN,
          finishedOn: past(addDays(approvedOn, random.int(120, 360)), today),
        }),
      }
    })
  })
}

const FINDINGS: readonly (readonly [string, string])[] = [
  ['printer', '打印字迹偏淡'],
  ['printer', '进纸偏斜'],
  ['terminal', '键盘按键失灵'],
  ['network', '交换机端口告警'],
  ['weighing-terminal', '零点漂移，超出允差'],
  ['franking-machine', '日戳不清'],
  ['computer', '硬盘有坏道'],
  ['generator', '启动电瓶电压不足'],
]

function inspection(
  random: Random,
  org: string,
  sort: 'tour' | 'self' | 'mutual',
  checked: number,
  inspectedOn: string,
  today: string,
): DemoRecord {
  const faults = Number(random.weighted({ '0': 78, '1': 16, '2': 6 }))
  const findings = random.shuffled(FINDINGS).slice(0, faults)
  return {
    type: 'equipment.inspection',
    org,
    fields: filled({
      inspectedOn,
      sort,
      inspector: personName(random),
      checked,
      sound: checked - faults,
      findings:
        faults > 0
          ? findings.map(([kind, finding]) =>
              filled({
                kind,
                finding,
                repairedOn: random.chance(0.97) ? past(addDays(inspectedOn, random.int(1, 25)), today) : undefined,
              }),
            )
          : undefined,
    }),
  }
}

/** Branches look at their own devices in autumn, a district on one day; districts visit one another; bureaus are toured. */
function inspections(year: number, today: string): DemoRecord[] {
  const random = randomOf(`inspections ${year}`)
  const self = districts.flatMap(district => {
    const on = dayIn(random, year, EVEN, [9, 11])
    return branches
      .filter(branch => branch.startsWith(`${district}-`))
      .map(branch => inspection(random, branch, 'self', random.int(7, 15), on, today))
  })
  const halves: readonly (readonly [number, number])[] = [
    [3, 6],
    [9, 12],
  ]
  const visits = halves.flatMap(months => [
    ...districts.map(place =>
      inspection(random, place, 'mutual', random.int(40, 90), dayIn(random, year, EVEN, months), today),
    ),
    ...specialised
      .slice(0, 4)
      .map(place => inspection(random, place, 'tour', random.int(12, 60), dayIn(random, year, EVEN, months), today)),
  ])
  return [...self, ...visits]
}

export const equipment: Generator = today => {
  const all = devices()
  return [
    ...deviceRecords(all, today),
    ...ROUNDS.flatMap(round => works(round, all)),
    ...APPROVED.flatMap(year => projects(year, today)),
    ...YEARS.flatMap(year => inspections(year, today)),
  ]
}
