import { townshipsOf, villagesOf } from '../orgs.ts'
import { dayIn, WINTER } from './calendar.ts'
import { personName } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

/** One in so many villages has no deputy for science yet. */
const WITHOUT = 9
const DEPUTIES = 'KJ-A'
const ASSESSED = 'KJ-A-01'

const deputyRef = (village: string) => `deputy ${village}`

function posts(): DemoRecord[] {
  const random = randomOf('townships posts')
  const group = townshipsOf(DEPUTIES).flatMap(township =>
    (
      [
        ['leader', '乡镇政府'],
        ['deputy', '乡镇政府'],
        ['member', '农业站'],
        ['member', '中心学校'],
      ] as const
    ).map(([post, from]) => ({
      type: 'townships.post',
      org: township,
      fields: { post, from, holder: personName(random), since: `2023-0${random.int(1, 4)}-15` },
    })),
  )
  const deputies = villagesOf(DEPUTIES)
    .filter((_, i) => i % WITHOUT !== WITHOUT - 1)
    .map(village => ({
      type: 'townships.post',
      org: village.slice(0, village.lastIndexOf('-')),
      ref: deputyRef(village),
      fields: { post: 'village-deputy', holder: personName(random), village, since: `2023-0${random.int(2, 6)}-01` },
    }))
  return [...group, ...deputies]
}

const TASKS = ['course', 'publicity', 'introduction', 'demonstration', 'meeting', 'report', 'visit', 'solved'] as const
const MOST = [4, 5, 3, 2, 3, 5, 18, 3] as const

/** The deputies of one township in the last two quarters of 2024, checked against their evidence. */
function assessments(): DemoRecord[] {
  const random = randomOf('townships points')
  const deputies = villagesOf(ASSESSED).filter(village => posts().some(({ ref }) => ref === deputyRef(village)))
  return [3, 4].flatMap(quarter =>
    deputies.map(village => ({
      type: 'townships.assessment',
      org: ASSESSED,
      refs: { post: deputyRef(village) },
      proof: `${village} 2024年第${quarter}季度签到表、工作照片目录`,
      later: [{ state: 'checked' }],
      fields: {
        quarter: `2024-Q${quarter}`,
        assessedOn: quarter === 3 ? '2024-10-10' : '2025-01-08',
        items: TASKS.map((task, i) => ({
          task,
          quantity: random.int(0, MOST[i]!),
          on: `2024-${String(quarter * 3 - random.int(0, 2)).padStart(2, '0')}-1${random.int(0, 9)}`,
          place: '本村',
          by: '科技副村长',
        })).filter(item => item.quantity > 0),
      },
    })),
  )
}

/** County C as published for 2024: 72 civil model households, 96 contact households, 12 bases, 23 groups. */
const CAMPAIGNS = [
  [2023, 58, 80, 9, 17],
  [2024, 72, 96, 12, 23],
  [2025, 64, 90, 10, 14],
] as const

function campaign([year, civil, contact, crops, livestock]: (typeof CAMPAIGNS)[number], today: string): DemoRecord[] {
  const random = randomOf(`townships campaign ${year}`)
  const villages = villagesOf('KJ-C')
  const many = (count: number, make: (i: number, village: string) => DemoRecord) =>
    Array.from({ length: count }, (_, i) => make(i, random.pick(villages)))
  const recognised = (kind: string, count: number) =>
    many(count, (i, village) => {
      const until = random.chance(0.08) ? `${year + 1}-12-20` : undefined
      return {
        type: 'townships.recognition',
        org: 'KJ-C',
        fields: filled({
          kind,
          number: `丙-${kind}-${year}-${String(i + 1).padStart(3, '0')}`,
          holder: personName(random),
          village,
          since: dayIn(random, year, WINTER, [1, 4]),
          until: until && until <= today ? until : undefined,
        }),
      }
    })
  const founded = (kind: string, words: string, count: number) =>
    many(count, (i, village) => ({
      type: 'townships.base',
      org: 'KJ-C',
      fields: { name: `丙县${year}年${words}${i + 1}号`, kind, village, since: dayIn(random, year, WINTER, [1, 5]) },
    }))
  return [
    ...recognised('civil', civil),
    ...recognised('contact', contact),
    ...founded('crops', '种植示范基地', crops),
    ...founded('livestock', '育肥示范群', livestock),
  ]
}

/** Four townships of county C applied in 2024 and two passed every round; six people were honoured. */
const CANDIDATES = [
  ['KJ-C-01', 4, 3],
  ['KJ-C-02', 4, 3],
  ['KJ-C-03', 1, 0],
  ['KJ-C-04', 1, 0],
] as const

const ROUNDS = [
  ['self', '2024-02-20'],
  ['county', '2024-03-18'],
  ['prefecture', '2024-04-16'],
  ['region', '2024-08-09'],
] as const

const CHECKLIST = ['科技投入占财政支出比例', '科技副职到位', '农技站人员在岗', '科技示范户数', '科普活动场次'].map(
  item => ({ item, met: true }),
)

const candidates = (): DemoRecord[] =>
  CANDIDATES.flatMap(([township, passed, honoured]) => {
    const ref = `candidacy ${township}`
    const held = ROUNDS.slice(0, passed === 4 ? 4 : 2)
    return [
      {
        type: 'townships.candidacy',
        org: 'KJ-C',
        ref,
        fields: { township, title: '科技进步先进乡镇', declaredOn: '2024-01-15', honoured },
      },
      ...held.map(([level, heldOn], i) => ({
        type: 'townships.round',
        org: 'KJ-C',
        ref: `${ref} ${level}`,
        refs: { candidacy: ref },
        after: i === 0 ? [] : [`${ref} ${held[i - 1]![0]}`],
        fields: filled({
          level,
          heldOn,
          verdict: i < passed ? 'passed' : 'failed',
          checklist: i < passed ? CHECKLIST : undefined,
        }),
      })),
    ]
  })

/** Members of two associations of county B that keep lists: 35 and 84, as published. */
const MEMBERS = [
  ['body KJ-B 2024 0', 35],
  ['body KJ-B 2024 1', 84],
] as const

function members([body, count]: (typeof MEMBERS)[number]): DemoRecord[] {
  const random = randomOf(`townships members ${body}`)
  const since = '2024-12-30'
  return [
    ...Array.from({ length: count }, (_, i): DemoRecord[] => {
      const person = `member ${body} ${i}`
      return [
        {
          type: 'training.trainee',
          org: 'KJ-B',
          ref: person,
          fields: {
            number: `乙-会-${body.at(-1)}-${i + 1}`,
            name: personName(random),
            audience: 'farmer',
            registeredOn: since,
          },
        },
        { type: 'townships.membership', org: 'KJ-B', refs: { body, person }, fields: { since } },
      ]
    }).flat(),
    ...['2025-03-12', '2025-09-18'].map(heldOn => ({
      type: 'townships.gathering',
      org: 'KJ-B',
      refs: { body },
      fields: { heldOn, topic: '生产安排和销售信息交流', attended: Math.round(count * 0.7) },
    })),
  ]
}

export const townships: Generator = today => [
  ...posts(),
  ...assessments(),
  ...CAMPAIGNS.flatMap(one => campaign(one, today)),
  ...candidates(),
  ...MEMBERS.flatMap(members),
]
