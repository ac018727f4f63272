import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, money, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'

// What a bureau does within: study sessions, party work, discussions; what its people donated.

const kinds = {
  study: { zh: '集体学习', en: 'Study session' },
  party: { zh: '党建活动', en: 'Party activity' },
  discussion: { zh: '座谈会', en: 'Discussion' },
  lecture: { zh: '专题党课', en: 'Party lecture' },
} as const

export const session = recordType('sessions.session', {
  title: { zh: '学习座谈', en: 'Study session' },
  day: 'heldOn',
  fields: z.object({
    heldOn: day({ zh: '日期', en: 'Held on' }),
    kind: choice(kinds, { zh: '形式', en: 'Kind' }),
    topic: text({ zh: '内容', en: 'Topic', max: 200 }),
    attended: count({ zh: '参加人次', en: 'Attendance', unit: 'person-time' }),
    notes: count({ zh: '心得体会', en: 'Essays written', unit: 'article' }).default(0),
  }),
  like: ['heldOn', 'kind', 'topic'],
})

export const donation = recordType('sessions.donation', {
  title: { zh: '捐款', en: 'Donation' },
  day: 'donatedOn',
  fields: z.object({
    donatedOn: day({ zh: '捐款日期', en: 'Donated on' }),
    purpose: text({ zh: '用途', en: 'Purpose', max: 100 }),
    donors: count({ zh: '捐款人次', en: 'Donors', unit: 'person-time' }),
    amount: money({ zh: '金额', en: 'Amount' }),
    receipt: text({ zh: '收据号', en: 'Receipt', max: 40 }),
  }),
  key: ['receipt'],
})

const held = (kind: keyof typeof kinds, zh: string, en: string, ...synonyms: string[]) =>
  countOf(session, { zh, en, unit: 'session', where: { kind }, synonyms })

export const indicators = {
  'sessions.studies': held('study', '干部职工集体学习', 'Study sessions'),
  'sessions.discussions': held('discussion', '召开机关座谈会', 'Discussions'),
  'sessions.party': held('party', '党建活动', 'Party activities'),
  'sessions.lectures': held('lecture', '专题党课', 'Party lectures'),
  'sessions.attendance': sumOf(session, 'attended', {
    zh: '学习座谈参加人次',
    en: 'Attendance at study sessions',
    unit: 'person-time',
    by: ['kind'],
  }),
  'sessions.notes': sumOf(session, 'notes', { zh: '撰写心得体会', en: 'Essays written', unit: 'article' }),
  'sessions.donated': sumOf(donation, 'amount', {
    zh: '干部职工捐款',
    en: 'Donated',
    unit: 'yuan',
  }),
  'sessions.donors': sumOf(donation, 'donors', { zh: '捐款人次', en: 'Donors', unit: 'person-time' }),
}

const summary = paragraph`
${sentence('{{ period.words }}', [
  '干部职工集体学习{{ sessions.studies }}',
  '召开机关座谈会{{ sessions.discussions }}',
  '党建活动{{ sessions.party }}',
  '撰写心得体会{{ sessions.notes }}',
])}${sentence('', ['干部职工捐款{{ sessions.donated }}'])}`

export default domain('sessions', {
  zh: '学习与党建',
  en: 'Study and party work',
  types: [session, donation],
  indicators,
  paragraphs: { summary },
  gaps: [
    {
      id: 'sessions.monthly-study',
      zh: '没有集体学习的月份',
      en: 'Months without a study session',
      every: 'month',
      type: 'sessions.session',
      where: { kind: 'study' },
      kinds: ['county'],
    },
  ],
})
