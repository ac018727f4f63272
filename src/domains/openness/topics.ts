export const kinds = {
  affairs: { zh: '政务', en: 'Affairs' },
  accounts: { zh: '财务', en: 'Accounts' },
  projects: { zh: '项目申报', en: 'Projects' },
  staff: { zh: '人事', en: 'Staff' },
} as const

export const channels = {
  board: { zh: '公示栏', en: 'Board' },
  web: { zh: '网站', en: 'Web site' },
  meeting: { zh: '会议', en: 'Meeting' },
} as const
