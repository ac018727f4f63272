export const kinds = {
  variety: { zh: '品种比较', en: 'Comparison of varieties' },
  technique: { zh: '栽培技术', en: 'Technique' },
  fertilizer: { zh: '肥料', en: 'Fertiliser' },
  protection: { zh: '病虫防治', en: 'Plant protection' },
  processing: { zh: '加工', en: 'Processing' },
  demonstration: { zh: '大田示范', en: 'Demonstration field' },
} as const

/** How treatments were laid out, which decides how they are compared. */
export const designs = {
  random: { zh: '完全随机', en: 'Completely random' },
  blocks: { zh: '随机区组', en: 'Randomised blocks' },
  none: { zh: '对比示范(不作检验)', en: 'Side by side, not tested' },
} as const

export const traits = {
  yield: { zh: '亩产(公斤)', en: 'Yield (kg per mu)' },
  height: { zh: '株高(厘米)', en: 'Height (cm)' },
  survival: { zh: '成活率(%)', en: 'Survival (%)' },
  sugar: { zh: '可溶性固形物(%)', en: 'Soluble solids (%)' },
  incidence: { zh: '发病率(%)', en: 'Incidence of disease (%)' },
  weight: { zh: '增重(公斤)', en: 'Gain in weight (kg)' },
} as const

export const facilities = {
  'large-dryer': { zh: '大型烘干设备', en: 'Large dryer' },
  'small-dryer': { zh: '小型烘干设备', en: 'Small dryer' },
  kiln: { zh: '烤房', en: 'Kiln' },
} as const

export const verdicts = {
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Not passed' },
} as const

export const states = {
  planned: { zh: '已设计', en: 'Planned' },
  running: { zh: '进行中', en: 'Running' },
  concluded: { zh: '已总结', en: 'Concluded' },
  abandoned: { zh: '报废', en: 'Abandoned' },
} as const
