import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { averageOf, countOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, reference, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { computed, type Fields, recordType } from '../../kernel/records/type.ts'
import { ranking } from './ranking.ts'
import { rules } from './rules.ts'

// What experts say of applications and of nominations for prizes: marks out of 100, and who may not give any.

export const verdicts = {
  support: { zh: '同意', en: 'Support' },
  revise: { zh: '修改后同意', en: 'Support when revised' },
  reject: { zh: '不同意', en: 'Reject' },
} as const

const CRITERIA = ['need', 'novelty', 'method', 'team', 'funds'] as const

const mark = (zh: string, en: string, max: number) => integer({ zh: `${zh}(${max}分)`, en, min: 0, max, unit: 'point' })

export const review = recordType('reviews.review', {
  title: { zh: '专家评审意见', en: 'Expert review' },
  day: 'reviewedOn',
  fields: z.object({
    project: reference('projects.project', { zh: '申报项目', en: 'Project' }).optional(),
    nomination: reference('awards.nomination', { zh: '奖励提名', en: 'Nomination' }).optional(),
    expert: reference('talent.expert', { zh: '专家', en: 'Expert' }),
    reviewedOn: day({ zh: '评审日期', en: 'Reviewed on' }),
    need: mark('必要性', 'Need', 20),
    novelty: mark('创新性', 'Novelty', 25),
    method: mark('方案可行性', 'Method', 25),
    team: mark('基础与团队', 'Team', 15),
    funds: mark('经费与效益', 'Funds and benefit', 15),
    verdict: choice(verdicts, { zh: '结论', en: 'Verdict' }),
    opinion: text({ zh: '评审意见', en: 'Opinion', max: 1000 }).optional(),
  }),
  computed: {
    score: computed({ zh: '总分', en: 'Score', unit: 'point' }, fields =>
      CRITERIA.reduce((sum, name) => sum + Number(fields[name]), 0),
    ),
  },
  check: oneSubject,
})

function oneSubject({ project, nomination }: Fields) {
  return (project === undefined) === (nomination === undefined)
    ? [{ field: 'project', code: 'one-subject', zh: '项目和提名填且只填一项', en: 'Name a project or a nomination' }]
    : []
}

export const indicators = {
  'reviews.reviews': countOf(review, {
    zh: '专家评审意见',
    en: 'Expert reviews',
    unit: 'document',
    by: ['verdict'],
  }),
  'reviews.score': averageOf(review, 'score', { zh: '评审平均分', en: 'Mean score', unit: 'point' }),
}

export default domain('reviews', {
  zh: '专家评审',
  en: 'Expert review',
  types: [review],
  indicators,
  rules,
  operations: [ranking],
  leads: [
    lead('reviews.of-project', {
      zh: '登记评审意见',
      en: 'Record a review',
      from: 'projects.project',
      to: 'reviews.review',
      when: ({ state }) => state === 'applied',
      fields: ({ id }) => ({ project: id }),
    }),
    lead('reviews.of-nomination', {
      zh: '登记评审意见',
      en: 'Record a review',
      from: 'awards.nomination',
      to: 'reviews.review',
      when: ({ state }) => state === 'nominated',
      fields: ({ id }) => ({ nomination: id }),
    }),
  ],
})
