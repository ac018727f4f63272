import { list } from './characters.ts'
import type { Evidence } from './evidence.ts'

/** Whether a list of parts says that it is all there is. */
export type Completeness = 'whole' | 'likely' | 'unsaid'

/** Things that divide a whole between them. Two of a pair are all of it; three of a longer group nearly. */
const DIVISIONS: readonly (readonly string[])[] = [
  '男 女',
  '城镇 农村',
  '城镇 乡村',
  '城市 农村',
  '城市 乡村',
  '城区 农村',
  '城区 乡镇',
  '出口 进口',
  '收入 支出',
  '合格 不合格',
  '轻工业 重工业',
  '公办 民办',
  '国内 境外',
  '国内 国际',
  '境内 境外',
  '线上 线下',
  '网上 窗口',
  '天然林 人工林',
  '水田 旱地',
  '水田 旱田',
  '刑事 治安',
  '生产性 非生产性',
  '职工 居民',
  '农业 非农',
  '在职 离退休',
  '在职 退休',
  '营利 非营利',
  '一般公共预算 政府性基金',
  '内资 外资',
  '国有 民营',
  '贷款 自筹',
  '财政 自筹',
  '上级 本级',
  '上级 自筹',
  '人工 飞播',
  '第一产业 第二产业 第三产业',
  '一产 二产 三产',
  '小学 初中 高中 幼儿园 中学 职高 职校 中职 特教 特殊教育 幼儿',
  '中央 省 市 县 自筹 企业',
  '国家级 省级 市级 县级 区级',
  '新建 改建 扩建 续建 改扩建 迁建 新开工 竣工',
  '一等奖 二等奖 三等奖 特等奖 优秀奖 优胜奖',
  '研究生 硕士 博士 本科 专科 大专 中专',
  '正高 副高 中级 初级 高级',
  '国道 省道 县道 乡道 村道 高速',
  '早稻 中稻 晚稻',
  '春播 夏播 秋播',
  '东部 中部 西部 东北',
  '上半年 下半年',
  '一季度 二季度 三季度 四季度',
  '刑事案件 民事案件 行政案件 执行案件 民商事案件',
  '刑事 民事 行政 执行 民商事',
  '增值税 企业所得税 个人所得税 其他税',
  '税收 非税',
  '人工造林 封山育林 飞播造林 退化林修复',
  '造林 封育',
  '生猪 牛 羊 家禽',
  '来电 来信 来访 网络',
  '电话 网络 来访 信函',
  '食品 药品 医疗器械 化妆品',
  '企业 个体工商户 农民专业合作社 个体户 合作社',
  '生活用水 工业用水 农业用水 生态用水',
  '枯枝 倒木',
  '优 良 轻度污染 中度污染',
  '住院 门诊',
  '抢劫 盗窃 诈骗',
].map(list)

const SAID_WHOLE = /分为|分别为|分别是|分别有|由.{0,20}(?:组成|构成)|全部为/

export function completeness(whole: Evidence, parts: readonly Evidence[], cue: string): Completeness {
  const last = parts[parts.length - 1]!
  if (/其他|其余|其它|另有|余下/.test(`${last.lead}${last.claim.noun}`) && parts.length >= 2) return 'whole'
  if (cue === '分为' || cue === '分别' || cue === '构成' || cue === '组成') return 'whole'
  if (SAID_WHOLE.test(parts[0]!.lead)) return 'whole'
  const division = dividedBy(parts)
  if (division === 'pair') return 'whole'
  if (division === 'several') return 'likely'
  if (cue === ':' || cue === '(') return 'likely'
  return haveOneHead(whole, parts) || areOfOneKind(whole, parts) || parts.length >= 4 ? 'likely' : 'unsaid'
}

/** Whether the parts are all of a known division: 男 and 女. */
export const isDivision = (parts: readonly Evidence[]): boolean => dividedBy(parts) === 'pair'

function dividedBy(parts: readonly Evidence[]): 'pair' | 'several' | null {
  for (const division of DIVISIONS) {
    const members = new Set<string>()
    for (const part of parts) {
      const words = `${part.lead.slice(-24)}${part.claim.noun}`
      const member = division.filter(each => words.includes(each)).sort((a, b) => b.length - a.length)[0]
      if (member === undefined) break
      members.add(member)
    }
    if (members.size === parts.length && parts.length >= 2)
      return division.length === 2 || (division.length === 3 && parts.length === 3) ? 'pair' : 'several'
  }
  return null
}

/** 样品, 土壤样品, 农产品样品: each part is a kind of the whole. */
function haveOneHead(whole: Evidence, parts: readonly Evidence[]): boolean {
  const head = whole.claim.noun.slice(-2)
  return (
    head.length === 2 && parts.every(part => part.claim.noun.endsWith(head) && part.claim.noun !== whole.claim.noun)
  )
}

/** 省科技进步奖三等奖, 省技术发明奖三等奖: parts that end alike and make up most of the whole. */
function areOfOneKind(whole: Evidence, parts: readonly Evidence[]): boolean {
  const end = parts[0]!.claim.noun.slice(-2)
  const total = parts.reduce((sum, part) => sum + part.claim.normalized, 0)
  return end.length === 2 && parts.every(part => part.claim.noun.endsWith(end)) && total >= whole.claim.normalized * 0.5
}
