import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, latestOf, stockOf, sumOf, unitsOf } from '../../kernel/figures/indicator.ts'
import type { Words } from '../../kernel/words.ts'
import { facilities } from './topics.ts'
import { audience, facility, lesson, message, officer, page } from './types.ts'

// Information to the village: web pages, computers, distance lessons, officers, and what was sent and read.

const opened = { since: 'openedOn', until: 'closedOn' }
const installed = { since: 'installedOn', until: 'retiredOn' }

const villagesWith = (kind: keyof typeof facilities) =>
  stockOf(facility, {
    zh: `有${facilities[kind].zh}的村(期末)`,
    en: `Villages with: ${facilities[kind].en}`,
    unit: 'village',
    where: { kind },
    ...installed,
  })

const coverage = (of: string, { zh, en }: Words) =>
  formula(`${of} / information.villages`, { zh: `${zh}覆盖率`, en: `Coverage: ${en}`, unit: 'percent' })

const indicators = {
  'information.villages': unitsOf('village', { zh: '行政村(期末)', en: 'Villages', unit: 'village' }),
  'information.pages': stockOf(page, {
    zh: '建有网页的村(期末)',
    en: 'Villages with a web page',
    unit: 'village',
    ...opened,
  }),
  'information.page-coverage': coverage('information.pages', { zh: '村网页', en: 'web page' }),
  'information.computer-villages': villagesWith('computer'),
  'information.computer-coverage': coverage('information.computer-villages', { zh: '村级电脑', en: 'computer' }),
  'information.classroom-villages': villagesWith('classroom'),
  'information.distance-villages': villagesWith('distance'),
  'information.distance-coverage': coverage('information.distance-villages', {
    zh: '远程教育',
    en: 'distance education',
  }),
  'information.devices': stockOf(facility, {
    zh: '村级信息设备(期末)',
    en: 'Devices in villages',
    unit: 'device',
    field: 'devices',
    by: ['kind'],
    ...installed,
  }),
  'information.lessons': countOf(lesson, {
    zh: '组织收看远程教育',
    en: 'Distance lessons',
    unit: 'session',
    by: ['subject', 'village'],
  }),
  'information.lesson-people': sumOf(lesson, 'people', {
    zh: '收看远程教育',
    en: 'People at lessons',
    unit: 'person-time',
    by: ['subject'],
  }),
  'information.officers': stockOf(officer, {
    zh: '科技情报信息员(期末)',
    en: 'Information officers',
    unit: 'person',
    by: ['department'],
    since: 'since',
    until: 'until',
    synonyms: ['科技情报信息员'],
  }),
  'information.users': latestOf(audience, 'users', { zh: '信息入户用户(期末)', en: 'Users', unit: 'household' }),
  'information.messages': countOf(message, {
    zh: '发送进村入户信息',
    en: 'Messages to villages',
    unit: 'item',
    by: ['channel', 'kind'],
  }),
  'information.sent': sumOf(message, 'sent', {
    zh: '信息发送到户',
    en: 'Messages sent, by household',
    unit: 'household',
    each: 'deliveries',
    by: ['village'],
  }),
  'information.read': sumOf(message, 'read', {
    zh: '信息阅读',
    en: 'Messages read, by household',
    unit: 'household',
    each: 'deliveries',
    by: ['village'],
  }),
  'information.read-rate': formula('information.read / information.sent', {
    zh: '信息阅读率',
    en: 'Messages read',
    unit: 'percent',
  }),
}

const summary = paragraph`
${sentence('期末', [
  '建有网页的村{{ information.pages }}，村网页覆盖率{{ information.page-coverage }}',
  '村级电脑覆盖率{{ information.computer-coverage }}',
  '在聘科技情报信息员{{ information.officers }}',
])}${sentence('', [
  '{{ period.words }}组织收看远程教育{{ information.lessons }}',
  '发送进村入户信息{{ information.messages }}，信息阅读率{{ information.read-rate }}',
])}`

const without = (id: string, zh: string, en: string, type: string, more: object) => ({
  id: `information.without-${id}`,
  zh: `没有${zh}的村`,
  en: `Villages without ${en}`,
  kinds: ['village'],
  type,
  unit: 'village',
  ...more,
})

export default domain('information', {
  zh: '信息进村入户',
  en: 'Information to the village',
  types: [page, facility, lesson, officer, audience, message],
  indicators,
  paragraphs: { summary },
  gaps: [
    without('page', '网页', 'a web page', page.id, opened),
    without('computer', '村级电脑', 'a computer', facility.id, { ...installed, where: { kind: 'computer' } }),
    without('distance', '远程教育站点', 'distance education', facility.id, {
      ...installed,
      where: { kind: 'distance' },
    }),
    without('officer', '信息员', 'an information officer', officer.id, { since: 'since', until: 'until' }),
  ],
})
