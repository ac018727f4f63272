export const facilities = {
  computer: { zh: '村级电脑', en: 'Computers of the village' },
  classroom: { zh: '多媒体教室', en: 'Multimedia classroom' },
  distance: { zh: '远程教育站点', en: 'Distance education site' },
  broadcast: { zh: '广播', en: 'Loudspeakers' },
} as const

export const departments = {
  science: { zh: '科技', en: 'Science' },
  agriculture: { zh: '农业', en: 'Agriculture' },
  party: { zh: '组织', en: 'Party organisation' },
  culture: { zh: '文化', en: 'Culture' },
  township: { zh: '乡镇', en: 'Township' },
} as const

export const channels = {
  sms: { zh: '手机短信', en: 'Text message' },
  page: { zh: '村网页', en: 'Village web page' },
  broadcast: { zh: '广播', en: 'Loudspeakers' },
  paper: { zh: '张贴', en: 'Notice' },
} as const

export const subjects = {
  technique: { zh: '农技', en: 'Technique' },
  market: { zh: '供求', en: 'Market' },
  weather: { zh: '气象灾害', en: 'Weather' },
  policy: { zh: '政策', en: 'Policy' },
} as const
