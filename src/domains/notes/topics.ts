export const topics = {
  system: { zh: '系统应用', en: 'Systems' },
  equipment: { zh: '设备维护', en: 'Equipment' },
  network: { zh: '网络通信', en: 'Network' },
  farming: { zh: '农业技术', en: 'Farming' },
  news: { zh: '工作动态', en: 'News' },
} as const

export const noteStates = {
  draft: { zh: '草稿', en: 'Draft' },
  published: { zh: '已发布', en: 'Published' },
  withdrawn: { zh: '已撤下', en: 'Withdrawn' },
} as const

export const problemStates = {
  raised: { zh: '待答复', en: 'Raised' },
  answered: { zh: '已答复', en: 'Answered' },
} as const
