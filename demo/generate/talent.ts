import { nameOf, townshipsOf } from '../orgs.ts'
import { addDays, dayIn, past } from './calendar.ts'
import { personName } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

const EXPERTS = [
  { org: 'KJ', bodies: ['省理工大学', '省农科院', '省医科大学', '邻市学院'], count: 14 },
  { org: 'KJ-A', bodies: ['省热作所', '邻县农技中心', '省农业大学'], count: 6 },
  { org: 'YZ', bodies: ['邮电设计院', '邻市邮政局', '省邮电学校'], count: 8 },
] as const

const FIELDS = ['agriculture', 'electronics', 'machinery', 'medicine', 'materials', 'finance'] as const

function experts({ org, bodies, count }: (typeof EXPERTS)[number]): DemoRecord[] {
  const random = randomOf(`experts ${org}`)
  return Array.from({ length: count }, (_, i) => ({
    type: 'talent.expert',
    org,
    ref: `expert:${org}:${i}`,
    fields: filled({
      number: `${org}-ZJ-${String(i + 1).padStart(3, '0')}`,
      name: personName(random),
      body: bodies[i % bodies.length],
      field: org === 'YZ' ? 'post' : FIELDS[i % FIELDS.length],
      rank: random.pick(['senior', 'senior', 'middle']),
      ties: i % 5 === 4 ? [{ body: '示范市学院', tie: 'partner' }] : undefined,
      joinedOn: `202${random.int(1, 3)}-03-15`,
    }),
  }))
}

const SKILLS = {
  farm: ['水稻栽培', '蔬菜育苗', '果树修剪', '畜禽防疫'],
  industry: ['制糖工艺', '机电维修', '食品加工'],
  medicine: ['常见病防治', '中草药'],
  education: ['科普教育'],
  rural: ['特色种植', '水产养殖', '编织'],
} as const

function people(org: string, count: number): DemoRecord[] {
  const random = randomOf(`talent ${org}`)
  const townships = townshipsOf(org)
  return Array.from({ length: count }, (_, i) => {
    const trade = random.weighted({ farm: 9, industry: 2, medicine: 3, education: 2, rural: 6 })
    return {
      type: 'talent.person',
      org,
      fields: {
        number: `${org}-RC-${String(i + 1).padStart(3, '0')}`,
        name: personName(random),
        body: nameOf(townships[i % townships.length]!),
        trade,
        skill: random.pick(SKILLS[trade]),
        rank: random.weighted({ senior: 1, middle: 4, junior: 6, none: 5 }),
        bornIn: random.int(1962, 1996),
        joinedOn: dayIn(random, random.int(2022, 2025)),
      },
    }
  })
}

/** Stations of county C's townships: half of the posts are filled, as its report says. */
function posts(today: string): DemoRecord[] {
  const random = randomOf('posts KJ-C')
  const stations = townshipsOf('KJ-C').flatMap(township =>
    (['agronomy', 'agronomy', 'veterinary', 'fishery'] as const).map((kind, i): DemoRecord => {
      const left = i >= 2 ? past(addDays('2023-02-01', random.int(0, 600)), today) : undefined
      return {
        type: 'talent.post',
        org: township,
        fields: filled({
          number: `${township}-G${i + 1}`,
          kind,
          station: `${nameOf(township)}农技站`,
          authorisedOn: '2015-01-01',
          filledOn: `20${random.int(15, 21)}-07-01`,
          leftOn: left,
        }),
      }
    }),
  )
  const bureau = Array.from(
    { length: 9 },
    (_, i): DemoRecord => ({
      type: 'talent.post',
      org: 'KJ-C',
      fields: filled({
        number: `KJ-C-G${i + 1}`,
        kind: 'science',
        station: '县科技局',
        authorisedOn: '2010-01-01',
        filledOn: `20${random.int(10, 19)}-09-01`,
        // Withdrawn one after the other in the reform of posts, four in all.
        ...(i < 4 && {
          withdrawnOn: past(`202${i}-12-01`, today),
          leftOn: past(`202${i}-12-01`, today),
        }),
      }),
    }),
  )
  return [...stations, ...bureau]
}

export const talent: Generator = today => [
  ...EXPERTS.flatMap(experts),
  ...people('KJ-A', 24),
  ...people('KJ-C', 18),
  ...posts(today),
]
