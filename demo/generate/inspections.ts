import { branches, districts, specialised } from '../orgs.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import type { Device } from './devices.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, YEARS } from './record.ts'

const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  printer: ['打印字迹偏淡', '进纸偏斜'],
  terminal: ['键盘按键失灵'],
  network: ['交换机端口告警'],
  'weighing-terminal': ['零点漂移，超出允差'],
  'franking-machine': ['日戳不清'],
  computer: ['硬盘有坏道'],
  generator: ['启动电瓶电压不足'],
  'sorting-machine': ['供件台光电管积灰，误分偏多'],
  vehicle: ['尾板液压渗油'],
}

interface Round {
  readonly title: string
  readonly sort: 'tour' | 'self' | 'mutual'
  readonly months: readonly [number, number]
  readonly places: readonly string[]
  /** Devices looked at in each place. */
  readonly each: number
}

const half = (second: boolean): readonly [number, number] => (second ? [9, 12] : [3, 6])

const rounds = (): Round[] => [
  ...[false, true].flatMap((second): Round[] => [
    {
      title: `${second ? '下' : '上'}半年区局互查`,
      sort: 'mutual',
      months: half(second),
      places: districts,
      each: 12,
    },
    {
      title: `${second ? '下' : '上'}半年邮件处理设备巡检`,
      sort: 'tour',
      months: half(second),
      places: specialised.slice(0, 4),
      each: 14,
    },
  ]),
  { title: '秋季支局自查', sort: 'self', months: [9, 11], places: branches.slice(0, 50), each: 2 },
]

/** Each round looks at some devices of each place, one by one. */
export const inspections = (all: readonly Device[], today: string): DemoRecord[] =>
  YEARS.flatMap(year => rounds().flatMap(round => roundRecords(year, round, all, today)))

function roundRecords(year: number, round: Round, all: readonly Device[], today: string): DemoRecord[] {
  const random = randomOf(`inspections ${year} ${round.title}`)
  const title = `${year}年${round.title}`
  const days = round.places.map(() => dayIn(random, year, EVEN, round.months))
  const from = [...days].sort()[0]!
  const to = [...days].sort().at(-1)!
  return [
    {
      type: 'inspection.round',
      org: 'YZ',
      ref: title,
      state: to < today ? 'closed' : 'open',
      fields: { title, sort: round.sort, from, to, orderedBy: round.sort === 'tour' ? '国家邮政局' : '科技处' },
    },
    ...round.places.flatMap((place, i) => {
      const there = random.shuffled(
        all.filter(
          ({ org, testedOn, retiredOn }) =>
            org === place && testedOn < days[i]! && !(retiredOn && retiredOn < days[i]!),
        ),
      )
      return there.slice(0, round.each).map(device => checked(random, title, round.sort, device, days[i]!, today))
    }),
  ]
}

function checked(
  random: Random,
  round: string,
  sort: string,
  device: Device,
  checkedOn: string,
  today: string,
): DemoRecord {
  const finding = random.chance(0.04) ? random.pick(FINDINGS[device.kind] ?? ['外壳破损，需加固']) : undefined
  const repairedOn = finding && random.chance(0.95) ? past(addDays(checkedOn, random.int(1, 25)), today) : undefined
  return {
    type: 'inspection.check',
    org: device.org,
    enteredAt: 'YZ',
    fields: filled({
      sort,
      kind: device.kind,
      checkedOn,
      result: finding ? 'faulty' : 'sound',
      finding,
      repairedOn,
      repair: repairedOn && '已修复，试机正常',
    }),
    refs: { round, device: device.number },
  }
}
