/** What farmers and staff are taught: crops and trades of the counties, techniques, and the systems of the postal trade. */
export const topics = {
  rice: { zh: '水稻', en: 'Rice' },
  vegetables: { zh: '瓜菜', en: 'Melons and vegetables' },
  chilli: { zh: '辣椒', en: 'Chilli' },
  tomato: { zh: '番茄', en: 'Tomato' },
  'tropical-fruit': { zh: '热作水果', en: 'Tropical fruit' },
  litchi: { zh: '荔枝', en: 'Litchi' },
  sugarcane: { zh: '甘蔗', en: 'Sugar cane' },
  'industrial-crops': { zh: '胡椒、橡胶等经济作物', en: 'Pepper, rubber and other cash crops' },
  tea: { zh: '茶叶', en: 'Tea' },
  honeysuckle: { zh: '金银花、百合', en: 'Honeysuckle and lily' },
  cotton: { zh: '棉花', en: 'Cotton' },
  flowers: { zh: '花卉苗木', en: 'Flowers and seedlings' },
  pigs: { zh: '养猪', en: 'Pigs' },
  cattle: { zh: '养牛养羊', en: 'Cattle and sheep' },
  poultry: { zh: '养鸡', en: 'Poultry' },
  aquaculture: { zh: '水产养殖', en: 'Aquaculture' },
  fishing: { zh: '海洋捕捞', en: 'Sea fishing' },
  irrigation: { zh: '节水灌溉', en: 'Water-saving irrigation' },
  'safe-produce': { zh: '无公害生产', en: 'Residue-free production' },
  'intellectual-property': { zh: '知识产权', en: 'Intellectual property' },
  maintenance: { zh: '设备维修', en: 'Equipment maintenance' },
  operation: { zh: '系统操作', en: 'Operating production systems' },
  development: { zh: '信息技术开发', en: 'Information technology' },
  other: { zh: '其他', en: 'Other' },
} as const

/** Who is taught. */
export const audiences = {
  farmer: { zh: '农(渔)民', en: 'Farmers and fishermen' },
  'village-officer': { zh: '基层干部', en: 'Village officers' },
  'farm-technician': { zh: '农民技术员', en: 'Farmer technicians' },
  official: { zh: '机关干部', en: 'Officials' },
  pupil: { zh: '学生', en: 'Pupils' },
  maintainer: { zh: '维修技术骨干', en: 'Backbone maintainers' },
  operator: { zh: '生产一线操作人员', en: 'Front-line operators' },
  technician: { zh: '专业技术人员', en: 'Technicians' },
  manager: { zh: '管理人员', en: 'Managers' },
} as const

export const forms = {
  course: { zh: '实用技术培训班', en: 'Practical course' },
  lecture: { zh: '科技讲座', en: 'Lecture' },
  skills: { zh: '岗位技术培训', en: 'On-the-job training' },
} as const

export const methods = {
  classroom: { zh: '课堂讲解', en: 'Classroom' },
  video: { zh: '播放光盘', en: 'Video' },
  field: { zh: '现场讲解', en: 'In the field' },
  demonstration: { zh: '技术示范', en: 'Demonstration' },
  guidance: { zh: '技术指导', en: 'Guidance' },
  practice: { zh: '上机操作', en: 'Practice at the machine' },
} as const

export const certificates = {
  green: { zh: '绿色证书', en: 'Green certificate' },
  'farm-title': { zh: '农民技术职称', en: 'Farmer technician title' },
  operator: { zh: '上岗证', en: 'Operating licence' },
} as const

export const needStates = {
  asked: { zh: '待安排', en: 'Asked' },
  planned: { zh: '已安排', en: 'Planned' },
  met: { zh: '已满足', en: 'Met' },
  declined: { zh: '不安排', en: 'Declined' },
} as const

export const classStates = {
  planned: { zh: '计划中', en: 'Planned' },
  enrolling: { zh: '报名中', en: 'Enrolling' },
  closed: { zh: '已结业', en: 'Closed' },
  cancelled: { zh: '取消', en: 'Cancelled' },
} as const

/** A session without a list was counted by heads. */
export const lists = {
  open: { zh: '签到中', en: 'Open' },
  closed: { zh: '已封存', en: 'Closed' },
} as const

export const results = {
  passed: { zh: '合格', en: 'Passed' },
  failed: { zh: '不合格', en: 'Failed' },
  absent: { zh: '未到', en: 'Absent' },
} as const

export const ways = {
  code: { zh: '扫码', en: 'By code' },
  hand: { zh: '手工补签', en: 'By hand' },
} as const
