import { domain } from '../../kernel/domain.ts'
import { call, ring } from './calls.ts'
import { desk, envoys, history } from './desk.ts'
import { tell } from './exchange.ts'
import { dispatch, duty, rules, station } from './field.ts'
import { indicators } from './indicators.ts'
import { monthly, plan, summary } from './paragraphs.ts'
import { respond, take, visited } from './take.ts'

// The farm hotline: calls, people sent to the field, and the stations that serve it.

export default domain('hotline', {
  zh: '科技服务热线',
  en: 'Farm hotline',
  types: [call, dispatch, ring, station, duty],
  indicators,
  paragraphs: { summary, plan, monthly },
  rules,
  operations: [desk, history, envoys, take, respond, visited, tell],
  screens: [
    {
      id: 'hotline/desk',
      title: { zh: '热线值班台', en: 'Duty desk' },
      help: {
        zh: '来电弹屏、以前来电、边输边提示；F8答复、F9派员、F10上报、F7暂存',
        en: 'Who rings, what was asked before, answers while typing; F8 answer, F9 send, F10 escalate, F7 keep open',
      },
      may: 'enter',
    },
    {
      id: 'hotline/visit',
      title: { zh: '到场服务回单', en: 'Report a visit' },
      help: {
        zh: '在手机上填写指导情况，拍照并请农户签名',
        en: 'On a phone: advice, a picture, the farmer’s signature',
      },
      may: 'enter',
    },
  ],
  awaiting: [
    {
      id: 'hotline.unanswered',
      title: { zh: '待答复来电', en: 'Calls to answer' },
      type: call,
      state: ['open', 'escalated'],
      due: { field: 'promisedAt', days: 1 },
    },
    {
      id: 'hotline.dispatched',
      title: { zh: '已派员待回复', en: 'Experts sent, answer due' },
      type: call,
      state: ['dispatched'],
    },
    {
      id: 'hotline.visits',
      title: { zh: '待到场服务', en: 'Visits to make' },
      type: dispatch,
      state: ['sent'],
      due: { field: 'visitBy', days: 30 },
    },
    {
      id: 'hotline.call-backs',
      title: { zh: '未接来电待回拨', en: 'Missed calls to return' },
      type: ring,
      state: ['missed'],
    },
    {
      id: 'hotline.follow-ups',
      title: { zh: '约定回访', en: 'Follow-ups agreed' },
      type: call,
      state: ['answered'],
      due: { field: 'followUpBy', days: 0 },
      until: 'followedUpOn',
    },
  ],
})
