export const visits = {
  inspection: { zh: '现场检查', en: 'On site' },
  audit: { zh: '经费检查', en: 'Of funds' },
  expert: { zh: '专家考察', en: 'By experts' },
} as const

export const findings = {
  good: { zh: '正常', en: 'In order' },
  rectify: { zh: '限期整改', en: 'To rectify' },
  stop: { zh: '建议终止', en: 'To be stopped' },
} as const

/** What an acceptance takes; a passed one has all. */
export const documents = {
  summary: { zh: '工作总结报告', en: 'Summary of the work' },
  technical: { zh: '技术研究报告', en: 'Technical report' },
  accounts: { zh: '经费决算表', en: 'Final accounts' },
  users: { zh: '用户使用报告', en: 'Report of users' },
  contract: { zh: '合同或任务书', en: 'Contract' },
} as const

export const results = {
  passed: { zh: '通过', en: 'Passed' },
  again: { zh: '整改后再验收', en: 'To be held again' },
  failed: { zh: '不通过', en: 'Failed' },
} as const

export const keepings = {
  permanent: { zh: '永久', en: 'Permanently' },
  long: { zh: '30年', en: '30 years' },
  short: { zh: '10年', en: '10 years' },
} as const
