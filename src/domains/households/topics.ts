export const reasons = {
  illness: { zh: '因病', en: 'Illness' },
  disability: { zh: '因残', en: 'Disability' },
  schooling: { zh: '因学', en: 'Schooling' },
  disaster: { zh: '因灾', en: 'Disaster' },
  skills: { zh: '缺技术', en: 'Lack of skills' },
  labour: { zh: '缺劳力', en: 'Lack of labour' },
  planning: { zh: '计划生育“三结合”户', en: 'Family planning household' },
} as const

export const farming = {
  pigs: { zh: '养猪', en: 'Pigs' },
  cattle: { zh: '养牛', en: 'Cattle' },
  poultry: { zh: '养鸡', en: 'Poultry' },
  silkworms: { zh: '养蚕', en: 'Silkworms' },
  grain: { zh: '种粮', en: 'Grain' },
  vegetables: { zh: '种蔬菜', en: 'Vegetables' },
  tea: { zh: '良繁茶', en: 'Tea' },
  walnut: { zh: '核桃', en: 'Walnuts' },
  bamboo: { zh: '竹材', en: 'Bamboo' },
} as const

export const aims = {
  household: { zh: '帮扶户', en: 'A household' },
  village: { zh: '对口村', en: 'The paired village' },
  school: { zh: '村学校', en: 'A village school' },
} as const

export const sorts = {
  cash: { zh: '现金', en: 'Cash' },
  seed: { zh: '种子种苗', en: 'Seed and seedlings' },
  fertilizer: { zh: '肥料农药', en: 'Fertiliser' },
  livestock: { zh: '畜禽', en: 'Livestock' },
  equipment: { zh: '机具设备', en: 'Equipment' },
  food: { zh: '粮油物资', en: 'Food' },
} as const

export const visitStates = {
  due: { zh: '待走访', en: 'Due' },
  done: { zh: '已走访', en: 'Done' },
} as const
