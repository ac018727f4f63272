import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, reference, rows, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { computed, type Fields, recordType } from '../../kernel/records/type.ts'
import { issue, nextNumber } from './issue.ts'
import { rules } from './rules.ts'
import { incomingStates, kinds, outgoingStates, urgencies } from './topics.ts'

// Documents out, numbered without gaps, and documents in, circulated and answered by their day.

export const outgoing = recordType('correspondence.outgoing', {
  title: { zh: '发文', en: 'Document issued' },
  help: {
    zh: '发文字号由机关代字、年份和顺序号组成，顺序号不跳号、不重号；发出后不用的改为“已撤销”，号保留',
    en: 'Numbers of a series follow one another; what is not used after all is cancelled and keeps its number',
  },
  day: 'issuedOn',
  fields: z.object({
    series: text({
      zh: '机关代字和年份',
      en: 'Series',
      max: 30,
      linked: true,
      help: { zh: '如：示科发〔2025〕', en: 'Organ and year: 示科发〔2025〕' },
    }),
    number: integer({ zh: '顺序号', en: 'Number', min: 1, max: 99_999 }),
    title: text({ zh: '标题', en: 'Title', max: 200 }),
    kind: choice(kinds, { zh: '文种', en: 'Kind' }),
    issuedOn: day({ zh: '成文日期', en: 'Issued on' }),
    recipients: text({ zh: '主送', en: 'To', max: 300 }),
    answers: reference('correspondence.incoming', { zh: '所复来文', en: 'Answers' }).optional(),
  }),
  computed: {
    symbol: computed({ zh: '发文字号', en: 'Symbol', kind: 'text' }, ({ series, number }) => `${series}${number}号`),
  },
  key: ['series', 'number'],
  states: { issued: ['cancelled'], cancelled: [] },
  stateTitles: outgoingStates,
  check: yearOfSeries,
})

/** GB/T 9704-2012, 7.2.5: organ, year in 〔〕, number without 第 and without leading noughts. */
function yearOfSeries({ series, issuedOn }: Fields) {
  const year = /^\S+〔(\d{4})〕$/.exec(String(series))?.[1]
  if (year === undefined)
    return [
      { field: 'series', code: 'form', zh: '应写作“示科发〔2025〕”', en: 'Should be written like 示科发〔2025〕' },
    ]
  return year === String(issuedOn).slice(0, 4)
    ? []
    : [{ field: 'series', code: 'other-year', zh: '年份与成文日期不符', en: 'Not the year it was issued in' }]
}

export const incoming = recordType('correspondence.incoming', {
  title: { zh: '收文', en: 'Document received' },
  day: 'receivedOn',
  fields: z.object({
    year: integer({ zh: '年度', en: 'Year', min: 1990, max: 2199 }),
    number: integer({ zh: '收文号', en: 'Number', min: 1, max: 99_999 }),
    symbol: text({ zh: '来文字号', en: 'Symbol', max: 60 }).optional(),
    from: text({ zh: '来文单位', en: 'From', max: 100 }),
    title: text({ zh: '标题', en: 'Title', max: 200 }),
    kind: choice(kinds, { zh: '文种', en: 'Kind' }),
    urgency: choice(urgencies, { zh: '紧急程度', en: 'Urgency' }).default('normal'),
    receivedOn: day({ zh: '收文日期', en: 'Received on' }),
    dueOn: day({ zh: '办理期限', en: 'Due on', future: true }).optional(),
    circulation: rows(
      {
        to: text({ zh: '传阅、承办人', en: 'To', max: 60 }),
        sentOn: day({ zh: '送出', en: 'Sent on' }),
        readOn: day({ zh: '阅回', en: 'Read on' }).optional(),
        opinion: text({ zh: '意见', en: 'Opinion', max: 300 }).optional(),
      },
      { zh: '传阅', en: 'Circulation' },
    ).optional(),
    doneOn: day({ zh: '办结日期', en: 'Done on' }).optional(),
  }),
  computed: {
    withReader: computed({ zh: '现在', en: 'Now with', kind: 'text' }, nowWith),
  },
  key: ['org', 'year', 'number'],
  states: { received: ['done'], done: [] },
  stateTitles: incomingStates,
  check: ({ urgency, dueOn }) =>
    urgency !== 'normal' && dueOn === undefined
      ? [{ field: 'dueOn', code: 'missing', zh: '急件应写明办理期限', en: 'What is urgent is due on a day' }]
      : [],
})

/** Who has it: the first of the circulation who has not given it back. */
function nowWith({ circulation }: Fields): string | null {
  const list = (circulation ?? []) as readonly { to: string; readOn?: string }[]
  return list.find(one => one.readOn === undefined)?.to ?? null
}

export const indicators = {
  'correspondence.issued': countOf(outgoing, {
    zh: '制发公文',
    en: 'Documents issued',
    unit: 'document',
    by: ['kind'],
    synonyms: ['印发文件'],
  }),
  'correspondence.received': countOf(incoming, {
    zh: '收办来文',
    en: 'Documents received',
    unit: 'document',
    by: ['kind', 'urgency'],
  }),
}

const summary = paragraph`
${sentence('', ['制发公文{{ correspondence.issued }}', '收办来文{{ correspondence.received }}'])}`

export default domain('correspondence', {
  zh: '公文',
  en: 'Correspondence',
  types: [outgoing, incoming],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [nextNumber, issue],
  leads: [
    lead('correspondence.answer', {
      zh: '拟复文',
      en: 'Answer it',
      from: 'correspondence.incoming',
      to: 'correspondence.outgoing',
      fields: ({ id, fields: { from, title } }) => ({
        answers: id,
        kind: 'reply',
        recipients: from,
        title: `关于${title}的复函`,
      }),
    }),
    lead('correspondence.task', {
      zh: '转为督办任务',
      en: 'Make it a task',
      from: 'correspondence.incoming',
      to: 'meetings.task',
      when: ({ state }) => state === 'received',
      fields: ({ org, day, fields: { title, dueOn } }) => ({ title, unit: org, givenOn: day, dueOn }),
    }),
  ],
  awaiting: [
    {
      id: 'correspondence.due',
      title: { zh: '来文待办', en: 'Documents to deal with' },
      type: incoming,
      state: ['received'],
      due: { field: 'dueOn', days: 5 },
      until: 'doneOn',
    },
  ],
  gaps: [
    {
      id: 'correspondence.numbers',
      zh: '缺的发文号',
      en: 'Missing numbers of documents',
      numbered: 'number',
      by: ['series'],
      type: 'correspondence.outgoing',
    },
    {
      id: 'correspondence.received-numbers',
      zh: '缺的收文号',
      en: 'Missing numbers of documents received',
      numbered: 'number',
      by: ['year'],
      type: 'correspondence.incoming',
    },
  ],
})
