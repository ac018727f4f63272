import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, money, personalName, reference, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { inARow } from './in-a-row.ts'
import { rules } from './rules.ts'
import { grantors, kinds, levels, nominationStates } from './topics.ts'

// Awards and commendations, given or received: nominated, publicised, granted; results, bodies and people, each named once.

const year = integer({ zh: '奖励年度', en: 'Award year', min: 1949, max: 2199 })

export const nomination = recordType('awards.nomination', {
  title: { zh: '奖励提名', en: 'Nomination' },
  day: 'nominatedOn',
  fields: z.object({
    title: text({ zh: '成果或荣誉', en: 'Result or honour', max: 200 }),
    kind: choice(kinds, { zh: '奖种', en: 'Kind' }),
    proposed: choice(levels, { zh: '建议等级', en: 'Proposed class' }).default('none'),
    year,
    nominatedOn: day({ zh: '提名日期', en: 'Nominated on' }),
    body: text({ zh: '完成单位', en: 'Body', max: 100 }),
    person: personalName({ zh: '完成人', en: 'Person' }).optional(),
    project: reference('projects.project', { zh: '来源项目', en: 'Project' }).optional(),
    publicFrom: day({ zh: '公示开始', en: 'Publicised from', future: true }).optional(),
    publicUntil: day({ zh: '公示截止', en: 'Publicised until', future: true }).optional(),
  }),
  key: ['title', 'kind', 'year', 'body'],
  states: { nominated: ['publicised', 'refused'], publicised: ['awarded', 'refused'], awarded: [], refused: [] },
  stateTitles: nominationStates,
  stateRoles: { publicised: 'manager', awarded: 'manager' },
})

export const award = recordType('awards.award', {
  title: { zh: '奖励表彰', en: 'Award' },
  day: 'awardedOn',
  fields: z.object({
    title: text({ zh: '获奖成果或荣誉', en: 'Result or honour', max: 200 }),
    kind: choice(kinds, { zh: '奖种', en: 'Kind' }),
    level: choice(levels, { zh: '等级', en: 'Class' }).default('none'),
    grantor: choice(grantors, { zh: '授予机关', en: 'Granted by' }),
    year,
    awardedOn: day({ zh: '授奖日期', en: 'Awarded on' }),
    recipient: text({ zh: '获奖单位', en: 'Recipient', max: 100 }),
    person: personalName({ zh: '获奖人', en: 'Person' }).optional(),
    document: text({ zh: '文号', en: 'Document', max: 60 }).optional(),
    bonus: money({ zh: '奖金', en: 'Bonus' }).optional(),
    nomination: reference('awards.nomination', { zh: '提名', en: 'Nomination' }).optional(),
  }),
  key: ['title', 'kind', 'year', 'recipient'],
  check: ({ kind, document }) =>
    (kind === 'body' || kind === 'person' || kind === 'farmer' || kind === 'township') && document === undefined
      ? [{ field: 'document', code: 'missing', zh: '表彰应写明文号', en: 'Name the document that commends' }]
      : [],
  columns: ['title', 'kind', 'level', 'grantor', 'year', 'awardedOn', 'recipient', 'bonus'],
})

export const indicators = {
  'awards.nominations': countOf(nomination, {
    zh: '受理奖励提名',
    en: 'Nominations',
    unit: 'count',
    by: ['kind'],
  }),
  'awards.awards': countOf(award, { zh: '奖励表彰', en: 'Awards', unit: 'award', by: ['kind', 'level', 'grantor'] }),
  'awards.progress-prizes': countOf(award, {
    zh: '科技进步奖',
    en: 'Progress prizes',
    unit: 'award',
    by: ['level', 'grantor'],
    where: { kind: 'progress' },
    synonyms: ['年度科技进步奖', '县科技进步奖'],
  }),
  'awards.provincial': countOf(award, {
    zh: '获省政府奖励',
    en: 'Provincial awards',
    unit: 'award',
    by: ['kind', 'level'],
    where: { grantor: 'provincial' },
    synonyms: ['省政府奖励'],
  }),
  'awards.commended': countOf(award, {
    zh: '表彰个人',
    en: 'People commended',
    unit: 'person',
    by: ['kind'],
    where: { kind: ['person', 'farmer'] },
    synonyms: ['表彰先进个人'],
  }),
  'awards.bonus': sumOf(award, 'bonus', {
    zh: '获奖励金额',
    en: 'Bonus',
    unit: 'fen',
    by: ['kind', 'grantor'],
    synonyms: ['奖励', '奖金'],
  }),
}

const summary = paragraph`
${sentence('{{ period.words }}', [
  '评出和获得科技进步奖{{ awards.progress-prizes }}',
  "一等奖{{ awards.progress-prizes | where: 'level', 'first' }}",
  "二等奖{{ awards.progress-prizes | where: 'level', 'second' }}",
  "三等奖{{ awards.progress-prizes | where: 'level', 'third' }}",
])}${sentence('', [
  '获省政府奖励{{ awards.provincial }}',
  "获奖金{{ awards.bonus | in: '万元' }}",
  '受表彰的个人有{{ awards.commended }}',
])}`

const notable = paragraph`
{% section %}
主要的科技进步奖({{ awards.progress-prizes }})有：

{% records 'awards.award', kind: 'progress', sort: 'level', limit: 5 %}
- {{ record.fields.title }}（{{ record.fields.level }}）
{% endrecords %}
{% endsection %}`

export default domain('awards', {
  zh: '奖励表彰',
  en: 'Awards',
  types: [award, nomination],
  indicators,
  paragraphs: { summary, notable },
  rules,
  operations: [inARow],
  leads: [
    lead('awards.grant', {
      zh: '授奖',
      en: 'Grant it',
      from: 'awards.nomination',
      to: 'awards.award',
      when: ({ state }) => state === 'publicised',
      fields: ({ id, fields: { title, kind, proposed, year, body } }) => ({
        nomination: id,
        title,
        kind,
        level: proposed,
        year,
        recipient: body,
      }),
    }),
    lead('awards.nominate', {
      zh: '提名奖励',
      en: 'Nominate for a prize',
      from: 'projects.project',
      to: 'awards.nomination',
      when: ({ state }) => state === 'accepted',
      fields: ({ id, fields: { title, applicant } }) => ({ project: id, title, kind: 'progress', body: applicant }),
    }),
  ],
  awaiting: [
    {
      id: 'awards.publicity',
      title: { zh: '奖励公示期将满', en: 'Publicity about to end' },
      type: nomination,
      state: ['publicised'],
      due: { field: 'publicUntil', days: 3 },
    },
  ],
})
