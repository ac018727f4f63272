export const sources = {
  national: { zh: '中央财政', en: 'National budget' },
  provincial: { zh: '省级财政', en: 'Provincial budget' },
  prefectural: { zh: '市州财政', en: 'Prefectural budget' },
  county: { zh: '县级财政', en: 'County budget' },
  own: { zh: '单位自筹', en: 'Own funds' },
  bank: { zh: '银行贷款', en: 'Bank loan' },
} as const

export const funds = {
  research: { zh: '科研项目资金', en: 'Research' },
  'fixed-assets': { zh: '固定资产投资', en: 'Fixed assets' },
  overhaul: { zh: '大修改造资金', en: 'Overhaul and retrofit' },
} as const

export const purposes = {
  'three-funds': { zh: '科技三项费', en: 'Three science funds' },
  popularisation: { zh: '科普经费', en: 'Popularisation' },
  envoys: { zh: '科技特派员经费', en: 'Envoys' },
  training: { zh: '科技培训经费', en: 'Training' },
  prizes: { zh: '科技奖励经费', en: 'Prizes' },
} as const
