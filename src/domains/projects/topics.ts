/** Programmes of province and nation in the order of the city's report, then those of counties and of the post. */
export const programmes = {
  'national-sme-fund': { zh: '国家创新型中小企业基金', en: 'National fund for innovative small firms' },
  'industrial-support': { zh: '省级工业科技支撑计划', en: 'Industrial support programme' },
  'agricultural-support': { zh: '农业科技支撑计划', en: 'Agricultural support programme' },
  'social-support': { zh: '社会发展科技支撑计划', en: 'Social development support programme' },
  spark: { zh: '星火计划', en: 'Spark programme' },
  transfer: { zh: '重点科技成果转移转化计划', en: 'Transfer of key results' },
  'engineering-centre': { zh: '工程技术研究中心建设计划', en: 'Engineering research centres' },
  team: { zh: '优势科技创新团队建设计划', en: 'Innovation teams' },
  'young-scientist': { zh: '青年科学家培养对象', en: 'Young scientists' },
  'natural-science-fund': { zh: '自然科学基金计划', en: 'Natural science fund' },
  'youth-science-fund': { zh: '青年科学基金计划', en: 'Youth science fund' },
  'soft-science': { zh: '软科学计划', en: 'Soft science' },
  'new-product': { zh: '重点新产品计划', en: 'Key new products' },
  key: { zh: '重点项目', en: 'Key project' },
  'rich-county': { zh: '科技富民强县计划', en: 'Prosperous county programme' },
  regional: { zh: '地区开发与兴州科技计划', en: 'Regional development' },
  envoy: { zh: '科技特派员项目', en: 'Envoy projects' },
  'post-key': { zh: '国家局重点工程', en: 'Key project of the national post' },
  'post-research': { zh: '管局科研项目', en: 'Research of the administration' },
} as const

export const levels = {
  national: { zh: '国家级', en: 'National' },
  provincial: { zh: '省(自治区)级', en: 'Provincial' },
  prefectural: { zh: '市(自治州)级', en: 'Prefectural' },
  county: { zh: '县级', en: 'County' },
  own: { zh: '本单位', en: 'Own' },
} as const

export const acceptors = {
  national: { zh: '国家主管部门', en: 'National authority' },
  provincial: { zh: '省(自治区)主管部门', en: 'Provincial authority' },
  prefectural: { zh: '市(自治州)主管部门', en: 'Prefectural authority' },
  administration: { zh: '管局', en: 'Postal administration' },
  own: { zh: '本单位', en: 'Own' },
} as const

export const sources = {
  national: { zh: '中央财政', en: 'National budget' },
  provincial: { zh: '省级财政', en: 'Provincial budget' },
  prefectural: { zh: '市州财政', en: 'Prefectural budget' },
  county: { zh: '县级财政', en: 'County budget' },
  own: { zh: '单位自筹', en: 'Own funds' },
  bank: { zh: '银行贷款', en: 'Bank loan' },
} as const

/** What an application is made of. */
export const papers = {
  application: { zh: '申报书', en: 'Application' },
  feasibility: { zh: '可行性研究报告', en: 'Feasibility study' },
  budget: { zh: '经费预算表', en: 'Budget' },
  licence: { zh: '单位证照', en: 'Licence of the applicant' },
  novelty: { zh: '查新报告', en: 'Novelty search' },
  funding: { zh: '自筹资金证明', en: 'Proof of own funds' },
  recommendation: { zh: '推荐意见', en: 'Recommendation' },
} as const

export const priorities = {
  must: { zh: '必须', en: 'Must' },
  should: { zh: '应当', en: 'Should' },
  could: { zh: '可选', en: 'Could' },
} as const

export const stateTitles = {
  applied: { zh: '已申报', en: 'Applied' },
  won: { zh: '获上级立项', en: 'Won' },
  established: { zh: '已立项', en: 'Established' },
  accepted: { zh: '已验收', en: 'Accepted' },
  refused: { zh: '未立项', en: 'Refused' },
  stopped: { zh: '已终止', en: 'Stopped' },
} as const
