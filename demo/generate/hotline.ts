import { TRADES } from '../../src/domains/hotline/dispatch.ts'
import { nameOf, parentOf, townshipsOf, villagesOf } from '../orgs.ts'
import { addDays, dayIn, GROWING, past } from './calendar.ts'
import { envoys } from './envoys.ts'
import { personName, phoneNumber } from './names.ts'
import { questionOn } from './questions.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

interface Year {
  readonly county: string
  readonly year: number
  readonly calls: number
  readonly served: number
  /** Experts sent, in person-times. */
  readonly sent: number
}

const YEARS: readonly Year[] = [
  { county: 'KJ-A', year: 2023, calls: 612, served: 2475, sent: 318 },
  { county: 'KJ-A', year: 2024, calls: 769, served: 3264, sent: 425 },
  { county: 'KJ-A', year: 2025, calls: 824, served: 3510, sent: 448 },
  { county: 'KJ-B', year: 2023, calls: 396, served: 1120, sent: 140 },
  { county: 'KJ-B', year: 2024, calls: 421, served: 1195, sent: 147 },
  { county: 'KJ-B', year: 2025, calls: 437, served: 1250, sent: 153 },
  { county: 'KJ-C', year: 2023, calls: 242, served: 690, sent: 78 },
  { county: 'KJ-C', year: 2024, calls: 260, served: 760, sent: 86 },
  { county: 'KJ-C', year: 2025, calls: 271, served: 785, sent: 89 },
  { county: 'KJ-D', year: 2023, calls: 310, served: 830, sent: 95 },
  { county: 'KJ-D', year: 2024, calls: 328, served: 885, sent: 101 },
  { county: 'KJ-D', year: 2025, calls: 341, served: 920, sent: 104 },
]

/** Stations by the day they opened: the command centre and three townships of county A; others have no network yet. */
const STATIONS = [
  { county: 'KJ-A', township: null, openedOn: '2024-08-25', computers: 1, vehicles: 1 },
  { county: 'KJ-A', township: 1, openedOn: '2024-08-25', computers: 1, vehicles: 0 },
  { county: 'KJ-A', township: 4, openedOn: '2024-08-25', computers: 1, vehicles: 0 },
  { county: 'KJ-A', township: 9, openedOn: '2024-08-25', computers: 1, vehicles: 0 },
  { county: 'KJ-B', township: null, openedOn: '2022-03-18', computers: 2, vehicles: 1 },
  { county: 'KJ-B', township: 2, openedOn: '2022-05-06', computers: 1, vehicles: 0 },
  { county: 'KJ-B', township: 7, openedOn: '2023-04-11', computers: 1, vehicles: 0 },
  { county: 'KJ-D', township: 3, openedOn: '2023-06-20', computers: 1, vehicles: 0 },
  { county: 'KJ-A', township: 6, openedOn: '2025-04-16', computers: 1, vehicles: 0 },
  { county: 'KJ-A', township: 11, openedOn: '2025-05-20', computers: 1, vehicles: 0 },
] as const

function stations(today: string): DemoRecord[] {
  return STATIONS.filter(({ openedOn }) => openedOn <= today).map(
    ({ county, township, openedOn, computers, vehicles }) => {
      const org = township === null ? county : townshipsOf(county)[township - 1]!
      const name = township === null ? '农业科技服务指挥中心' : `${nameOf(org)}农业科技服务站`
      return {
        type: 'hotline.station',
        org,
        fields: { name, kind: township === null ? 'centre' : 'station', openedOn, computers, vehicles },
      }
    },
  )
}

/** Where a call is taken: at the station of the caller's township where there is one by then, else at the centre. */
function takenAt(county: string, village: string, day: string): string {
  const township = parentOf(village)
  const open = STATIONS.some(
    station =>
      station.county === county &&
      station.township !== null &&
      townshipsOf(county)[station.township - 1] === township &&
      station.openedOn <= day,
  )
  return open ? township : county
}

/** What is asked about in each county. */
const CROPS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'KJ-A': {
    rice: 10,
    chilli: 12,
    'bitter-gourd': 7,
    'wax-gourd': 5,
    pumpkin: 4,
    'cherry-tomato': 6,
    beans: 6,
    banana: 8,
    litchi: 9,
    longan: 4,
    sugarcane: 6,
    pepper: 4,
    rubber: 4,
    'sweet-potato': 3,
    pig: 7,
    chicken: 5,
    fish: 8,
  },
  'KJ-B': { rice: 18, honeysuckle: 16, tea: 6, chilli: 6, beans: 4, pig: 14, chicken: 6, cattle: 4, fish: 3, none: 3 },
  'KJ-C': { 'cherry-tomato': 18, chilli: 14, cotton: 18, cattle: 14, fish: 10, none: 4 },
  'KJ-D': { tea: 14, rice: 10, pig: 14, cattle: 12, chicken: 7, beans: 4, none: 4 },
}
const ANIMALS = new Set(['pig', 'chicken', 'cattle'])

function topicOn(random: Random, crop: string): string {
  if (crop === 'none') return random.weighted({ market: 5, policy: 4, machinery: 3, weather: 2 })
  if (crop === 'fish') return random.weighted({ water: 10, market: 1 })
  if (ANIMALS.has(crop)) return random.weighted({ livestock: 7, feeding: 4, market: 1 })
  return random.weighted({ disease: 8, pest: 8, cultivation: 6, fertiliser: 5, variety: 3, weather: 2, market: 1 })
}

function countyYear(
  { county, year, calls, served, sent }: Year,
  envoys: readonly Envoy[],
  today: string,
): DemoRecord[] {
  const random = randomOf(`hotline ${county} ${year}`)
  // Most calls help one farmer; some bring a whole hamlet together.
  const helped = random.split(served, calls, 1)
  const villages = villagesOf(county)
  const list = helped.map((people, i) => {
    const village = random.pick(villages)
    const crop = random.weighted(CROPS[county]!)
    return call(random, { ref: `call ${county} ${year} ${i}`, county, village, crop, year, people }, today)
  })
  const trips = Math.round(sent / 2.4)
  const answered = list.filter(record => record.fields.receivedOn !== undefined)
  const visited = random.shuffled(answered).slice(0, trips)
  return [
    ...list,
    ...random
      .split(sent, trips, 1)
      .map((people, i) => trip(random, visited[i]!, people, envoys, `${county}${year}`, i)),
  ]
}

interface Caller {
  readonly ref: string
  readonly county: string
  readonly village: string
  readonly crop: string
  readonly year: number
  readonly people: number
}

function call(random: Random, { ref, county, village, crop, year, people }: Caller, today: string): DemoRecord {
  const receivedOn = dayIn(random, year, GROWING)
  const topic = topicOn(random, crop)
  const { question, answer } = questionOn(random, topic, crop)
  // The last days before today still have open calls.
  const answered = addDays(receivedOn, random.int(0, 3)) <= today
  const followedUpOn = answered && random.chance(0.35) ? past(addDays(receivedOn, random.int(5, 30)), today) : undefined
  const quick = random.chance(0.88)
  const responseMinutes = answered ? (quick ? random.int(2, 110) : random.int(121, 480)) : undefined
  return {
    type: 'hotline.call',
    org: takenAt(county, village, receivedOn),
    ref,
    state: answered ? 'answered' : 'open',
    fields: filled({
      receivedOn,
      receivedAt: timeOf(ref, receivedOn),
      caller: personName(random),
      phone: phoneNumber(random),
      village,
      channel: random.weighted({ telephone: 88, visit: 7, message: 5 }),
      topic,
      crop,
      question,
      answer: answered ? answer : undefined,
      urgency: URGENT.has(topic) && (responseMinutes ?? 0) <= 30 ? 'urgent' : 'normal',
      responseMinutes,
      served: people,
      followedUpOn,
      satisfaction: followedUpOn && random.weighted({ satisfied: 86, partly: 11, dissatisfied: 3 }),
    }),
  }
}

const URGENT: ReadonlySet<string> = new Set(['livestock', 'weather'])

/** Calls come by daylight, most of them in the morning and after the noon rest. */
const HOURS = { 7: 4, 8: 12, 9: 16, 10: 15, 11: 8, 12: 3, 13: 3, 14: 9, 15: 12, 16: 10, 17: 5, 18: 2, 20: 1 } as const

/** A stream of its own for each call, so that what else is told of it stays as it was. */
function timeOf(ref: string, day: string): string {
  const random = randomOf(`time of ${ref}`)
  const hour = random.weighted(HOURS).padStart(2, '0')
  return `${day}T${hour}:${String(random.int(0, 59)).padStart(2, '0')}:00+08:00`
}

interface Envoy {
  readonly org: string
  readonly ref: string
  readonly trade: string
  readonly since: string
  readonly until: string
}

/** Who can be sent, of all counties. */
const envoysOf = (today: string): Envoy[] =>
  envoys(today).flatMap(({ type, org, ref, fields }) =>
    type === 'envoys.appointment' && ref
      ? [{ org, ref, trade: String(fields.trade), since: String(fields.since), until: String(fields.until ?? '9999') }]
      : [],
  )

function trip(
  random: Random,
  after: DemoRecord,
  sent: number,
  envoys: readonly Envoy[],
  series: string,
  number: number,
): DemoRecord {
  const { receivedOn, village, topic, crop } = after.fields as Record<
    'receivedOn' | 'village' | 'topic' | 'crop',
    string
  >
  const next = addDays(receivedOn, random.int(0, 2))
  // A trip counts in the year of its call: the year's last calls are visited the same day.
  const sentOn = next.slice(0, 4) === receivedOn.slice(0, 4) ? next : receivedOn
  const fitting = envoys.filter(
    ({ trade, since, until }) => since <= sentOn && sentOn < until && TRADES[crop]?.includes(trade),
  )
  const envoy = fitting[number % Math.max(1, fitting.length)]
  return {
    type: 'hotline.dispatch',
    org: after.org,
    state: 'visited',
    refs: { call: after.ref!, ...(envoy ? { envoy: envoy.ref } : {}) },
    fields: {
      sentOn,
      village,
      leader: personName(random),
      topic,
      crop,
      sent,
      visitedOn: sentOn,
      slip: `${series}-${String(number + 1).padStart(3, '0')}`,
      households: random.int(1, 12),
      finding: random.pick([
        '田间查看，症状与来电相符',
        '取样带回化验',
        '现场查看，面积较小，可控',
        '周边几户有同样情况',
      ]),
      advice: random.pick([
        '按比例兑药喷施，七天后复查',
        '加强排水，清除病株',
        '调整饲料配比并补防',
        '示范一遍操作，留下资料',
      ]),
    },
  }
}

const OFFICERS = ['陈值守', '吴接线', '符热心', '林答复'] as const

/** The last month's rings of county A's exchange, and its roster for them. */
function lastMonth(today: string): DemoRecord[] {
  const random = randomOf('hotline rings')
  const days = Array.from({ length: 31 }, (_, i) => addDays('2025-12-01', i)).filter(day => day <= today)
  return days.flatMap((on, day) => {
    const weekend = [0, 6].includes(new Date(on).getUTCDay())
    const duty = {
      type: 'hotline.duty',
      org: 'KJ-A',
      fields: { on, shift: weekend ? 'weekend' : 'day', officer: OFFICERS[day % OFFICERS.length], extension: '8001' },
    }
    const rings = Array.from({ length: weekend ? 1 : 4 }, (_, i): DemoRecord => {
      const number = `${on.replaceAll('-', '')}${i + 1}`
      const rangAt = timeOf(number, on)
      const after = (seconds: number) => new Date(Date.parse(rangAt) + seconds * 1000).toISOString()
      const wait = random.int(4, 50)
      const missed = random.chance(0.08)
      return {
        type: 'hotline.ring',
        org: 'KJ-A',
        state: missed ? 'called-back' : 'ended',
        fields: filled({
          number,
          rangOn: on,
          rangAt,
          phone: phoneNumber(random),
          line: '963110',
          pickedUpAt: missed ? undefined : after(wait),
          endedAt: after(wait + random.int(20, 400)),
        }),
      }
    })
    return [duty, ...rings]
  })
}

export const hotline: Generator = today => {
  const sendable = envoysOf(today)
  return [
    ...stations(today),
    ...YEARS.flatMap(year =>
      countyYear(
        year,
        sendable.filter(({ org }) => org === year.county),
        today,
      ),
    ),
    ...lastMonth(today),
  ]
}
