export const kinds = {
  notice: { zh: '通知', en: 'Notice' },
  report: { zh: '报告', en: 'Report' },
  request: { zh: '请示', en: 'Request' },
  letter: { zh: '函', en: 'Letter' },
  reply: { zh: '复函', en: 'Reply' },
  decision: { zh: '决定', en: 'Decision' },
  minutes: { zh: '纪要', en: 'Minutes' },
} as const

export const urgencies = {
  normal: { zh: '平件', en: 'Normal' },
  urgent: { zh: '加急', en: 'Urgent' },
  immediate: { zh: '特急', en: 'Immediate' },
} as const

export const outgoingStates = {
  issued: { zh: '已发', en: 'Issued' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
} as const

export const incomingStates = {
  received: { zh: '办理中', en: 'Received' },
  done: { zh: '已办结', en: 'Done' },
} as const
