export const fields = {
  agriculture: { zh: '农业', en: 'Agriculture' },
  electronics: { zh: '电子信息', en: 'Electronics' },
  machinery: { zh: '机械', en: 'Machinery' },
  medicine: { zh: '医药卫生', en: 'Medicine' },
  materials: { zh: '材料化工', en: 'Materials' },
  post: { zh: '邮政通信', en: 'Post' },
  finance: { zh: '财务经济', en: 'Finance' },
} as const

export const ranks = {
  senior: { zh: '高级', en: 'Senior' },
  middle: { zh: '中级', en: 'Middle' },
  junior: { zh: '初级', en: 'Junior' },
  none: { zh: '无职称', en: 'None' },
} as const

export const ties = {
  employed: { zh: '任职', en: 'Employed there' },
  relative: { zh: '亲属任职', en: 'A relative works there' },
  share: { zh: '持股', en: 'Holds shares' },
  supervised: { zh: '师生', en: 'Teacher or student' },
  partner: { zh: '合作项目', en: 'Works together' },
} as const

export const trades = {
  farm: { zh: '农业', en: 'Farming' },
  industry: { zh: '工业', en: 'Industry' },
  medicine: { zh: '卫生', en: 'Medicine' },
  education: { zh: '教育', en: 'Education' },
  rural: { zh: '乡土人才', en: 'Rural craft' },
} as const

export const ages = {
  young: { zh: '35岁以下', en: 'Under 35' },
  middle: { zh: '35至49岁', en: '35 to 49' },
  old: { zh: '50岁以上', en: '50 and over' },
} as const

export const posts = {
  agronomy: { zh: '农技', en: 'Agronomy' },
  veterinary: { zh: '畜牧兽医', en: 'Veterinary' },
  fishery: { zh: '水产', en: 'Fishery' },
  science: { zh: '科技管理', en: 'Science administration' },
} as const
