import { dayIn, EVEN } from './calendar.ts'
import { randomOf } from './random.ts'
import type { DemoRecord, Generator } from './record.ts'

/** County, year: study sessions, discussions, party activities; donated in yuan. County C 2024 as published: 25, 3, 2200. */
const YEARS: readonly (readonly [string, number, number, number, number, number])[] = [
  ['KJ-C', 2023, 22, 2, 5, 1500],
  ['KJ-C', 2024, 25, 3, 6, 2200],
  ['KJ-C', 2025, 24, 3, 6, 1800],
  ['KJ-D', 2024, 18, 2, 4, 900],
]

const TOPICS = {
  study: ['科技创新政策', '农村工作文件', '廉政规定', '业务知识'],
  discussion: ['征求服务对象意见', '支部组织生活会', '青年干部座谈'],
  party: ['主题党日', '党员志愿服务', '民主评议'],
} as const

function year([county, year, studies, discussions, party, donated]: (typeof YEARS)[number]): DemoRecord[] {
  const random = randomOf(`sessions ${county} ${year}`)
  const held = (kind: keyof typeof TOPICS, count: number) =>
    Array.from({ length: count }, () => ({
      type: 'sessions.session',
      org: county,
      fields: {
        heldOn: dayIn(random, year, EVEN),
        kind,
        topic: random.pick(TOPICS[kind]),
        attended: random.int(8, 14),
        notes: kind === 'study' ? random.int(0, 3) : 0,
      },
    }))
  const donations = random.split(donated / 100, 2, 1).map((hundreds, i) => ({
    type: 'sessions.donation',
    org: county,
    fields: {
      donatedOn: dayIn(random, year, EVEN, [5, 9]),
      purpose: ['支援灾区', '助学'][i],
      donors: random.int(8, 13),
      amount: hundreds * 10_000,
      receipt: `${county}-${year}-捐${i + 1}`,
    },
  }))
  return [...held('study', studies), ...held('discussion', discussions), ...held('party', party), ...donations]
}

export const sessions: Generator = () => YEARS.flatMap(year)
