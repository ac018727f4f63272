import { parentOf, villagesOf } from '../orgs.ts'
import { addDays, daysIn, past } from './calendar.ts'
import { personName, phoneNumber } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

// Villages of two counties: who has a page, a computer, distance education and an officer, and what was sent to them.

const COUNTIES = ['KJ-A', 'KJ-B'] as const

const TITLES = [
  ['technique', '早稻病虫防治要点'],
  ['technique', '辣椒苗期管理要点'],
  ['technique', '果树修剪与清园'],
  ['technique', '沼气池越冬管护'],
  ['weather', '台风来临前的准备'],
  ['weather', '寒潮天气防冻提醒'],
  ['market', '本周瓜菜收购行情'],
  ['policy', '良种补贴申报须知'],
] as const

function ofVillage(village: string): DemoRecord[] {
  const random = randomOf(`information ${village}`)
  const org = parentOf(village)
  const on = (year: number) => daysIn(random, year, 1)[0]!
  const record = (type: string, fields: Record<string, unknown>): DemoRecord => ({
    type: `information.${type}`,
    org,
    fields: { village, ...fields },
  })
  const facility = (kind: string, chance: number, devices: number) =>
    random.chance(chance) ? [record('facility', { kind, devices, installedOn: on(random.int(2023, 2025)) })] : []
  return [
    ...(random.chance(0.7) ? [record('page', { openedOn: on(random.int(2023, 2024)) })] : []),
    ...facility('computer', 0.75, random.int(1, 4)),
    ...facility('classroom', 0.2, random.int(5, 12)),
    ...facility('distance', 0.5, 1),
    ...(random.chance(0.85)
      ? [
          record('officer', {
            number: `信息员-${village}`,
            officer: personName(random),
            phone: phoneNumber(random),
            department: random.weighted({ science: 6, agriculture: 3, culture: 1 }),
            since: on(2023),
          }),
        ]
      : []),
    { ...record('audience', { on: '2024-06-30', users: random.int(20, 160) }), org: village },
  ]
}

function ofYear(county: string, year: number, today: string): DemoRecord[] {
  const random = randomOf(`messages ${county} ${year}`)
  const villages = villagesOf(county)
  return daysIn(random, year, 18).map((sentOn, i): DemoRecord => {
    const [kind, title] = TITLES[i % TITLES.length]!
    const deliveries = random
      .shuffled(villages)
      .slice(0, 6)
      .map(village => {
        const sent = random.int(20, 120)
        return filled({
          village,
          sent,
          read: past(addDays(sentOn, 7), today) && Math.round(sent * (0.4 + 0.5 * random.next())),
        })
      })
    return {
      type: 'information.message',
      org: county,
      fields: { sentOn, channel: random.weighted({ sms: 8, page: 1, broadcast: 1 }), kind, title, deliveries },
    }
  })
}

function lessons(county: string, year: number): DemoRecord[] {
  const random = randomOf(`lessons ${county} ${year}`)
  const villages = villagesOf(county)
  return daysIn(random, year, 20).map(heldOn => {
    const [subject, title] = random.pick(TITLES)
    const village = random.pick(villages)
    return {
      type: 'information.lesson',
      org: parentOf(village),
      fields: { heldOn, village, subject, title: `远程课件：${title}`, minutes: 45, people: random.int(12, 60) },
    }
  })
}

export const information: Generator = today =>
  COUNTIES.flatMap(county => [
    ...villagesOf(county).flatMap(ofVillage),
    ...[2024, 2025].flatMap(year => [...ofYear(county, year, today), ...lessons(county, year)]),
  ])
