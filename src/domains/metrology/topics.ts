export const kinds = {
  'electronic-scale': { zh: '电子秤', en: 'Electronic scale' },
  'postal-scale': { zh: '函件秤', en: 'Letter scale' },
  'platform-scale': { zh: '台秤', en: 'Platform scale' },
  weight: { zh: '标准砝码', en: 'Standard weight' },
} as const

export const sorts = {
  periodic: { zh: '周期检定', en: 'Periodic' },
  spot: { zh: '抽检', en: 'Spot check' },
  initial: { zh: '首次检定', en: 'Initial' },
} as const

export const results = {
  passed: { zh: '合格', en: 'Passed' },
  adjusted: { zh: '调修后合格', en: 'Passed after adjustment' },
  failed: { zh: '不合格', en: 'Failed' },
} as const
