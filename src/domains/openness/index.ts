import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, reference, text } from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { take } from './take.ts'
import { channels, kinds } from './topics.ts'

// Open affairs: the monthly notice of affairs and accounts, promises of service with their time limits, and how they are kept.

export const notice = recordType('openness.notice', {
  title: { zh: '政务公开', en: 'Notice of affairs' },
  help: { zh: '政务、财务每月至少公开一次', en: 'Affairs and accounts are shown every month' },
  day: 'publishedOn',
  fields: z.object({
    publishedOn: day({ zh: '公开日期', en: 'Published on' }),
    kind: choice(kinds, { zh: '内容', en: 'Kind' }),
    channel: choice(channels, { zh: '渠道', en: 'Channel' }),
    title: text({ zh: '标题', en: 'Title', max: 200 }),
    content: text({ zh: '公开内容', en: 'Content' }).optional(),
  }),
  like: ['publishedOn', 'kind', 'title'],
})

export const promise = recordType('openness.promise', {
  title: { zh: '服务承诺', en: 'Promise of service' },
  day: 'since',
  fields: z.object({
    matter: text({ zh: '事项', en: 'Matter', max: 100 }),
    since: day({ zh: '公布日期', en: 'Since' }),
    until: day({ zh: '停止日期', en: 'Until' }).optional(),
    limit: integer({ zh: '承诺时限(工作日)', en: 'Limit in working days', min: 1, max: 120, unit: 'day' }),
    papers: text({ zh: '所需材料', en: 'Papers needed', max: 500 }).optional(),
  }),
  key: ['org', 'matter'],
})

export const request = recordType('openness.request', {
  title: { zh: '承诺事项受理', en: 'Request under a promise' },
  day: 'receivedOn',
  fields: z.object({
    promise: reference('openness.promise', { zh: '承诺事项', en: 'Promise' }),
    applicant: text({ zh: '申请单位', en: 'Applicant', max: 100 }),
    receivedOn: day({ zh: '受理日期', en: 'Received on' }),
    dueOn: day({ zh: '承诺办结', en: 'Due on', future: true }),
    doneOn: day({ zh: '办结日期', en: 'Done on' }).optional(),
  }),
  computed: {
    kept: computed({ zh: '按时办结', en: 'Kept' }, ({ dueOn, doneOn }) =>
      doneOn === undefined ? null : Number(String(doneOn) <= String(dueOn)),
    ),
  },
})

export const indicators = {
  'openness.notices': countOf(notice, {
    zh: '政务公开',
    en: 'Notices of affairs',
    unit: 'time',
    by: ['kind', 'channel'],
    synonyms: ['公示政务财务'],
  }),
  'openness.promises': stockOf(promise, {
    zh: '公布服务承诺(期末)',
    en: 'Promises of service',
    unit: 'task',
    since: 'since',
    until: 'until',
  }),
  'openness.requests': countOf(request, { zh: '承诺事项办结', en: 'Requests done', unit: 'item', day: 'doneOn' }),
  'openness.kept': sumOf(request, 'kept', {
    zh: '承诺事项按时办结',
    en: 'Requests done in time',
    unit: 'item',
    day: 'doneOn',
  }),
  'openness.kept-rate': formula('openness.kept / openness.requests', {
    zh: '承诺事项按时办结率',
    en: 'Promises kept',
    unit: 'percent',
  }),
}

const summary = paragraph`
${sentence('', [
  '政务公开{{ openness.notices }}',
  '公布服务承诺{{ openness.promises }}',
  '承诺事项办结{{ openness.requests }}',
])}`

export default domain('openness', {
  zh: '政务公开',
  en: 'Open affairs',
  types: [notice, promise, request],
  indicators,
  paragraphs: { summary },
  operations: [take],
  awaiting: [
    {
      id: 'openness.requests',
      title: { zh: '承诺事项待办结', en: 'Requests to be done' },
      type: request,
      due: { field: 'dueOn', days: 3 },
      until: 'doneOn',
    },
  ],
  gaps: [
    {
      id: 'openness.months',
      zh: '没有公开政务财务的月份',
      en: 'Months without notice of affairs',
      every: 'month',
      type: 'openness.notice',
      kinds: ['county'],
    },
  ],
})
