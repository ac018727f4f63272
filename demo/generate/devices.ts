import { branches, districts } from '../orgs.ts'
import { addDays, dayIn, EVEN, past } from './calendar.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled } from './record.ts'

/** One device of the installed base. */
export interface Device {
  readonly number: string
  readonly kind: string
  readonly org: string
  readonly model: string
  readonly maker: string
  /** Fen. */
  readonly cost: number
  readonly arrivedOn: string
  readonly installedOn: string
  readonly testedOn: string
  readonly retiredOn?: string
}

interface Kind {
  readonly prefix: string
  readonly models: readonly string[]
  readonly maker: string
  /** 元. */
  readonly price: number
  readonly at: 'branch' | 'district' | readonly string[]
  /** In use before 2023, then brought in 2023, 2024 and 2025. */
  readonly base: number
  readonly brought: readonly [number, number, number]
  /** Retired in 2023, 2024 and 2025. */
  readonly retired: readonly [number, number, number]
}

const kind = (
  prefix: string,
  models: readonly string[],
  maker: string,
  price: number,
  at: Kind['at'],
  base: number,
  brought: Kind['brought'],
  retired: Kind['retired'] = [0, 0, 0],
): Kind => ({ prefix, models, maker, price, at, base, brought, retired })

/** 183 cash machines and 418 card terminals of 2024 as published. */
const KINDS: Readonly<Record<string, Kind>> = {
  atm: kind('QK', ['QK-200', 'QK-310'], '拾穗金融设备厂', 128_000, 'branch', 148, [36, 183, 42], [4, 12, 6]),
  pos: kind('PS', ['PS-12', 'PS-15C'], '听泉电子厂', 2400, 'branch', 236, [88, 418, 96], [10, 30, 14]),
  'franking-machine': kind('YZ', ['YJ-7', 'YJ-9'], '鹿鸣精密机械厂', 46_000, 'district', 190, [8, 6, 10], [3, 4, 3]),
  printer: kind(
    'DY',
    ['DY-24', 'DY-24B', 'DY-80'],
    '望星打印设备厂',
    3600,
    'district',
    1560,
    [60, 72, 65],
    [40, 52, 48],
  ),
  generator: kind('FD', ['FD-30', 'FD-75'], '枕石动力厂', 86_000, 'district', 44, [1, 2, 1]),
  'label-maker': kind('ZQ', ['ZQ-3', 'ZQ-5'], '晴川条码厂', 32_000, 'district', 58, [2, 0, 4]),
  'weighing-terminal': kind('CZ', ['CZ-15', 'CZ-30'], '云栖衡器厂', 9800, 'district', 420, [20, 24, 30], [6, 8, 8]),
  'sorting-machine': kind('FJ', ['FJ-H2'], '枕石自动化厂', 4_600_000, ['YZ-ZX', 'YZ-SD'], 5, [0, 0, 1]),
  'parcel-line': kind('BJ', ['BJ-8'], '枕石自动化厂', 9_800_000, ['YZ-ZX'], 1, [0, 1, 0]),
  'audit-machine': kind('JH', ['JH-14'], '云栖衡器厂', 78_000, ['YZ-SD'], 0, [0, 14, 0]),
  inserter: kind('FZ', ['FZ-6'], '鹿鸣精密机械厂', 1_250_000, ['YZ-SH'], 3, [0, 2, 0], [0, 1, 0]),
  'statement-printer': kind('ZD', ['ZD-1400'], '望星打印设备厂', 1_680_000, ['YZ-SH'], 2, [0, 2, 0]),
  server: kind(
    'FW',
    ['FW-2U', 'FW-4U'],
    '半岭计算机厂',
    68_000,
    ['YZ-XX', 'YZ-ZX', 'YZ-SD', 'YZ-TD'],
    96,
    [8, 14, 12],
    [4, 6, 8],
  ),
  terminal: kind('ZJ', ['ZJ-T1', 'ZJ-T3'], '半岭计算机厂', 6200, 'district', 1640, [64, 90, 80], [30, 44, 52]),
  network: kind('WL', ['WL-S24', 'WL-R2'], '听泉电子厂', 8400, 'district', 760, [20, 60, 24], [6, 22, 10]),
  computer: kind(
    'DN',
    ['DN-5', 'DN-7'],
    '半岭计算机厂',
    5400,
    ['YZ', 'YZ-ZX', 'YZ-SD', 'YZ-QY', 'YZ-SH', 'YZ-XX', 'YZ-TD', 'YZ-JL'],
    640,
    [24, 30, 28],
    [12, 18, 16],
  ),
  vehicle: kind(
    'CL',
    ['CL-2T', 'CL-5T'],
    '远山汽车厂',
    148_000,
    ['YZ-QY', 'YZ-SD', 'YZ-ZX'],
    120,
    [8, 10, 9],
    [5, 7, 6],
  ),
}

/** What was brought each year, by kind: what had been planned and ordered before. Price in 元. */
export const BROUGHT = Object.entries(KINDS).map(([kind, { models, price, brought }]) => ({
  kind,
  model: models[0]!,
  price,
  brought,
}))

/** The whole base, device by device. */
export const devices = (): Device[] => Object.entries(KINDS).flatMap(([name, one]) => devicesOf(name, one))

type Delivery = Pick<Device, 'arrivedOn' | 'installedOn' | 'testedOn'>

/** What a place is sent in a year comes on one lorry, and is set up by the same people. */
function delivery(place: string, year: number): Delivery {
  const random = randomOf(`delivery ${place} ${year}`)
  const testedOn = dayIn(random, year, EVEN, [3, 12])
  const installedOn = addDays(testedOn, -random.int(1, 6))
  return { arrivedOn: addDays(installedOn, -random.int(3, 20)), installedOn, testedOn }
}

/** A branch was equipped once before 2023, a district or bureau year after year. */
const earlierYear = (place: string, random: Random) =>
  branches.includes(place) ? randomOf(`equipped ${place}`).int(2017, 2022) : random.int(2017, 2022)

function devicesOf(name: string, { prefix, models, maker, price, at, base, brought, retired }: Kind): Device[] {
  const random = randomOf(`devices ${name}`)
  const places = at === 'branch' ? branches : at === 'district' ? districts : at
  const sent = [
    ...Array.from({ length: base }, () => ({ place: random.pick(places), year: 0 })),
    ...brought.flatMap((count, i) =>
      Array.from({ length: count }, () => ({ place: random.pick(places), year: 2023 + i })),
    ),
  ].map(({ place, year }) => ({ org: place, ...delivery(place, year || earlierYear(place, random)) }))
  // The oldest go first, when the year's scrapping is decided.
  const ends = retired.flatMap((count, i) => Array<string>(count).fill(dayIn(random, 2023 + i, EVEN, [4, 11])))
  return sent
    .sort((a, b) => (a.testedOn < b.testedOn ? -1 : 1))
    .map((days, i) => ({
      number: `${prefix}-${String(i + 1).padStart(4, '0')}`,
      kind: name,
      model: random.pick(models),
      maker,
      cost: Math.round(price * (0.92 + random.next() * 0.16)) * 100,
      ...days,
      retiredOn: ends[i],
    }))
}

export const deviceRecords = (all: readonly Device[], today: string): DemoRecord[] =>
  all.map(({ number, kind, org, model, maker, cost, arrivedOn, ...days }) => {
    const installedOn = past(days.installedOn, today)
    const testedOn = past(days.testedOn, today)
    const retiredOn = days.retiredOn && past(days.retiredOn, today)
    return {
      type: 'equipment.device',
      org,
      ref: number,
      state: retiredOn ? 'retired' : testedOn ? 'tested' : installedOn ? 'installed' : 'arrived',
      fields: filled({
        number,
        kind,
        model,
        maker,
        arrivedOn,
        installedOn,
        // Set up by the same people in one go.
        poweredOn: testedOn && installedOn,
        testedOn,
        retiredOn,
        cost,
      }),
    }
  })
