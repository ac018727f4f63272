import { rule } from '../../kernel/records/rule.ts'

export const rules = [
  rule('worksites.plan-days', {
    zh: '报批、批准要有日期，先后要对',
    en: 'What is submitted or approved has its days, in order',
    type: 'worksites.plan',
    reads: {},
    check: ({ state, fields }) => {
      const { draftedOn, submittedOn, approvedOn } = fields
      if (state !== 'drafted' && submittedOn === undefined)
        return [{ field: 'submittedOn', code: 'missing', zh: '请填报批日期', en: 'tell the day it was submitted' }]
      if ((state === 'approved') !== (approvedOn !== undefined))
        return [
          {
            field: 'approvedOn',
            code: 'missing',
            zh: '已批准的要填批准日期，未批准的不填',
            en: 'it belongs to what is approved, and only to that',
          },
        ]
      const days = [draftedOn, submittedOn, approvedOn].filter(day => day !== undefined).map(String)
      return days.every((day, i) => i === 0 || days[i - 1]! <= day)
        ? []
        : [
            {
              field: 'submittedOn',
              code: 'order',
              zh: '完稿、报批、批准的先后不对',
              en: 'drafted, submitted and approved are out of order',
            },
          ]
    },
  }),
  rule('worksites.closed-with-outcome', {
    zh: '问题解决要写明日期和结果',
    en: 'A problem closes with day and outcome',
    type: 'worksites.problem',
    reads: {},
    check: ({ state, fields: { foundOn, closedOn, outcome } }) => {
      if (state === 'open')
        return closedOn === undefined
          ? []
          : [{ field: 'closedOn', code: 'still-open', zh: '未解决的问题不填解决日期', en: 'an open problem has none' }]
      if (closedOn === undefined || outcome === undefined)
        return [{ field: 'outcome', code: 'missing', zh: '请填解决日期和结果', en: 'tell the day and the outcome' }]
      return String(closedOn) >= String(foundOn)
        ? []
        : [{ field: 'closedOn', code: 'order', zh: '早于发现日期', en: 'it comes before the problem was found' }]
    },
  }),
]
