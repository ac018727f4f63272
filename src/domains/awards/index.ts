import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, money, personalName, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'

// Awards and commendations, given or received: results, organisations and people, each named once.

export const kinds = {
  progress: { zh: '科技进步奖', en: 'Progress prize' },
  invention: { zh: '技术发明奖', en: 'Invention prize' },
  body: { zh: '先进集体', en: 'Commended organisation' },
  duty: { zh: '目标责任制考核', en: 'Assessment of duties' },
  person: { zh: '先进个人', en: 'Commended person' },
  farmer: { zh: '科技致富能手', en: 'Able farmer' },
  township: { zh: '科技进步先进乡镇', en: 'Model township' },
} as const

export const levels = {
  special: { zh: '特等', en: 'Special' },
  first: { zh: '一等', en: 'First class' },
  second: { zh: '二等', en: 'Second class' },
  third: { zh: '三等', en: 'Third class' },
  none: { zh: '不分等', en: 'No class' },
} as const

export const grantors = {
  national: { zh: '国家', en: 'National' },
  provincial: { zh: '省(自治区)', en: 'Provincial' },
  prefectural: { zh: '市(自治州)', en: 'Prefectural' },
  county: { zh: '县', en: 'County' },
  administration: { zh: '管局', en: 'Postal administration' },
} as const

export const award = recordType('awards.award', {
  title: { zh: '奖励表彰', en: 'Award' },
  day: 'awardedOn',
  fields: z.object({
    title: text({ zh: '获奖成果或荣誉', en: 'Result or honour', max: 200 }),
    kind: choice(kinds, { zh: '奖种', en: 'Kind' }),
    level: choice(levels, { zh: '等级', en: 'Class' }).default('none'),
    grantor: choice(grantors, { zh: '授予机关', en: 'Granted by' }),
    year: integer({ zh: '奖励年度', en: 'Award year', min: 1949, max: 2199 }),
    awardedOn: day({ zh: '授奖日期', en: 'Awarded on' }),
    recipient: text({ zh: '获奖单位', en: 'Recipient', max: 100 }),
    person: personalName({ zh: '获奖人', en: 'Person' }).optional(),
    document: text({ zh: '文号', en: 'Document', max: 60 }).optional(),
    bonus: money({ zh: '奖金', en: 'Bonus' }).optional(),
  }),
  key: ['title', 'kind', 'year', 'recipient'],
  columns: ['title', 'kind', 'level', 'grantor', 'year', 'awardedOn', 'recipient', 'bonus'],
})

export const indicators = {
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
  types: [award],
  indicators,
  paragraphs: { summary, notable },
})
