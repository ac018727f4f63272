import { averageOf, countOf, distinctOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { call, ring } from './calls.ts'
import { dispatch, station } from './field.ts'

const standing = { since: 'openedOn', until: 'closedOn' }
const out = { state: ['sent', 'visited'] }

export const indicators = {
  'hotline.calls': countOf(call, {
    zh: '接听科技求助电话',
    en: 'Hotline calls',
    unit: 'call',
    by: ['topic', 'crop', 'village', 'hour'],
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
  'hotline.rings': countOf(ring, { zh: '电话呼入', en: 'Incoming rings', unit: 'time', by: ['hour'] }),
  'hotline.picked-up': countOf(ring, {
    zh: '呼入接通',
    en: 'Rings picked up',
    unit: 'time',
    where: { state: ['talking', 'ended'] },
  }),
  'hotline.pick-up-rate': formula('hotline.picked-up / hotline.rings', {
    zh: '电话接通率',
    en: 'Rings picked up, of all',
    unit: 'percent',
  }),
  'hotline.dispatches': sumOf(dispatch, 'sent', {
    zh: '指派科技人员下乡服务',
    en: 'Experts sent to the field',
    unit: 'person-time',
    by: ['topic'],
    where: out,
    synonyms: ['指派科技人员', '科技人员下乡服务'],
  }),
  'hotline.trips': countOf(dispatch, {
    zh: '下乡服务',
    en: 'Trips to the field',
    unit: 'trip',
    by: ['topic'],
    where: out,
  }),
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
