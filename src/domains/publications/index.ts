import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, integer, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'

// Periodicals, briefings, and the exchange of technical information.

export const titles = {
  'post-technology': { zh: '《邮政科技》', en: 'Post Technology' },
  digest: { zh: '《科技信息摘编》', en: 'Digest of Technical Information' },
  briefing: { zh: '工作简报', en: 'Briefing' },
  bulletin: { zh: '农业科技信息', en: 'Farm bulletin' },
} as const

export const activities = {
  exchange: { zh: '情报交流', en: 'Exchange' },
  talk: { zh: '专题报告', en: 'Talk' },
  survey: { zh: '调研', en: 'Survey' },
} as const

export const issue = recordType('publications.issue', {
  title: { zh: '刊物期次', en: 'Issue' },
  day: 'publishedOn',
  fields: z.object({
    title: choice(titles, { zh: '刊名', en: 'Title' }),
    year: integer({ zh: '年份', en: 'Year', min: 1949, max: 2199 }),
    number: integer({ zh: '期号', en: 'Number in the year', min: 1, max: 400 }),
    publishedOn: day({ zh: '出版日期', en: 'Published on' }),
    pages: count({ zh: '页数', en: 'Pages' }).optional(),
    articles: count({ zh: '文章', en: 'Articles', unit: 'article' }).optional(),
    copies: count({ zh: '印数', en: 'Copies', unit: 'copy' }).optional(),
    theme: text({ zh: '主题', en: 'Theme', max: 200 }).optional(),
  }),
  key: ['org', 'title', 'year', 'number'],
})

export const activity = recordType('publications.activity', {
  title: { zh: '情报活动', en: 'Information activity' },
  day: 'heldOn',
  fields: z.object({
    heldOn: day({ zh: '活动日期', en: 'Held on' }),
    kind: choice(activities, { zh: '类别', en: 'Kind' }),
    title: text({ zh: '主题', en: 'Theme', max: 200 }),
    people: count({ zh: '参加人次', en: 'Attendance', unit: 'person-time' }).default(0),
  }),
  like: ['heldOn', 'title'],
})

export const indicators = {
  'publications.issues': countOf(issue, {
    zh: '出版刊物',
    en: 'Issues published',
    unit: 'issue',
    by: ['title'],
    synonyms: ['出版', '编印简报', '工作简报'],
  }),
  'publications.articles': sumOf(issue, 'articles', { zh: '刊发文章', en: 'Articles', unit: 'article', by: ['title'] }),
  'publications.copies': sumOf(issue, 'copies', { zh: '刊物印数', en: 'Copies printed', unit: 'copy', by: ['title'] }),
  'publications.articles-per-issue': formula('publications.articles / publications.issues', {
    zh: '每期平均文章',
    en: 'Articles an issue',
    unit: 'article',
  }),
  'publications.activities': countOf(activity, {
    zh: '情报活动',
    en: 'Information activities',
    unit: 'time',
    by: ['kind'],
    synonyms: ['组织情报活动'],
  }),
  'publications.activity-people': sumOf(activity, 'people', {
    zh: '情报活动参加人次',
    en: 'People at information activities',
    unit: 'person-time',
  }),
}

const summary = paragraph`
${sentence('{{ period.words }}', ['编印刊物{{ publications.issues }}，刊发文章{{ publications.articles }}'])}${sentence(
  '其中',
  [
    "《邮政科技》{{ publications.issues | where: 'title', 'post-technology' }}",
    "《科技信息摘编》{{ publications.issues | where: 'title', 'digest' }}",
    "《农业科技信息》{{ publications.issues | where: 'title', 'bulletin' }}",
    "工作简报{{ publications.issues | where: 'title', 'briefing' }}",
  ],
  '、',
)}${sentence('', ['情报活动开展{{ publications.activities }}，参加{{ publications.activity-people }}'])}`

const plan = sentence('计划', [
  '编印刊物{{ publications.issues | next_target }}',
  '开展情报活动{{ publications.activities | next_target }}',
])

export default domain('publications', {
  zh: '刊物与情报',
  en: 'Publications',
  types: [issue, activity],
  indicators,
  paragraphs: { summary, plan },
  gaps: [
    {
      id: 'publications.numbers',
      zh: '缺的期号',
      en: 'Missing issues',
      numbered: 'number',
      by: ['title', 'year'],
      type: 'publications.issue',
    },
  ],
})
