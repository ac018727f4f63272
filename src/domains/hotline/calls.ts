import { z } from 'zod'
import {
  choice,
  count,
  day,
  instant,
  orgUnit,
  personalName,
  phone,
  reference,
  text,
  yesOrNo,
} from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { minutesBetween, promisedAt, promisedMinutes, wallClock } from './clocks.ts'
import { channels, crops, hours, satisfactions, topics, urgencies } from './topics.ts'

const hour = computed({ zh: '时段', en: 'Hour', kind: 'choice', choices: hours }, ({ receivedAt, rangAt }) => {
  const at = receivedAt ?? rangAt
  return typeof at === 'string' ? wallClock(at).hour : null
})

export const call = recordType('hotline.call', {
  title: { zh: '热线来电', en: 'Hotline call' },
  day: 'receivedOn',
  fields: z.object({
    receivedOn: day({ zh: '来电日期', en: 'Received on' }),
    caller: personalName({ zh: '来电人', en: 'Caller' }).optional(),
    phone: phone({ zh: '电话', en: 'Telephone', found: true }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    channel: choice(channels, { zh: '途径', en: 'Channel' }).default('telephone'),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    crop: choice(crops, { zh: '作物畜禽', en: 'Crop or animal' }).default('none'),
    urgency: choice(urgencies, { zh: '紧急程度', en: 'Urgency' }).default('normal'),
    question: text({ zh: '问题', en: 'Question', max: 2000 }),
    answer: text({ zh: '答复', en: 'Answer', max: 2000 }).optional(),
    knowledge: reference('knowledge.answer', { zh: '采用的知识条目', en: 'Entry used' }).optional(),
    responseMinutes: count({ zh: '响应用时', en: 'Response time', unit: 'minute' }).optional(),
    served: count({ zh: '受益人次', en: 'People served', unit: 'person-time' }).default(1),
    escalatedTo: text({ zh: '上报(转办)单位', en: 'Escalated to', max: 100 }).optional(),
    followUpBy: day({ zh: '约定回访日期', en: 'Follow-up agreed for', future: true }).optional(),
    followedUpOn: day({ zh: '回访日期', en: 'Followed up on' }).optional(),
    satisfaction: choice(satisfactions, { zh: '回访评价', en: 'Satisfaction' }).optional(),
    receivedAt: instant({ zh: '来电时间', en: 'Received at' }).optional(),
    ring: reference('hotline.ring', { zh: '呼入', en: 'Ring' }).optional(),
  }),
  computed: {
    hour,
    promisedAt: computed({ zh: '承诺答复时间', en: 'Answer promised by', kind: 'instant' }, promisedAt),
    inTime: computed(
      { zh: '兑现承诺', en: 'Within the promise', kind: 'choice', choices: yesOrNo },
      ({ responseMinutes, urgency }) =>
        typeof responseMinutes !== 'number' ? null : responseMinutes <= promisedMinutes(urgency) ? 'yes' : 'no',
    ),
  },
  states: {
    open: ['answered', 'dispatched', 'escalated'],
    escalated: ['answered', 'dispatched'],
    dispatched: ['answered'],
    answered: [],
  },
  stateTitles: {
    open: { zh: '待答复', en: 'Open' },
    escalated: { zh: '已上报', en: 'Escalated' },
    dispatched: { zh: '已派员', en: 'Someone sent' },
    answered: { zh: '已答复', en: 'Answered' },
  },
  columns: ['receivedOn', 'caller', 'village', 'topic', 'crop', 'question', 'responseMinutes', 'served'],
  check: ({ followedUpOn, receivedOn, receivedAt }) => [
    ...(typeof followedUpOn === 'string' && followedUpOn < String(receivedOn)
      ? [
          {
            field: 'followedUpOn',
            code: 'followed-up-before-call',
            zh: '回访日期不能早于来电日期',
            en: 'A follow-up cannot come before the call',
          },
        ]
      : []),
    ...(typeof receivedAt === 'string' && wallClock(receivedAt).day !== receivedOn
      ? [
          {
            field: 'receivedAt',
            code: 'received-on-another-day',
            zh: '来电时间不在来电日期这一天',
            en: 'The time of the call is not on its day',
          },
        ]
      : []),
  ],
})

/** A call as the exchange tells of it, before anybody knows what it is about. */
export const ring = recordType('hotline.ring', {
  title: { zh: '呼入', en: 'Incoming ring' },
  help: { zh: '由电话交换机报来，一般不用手工登记', en: 'Told by the telephone exchange; seldom entered by hand' },
  day: 'rangOn',
  fields: z.object({
    number: text({ zh: '交换机呼叫编号', en: 'Call id of the exchange', max: 64, searched: false }),
    rangOn: day({ zh: '呼入日期', en: 'Rang on' }),
    rangAt: instant({ zh: '呼入时间', en: 'Rang at' }),
    phone: phone({ zh: '主叫号码', en: 'Caller’s number', found: true }).optional(),
    line: text({ zh: '线路', en: 'Line', max: 40 }).optional(),
    pickedUpAt: instant({ zh: '接听时间', en: 'Picked up at' }).optional(),
    endedAt: instant({ zh: '挂机时间', en: 'Ended at' }).optional(),
  }),
  computed: {
    hour,
    waitMinutes: computed({ zh: '等待分钟', en: 'Minutes waited', unit: 'minute' }, ({ rangAt, pickedUpAt }) =>
      typeof pickedUpAt === 'string' ? minutesBetween(String(rangAt), new Date(pickedUpAt)) : null,
    ),
  },
  key: ['org', 'number'],
  states: { ringing: ['talking', 'missed'], talking: ['ended'], ended: [], missed: ['called-back'], 'called-back': [] },
  stateTitles: {
    ringing: { zh: '振铃中', en: 'Ringing' },
    talking: { zh: '通话中', en: 'Talking' },
    ended: { zh: '已挂机', en: 'Ended' },
    missed: { zh: '未接', en: 'Missed' },
    'called-back': { zh: '已回拨', en: 'Called back' },
  },
  columns: ['rangOn', 'rangAt', 'phone', 'line', 'pickedUpAt', 'endedAt'],
})
