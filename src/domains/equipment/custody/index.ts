import { z } from 'zod'
import { domain, sentence } from '../../../kernel/domain.ts'
import { countOf, sumOf } from '../../../kernel/figures/indicator.ts'
import { choice, day, money, orgUnit, personalName, reference, rows, text } from '../../../kernel/records/fields.ts'
import { rule } from '../../../kernel/records/rule.ts'
import { recordType } from '../../../kernel/records/type.ts'
import { inOrder } from '../days.ts'
import { differences } from './differences.ts'
import { move } from './move.ts'
import { open } from './open.ts'
import { scan } from './scan.ts'

// Custody: where devices are, who answers for them, how they leave, and whether they are really there.

export const disposals = {
  scrap: { zh: '报废', en: 'Scrapped' },
  sale: { zh: '变卖', en: 'Sold' },
  donation: { zh: '捐赠', en: 'Given away' },
} as const

export const transfer = recordType('custody.move', {
  title: { zh: '设备调拨', en: 'Move of a device' },
  day: 'movedOn',
  fields: z.object({
    device: reference('equipment.device', { zh: '设备', en: 'Device' }),
    from: orgUnit({ zh: '调出单位', en: 'From' }),
    to: orgUnit({ zh: '调入单位', en: 'To' }),
    movedOn: day({ zh: '调拨日期', en: 'Moved on' }),
    reason: text({ zh: '原因', en: 'Reason', max: 200 }),
    handedBy: personalName({ zh: '交出人', en: 'Handed over by' }).optional(),
    takenBy: personalName({ zh: '接收人', en: 'Taken over by' }).optional(),
  }),
  check: ({ from, to }) =>
    from === to ? [{ field: 'to', code: 'same', zh: '调入和调出是同一单位', en: 'is where it comes from' }] : [],
})

export const disposal = recordType('custody.disposal', {
  title: { zh: '设备处置', en: 'Disposal' },
  day: 'disposedOn',
  fields: z.object({
    device: reference('equipment.device', { zh: '设备', en: 'Device' }),
    sort: choice(disposals, { zh: '方式', en: 'Sort' }),
    approvedOn: day({ zh: '批准日期', en: 'Approved on' }),
    approval: text({ zh: '批准文号', en: 'Approval', max: 60 }),
    disposedOn: day({ zh: '处置日期', en: 'Disposed on' }),
    proceeds: money({ zh: '处置收入', en: 'Proceeds' }).optional(),
  }),
  key: ['device'],
  check: fields => inOrder(fields, ['approvedOn', 'disposedOn']),
})

export const take = recordType('custody.take', {
  title: { zh: '设备盘点', en: 'Stock-taking' },
  day: 'from',
  fields: z.object({
    title: text({ zh: '名称', en: 'Title', max: 100 }),
    from: day({ zh: '开始日期', en: 'From' }),
    to: day({ zh: '结束日期', en: 'To', future: true }),
    settled: rows(
      {
        number: text({ zh: '设备编号', en: 'Device number', max: 40 }),
        explanation: text({ zh: '差异说明', en: 'Explanation', max: 300 }),
      },
      { zh: '差异处理', en: 'Differences settled' },
    ).optional(),
  }),
  states: { open: ['closed'], closed: [] },
  stateTitles: { open: { zh: '盘点中', en: 'Open' }, closed: { zh: '已结束', en: 'Closed' } },
  stateRoles: { closed: 'manager' },
  check: fields => inOrder(fields, ['from', 'to']),
})

export const counted = recordType('custody.count', {
  title: { zh: '盘点扫描', en: 'Counted device' },
  day: 'on',
  fields: z.object({
    take: reference('custody.take', { zh: '盘点', en: 'Stock-taking', above: true }),
    number: text({ zh: '设备编号', en: 'Device number', max: 40, linked: true }),
    on: day({ zh: '日期', en: 'On' }),
    place: text({ zh: '地点', en: 'Place', max: 60 }).optional(),
  }),
  key: ['number', 'take'],
})

export const indicators = {
  'custody.moves': countOf(transfer, { zh: '设备调拨', en: 'Moves', unit: 'time' }),
  'custody.disposals': countOf(disposal, { zh: '处置设备', en: 'Disposals', unit: 'device', by: ['sort'] }),
  'custody.proceeds': sumOf(disposal, 'proceeds', { zh: '处置收入', en: 'Proceeds', unit: 'fen', by: ['sort'] }),
  'custody.counted': countOf(counted, { zh: '盘点设备', en: 'Devices counted', unit: 'device' }),
}

const summary = sentence('', ['经批准处置设备{{ custody.disposals }}', "处置收入{{ custody.proceeds | in: '万元' }}"])

export default domain('custody', {
  zh: '设备资产',
  en: 'Custody',
  types: [transfer, disposal, take, counted],
  indicators,
  paragraphs: { summary },
  operations: [move, scan, differences, open],
  rules: [
    rule('custody.disposed', {
      zh: '报废的设备要先批准处置',
      en: 'A device is retired once its disposal is approved',
      type: 'equipment.device',
      reads: { disposals: { of: 'custody.disposal', via: 'device' } },
      // An opening register may hold what was retired before it was begun.
      check: (now, { disposals: approved = [] }, before) =>
        before && before.state !== 'retired' && now.state === 'retired' && approved.length === 0
          ? [{ field: 'state', code: 'no-disposal', zh: '还没有批准的处置记录', en: 'no disposal was approved yet' }]
          : [],
    }),
    rule('custody.open', {
      zh: '盘点结束后不再扫描',
      en: 'Nothing is counted once a stock-taking is closed',
      type: 'custody.count',
      reads: { take: { by: 'take' } },
      check: (_, { take: found = [] }) =>
        found.some(({ state }) => state === 'closed')
          ? [{ field: 'take', code: 'closed', zh: '盘点已经结束', en: 'is closed' }]
          : [],
    }),
  ],
  awaiting: [
    {
      id: 'custody.open',
      title: { zh: '进行中的设备盘点', en: 'Stock-takings under way' },
      type: take,
      state: ['open'],
    },
  ],
})
