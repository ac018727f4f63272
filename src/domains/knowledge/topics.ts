export const crops = {
  rice: { zh: '水稻', en: 'Rice' },
  vegetables: { zh: '蔬菜', en: 'Vegetables' },
  chilli: { zh: '辣椒', en: 'Chilli' },
  melons: { zh: '瓜类', en: 'Gourds and melons' },
  tomato: { zh: '番茄', en: 'Tomato' },
  beans: { zh: '豆类', en: 'Beans' },
  fruit: { zh: '水果', en: 'Fruit' },
  tea: { zh: '茶叶', en: 'Tea' },
  honeysuckle: { zh: '金银花', en: 'Honeysuckle' },
  cotton: { zh: '棉花', en: 'Cotton' },
  sugarcane: { zh: '甘蔗', en: 'Sugar cane' },
  pigs: { zh: '生猪', en: 'Pigs' },
  poultry: { zh: '家禽', en: 'Poultry' },
  cattle: { zh: '牛羊', en: 'Cattle and sheep' },
  fish: { zh: '水产', en: 'Fish and shrimp' },
  general: { zh: '通用', en: 'General' },
} as const

export const subjects = {
  disease: { zh: '病害', en: 'Disease' },
  pest: { zh: '虫害', en: 'Pests' },
  cultivation: { zh: '栽培饲养', en: 'Growing and keeping' },
  variety: { zh: '品种', en: 'Varieties' },
  input: { zh: '施肥用药', en: 'Fertiliser and pesticide' },
  weather: { zh: '灾害天气', en: 'Weather' },
  machinery: { zh: '农机', en: 'Machinery' },
  market: { zh: '市场', en: 'Market' },
  policy: { zh: '政策', en: 'Policy' },
} as const

export const harms = {
  disease: { zh: '病害', en: 'Disease' },
  insect: { zh: '虫害', en: 'Insect' },
  weed: { zh: '草害', en: 'Weed' },
  other: { zh: '其他', en: 'Other' },
} as const

/** The ten-day periods of a year: m01a is 1月上旬. */
export const tendays = Object.fromEntries(
  Array.from({ length: 36 }, (_, i) => {
    const month = Math.floor(i / 3) + 1
    const third = i % 3
    const zh = `${month}月${['上', '中', '下'][third]}旬`
    return [
      `m${String(month).padStart(2, '0')}${'abc'[third]}`,
      { zh, en: `${month}/${['1–10', '11–20', '21–'][third]}` },
    ]
  }),
)
