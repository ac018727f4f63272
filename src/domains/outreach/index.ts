import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { averageOf, countOf, distinctOf, formula, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, orgUnit, reference, rows, text, yesOrNo } from '../../kernel/records/fields.ts'
import { rule } from '../../kernel/records/rule.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { channels, kinds, occasions } from './topics.ts'

// Outreach: fairs, exhibitions, visits to the countryside with film shows, and publicity in the media.

export const event = recordType('outreach.event', {
  title: { zh: '科普活动', en: 'Outreach event' },
  day: 'heldOn',
  fields: z.object({
    heldOn: day({ zh: '活动日期', en: 'Held on' }),
    kind: choice(kinds, { zh: '活动类别', en: 'Kind' }),
    occasion: choice(occasions, { zh: '结合活动', en: 'Occasion' }).default('ordinary'),
    title: text({ zh: '主题', en: 'Theme', max: 200 }),
    place: text({ zh: '地点', en: 'Place', max: 100 }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    experts: count({ zh: '科技人员', en: 'Experts', unit: 'person-time' }).default(0),
    served: count({ zh: '受咨询服务人次', en: 'People served', unit: 'person-time' }).default(0),
    boards: count({ zh: '展板挂图', en: 'Boards shown', unit: 'board' }).optional(),
    films: rows(
      { film: text({ zh: '片名', en: 'Film', max: 100 }), viewers: count({ zh: '观众', en: 'Viewers' }).optional() },
      { zh: '播放科教片', en: 'Films shown' },
    ).optional(),
    handouts: rows(
      {
        material: reference('materials.material', { zh: '资料', en: 'Material' }),
        copies: count({ zh: '份(册)数', en: 'Copies', unit: 'copy' }),
      },
      { zh: '赠送资料(库存)', en: 'Handouts from stock' },
    ).optional(),
  }),
  computed: {
    filmShow: computed({ zh: '放映科教片', en: 'Film show', kind: 'choice', choices: yesOrNo }, fields =>
      Array.isArray(fields.films) && fields.films.length > 0 ? 'yes' : 'no',
    ),
  },
  like: ['heldOn', 'kind', 'place', 'title'],
  columns: ['heldOn', 'kind', 'occasion', 'title', 'place', 'experts', 'served'],
})

export const publicity = recordType('outreach.publicity', {
  title: { zh: '宣传报道', en: 'Publicity' },
  day: 'publishedOn',
  fields: z.object({
    publishedOn: day({ zh: '发布日期', en: 'Published on' }),
    channel: choice(channels, { zh: '渠道', en: 'Channel' }),
    outlet: text({ zh: '媒体或地点', en: 'Outlet', max: 100 }),
    title: text({ zh: '标题', en: 'Title', max: 200 }),
    items: count({ zh: '条(幅)数', en: 'Items', unit: 'item' }).default(1),
  }),
  like: ['publishedOn', 'channel', 'title'],
})

/** Channels that leave something to clip. */
const MEDIA: ReadonlySet<string> = new Set(['television', 'newspaper', 'website', 'briefing'])

const eventsOf = (kind: keyof typeof kinds, zh: string, en: string, ...synonyms: string[]) =>
  countOf(event, { zh, en, unit: 'event', by: ['occasion'], where: { kind }, synonyms })

export const indicators = {
  'outreach.events': countOf(event, {
    zh: '科普活动',
    en: 'Outreach events',
    unit: 'event',
    by: ['kind', 'occasion'],
    synonyms: ['科普宣传活动'],
  }),
  'outreach.fairs': eventsOf('fair', '科技大集市', 'Science fairs', '科普大集市', '大集市'),
  'outreach.exhibitions': eventsOf('exhibition', '科普巡回展', 'Touring exhibitions', '巡回展'),
  'outreach.countryside-visits': eventsOf('visit', '送科技下乡', 'Visits to the countryside', '送科技下乡活动'),
  'outreach.film-shows': countOf(event, {
    zh: '科普影片专题活动',
    en: 'Film shows',
    unit: 'event',
    where: { filmShow: 'yes' },
    synonyms: ['科普影片专题教育活动', '科普电影'],
  }),
  'outreach.films': countOf(event, {
    zh: '播放科教片',
    en: 'Films shown',
    unit: 'film',
    each: 'films',
    synonyms: ['科教片'],
  }),
  'outreach.film-titles': distinctOf(event, 'film', {
    zh: '科教片片目',
    en: 'Different films',
    unit: 'film',
    each: 'films',
  }),
  'outreach.experts': sumOf(event, 'experts', {
    zh: '参加咨询服务的科技人员',
    en: 'Experts at outreach',
    unit: 'person-time',
    by: ['kind'],
    synonyms: ['组织科技人员'],
  }),
  'outreach.people-served': sumOf(event, 'served', {
    zh: '受咨询服务的农民',
    en: 'People served by outreach',
    unit: 'person-time',
    by: ['kind', 'occasion'],
    synonyms: ['受咨询服务'],
  }),
  'outreach.average-served': averageOf(event, 'served', {
    zh: '每场平均服务人次',
    en: 'People served per event',
    unit: 'person-time',
    by: ['kind'],
  }),
  'outreach.served-per-expert': formula('outreach.people-served / outreach.experts', {
    zh: '每名科技人员服务人次',
    en: 'People served per expert',
    unit: 'person-time',
  }),
  'outreach.materials': sumOf(event, 'copies', {
    zh: '赠送生产技术资料',
    en: 'Outreach materials handed out',
    unit: 'copy',
    each: 'handouts',
    by: ['kind'],
    synonyms: ['赠送各类资料', '生产技术资料', '实用技术资料', '适用技术资料', '科普资料'],
  }),
  'outreach.material-titles': distinctOf(event, 'material', {
    zh: '资料种类',
    en: 'Different materials',
    unit: 'kind',
    each: 'handouts',
    synonyms: ['生产技术资料', '技术资料', '实用技术资料', '科普资料'],
  }),
  'outreach.villages': distinctOf(event, 'village', { zh: '科普覆盖村', en: 'Villages reached', unit: 'village' }),
  'outreach.publicity-items': sumOf(publicity, 'items', {
    zh: '宣传报道',
    en: 'Publicity items',
    unit: 'item',
    by: ['channel', 'outlet'],
    synonyms: ['报送信息', '宣传信息'],
  }),
}

const summary = paragraph`
${sentence(
  '{{ period.words }}办',
  [
    '科技大集市{{ outreach.fairs }}',
    '科普巡回展{{ outreach.exhibitions }}',
    "送科技下乡{{ outreach.countryside-visits | classifier: '场(次)' }}",
  ],
  '、',
)}${sentence('其中', ["放映科普影片{{ outreach.film-shows | classifier: '场(次)' }}、科教片{{ outreach.films }}"])}${sentence(
  '',
  ["到场的科技人员有{{ outreach.experts | about: 'hundreds' }}", '答复群众咨询{{ outreach.people-served | about }}'],
)}${sentence('', ["送出生产技术资料{{ outreach.material-titles }}{{ outreach.materials | about | classifier: '份(册)' }}"])}

${sentence('', ['通过电视、报刊、网站等渠道发布科技信息{{ outreach.publicity-items }}'])}`

const plan = sentence('计划', [
  '办科普大集市{{ outreach.fairs | next_target }}',
  '科普巡回展{{ outreach.exhibitions | next_target }}',
  '送科技下乡{{ outreach.countryside-visits | next_target }}',
])

export default domain('outreach', {
  zh: '科普宣传',
  en: 'Outreach',
  types: [event, publicity],
  indicators,
  paragraphs: { summary, plan },
  rules: [
    rule('outreach.clipping', {
      zh: '见诸媒体的报道，审核时要有剪报或截图',
      en: 'What the media brought is confirmed with its clipping',
      type: 'outreach.publicity',
      reads: {},
      check: ({ status, evidence, fields }) =>
        status === 'confirmed' && evidence === 0 && MEDIA.has(String(fields.channel))
          ? [{ field: 'outlet', code: 'no-clipping', zh: '请先附上剪报或截图', en: 'attach the clipping first' }]
          : [],
    }),
  ],
})
