import { z } from 'zod'
import { board } from '../../kernel/disclosure/board.ts'
import { domain, sentence } from '../../kernel/domain.ts'
import { countOf, distinctOf, formula } from '../../kernel/figures/indicator.ts'
import { choice, day, mass, money, orgUnit, personalName, phone, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'

// Supply and demand, and warnings of what spreads: collected once, shown to anybody, gone when its day has passed.

export const kinds = {
  supply: { zh: '供应', en: 'Supply' },
  demand: { zh: '求购', en: 'Demand' },
  prevention: { zh: '预防', en: 'Prevention' },
  control: { zh: '治理', en: 'Control' },
} as const

/** So long an item may stand at most: a price of last season misleads. */
const LONGEST_DAYS = 180

const daysFrom = (since: unknown, until: unknown) =>
  (Date.parse(String(until)) - Date.parse(String(since))) / 86_400_000

export const item = recordType('exchange-board.item', {
  title: { zh: '供求防治信息', en: 'Supply, demand and warnings' },
  day: 'collectedOn',
  fields: z.object({
    collectedOn: day({ zh: '采集日期', en: 'Collected on' }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    title: text({ zh: '标题', en: 'Title', max: 60 }),
    content: text({ zh: '内容', en: 'Content', max: 1000 }),
    product: text({ zh: '品名', en: 'Product', max: 40 }).optional(),
    quantity: mass({ zh: '数量', en: 'Quantity' }).optional(),
    price: money({ zh: '每公斤价格', en: 'Price of a kilogram' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    contact: personalName({ zh: '联系人', en: 'Contact' }).optional(),
    phone: phone({ zh: '联系电话', en: 'Telephone', found: true }).optional(),
    expiresOn: day({ zh: '有效期至', en: 'Good until', future: true }),
  }),
  states: {
    collected: ['published', 'refused'],
    published: ['concluded', 'withdrawn'],
    refused: [],
    concluded: [],
    withdrawn: [],
  },
  stateTitles: {
    collected: { zh: '待发布', en: 'Collected' },
    published: { zh: '已发布', en: 'Published' },
    refused: { zh: '不予发布', en: 'Refused' },
    concluded: { zh: '已成交(办结)', en: 'Concluded' },
    withdrawn: { zh: '已撤下', en: 'Withdrawn' },
  },
  like: ['kind', 'title', 'village', 'expiresOn'],
  columns: ['collectedOn', 'kind', 'title', 'product', 'quantity', 'village', 'expiresOn'],
  check: ({ collectedOn, expiresOn }) => {
    const days = daysFrom(collectedOn, expiresOn)
    if (days >= 0 && days <= LONGEST_DAYS) return []
    return [
      {
        field: 'expiresOn',
        code: 'expires-out-of-time',
        zh: `有效期应在采集日期之后，最长${LONGEST_DAYS}天`,
        en: `An item expires after it was collected, within ${LONGEST_DAYS} days`,
      },
    ]
  },
})

const indicators = {
  'exchange-board.items': countOf(item, {
    zh: '采集供求防治信息',
    en: 'Items collected',
    unit: 'item',
    by: ['kind', 'village'],
    synonyms: ['供求防治信息'],
  }),
  'exchange-board.published': countOf(item, {
    zh: '发布供求防治信息',
    en: 'Items published',
    unit: 'item',
    by: ['kind'],
    where: { state: ['published', 'concluded', 'withdrawn'] },
  }),
  'exchange-board.publish-rate': formula('exchange-board.published / exchange-board.items', {
    zh: '供求信息发布率',
    en: 'Items published, of all collected',
    unit: 'percent',
  }),
  'exchange-board.concluded': countOf(item, {
    zh: '供求信息成交办结',
    en: 'Items concluded',
    unit: 'item',
    by: ['kind'],
    where: { state: 'concluded' },
  }),
  'exchange-board.villages': distinctOf(item, 'village', {
    zh: '提供供求信息的村',
    en: 'Villages with items',
    unit: 'village',
  }),
}

const summary = sentence('信息员', [
  '采集供求防治信息{{ exchange-board.items }}',
  '已向社会发布{{ exchange-board.published }}',
  '促成交易和治理{{ exchange-board.concluded }}',
])

export default domain('exchange-board', {
  zh: '供求防治信息',
  en: 'Supply and demand',
  types: [item],
  indicators,
  paragraphs: { summary },
  boards: [
    board('exchange-board.items', {
      zh: '供求防治信息栏',
      en: 'Supply and demand',
      type: item,
      state: ['published'],
      until: 'expiresOn',
      fields: ['title', 'kind', 'product', 'quantity', 'price', 'content', 'village', 'expiresOn'],
      by: 'kind',
    }),
  ],
  awaiting: [
    {
      id: 'exchange-board.unpublished',
      title: { zh: '待发布供求信息', en: 'Items to publish' },
      type: item,
      state: ['collected'],
      due: { field: 'expiresOn', days: LONGEST_DAYS },
    },
  ],
  leads: [
    lead('exchange-board.from-call', {
      zh: '转为供求信息',
      en: 'Put on the board',
      from: 'hotline.call',
      to: item.id,
      when: ({ fields }) => fields.topic === 'market',
      fields: ({ fields: { question, village, receivedOn } }) => ({
        collectedOn: receivedOn,
        kind: 'supply',
        content: question,
        village,
      }),
    }),
    lead('exchange-board.send', {
      zh: '发送到村',
      en: 'Send to villages',
      from: item.id,
      to: 'information.message',
      when: ({ state }) => state === 'published',
      fields: ({ fields: { title, content } }) => ({ kind: 'market', title, content }),
    }),
  ],
})
