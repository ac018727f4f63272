import { domain } from '../domain.ts'
import { countOf, formula } from '../figures/indicator.ts'
import { operations } from './operations.ts'
import { form, made } from './types.ts'

// Returns as a domain of the kernel's own: what it records is declared like any other.

const indicators = {
  'returns.made': countOf(made, { zh: '上报', en: 'Returns made', unit: 'report', by: ['name', 'timely'] }),
  'returns.on-time-rate': formula('returns.made[timely=yes] / returns.made', {
    zh: '按时上报率',
    en: 'Returns on time',
    unit: 'percent',
  }),
}

export default domain('returns', {
  zh: '上报',
  en: 'Returns',
  types: [form, made],
  indicators,
  operations,
  awaiting: [
    {
      id: 'returns.to-approve',
      title: { zh: '上报待核准', en: 'Returns to be approved' },
      type: made,
      state: ['submitted'],
    },
    { id: 'returns.sent-back', title: { zh: '上报被退回', en: 'Returns sent back' }, type: made, state: ['returned'] },
  ],
})
