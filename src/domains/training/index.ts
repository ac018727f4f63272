import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { averageOf, countOf, distinctOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import {
  choice,
  choices,
  count,
  day,
  decimal,
  money,
  orgUnit,
  personalName,
  text,
} from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { audiences, certificates, forms, methods, topics } from './topics.ts'

// Training: courses, lectures and on-the-job training, with who came and what was handed out.

export const session = recordType('training.session', {
  title: { zh: '培训场次', en: 'Training session' },
  help: { zh: '一场培训或讲座登记一条', en: 'One record for each course or lecture held' },
  day: 'heldOn',
  fields: z.object({
    heldOn: day({ zh: '举办日期', en: 'Held on' }),
    form: choice(forms, { zh: '形式', en: 'Form' }),
    title: text({ zh: '内容', en: 'Title', max: 200 }),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    audience: choice(audiences, { zh: '培训对象', en: 'Audience' }),
    place: text({ zh: '地点', en: 'Place', max: 100 }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    lecturer: personalName({ zh: '主讲人', en: 'Lecturer' }).optional(),
    lecturerFrom: text({ zh: '主讲人单位', en: "Lecturer's organisation", max: 100 }).optional(),
    methods: choices(methods, { zh: '方式', en: 'Ways of teaching' }).optional(),
    attended: count({ zh: '到场人次', en: 'Attendance', unit: 'person-time' }),
    women: count({ zh: '其中妇女', en: 'Of whom women', unit: 'person-time' }).optional(),
    materials: count({ zh: '赠送资料', en: 'Materials handed out', unit: 'copy' }).default(0),
    hours: decimal({ zh: '学时', en: 'Hours', min: 0, max: 500, scale: 1, unit: 'hour' }).optional(),
    cost: money({ zh: '经费', en: 'Cost' }).optional(),
  }),
  like: ['heldOn', 'form', 'title', 'place'],
  columns: ['heldOn', 'form', 'title', 'topic', 'audience', 'place', 'attended', 'materials'],
  check: fields =>
    Number(fields.women ?? 0) > Number(fields.attended)
      ? [
          {
            field: 'women',
            code: 'women-above-attendance',
            zh: '妇女人次不能多于到场人次',
            en: 'Women cannot be more than the attendance',
          },
        ]
      : [],
})

export const certificate = recordType('training.certificate', {
  title: { zh: '培训证书', en: 'Training certificate' },
  day: 'awardedOn',
  fields: z.object({
    number: text({ zh: '证书编号', en: 'Certificate number', max: 40 }),
    kind: choice(certificates, { zh: '证书种类', en: 'Kind' }),
    holder: personalName({ zh: '持证人', en: 'Holder' }),
    trade: choice(topics, { zh: '专业', en: 'Trade' }),
    awardedOn: day({ zh: '发证日期', en: 'Awarded on' }),
    lapsesOn: day({ zh: '失效日期', en: 'Lapses on', future: true }).optional(),
  }),
  key: ['kind', 'number'],
})

export const indicators = {
  'training.sessions': countOf(session, {
    zh: '培训场次',
    en: 'Training sessions',
    unit: 'session',
    by: ['form', 'topic', 'audience'],
    synonyms: ['举办培训', '各类培训'],
  }),
  'training.courses': countOf(session, {
    zh: '实用技术培训班',
    en: 'Practical courses',
    unit: 'session',
    by: ['topic', 'audience'],
    where: { form: 'course' },
    synonyms: ['培训班', '技术培训', '举办培训班', '开展技术培训'],
  }),
  'training.lectures': countOf(session, {
    zh: '科技讲座',
    en: 'Lectures',
    unit: 'session',
    by: ['topic', 'audience'],
    where: { form: 'lecture' },
    synonyms: ['讲座', '知识讲座'],
  }),
  'training.people': sumOf(session, 'attended', {
    zh: '培训人次',
    en: 'People trained',
    unit: 'person-time',
    by: ['form', 'topic', 'audience'],
    synonyms: ['培训农民', '培训人员', '参加培训'],
  }),
  'training.women': sumOf(session, 'women', { zh: '培训妇女', en: 'Women trained', unit: 'person-time' }),
  'training.women-share': formula('training.women / training.people', {
    zh: '妇女所占比例',
    en: 'Share of women',
    unit: 'percent',
  }),
  'training.average-attendance': averageOf(session, 'attended', {
    zh: '每场平均人次',
    en: 'Average attendance',
    unit: 'person-time',
    by: ['form'],
  }),
  'training.materials': sumOf(session, 'materials', {
    zh: '赠送技术资料',
    en: 'Materials handed out at training',
    unit: 'copy',
    by: ['form', 'topic'],
    synonyms: ['发放科普资料', '技术资料', '培训资料'],
  }),
  'training.villages': distinctOf(session, 'village', { zh: '培训覆盖村', en: 'Villages reached', unit: 'village' }),
  'training.lecturing-bodies': distinctOf(session, 'lecturerFrom', {
    zh: '授课单位',
    en: 'Organisations that lectured',
    unit: 'organisation',
  }),
  'training.cost': sumOf(session, 'cost', { zh: '培训经费', en: 'Cost of training', unit: 'fen', by: ['form'] }),
  'training.cost-per-person': formula('training.cost / training.people', {
    zh: '人均培训经费',
    en: 'Cost per person trained',
    unit: 'fen',
  }),
  'training.certificates-awarded': countOf(certificate, {
    zh: '新发证书',
    en: 'Certificates awarded',
    unit: 'certificate',
    by: ['kind'],
    synonyms: ['新评定农牧民技术人员'],
  }),
  'training.certificates': stockOf(certificate, {
    zh: '有效证书(期末)',
    en: 'Certificates in force',
    unit: 'certificate',
    by: ['kind'],
    since: 'awardedOn',
    until: 'lapsesOn',
  }),
}

const summary = paragraph`
${sentence(
  '{{ period.words }}共开办',
  ["实用技术培训班{{ training.courses | classifier: '场(次)' }}", '科技讲座{{ training.lectures }}'],
  '、',
)}{% if training.courses > 0 or training.lectures > 0 %}${sentence('', [
  "参训{% if training.people >= 10000 %}{{ training.people | about }}{% else %}{{ training.people | about: 'hundreds' | more: '余' }}{% endif %}",
  "随课发放技术资料{{ training.materials | about | classifier: '份(册)' }}",
  '妇女占{{ training.women-share }}',
])}{% endif %}

${sentence('', [
  "参加岗位技术培训的有{{ training.people | where: 'form', 'skills' }}",
  "其中维修骨干{{ training.people | where: 'audience', 'maintainer' | about: 'tens' | more: '余' | classifier: '名' }}",
  "一线操作人员{{ training.people | where: 'audience', 'operator' | about: 'hundreds' | classifier: '名' }}",
  "专业技术人员{{ training.people | where: 'audience', 'technician' | classifier: '名' }}",
])}`

const plan = sentence('计划', [
  '开办实用技术培训班{{ training.courses | next_target }}',
  '培训人员{{ training.people | next_target }}',
  '安排科技讲座{{ training.lectures | next_target }}',
])

const byTopic = paragraph`
{% section %}
各类内容的培训人次如下表。

{% breakdown 'training.people', by: 'topic' %}
{% endsection %}`

export default domain('training', {
  zh: '科技培训',
  en: 'Training',
  types: [session, certificate],
  indicators,
  paragraphs: { summary, plan, byTopic },
})
