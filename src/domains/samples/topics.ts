export const kinds = {
  soil: { zh: '土壤', en: 'Soil' },
  produce: { zh: '农产品', en: 'Produce' },
} as const

export const crops = {
  rice: { zh: '稻谷', en: 'Rice' },
  tea: { zh: '茶叶', en: 'Tea' },
  garlic: { zh: '大蒜', en: 'Garlic' },
  honeysuckle: { zh: '金银花枝叶', en: 'Honeysuckle' },
  lily: { zh: '百合', en: 'Lily' },
  vegetables: { zh: '蔬菜', en: 'Vegetables' },
  fruit: { zh: '水果', en: 'Fruit' },
  other: { zh: '其他', en: 'Other' },
} as const

export const seals = {
  whole: { zh: '封签完好', en: 'Seal whole' },
  broken: { zh: '封签破损', en: 'Seal broken' },
} as const

export const sampleStates = {
  taken: { zh: '已采样', en: 'Taken' },
  tested: { zh: '已出结果', en: 'Tested' },
  rejected: { zh: '不合格弃用', en: 'Rejected' },
} as const

export const parcelStates = {
  packed: { zh: '已封装', en: 'Packed' },
  sent: { zh: '已送检', en: 'Sent' },
  received: { zh: '实验室已收', en: 'Received' },
  reported: { zh: '已出报告', en: 'Reported' },
} as const
