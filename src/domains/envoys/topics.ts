export const grades = {
  provincial: { zh: '省级', en: 'Provincial' },
  prefectural: { zh: '市(州)级', en: 'Prefectural' },
  county: { zh: '县级', en: 'County' },
} as const

export const trades = {
  rice: { zh: '优质稻', en: 'Quality rice' },
  vegetables: { zh: '蔬菜', en: 'Vegetables' },
  flowers: { zh: '花卉苗木', en: 'Flowers and seedlings' },
  honeysuckle: { zh: '金银花、百合', en: 'Honeysuckle and lily' },
  tea: { zh: '茶叶', en: 'Tea' },
  tomato: { zh: '工业番茄', en: 'Processing tomato' },
  chilli: { zh: '辣椒', en: 'Chilli' },
  cotton: { zh: '棉花', en: 'Cotton' },
  fruit: { zh: '水果', en: 'Fruit' },
  pigs: { zh: '养猪', en: 'Pigs' },
  cattle: { zh: '牛羊', en: 'Cattle and sheep' },
  aquaculture: { zh: '水产', en: 'Aquaculture' },
  processing: { zh: '农产品加工', en: 'Processing' },
} as const

export const introductions = {
  technique: { zh: '新技术', en: 'Technique' },
  variety: { zh: '新品种', en: 'Variety' },
} as const

export const bodies = {
  association: { zh: '专业协会', en: 'Association' },
  cooperative: { zh: '合作社', en: 'Co-operative' },
} as const
