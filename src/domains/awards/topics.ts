export const kinds = {
  progress: { zh: '科技进步奖', en: 'Progress prize' },
  invention: { zh: '技术发明奖', en: 'Invention prize' },
  body: { zh: '先进集体', en: 'Commended organisation' },
  duty: { zh: '目标责任制考核', en: 'Assessment of duties' },
  person: { zh: '先进个人', en: 'Commended person' },
  farmer: { zh: '科技致富能手', en: 'Able farmer' },
  township: { zh: '科技进步先进乡镇', en: 'Model township' },
} as const

export const levels = {
  special: { zh: '特等', en: 'Special' },
  first: { zh: '一等', en: 'First class' },
  second: { zh: '二等', en: 'Second class' },
  third: { zh: '三等', en: 'Third class' },
  none: { zh: '不分等', en: 'No class' },
} as const

export const grantors = {
  national: { zh: '国家', en: 'National' },
  provincial: { zh: '省(自治区)', en: 'Provincial' },
  prefectural: { zh: '市(自治州)', en: 'Prefectural' },
  county: { zh: '县', en: 'County' },
  administration: { zh: '管局', en: 'Postal administration' },
} as const

export const nominationStates = {
  nominated: { zh: '已提名', en: 'Nominated' },
  publicised: { zh: '公示', en: 'Publicised' },
  awarded: { zh: '已授奖', en: 'Awarded' },
  refused: { zh: '未通过', en: 'Refused' },
} as const
