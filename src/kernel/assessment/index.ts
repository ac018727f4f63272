import { domain } from '../domain.ts'
import { averageOf, countOf } from '../figures/indicator.ts'
import { operations } from './operations.ts'
import { mark, result, scheme } from './types.ts'

// Assessment as a domain of the kernel's own: what it records is declared like any other.

const indicators = {
  'assessment.results': countOf(result, { zh: '考核结果', en: 'Assessment results', unit: 'result', by: ['period'] }),
  'assessment.vetoed': countOf(result, {
    zh: '一票否决单位',
    en: 'Units vetoed',
    unit: 'time',
    where: { vetoed: true },
    by: ['period'],
  }),
  'assessment.score': averageOf(result, 'score', {
    zh: '考核平均得分',
    en: 'Mean score',
    unit: 'point',
    by: ['period'],
  }),
  'assessment.items': countOf(mark, { zh: '考核项目', en: 'Items assessed', unit: 'item', by: ['period', 'item'] }),
}

export default domain('assessment', {
  zh: '考核',
  en: 'Assessment',
  types: [scheme, mark, result],
  indicators,
  operations,
  awaiting: [
    {
      id: 'assessment.to-state',
      title: { zh: '考核项目待自评', en: 'Items to be stated' },
      type: mark,
      state: ['open'],
    },
    {
      id: 'assessment.to-check',
      title: { zh: '考核项目待审核', en: 'Items to be checked' },
      type: mark,
      state: ['submitted'],
    },
    {
      id: 'assessment.to-settle',
      title: { zh: '考核申诉待复核', en: 'Appeals to be settled' },
      type: mark,
      state: ['appealed'],
    },
    {
      id: 'assessment.due',
      title: { zh: '考核项目将到期', en: 'Items due' },
      type: mark,
      state: ['open'],
      due: { field: 'dueOn', days: 10 },
    },
  ],
})
