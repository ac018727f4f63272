export const sites = {
  consolidation: { zh: '合村并建', en: 'Village consolidation' },
  stationed: { zh: '包乡住村', en: 'Stationed in a village' },
} as const

export const plans = {
  'six-ones': { zh: '“六个一”帮扶计划', en: 'Six-ones plan' },
  land: { zh: '用地规划', en: 'Land-use plan' },
  construction: { zh: '建设规划', en: 'Construction plan' },
  study: { zh: '学习计划', en: 'Study plan' },
} as const

export const planStates = {
  drafted: { zh: '起草', en: 'Drafted' },
  submitted: { zh: '报批中', en: 'Awaiting approval' },
  approved: { zh: '已批准', en: 'Approved' },
  returned: { zh: '退回修改', en: 'Sent back' },
} as const

export const problems = {
  policy: { zh: '政策落实', en: 'Policy' },
  approval: { zh: '审批', en: 'Approval' },
  income: { zh: '集体收入', en: 'Income' },
  labour: { zh: '劳动力与就业', en: 'Labour' },
  organisation: { zh: '基层组织', en: 'Organisation' },
  works: { zh: '工程建设', en: 'Works' },
} as const

export const problemStates = {
  open: { zh: '未解决', en: 'Open' },
  closed: { zh: '已解决', en: 'Closed' },
} as const

export const labours = {
  irrigation: { zh: '冬修水利', en: 'Irrigation works' },
  village: { zh: '包村工作', en: 'Village work' },
  roads: { zh: '社道建设', en: 'Village roads' },
  relief: { zh: '抗灾救灾', en: 'Disaster relief' },
} as const
