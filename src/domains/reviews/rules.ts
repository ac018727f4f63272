import { rule } from '../../kernel/records/rule.ts'
import { conflict } from './conflict.ts'

export const rules = [
  rule('reviews.barred', {
    zh: '专家与申报单位有利益关系的应回避',
    en: 'No expert judges a body the expert is tied to',
    type: 'reviews.review',
    reads: { experts: { by: 'expert' }, projects: { by: 'project' }, nominations: { by: 'nomination' } },
    check: (_, { experts, projects, nominations }) => {
      const submitters = [
        ...projects!.map(({ fields }) => fields.applicant),
        ...nominations!.map(({ fields }) => fields.body),
      ]
      return experts!.flatMap(({ fields }) => {
        const body = conflict(fields, submitters)
        return body === undefined
          ? []
          : [
              {
                field: 'expert',
                code: 'conflict',
                zh: `该专家与申报单位有利益关系(${body})，应当回避`,
                en: `This expert is tied to the applicant (${body}) and may not judge it`,
              },
            ]
      })
    },
  }),
  rule('reviews.once', {
    zh: '同一专家对同一对象只评一次',
    en: 'An expert judges each once',
    type: 'reviews.review',
    reads: { others: { of: 'reviews.review', via: 'expert', same: 'expert' } },
    check: ({ fields }, { others }) =>
      others!.some(other => other.fields.project === fields.project && other.fields.nomination === fields.nomination)
        ? [{ field: 'expert', code: 'twice', zh: '该专家已经评过', en: 'This expert has judged it already' }]
        : [],
  }),
  rule('reviews.in-pool', {
    zh: '评审专家应在库',
    en: 'Experts judge while they are in the pool',
    type: 'reviews.review',
    reads: { experts: { by: 'expert' } },
    check: (now, { experts }) =>
      experts!.some(({ fields }) => now.day < String(fields.joinedOn) || now.day > String(fields.leftOn ?? now.day))
        ? [{ field: 'expert', code: 'not-in-pool', zh: '评审当日不在专家库', en: 'Not in the pool on that day' }]
        : [],
  }),
]
