import { addDays, dayIn, dayText, EVEN, past } from './calendar.ts'
import type { Device } from './devices.ts'
import { personName } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, YEARS } from './record.ts'

/** What breaks in a year, and how it is put right. */
const FAULTS = [
  {
    kind: 'sorting-machine',
    a_year: 14,
    symptom: '光电管误报，供件停顿',
    repair: '清洁并更换光电管',
    cause: 'wear',
    cost: 860,
  },
  { kind: 'parcel-line', a_year: 6, symptom: '爬坡输送带跑偏', repair: '调整张紧辊', cause: 'wear', cost: 1400 },
  { kind: 'atm', a_year: 26, symptom: '出钞模块卡钞', repair: '更换搓钞轮', cause: 'wear', cost: 420 },
  { kind: 'printer', a_year: 22, symptom: '断针', repair: '更换打印头', cause: 'wear', cost: 260 },
  { kind: 'terminal', a_year: 12, symptom: '系统反复重启', repair: '重装系统，更换电源', cause: 'power', cost: 180 },
  { kind: 'network', a_year: 8, symptom: '端口丢包', repair: '升级固件', cause: 'software', cost: 0 },
] as const

const PARTS = [
  ['BJ-001', '打印头', ['printer'], 20, 26],
  ['BJ-002', '搓钞轮', ['atm'], 30, 42],
  ['BJ-003', '光电管', ['sorting-machine', 'parcel-line'], 16, 95],
  ['BJ-004', '开关电源', ['terminal', 'computer'], 24, 110],
  ['BJ-005', '张紧辊', ['parcel-line'], 4, 380],
  ['BJ-006', '启动电瓶', ['generator', 'vehicle'], 6, 520],
] as const

/** Faults and repairs, running hours of the large machines, and the store of parts at the sorting centre. */
export const upkeep = (all: readonly Device[], today: string): DemoRecord[] => [
  ...faults(all, today),
  ...usage(all, today),
  ...parts(today),
]

function faults(all: readonly Device[], today: string): DemoRecord[] {
  return YEARS.flatMap(year =>
    FAULTS.flatMap(({ kind, a_year: number, symptom, repair, cause, cost }) => {
      const random = randomOf(`faults ${year} ${kind}`)
      const there = all.filter(
        one => one.kind === kind && one.testedOn < `${year}-01-01` && !(one.retiredOn && one.retiredOn < `${year + 1}`),
      )
      return Array.from({ length: there.length > 0 ? number : 0 }, (): DemoRecord => {
        const device = random.pick(there)
        const occurredOn = dayIn(random, year, EVEN)
        const repairedOn = past(addDays(occurredOn, random.int(0, 6)), today)
        return {
          type: 'maintenance.fault',
          org: device.org,
          enteredAt: 'YZ',
          state: repairedOn ? 'repaired' : 'reported',
          fields: filled({
            kind,
            occurredOn,
            symptom,
            ...(repairedOn
              ? { repairedOn, repair, cause, cost: cost * random.int(80, 130), repairedBy: personName(random) }
              : {}),
          }),
          refs: { device: device.number },
        }
      })
    }),
  )
}

/** The sorting machines and the parcel line report each month how long they ran. */
function usage(all: readonly Device[], today: string): DemoRecord[] {
  const machines = all.filter(({ kind }) => kind === 'sorting-machine' || kind === 'parcel-line')
  return machines.flatMap(device => {
    const random = randomOf(`usage ${device.number}`)
    return YEARS.flatMap(year =>
      Array.from({ length: 12 }, (_, month) => {
        const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
        const planned = length * 14
        return {
          on: dayText(year, month + 1, length),
          planned,
          running: Math.round(planned * (0.71 + random.next() * 0.24)),
        }
      })
        .filter(({ on }) => on > device.testedOn && on <= today)
        .map(fields => ({
          type: 'maintenance.usage',
          org: device.org,
          fields: { kind: device.kind, ...fields },
          refs: { device: device.number },
        })),
    )
  })
}

function parts(today: string): DemoRecord[] {
  const random = randomOf('parts')
  return PARTS.flatMap(([number, name, fits, least, yuan]) => {
    const part: DemoRecord = {
      type: 'spares.part',
      org: 'YZ-ZX',
      ref: number,
      fields: { number, name, fits, listedOn: '2023-01-03', least },
    }
    const moved = (sort: string, on: string, quantity: number): DemoRecord => ({
      type: 'spares.movement',
      org: 'YZ-ZX',
      fields: filled({ sort, on, quantity, cost: sort === 'receipt' ? quantity * yuan * 100 : undefined }),
      refs: { part: number },
    })
    let left = 0
    const list: DemoRecord[] = []
    for (const year of YEARS)
      for (const month of [1, 4, 7, 10]) {
        const bought = Math.max(0, least * 2 - left)
        if (bought > 0) list.push(moved('receipt', dayText(year, month, 6), bought))
        left += bought
        const used = random.int(Math.ceil(least * 0.4), least)
        list.push(moved('issue', dayText(year, month + 1, random.int(3, 25)), used))
        left -= used
      }
    return [part, ...list.filter(({ fields }) => String(fields.on) <= today)]
  })
}
