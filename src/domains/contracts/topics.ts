export const kinds = {
  project: { zh: '科技项目任务书', en: 'Task of a project' },
  development: { zh: '委托开发', en: 'Development' },
  purchase: { zh: '采购', en: 'Purchase' },
  service: { zh: '技术服务', en: 'Technical service' },
  lease: { zh: '租赁', en: 'Lease' },
} as const

export const contractStates = {
  drafted: { zh: '拟稿', en: 'Drafted' },
  signed: { zh: '已签订', en: 'Signed' },
  performed: { zh: '履行完毕', en: 'Performed' },
  closed: { zh: '已结清', en: 'Closed' },
  terminated: { zh: '已解除', en: 'Terminated' },
  dropped: { zh: '未签订', en: 'Dropped' },
} as const

export const changes = {
  time: { zh: '延期', en: 'Time' },
  amount: { zh: '金额', en: 'Amount' },
  content: { zh: '研究内容', en: 'Content' },
  people: { zh: '负责人', en: 'People' },
} as const

export const changeStates = {
  asked: { zh: '待批', en: 'Asked' },
  approved: { zh: '同意', en: 'Approved' },
  refused: { zh: '不同意', en: 'Refused' },
} as const

export const progress = {
  'on-track': { zh: '按计划', en: 'On track' },
  behind: { zh: '滞后', en: 'Behind' },
  ahead: { zh: '提前', en: 'Ahead' },
} as const
