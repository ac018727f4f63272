export const topics = {
  disease: { zh: '病害', en: 'Plant disease' },
  pest: { zh: '虫害', en: 'Pests' },
  cultivation: { zh: '栽培管理', en: 'Cultivation' },
  variety: { zh: '品种', en: 'Varieties and seed' },
  fertiliser: { zh: '施肥用药', en: 'Fertiliser and pesticide' },
  weather: { zh: '灾害天气', en: 'Damage by weather' },
  livestock: { zh: '畜禽疫病', en: 'Animal disease' },
  feeding: { zh: '饲养', en: 'Feeding' },
  water: { zh: '水产', en: 'Fish and shrimp' },
  machinery: { zh: '农机', en: 'Machinery' },
  market: { zh: '市场信息', en: 'Market' },
  policy: { zh: '政策', en: 'Policy' },
} as const

export const crops = {
  rice: { zh: '水稻', en: 'Rice' },
  chilli: { zh: '辣椒', en: 'Chilli' },
  'bitter-gourd': { zh: '苦瓜', en: 'Bitter gourd' },
  'wax-gourd': { zh: '冬瓜', en: 'Wax gourd' },
  pumpkin: { zh: '南瓜', en: 'Pumpkin' },
  'cherry-tomato': { zh: '小西红柿', en: 'Cherry tomato' },
  beans: { zh: '豆类', en: 'Beans' },
  banana: { zh: '香蕉', en: 'Banana' },
  litchi: { zh: '荔枝', en: 'Litchi' },
  longan: { zh: '龙眼', en: 'Longan' },
  sugarcane: { zh: '甘蔗', en: 'Sugar cane' },
  pepper: { zh: '胡椒', en: 'Pepper' },
  rubber: { zh: '橡胶', en: 'Rubber' },
  'sweet-potato': { zh: '番薯', en: 'Sweet potato' },
  honeysuckle: { zh: '金银花', en: 'Honeysuckle' },
  tea: { zh: '茶叶', en: 'Tea' },
  cotton: { zh: '棉花', en: 'Cotton' },
  pig: { zh: '猪', en: 'Pigs' },
  chicken: { zh: '鸡', en: 'Chickens' },
  cattle: { zh: '牛羊', en: 'Cattle and sheep' },
  fish: { zh: '鱼虾', en: 'Fish and shrimp' },
  none: { zh: '不涉及', en: 'None' },
} as const

export const channels = {
  telephone: { zh: '电话', en: 'Telephone' },
  visit: { zh: '来访', en: 'Visit' },
  message: { zh: '短信网络', en: 'Message' },
} as const

export const satisfactions = {
  satisfied: { zh: '满意', en: 'Satisfied' },
  partly: { zh: '基本满意', en: 'Partly satisfied' },
  dissatisfied: { zh: '不满意', en: 'Dissatisfied' },
} as const

export const stations = {
  centre: { zh: '指挥中心', en: 'Command centre' },
  station: { zh: '服务站', en: 'Service station' },
} as const

export const urgencies = {
  normal: { zh: '一般', en: 'Normal' },
  urgent: { zh: '紧急', en: 'Urgent' },
} as const

/** The service promise: an answer, or someone on the way, within so many minutes of the call. */
export const PROMISED_MINUTES = { normal: 120, urgent: 30 } as const

/** h00 to h23, by the clock on the wall in Shanghai. */
export const hours = Object.fromEntries(
  Array.from({ length: 24 }, (_, hour) => [
    `h${String(hour).padStart(2, '0')}`,
    { zh: `${hour}时`, en: `${String(hour).padStart(2, '0')}:00` },
  ]),
)

export const shifts = {
  day: { zh: '白班', en: 'Day' },
  night: { zh: '夜班', en: 'Night' },
  weekend: { zh: '周末班', en: 'Weekend' },
} as const
