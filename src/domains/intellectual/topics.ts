export const patents = {
  invention: { zh: '发明', en: 'Invention' },
  utility: { zh: '实用新型', en: 'Utility model' },
  design: { zh: '外观设计', en: 'Design' },
} as const

export const patentStates = {
  applied: { zh: '申请中', en: 'Applied' },
  granted: { zh: '已授权', en: 'Granted' },
  refused: { zh: '驳回', en: 'Refused' },
  ended: { zh: '已终止', en: 'Ended' },
} as const

export const outputs = {
  paper: { zh: '论文', en: 'Paper' },
  monograph: { zh: '专著', en: 'Monograph' },
  standard: { zh: '标准', en: 'Standard' },
  variety: { zh: '新品种', en: 'Variety' },
  software: { zh: '软件著作权', en: 'Software' },
} as const

export const levels = {
  national: { zh: '国家级', en: 'National' },
  industry: { zh: '行业', en: 'Industry' },
  provincial: { zh: '省级', en: 'Provincial' },
  local: { zh: '地方', en: 'Local' },
} as const
