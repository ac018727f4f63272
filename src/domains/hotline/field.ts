import { z } from 'zod'
import { attachment, choice, count, day, orgUnit, personalName, reference, text } from '../../kernel/records/fields.ts'
import { type Rule, rule } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { crops, shifts, stations, topics } from './topics.ts'

export const dispatch = recordType('hotline.dispatch', {
  title: { zh: '派员服务', en: 'Dispatch' },
  day: 'sentOn',
  fields: z.object({
    sentOn: day({ zh: '派出日期', en: 'Sent on' }),
    call: reference('hotline.call', { zh: '来电', en: 'Call' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    envoy: reference('envoys.appointment', { zh: '特派员', en: 'Envoy' }).optional(),
    leader: personalName({ zh: '带队科技人员', en: 'Leading expert' }).optional(),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    crop: choice(crops, { zh: '作物畜禽', en: 'Crop or animal' }).optional(),
    sent: count({ zh: '派出人次', en: 'People sent', unit: 'person-time' }),
    visitBy: day({ zh: '约定到场日期', en: 'Visit agreed for', future: true }).optional(),
    visitedOn: day({ zh: '到场日期', en: 'Visited on' }).optional(),
    households: count({ zh: '走访农户', en: 'Households visited', unit: 'household' }).optional(),
    finding: text({ zh: '情况', en: 'Finding', max: 1000 }).optional(),
    advice: text({ zh: '指导意见', en: 'Advice', max: 1000 }).optional(),
    picture: attachment({ zh: '现场照片', en: 'Picture' }).optional(),
    signature: attachment({ zh: '农户签名', en: 'Farmer’s signature' }).optional(),
    slip: text({ zh: '纸质服务单编号', en: 'Number of the paper slip', max: 40 }).optional(),
  }),
  states: { sent: ['visited', 'withdrawn'], visited: [], withdrawn: [] },
  stateTitles: {
    sent: { zh: '已派出', en: 'Sent' },
    visited: { zh: '已到场', en: 'Visited' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  },
  columns: ['sentOn', 'village', 'leader', 'topic', 'sent', 'finding'],
  check: ({ sentOn, visitedOn }) =>
    typeof visitedOn === 'string' && visitedOn < String(sentOn)
      ? [
          {
            field: 'visitedOn',
            code: 'visited-before-sent',
            zh: '到场日期不能早于派出日期',
            en: 'A visit cannot come before it was sent',
          },
        ]
      : [],
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

export const duty = recordType('hotline.duty', {
  title: { zh: '值班表', en: 'Duty roster' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '值班日期', en: 'On', future: true }),
    shift: choice(shifts, { zh: '班次', en: 'Shift' }),
    officer: text({ zh: '值班员', en: 'Officer', max: 40 }),
    extension: text({ zh: '座席(分机)', en: 'Extension', max: 20 }).optional(),
  }),
  key: ['org', 'on', 'shift'],
})

const refused = (field: string, code: string, zh: string, en: string) => [{ field, code, zh, en }]

export const rules: readonly Rule[] = [
  rule('hotline.visit-proven', {
    zh: '到场要有照片和签名，或纸质服务单编号',
    en: 'A visit is proven by picture and signature, or by its paper slip',
    type: dispatch.id,
    reads: {},
    check: ({ state, fields }) =>
      state !== 'visited'
        ? []
        : !fields.visitedOn
          ? refused('visitedOn', 'unsaid', '请填写到场日期', 'say when the visit was')
          : fields.slip || (fields.picture && fields.signature)
            ? []
            : refused(
                fields.picture ? 'signature' : 'picture',
                'unproven',
                '到场要附现场照片和农户签名，或填写纸质服务单编号',
                'a visit needs its picture and signature, or the number of its paper slip',
              ),
  }),
  rule('hotline.sent-after-call', {
    zh: '派出不能早于来电',
    en: 'Nobody is sent before the call',
    type: dispatch.id,
    reads: { calls: { by: 'call' } },
    check: ({ day: sentOn }, { calls = [] }) =>
      calls.some(one => one.day > sentOn)
        ? refused('sentOn', 'before-call', '派出日期不能早于来电日期', 'nobody can be sent before the call came')
        : [],
  }),
]
