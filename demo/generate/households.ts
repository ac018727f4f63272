import { villagesOf } from '../orgs.ts'
import { addDays } from './calendar.ts'
import { personName, phoneNumber } from './names.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

/** County D 2024 as published: 13 helpers, 13 households, 40 led, 3000 yuan in cash. */
const COUNTY = 'KJ-D'
const PAIRS = 13
const LED = 40
const CASH = 3000

const QUARTERS = ['03-31', '06-30', '09-30', '12-31'] as const
const WORK = [
  '调查家底，商定全年计划',
  '指导栏舍修建和仔猪选购',
  '送技术资料，看核桃嫁接',
  '核对收入，商量来年打算',
] as const

function pairs(today: string): DemoRecord[] {
  const random = randomOf('households')
  const village = villagesOf(COUNTY)[3]!
  const led = random.split(LED, PAIRS, 1)
  const cash = random.split(CASH / 100, PAIRS, 1)
  return Array.from({ length: PAIRS }, (_, i) => one(random, village, i + 1, led[i]!, cash[i]! * 10_000, today)).flat()
}

function one(random: Random, village: string, number: number, led: number, cash: number, today: string): DemoRecord[] {
  const ref = `household ${number}`
  const pairing = `pairing ${number}`
  const base = random.int(60, 110) * 10_000
  return [
    {
      type: 'households.household',
      org: COUNTY,
      ref,
      fields: {
        number: `丁-帮扶-${String(number).padStart(2, '0')}`,
        registeredOn: '2023-12-20',
        head: personName(random),
        phone: phoneNumber(random),
        village,
        people: random.int(2, 6),
        reason: 'planning',
        farming: random.shuffled(['pigs', 'cattle', 'silkworms', 'walnut', 'tea', 'poultry']).slice(0, 2),
      },
    },
    {
      type: 'households.pairing',
      org: COUNTY,
      ref: pairing,
      refs: { household: ref },
      fields: {
        helper: `丁-${String(number).padStart(3, '0')}`,
        name: personName(random),
        since: '2024-01-08',
        plan: `年内${random.pick(['出栏生猪4头', '新栽核桃30株', '养蚕两季', '改造茶园2亩'])}，户均增收500元`,
        led,
      },
    },
    ...[2024, 2025].flatMap(year =>
      QUARTERS.map((end, i) => {
        const dueOn = `${year}-${end}`
        // One visit of the last quarter told of is still to be made.
        const visitedOn = number === PAIRS && dueOn === '2025-12-31' ? undefined : addDays(dueOn, -random.int(3, 60))
        const done = visitedOn !== undefined && visitedOn <= today
        return {
          type: 'households.visit',
          org: COUNTY,
          refs: { pairing },
          state: done ? 'done' : 'due',
          fields: filled({
            quarter: `${year}-Q${i + 1}`,
            dueOn,
            visitedOn: done ? visitedOn : undefined,
            work: done ? WORK[i] : undefined,
          }),
        }
      }),
    ),
    {
      type: 'households.aid',
      org: COUNTY,
      refs: { household: ref },
      fields: {
        givenOn: `2024-0${random.int(2, 5)}-1${random.int(0, 9)}`,
        aim: 'household',
        village,
        sort: 'cash',
        item: '扶持资金',
        amount: cash,
        receipts: [{ number: `丁收-2024-${String(number).padStart(3, '0')}`, amount: cash }],
      },
    },
    ...[2023, 2024].map((year, i) => ({
      type: 'households.income',
      org: COUNTY,
      refs: { household: ref },
      fields: {
        year: String(year),
        surveyedOn: `${year}-12-2${random.int(1, 8)}`,
        income: base + i * random.int(3, 14) * 10_000,
      },
    })),
  ]
}

/** The village that county C is paired with, 2024 as published: in yuan. */
const VILLAGE = [
  ['2024-04-11', 'village', 'equipment', '膜下滴灌首部机', 1, 25_000],
  ['2024-04-18', 'village', 'cash', '滴灌示范项目经费', 1, 4000],
  ['2024-06-01', 'school', 'cash', '村学校赞助资金', 1, 8000],
  ['2024-09-12', 'household', 'food', '大米、食用油', 6, 1200],
] as const

const village = (): DemoRecord[] =>
  VILLAGE.map(([givenOn, aim, sort, item, households, yuan], i) => ({
    type: 'households.aid',
    org: 'KJ-C',
    fields: {
      givenOn,
      aim,
      village: villagesOf('KJ-C')[6],
      sort,
      item,
      households,
      amount: yuan * 100,
      receipts: [{ number: `丙收-2024-${i + 1}`, amount: yuan * 100 }],
    },
  }))

export const households: Generator = today => [...pairs(today), ...village()]
