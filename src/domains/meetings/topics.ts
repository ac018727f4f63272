export const kinds = {
  joint: { zh: '科普联席会议', en: 'Joint meeting on popularisation' },
  conference: { zh: '科技大会', en: 'Science conference' },
  work: { zh: '工作会议', en: 'Work meeting' },
  office: { zh: '办公会议', en: 'Office meeting' },
  technical: { zh: '技术方案评审会', en: 'Technical review' },
} as const

export const ranks = {
  national: { zh: '国家', en: 'National' },
  provincial: { zh: '省(自治区)', en: 'Provincial' },
  prefectural: { zh: '市(自治州)', en: 'Prefectural' },
  county: { zh: '县', en: 'County' },
} as const

export const decisionStates = {
  open: { zh: '办理中', en: 'Open' },
  done: { zh: '已办结', en: 'Done' },
  dropped: { zh: '已撤销', en: 'Dropped' },
} as const
