import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { averageOf, countOf, distinctOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, orgUnit, personalName, phone, reference, text } from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { channels, crops, PROMISED_MINUTES, satisfactions, stations, topics } from './topics.ts'

// The farm hotline: calls, people sent to the field, and the stations that serve it.

export const call = recordType('hotline.call', {
  title: { zh: '热线来电', en: 'Hotline call' },
  day: 'receivedOn',
  fields: z.object({
    receivedOn: day({ zh: '来电日期', en: 'Received on' }),
    caller: personalName({ zh: '来电人', en: 'Caller' }).optional(),
    phone: phone({ zh: '电话', en: 'Telephone' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    channel: choice(channels, { zh: '途径', en: 'Channel' }).default('telephone'),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    crop: choice(crops, { zh: '作物畜禽', en: 'Crop or animal' }).default('none'),
    question: text({ zh: '问题', en: 'Question', max: 2000 }),
    answer: text({ zh: '答复', en: 'Answer', max: 2000 }).optional(),
    responseMinutes: count({ zh: '响应用时', en: 'Response time', unit: 'minute' }).optional(),
    served: count({ zh: '受益人次', en: 'People served', unit: 'person-time' }).default(1),
    followedUpOn: day({ zh: '回访日期', en: 'Followed up on' }).optional(),
    satisfaction: choice(satisfactions, { zh: '回访评价', en: 'Satisfaction' }).optional(),
  }),
  computed: {
    inTime: computed({ zh: '兑现承诺', en: 'Within the promise', kind: 'text' }, ({ responseMinutes }) =>
      typeof responseMinutes !== 'number' ? null : responseMinutes <= PROMISED_MINUTES ? 'yes' : 'no',
    ),
  },
  states: { open: ['answered', 'dispatched'], dispatched: ['answered'], answered: [] },
  stateTitles: {
    open: { zh: '待答复', en: 'Open' },
    dispatched: { zh: '已派员', en: 'Someone sent' },
    answered: { zh: '已答复', en: 'Answered' },
  },
  columns: ['receivedOn', 'caller', 'village', 'topic', 'crop', 'question', 'responseMinutes', 'served'],
  check: ({ followedUpOn, receivedOn }) =>
    typeof followedUpOn === 'string' && followedUpOn < String(receivedOn)
      ? [
          {
            field: 'followedUpOn',
            code: 'followed-up-before-call',
            zh: '回访日期不能早于来电日期',
            en: 'A follow-up cannot come before the call',
          },
        ]
      : [],
})

export const dispatch = recordType('hotline.dispatch', {
  title: { zh: '派员服务', en: 'Dispatch' },
  day: 'sentOn',
  fields: z.object({
    sentOn: day({ zh: '派出日期', en: 'Sent on' }),
    call: reference('hotline.call', { zh: '来电', en: 'Call' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    leader: personalName({ zh: '带队科技人员', en: 'Leading expert' }).optional(),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    sent: count({ zh: '派出人次', en: 'People sent', unit: 'person-time' }),
    households: count({ zh: '走访农户', en: 'Households visited', unit: 'household' }).optional(),
    finding: text({ zh: '情况', en: 'Finding', max: 1000 }).optional(),
    advice: text({ zh: '指导意见', en: 'Advice', max: 1000 }).optional(),
  }),
  columns: ['sentOn', 'village', 'leader', 'topic', 'sent', 'finding'],
})

export const station = recordType('hotline.station', {
  title: { zh: '服务站点', en: 'Hotline station' },
  day: 'openedOn',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 60 }),
    kind: choice(stations, { zh: '类别', en: 'Kind' }),
    openedOn: day({ zh: '设立日期', en: 'Opened on' }),
    closedOn: day({ zh: '撤销日期', en: 'Closed on' }).optional(),
    computers: count({ zh: '电脑', en: 'Computers', unit: 'device' }).default(0),
    vehicles: count({ zh: '服务车辆', en: 'Vehicles', unit: 'vehicle' }).default(0),
  }),
  key: ['org', 'name'],
})

const standing = { since: 'openedOn', until: 'closedOn' }

export const indicators = {
  'hotline.calls': countOf(call, {
    zh: '接听科技求助电话',
    en: 'Hotline calls',
    unit: 'call',
    by: ['topic', 'crop'],
    synonyms: ['科技求助电话', '求助电话', '热线来电'],
  }),
  'hotline.people-served': sumOf(call, 'served', {
    zh: '得到咨询或指导的农民',
    en: 'Farmers helped',
    unit: 'person-time',
    by: ['topic'],
    synonyms: ['得到咨询或指导服务的农民', '受益农民'],
  }),
  'hotline.answer-rate': formula('hotline.calls[state=answered] / hotline.calls', {
    zh: '答复率',
    en: 'Answer rate',
    unit: 'percent',
  }),
  'hotline.response-minutes': averageOf(call, 'responseMinutes', {
    zh: '平均响应用时',
    en: 'Average response time',
    unit: 'minute',
    by: ['topic'],
  }),
  'hotline.timed': countOf(call, {
    zh: '已响应来电',
    en: 'Calls responded to',
    unit: 'call',
    where: { inTime: ['yes', 'no'] },
  }),
  'hotline.in-time': countOf(call, {
    zh: '按承诺时限响应',
    en: 'Calls within the promised time',
    unit: 'call',
    where: { inTime: 'yes' },
  }),
  'hotline.in-time-rate': formula('hotline.in-time / hotline.timed', {
    zh: '承诺兑现率',
    en: 'Promise kept',
    unit: 'percent',
  }),
  'hotline.follow-ups': countOf(call, {
    zh: '回访',
    en: 'Follow-ups',
    unit: 'call',
    by: ['satisfaction'],
    day: 'followedUpOn',
  }),
  'hotline.satisfaction-rate': formula('hotline.follow-ups[satisfaction=satisfied] / hotline.follow-ups', {
    zh: '回访满意率',
    en: 'Satisfaction',
    unit: 'percent',
  }),
  'hotline.villages': distinctOf(call, 'village', { zh: '来电村', en: 'Villages that called', unit: 'village' }),
  'hotline.dispatches': sumOf(dispatch, 'sent', {
    zh: '指派科技人员下乡服务',
    en: 'Experts sent to the field',
    unit: 'person-time',
    by: ['topic'],
    synonyms: ['指派科技人员', '科技人员下乡服务'],
  }),
  'hotline.trips': countOf(dispatch, { zh: '下乡服务', en: 'Trips to the field', unit: 'trip', by: ['topic'] }),
  'hotline.households': sumOf(dispatch, 'households', {
    zh: '下乡走访农户',
    en: 'Households visited',
    unit: 'household',
  }),
  'hotline.stations': stockOf(station, {
    zh: '科技服务站(期末)',
    en: 'Hotline stations',
    unit: 'station',
    where: { kind: 'station' },
    synonyms: ['服务站'],
    ...standing,
  }),
  'hotline.computers': stockOf(station, {
    zh: '配备电脑(期末)',
    en: 'Computers',
    unit: 'device',
    field: 'computers',
    ...standing,
  }),
  'hotline.vehicles': stockOf(station, {
    zh: '服务车辆(期末)',
    en: 'Vehicles',
    unit: 'vehicle',
    field: 'vehicles',
    ...standing,
  }),
}

const summary = paragraph`
${sentence('', [
  '科技服务热线{{ period.words }}接到群众求助来电{{ hotline.calls }}，得到答复和指导的农民有{{ hotline.people-served | about }}',
])}${sentence('', ['派出科技人员到田间地头{{ hotline.dispatches }}'])}${sentence('', [
  '来电答复率{{ hotline.answer-rate }}',
  '平均响应用时{{ hotline.response-minutes | about }}，承诺兑现率{{ hotline.in-time-rate }}',
])}${sentence('', ['回访{{ hotline.follow-ups }}，满意率{{ hotline.satisfaction-rate }}'])}

${sentence('期末建有', ['科技服务站{{ hotline.stations }}', '配备电脑{{ hotline.computers }}', '服务车{{ hotline.vehicles }}'])}`

const plan = sentence('计划', [
  '使科技服务站达到{{ hotline.stations | next_target }}',
  '接听来电{{ hotline.calls | next_target }}',
])

const monthly = paragraph`
{% section %}
{% chart 'hotline.calls', by: 'month' %}
{% endsection %}`

export default domain('hotline', {
  zh: '科技服务热线',
  en: 'Farm hotline',
  types: [call, dispatch, station],
  indicators,
  paragraphs: { summary, plan, monthly },
  awaiting: [
    { id: 'hotline.unanswered', title: { zh: '待答复来电', en: 'Calls to answer' }, type: call, state: ['open'] },
    {
      id: 'hotline.dispatched',
      title: { zh: '已派员待回复', en: 'Experts sent, answer due' },
      type: call,
      state: ['dispatched'],
    },
  ],
})
