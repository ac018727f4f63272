export const posts = {
  leader: { zh: '科技领导组组长', en: 'Leader of the science group' },
  deputy: { zh: '科技领导组副组长', en: 'Deputy leader' },
  member: { zh: '科技领导组成员', en: 'Member of the science group' },
  'village-deputy': { zh: '科技副村长', en: 'Village deputy for science' },
} as const

export const recognitions = {
  science: { zh: '科技示范户', en: 'Science model household' },
  civil: { zh: '科技示范文明户', en: 'Civil model household' },
  contact: { zh: '经济效益联系户', en: 'Contact household' },
  graduate: { zh: '农广校毕业生', en: 'Graduate of the farm school' },
} as const

export const bases = {
  crops: { zh: '种植生产示范基地', en: 'Crop base' },
  livestock: { zh: '牛羊育肥示范群', en: 'Livestock group' },
} as const

/** Rounds of a candidacy, each only after the one before is passed. */
export const rounds = {
  self: { zh: '乡镇自查', en: 'Self-check' },
  county: { zh: '县级初验', en: 'County' },
  prefecture: { zh: '州(市)级考核', en: 'Prefecture' },
  region: { zh: '区(省)级验收', en: 'Region' },
} as const

export const verdicts = {
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Not passed' },
} as const

export const assessmentStates = {
  reported: { zh: '自报', en: 'Reported' },
  checked: { zh: '已核', en: 'Checked' },
} as const
