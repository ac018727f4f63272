import { districts, nameOf, parentOf, specialised, townshipsOf, villagesOf } from '../orgs.ts'
import { dayIn, EVEN, WINTER } from './calendar.ts'
import { personName, phoneNumber } from './names.ts'
import { type Random, randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

interface Year {
  readonly county: string
  readonly year: number
  readonly courses: number
  readonly lectures: number
  readonly people: number
  readonly materials: number
}

/** 2024 as published; the years beside it are plausible. */
const YEARS: readonly Year[] = [
  { county: 'KJ-A', year: 2023, courses: 92, lectures: 5, people: 9870, materials: 18_450 },
  { county: 'KJ-A', year: 2024, courses: 110, lectures: 6, people: 12_046, materials: 22_310 },
  { county: 'KJ-A', year: 2025, courses: 64, lectures: 8, people: 6420, materials: 13_100 },
  { county: 'KJ-B', year: 2023, courses: 48, lectures: 3, people: 7105, materials: 21_060 },
  { county: 'KJ-B', year: 2024, courses: 55, lectures: 0, people: 8026, materials: 25_310 },
  { county: 'KJ-B', year: 2025, courses: 62, lectures: 4, people: 9140, materials: 27_880 },
  { county: 'KJ-C', year: 2023, courses: 31, lectures: 2, people: 3020, materials: 5400 },
  { county: 'KJ-C', year: 2024, courses: 36, lectures: 3, people: 3515, materials: 6250 },
  { county: 'KJ-C', year: 2025, courses: 41, lectures: 3, people: 4080, materials: 7100 },
  { county: 'KJ-D', year: 2023, courses: 2, lectures: 1, people: 410, materials: 0 },
  { county: 'KJ-D', year: 2024, courses: 1, lectures: 1, people: 600, materials: 0 },
  { county: 'KJ-D', year: 2025, courses: 6, lectures: 2, people: 930, materials: 1200 },
]

/** What each county grows, keeps and fishes: topic → courses on it. */
const TAUGHT: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'KJ-A': {
    vegetables: ['苦瓜冬瓜无公害栽培', '南瓜早熟栽培', '豆类蔬菜病虫害防治'],
    chilli: ['辣椒育苗与定植', '辣椒疫病综合防治'],
    rice: ['水稻制种技术', '早稻田间管理'],
    'tropical-fruit': ['香蕉抗风栽培', '龙眼保花保果'],
    litchi: ['荔枝控梢促花', '荔枝保果与采后保鲜'],
    sugarcane: ['甘蔗良种繁育', '甘蔗高产栽培'],
    'industrial-crops': ['胡椒瘟病防治', '橡胶割胶技术'],
    pigs: ['生猪防疫与饲料配方', '母猪饲养管理'],
    poultry: ['林下养鸡', '鸡群免疫程序'],
    aquaculture: ['对虾健康养殖', '网箱养鱼'],
    fishing: ['近海捕捞安全与渔具'],
    'safe-produce': ['无公害农产品生产标准', '安全用药与农残控制'],
  },
  'KJ-B': {
    rice: ['优质稻栽培', '超级杂交稻制种'],
    honeysuckle: ['金银花修剪与采摘', '金银花无硫干制', '百合种球处理'],
    vegetables: ['紫茄子订单栽培', '大棚蔬菜管理'],
    pigs: ['养猪疫病防治', '猪场防疫消毒'],
    flowers: ['苗木嫁接', '花卉扦插育苗'],
    tea: ['茶园冬季管理'],
    'safe-produce': ['富硒农产品生产'],
  },
  'KJ-C': {
    tomato: ['工业番茄钵盘育苗', '番茄高产栽培'],
    chilli: ['色素辣椒种植', '辣椒育苗移栽'],
    cotton: ['棉花测土配方施肥', '棉花化调技术'],
    irrigation: ['膜下滴灌技术', '高标准节水灌溉'],
    cattle: ['牛羊育肥', '牧草种植与青贮'],
    aquaculture: ['鱼种强化培育', '冷水鱼养殖'],
  },
  'KJ-D': { tea: ['良繁茶种植'], cattle: ['养牛养猪知识'], pigs: ['生猪饲养知识'] },
}

const LECTURERS = [
  '省农业科学院',
  '省科学技术协会',
  '热带作物大学',
  '县农业技术推广中心',
  '县畜牧兽医站',
  '县水产技术站',
  '市农业学校',
  '科技特派员工作站',
]
const METHODS = ['classroom', 'video', 'field', 'demonstration', 'guidance'] as const

function countyYear({ county, year, courses, lectures, people, materials }: Year): DemoRecord[] {
  const random = randomOf(`training ${county} ${year}`)
  const sessions = courses + lectures
  const attended = random.split(people, sessions, 18)
  const copies = random.split(materials, sessions)
  return attended.map((persons, i) =>
    session(random, county, year, i < courses ? 'course' : 'lecture', persons, copies[i]!),
  )
}

function session(
  random: Random,
  county: string,
  year: number,
  form: 'course' | 'lecture',
  attended: number,
  materials: number,
): DemoRecord {
  const taught = TAUGHT[county]!
  const topic = random.pick(Object.keys(taught))
  const village = random.pick(villagesOf(county))
  const township = parentOf(village)
  // A lecture is the county's own; a course is entered where it is held, in the township or the village itself.
  const org = form === 'lecture' ? county : random.chance(0.25) ? village : random.chance(0.6) ? township : county
  return {
    type: 'training.session',
    org,
    fields: filled({
      heldOn: dayIn(random, year, form === 'course' ? WINTER : EVEN),
      form,
      title: `${random.pick(taught[topic]!)}${form === 'course' ? '培训班' : '专题讲座'}`,
      topic,
      audience: random.weighted({
        farmer: 70,
        'village-officer': 12,
        'farm-technician': 14,
        official: form === 'lecture' ? 14 : 2,
      }),
      place:
        form === 'lecture'
          ? `${nameOf(township)}文化站`
          : `${nameOf(village)}${random.pick(['村委会', '活动室', '晒谷场', '种植基地'])}`,
      village: form === 'course' ? village : undefined,
      lecturer: personName(random),
      lecturerFrom: random.pick(LECTURERS),
      methods: random.shuffled(METHODS).slice(0, random.int(1, 3)),
      attended,
      women: Math.floor(attended * (0.25 + random.next() * 0.35)),
      materials,
      hours: random.int(2, 8) / 2 + 1,
      cost: random.int(4, 40) * 10_000,
    }),
  }
}

/** Township by township what else was held; each is a round of its own with exact attendance. */
const POSTAL: readonly {
  year: number
  audience: string
  topic: string
  title: string
  people: number
  sessions: number
}[] = [
  { year: 2023, audience: 'maintainer', topic: 'maintenance', title: '邮政设备维修骨干培训', people: 26, sessions: 1 },
  { year: 2023, audience: 'operator', topic: 'operation', title: '营业系统操作培训', people: 355, sessions: 9 },
  { year: 2023, audience: 'technician', topic: 'development', title: '信息技术专业培训', people: 24, sessions: 1 },
  { year: 2024, audience: 'maintainer', topic: 'maintenance', title: '区局设备维修骨干培训', people: 34, sessions: 2 },
  {
    year: 2024,
    audience: 'operator',
    topic: 'operation',
    title: '中心局生产作业系统上线培训',
    people: 420,
    sessions: 12,
  },
  { year: 2024, audience: 'technician', topic: 'development', title: '网络与数据库专业培训', people: 30, sessions: 1 },
  { year: 2025, audience: 'maintainer', topic: 'maintenance', title: '终端设备维修骨干培训', people: 40, sessions: 2 },
  { year: 2025, audience: 'operator', topic: 'operation', title: '集中交易系统操作培训', people: 460, sessions: 14 },
  { year: 2025, audience: 'technician', topic: 'development', title: '数据中心运行维护培训', people: 32, sessions: 1 },
]

function postal({ year, audience, topic, title, people, sessions }: (typeof POSTAL)[number]): DemoRecord[] {
  const random = randomOf(`training YZ ${year} ${audience}`)
  const hosts = audience === 'operator' ? [...specialised, ...districts] : ['YZ']
  return random.split(people, sessions, 8).map((attended, i) => ({
    type: 'training.session',
    org: random.pick(hosts),
    fields: {
      heldOn: dayIn(random, year),
      form: 'skills',
      title: sessions > 1 ? `${title}(第${i + 1}期)` : title,
      topic,
      audience,
      place: random.pick(['培训中心', '信息大厦', '中心局会议室']),
      lecturer: personName(random),
      lecturerFrom: random.pick(['科技处', '信息局', '设备厂家', '邮电职工学校']),
      methods: ['classroom', 'practice'],
      attended,
      materials: attended,
      hours: random.int(8, 48) / 2,
      cost: attended * 12_000,
    },
  }))
}

const TRADES = ['rice', 'chilli', 'tomato', 'cotton', 'cattle', 'aquaculture', 'litchi', 'pigs'] as const
const CERTIFIED: readonly [string, number, number][] = [
  ['KJ-C', 2023, 51],
  ['KJ-C', 2024, 64],
  ['KJ-C', 2025, 58],
  ['KJ-A', 2024, 85],
  ['KJ-A', 2025, 70],
]

function certificates([county, year, count]: (typeof CERTIFIED)[number]): DemoRecord[] {
  const random = randomOf(`certificates ${county} ${year}`)
  return Array.from({ length: count }, (_, i) => ({
    type: 'training.certificate',
    org: random.pick(townshipsOf(county)),
    fields: {
      number: `${county}-${year}-${String(i + 1).padStart(3, '0')}`,
      kind: county === 'KJ-C' ? 'farm-title' : 'green',
      holder: personName(random),
      trade: random.pick(TRADES),
      awardedOn: dayIn(random, year, WINTER),
      lapsesOn: `${year + 5}-12-31`,
    },
  }))
}

/** Sessions of which a list was kept: of two small courses of county C, and of the postal maintainers and technicians of 2024. */
const LISTED: readonly (readonly [
  org: string,
  year: string,
  audience: string | undefined,
  most: number,
  lists: number,
])[] = [
  ['KJ-C', '2024', undefined, 40, 2],
  ['YZ', '2024', 'maintainer', 60, 2],
  ['YZ', '2024', 'technician', 60, 1],
]

/** The same records, some of them with who signed in instead of heads counted. Half of the people come again. */
function withLists(sessions: readonly DemoRecord[]): DemoRecord[] {
  const lists = new Map<DemoRecord, DemoRecord[]>()
  for (const [org, year, audience, most, wanted] of LISTED) {
    const chosen = sessions
      .filter(
        ({ org: at, fields }) => (at === org || at.startsWith(`${org}-`)) && String(fields.heldOn).startsWith(year),
      )
      .filter(({ fields }) => (audience ? fields.audience === audience : fields.form === 'course'))
      .filter(({ fields }) => Number(fields.attended) <= most)
      .slice(0, wanted)
    let people: string[] = []
    for (const session of chosen) {
      const listed = listOf(session, org, people)
      people = listed.people
      lists.set(session, listed.records)
    }
  }
  return sessions.flatMap(session => lists.get(session) ?? [session])
}

function listOf(session: DemoRecord, org: string, known: readonly string[]) {
  const { heldOn, title, form, topic, audience, place, attended, hours } = session.fields
  const name = `${org} ${title} ${heldOn}`
  const random = randomOf(`list ${name}`)
  const [course, held] = [`class ${name}`, `session ${name}`]
  const people: string[] = known.slice(0, Math.floor(Number(attended) / 2))
  const isNew = (person: string) => !known.includes(person)
  while (people.length < Number(attended)) people.push(`${org} ${heldOn} ${people.length + 1}`)
  const trainees = people.filter(isNew).map(
    (person, i): DemoRecord => ({
      type: 'training.trainee',
      org,
      ref: person,
      fields: {
        number: `${org}-${String(heldOn).replaceAll('-', '').slice(2)}-${String(i + 1).padStart(2, '0')}`,
        name: personName(random),
        phone: phoneNumber(random),
        audience,
        registeredOn: heldOn,
      },
    }),
  )
  const records: DemoRecord[] = [
    {
      type: 'training.class',
      org,
      ref: course,
      state: 'enrolling',
      fields: {
        number: name,
        title,
        form,
        topic,
        audience,
        plannedOn: heldOn,
        place,
        capacity: Number(attended) + 5,
        hours,
      },
      later: [{ state: 'closed' }],
    },
    ...trainees,
    ...people.map(person => ({
      type: 'training.enrolment',
      org,
      ref: `enrolment ${course} ${person}`,
      refs: { class: course, trainee: person },
      fields: filled({
        enrolledOn: heldOn,
        result: random.chance(0.92) ? 'passed' : 'failed',
        score: random.int(55, 98),
      }),
    })),
    {
      ...session,
      org,
      ref: held,
      refs: { ...session.refs, class: course },
      fields: filled({ ...session.fields, attended: 0, women: undefined, list: 'open' }),
      later: [{ fields: { list: 'closed', attended } }],
    },
    ...people.map((person, i) => ({
      type: 'training.attendance',
      org,
      refs: { session: held, trainee: person },
      after: [`enrolment ${course} ${person}`],
      fields: { signedOn: heldOn, way: i % 9 === 8 ? 'hand' : 'code' },
    })),
  ]
  return { people, records }
}

/** What villages of county C asked to be taught. */
const NEEDS = [
  ['2024-01-12', 'chilli', 24, 'met'],
  ['2024-02-20', 'irrigation', 60, 'met'],
  ['2024-11-05', 'tomato', 45, 'planned'],
  ['2025-09-16', 'cattle', 30, 'asked'],
] as const

const needs = (): DemoRecord[] =>
  NEEDS.map(([askedOn, topic, people, state], i) => ({
    type: 'training.need',
    org: 'KJ-C',
    state,
    fields: {
      askedOn,
      topic,
      audience: 'farmer',
      village: villagesOf('KJ-C')[i * 4],
      people,
      reason: '群众反映缺技术，请求办班',
    },
  }))

export const training: Generator = () => [
  ...withLists([...YEARS.flatMap(countyYear), ...POSTAL.flatMap(postal)]),
  ...needs(),
  ...CERTIFIED.flatMap(certificates),
]
