/** Kinds of outreach; a film show is a visit to the countryside at which films were shown, and counts once. */
export const kinds = {
  fair: { zh: '科技大集市', en: 'Science fair' },
  exhibition: { zh: '科普巡回展', en: 'Touring exhibition' },
  visit: { zh: '送科技下乡', en: 'Visit to the countryside' },
  campaign: { zh: '主题宣传活动', en: 'Campaign' },
  household: { zh: '入户帮扶', en: 'Help for households' },
} as const

export const occasions = {
  ordinary: { zh: '日常', en: 'Ordinary' },
  'science-week': { zh: '科技活动周', en: 'Science week' },
  'science-day': { zh: '科普活动日', en: 'Science day' },
  'property-day': { zh: '世界知识产权日', en: 'World intellectual property day' },
  'women-day': { zh: '妇女科技活动日', en: "Women's science day" },
  'three-services': { zh: '科技三下乡', en: 'Three services to the countryside' },
  'disaster-day': { zh: '防灾减灾日', en: 'Disaster prevention day' },
  spring: { zh: '科技之春', en: 'Science in spring' },
  winter: { zh: '科技之冬', en: 'Science in winter' },
} as const

export const channels = {
  television: { zh: '电视', en: 'Television' },
  radio: { zh: '广播', en: 'Radio' },
  newspaper: { zh: '报刊', en: 'Newspaper' },
  website: { zh: '网站', en: 'Web site' },
  briefing: { zh: '简报', en: 'Briefing' },
  banner: { zh: '横幅', en: 'Banner' },
  wall: { zh: '宣传栏、墙报', en: 'Notice board' },
} as const
