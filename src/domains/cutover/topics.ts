export const sorts = {
  system: { zh: '系统切换', en: 'System cut-over' },
  retrofit: { zh: '网点改造', en: 'Outlet retrofit' },
  renumbering: { zh: '号码升位', en: 'Renumbering' },
  branches: { zh: '支局分批切换', en: 'Branches in batches' },
  'roll-out': { zh: '业务推广', en: 'Roll-out' },
  equipping: { zh: '限期设备配置', en: 'Equipping by a date' },
} as const

/** What must have been passed before a campaign goes live; how many of each it needs is said by the campaign. */
export const gates = {
  preparation: { zh: '准备工作', en: 'Preparation' },
  test: { zh: '切换测试', en: 'Cut-over test' },
  rehearsal: { zh: '切换演练', en: 'Rehearsal' },
  indices: { zh: '技术指标', en: 'Technical indices' },
  'contingency-plan': { zh: '应急预案', en: 'Contingency plan' },
  'disk-plan': { zh: '主机磁盘规划方案', en: 'Host disk plan' },
  'change-plan': { zh: '切换(升位)方案', en: 'Change plan' },
  'test-plan': { zh: '测试方案', en: 'Test plan' },
  'rollback-plan': { zh: '回退方案', en: 'Rollback plan' },
  'simulated-test': { zh: '模拟测试', en: 'Simulated test' },
} as const

export type Gate = keyof typeof gates

export const phases = {
  preparation: { zh: '准备', en: 'Preparation' },
  cutover: { zh: '切换', en: 'Cut-over' },
  rollback: { zh: '回退', en: 'Rollback' },
} as const

export const modes = {
  merged: { zh: '两网合一', en: 'Two networks in one' },
  'stand-alone': { zh: '储蓄独立网点', en: 'Stand-alone savings outlet' },
} as const

export const results = {
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Failed' },
} as const

export const severities = {
  slight: { zh: '一般', en: 'Slight' },
  serious: { zh: '较重', en: 'Serious' },
  critical: { zh: '重大', en: 'Critical' },
} as const
