export const kinds = {
  atm: { zh: '自动取款机', en: 'Cash machine' },
  pos: { zh: 'POS机', en: 'Card terminal' },
  'franking-machine': { zh: '邮资机', en: 'Franking machine' },
  printer: { zh: '打印机', en: 'Printer' },
  generator: { zh: '发电机', en: 'Generator' },
  'label-maker': { zh: '制签机', en: 'Label maker' },
  'weighing-terminal': { zh: '称重终端', en: 'Weighing terminal' },
  'sorting-machine': { zh: '分拣机', en: 'Sorting machine' },
  'parcel-line': { zh: '包件处理设备', en: 'Parcel line' },
  'audit-machine': { zh: '资费稽核机', en: 'Tariff-audit machine' },
  inserter: { zh: '封装机', en: 'Inserter' },
  'statement-printer': { zh: '账单打印机', en: 'Statement printer' },
  server: { zh: '服务器', en: 'Server' },
  terminal: { zh: '营业终端', en: 'Counter terminal' },
  network: { zh: '网络设备', en: 'Network equipment' },
  computer: { zh: '电脑', en: 'Computer' },
  vehicle: { zh: '车辆', en: 'Vehicle' },
} as const

export const works = {
  overhaul: { zh: '大修', en: 'Overhaul' },
  retrofit: { zh: '改造', en: 'Retrofit' },
} as const

export const purposes = {
  new: { zh: '新增', en: 'New' },
  renewal: { zh: '更新', en: 'Renewal' },
  overhaul: { zh: '大修改造', en: 'Overhaul and retrofit' },
} as const

/** Two funds, never mixed: fixed assets pay for what is new or renewed, the overhaul fund for what is kept going. */
export const funds = {
  'fixed-assets': { zh: '固定资产投资', en: 'Fixed-asset investment' },
  overhaul: { zh: '大修改造资金', en: 'Overhaul fund' },
} as const

export const fundOf = (purpose: unknown): keyof typeof funds => (purpose === 'overhaul' ? 'overhaul' : 'fixed-assets')

/** A delivered lot goes through these in this order only, each dated and signed. */
export const steps = [
  { state: 'arrived', day: 'arrivedOn', by: 'arrivedBy', zh: '到货验收', en: 'Arrival inspection' },
  { state: 'installed', day: 'installedOn', by: 'installedBy', zh: '安装', en: 'Installation' },
  { state: 'powered', day: 'poweredOn', by: 'poweredBy', zh: '加电', en: 'Power-on' },
  { state: 'tested', day: 'testedOn', by: 'testedBy', zh: '调试', en: 'Test' },
] as const
