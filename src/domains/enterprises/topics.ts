export const recognitions = {
  'high-tech': { zh: '高新技术企业', en: 'High-tech enterprise' },
  'innovation-pilot': { zh: '创新型试点企业', en: 'Innovation pilot enterprise' },
} as const

export const industries = {
  electronics: { zh: '电子信息', en: 'Electronics' },
  materials: { zh: '新材料', en: 'New materials' },
  machinery: { zh: '装备制造', en: 'Machinery' },
  medicine: { zh: '生物医药', en: 'Biology and medicine' },
  environment: { zh: '节能环保', en: 'Environment' },
} as const

export const centreKinds = {
  engineering: { zh: '工程技术研究中心', en: 'Engineering research centre' },
  innovation: { zh: '技术创新中心', en: 'Innovation centre' },
  alliance: { zh: '产学研联盟', en: 'Alliance with universities' },
} as const

export const grades = {
  national: { zh: '国家级', en: 'National' },
  provincial: { zh: '省级', en: 'Provincial' },
  prefectural: { zh: '市级', en: 'Prefectural' },
} as const
