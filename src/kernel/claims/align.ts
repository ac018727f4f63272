import { list, words } from './characters.ts'
import type { DimensionWord } from './wordings.ts'

/** What may stand between, before and behind the words of a wording without changing what is counted. */
const NEUTRAL = words(
  list(`
  其中 包括 分别 同时 并 并且 另 另外 此外 还 又 也 及 和 与 以及 的 了 等 各 各类 各种 各项 各级 多种 相关 有关 主要 重点 全部 部分 一是 二是 三是 四是 五是
  今年 本年 本年度 全年 全年共 年内 年末 年底 期末 一年来 上半年 下半年 目前 现 现有 现已 已 已经 截至目前 至今 年度 当年 本期
  共 共计 总计 合计 总共 一共 累计 共有 有 达 达到 达到了 为 约 近 约为 为期 超过 突破 完成 实现 到 至 计 是 分别为 据不完全统计 约有 均
  获 获得 荣获 成果 最后 评出 评选出 送去 投放 省部 省、部 新增设 对
  举办 举行 开办 办 开展 组织 进行 实施 开设 召开 接收 接收到 接到 接听 发放 赠送 送出 送去 发送 播放 放映 配备 建立 建成 建有 成立 成立了 承担 刊发 编印 使 安排 计划 力争 确保 争取达到 进一步 积极 认真 继续 大力 深入 先后 牵头 直接 专门
  全县 全市 全省 全区 全乡 全镇 全村 全局 全州 我县 我市 我省 我区 我乡 我镇 我村 我局 我处 我州 我单位 我中心 本县 本市 本区 本局 本单位 本级 全系统 辖区 辖区内
  活动 工作 农业 农村 农民 农牧民 农牧业 实用 科技 技术 生产 专业 适用 新 综合 基层 个 次 场 期 类 项
`),
)

/** Behind the words of a wording the sentence may go on with what was done. */
const GOES_ON = words(
  list(
    '进行 开展 参加 参与 获得 通过 完成 下乡 深入 得到 受到 送到 到 已 分别 均 全部 为 由 向 对 给 , 提供 举办 服务 在 于 并 的',
  ),
)

/** How well a wording accounts for all the words around a number. */
export interface Alignment {
  /** Characters of the text that are neither the wording's nor neutral: none, for what is accepted. */
  readonly skipped: number
  readonly dimensions: readonly DimensionWord[]
}

/** The place of the number among the words around it. */
export const NUMBER = '\u0001'

interface Step {
  readonly cost: number
  readonly next: number
  readonly taken: number
  readonly dimension: DimensionWord | null
}

/**
 * Lays a wording over the words around a number, in order; between its characters neutral words, narrowing words and the
 * number itself may stand (`指派|425人次|的科技人员下乡服务`). Null when anything is left that the wording does not explain.
 * Costs text × wording, both of which are short.
 */
export function align(
  text: string,
  phrase: string,
  dimensions: readonly DimensionWord[],
  names: (text: string, at: number) => string,
): Alignment | null {
  const width = phrase.length + 1
  const best: (Step | null)[] = new Array((text.length + 1) * width).fill(null)
  const numberAt = text.indexOf(NUMBER)
  for (let at = text.length; at >= 0; at--)
    for (let taken = phrase.length; taken >= 0; taken--) {
      let found: Step | null = null
      const offer = (length: number, more: number, cost: number, dimension: DimensionWord | null) => {
        const after = best[(at + length) * width + taken + more]
        if (!after) return
        const whole = after.cost + cost
        if (found === null || whole < found.cost)
          found = { cost: whole, next: at + length, taken: taken + more, dimension }
      }
      if (at === text.length) {
        if (taken === phrase.length) found = { cost: 0, next: at, taken, dimension: null }
      } else {
        if (taken < phrase.length && text[at] === phrase[taken]) offer(1, 1, 0, null)
        if (text[at] === NUMBER || text[at] === '、') offer(1, 0, 0, null)
        for (const dimension of dimensions)
          if (text.startsWith(dimension.word, at)) offer(dimension.word.length, 0, 0.01, dimension)
        const neutral = NEUTRAL.at(text, at)
        for (let length = neutral.length; length > 0; length--)
          if (NEUTRAL.has(text.slice(at, at + length))) offer(length, 0, length * 0.1, null)
        const name = names(text, at)
        if (name !== '') offer(name.length, 0, 0, null)
        if (taken === phrase.length && numberAt >= 0 && at > numberAt && GOES_ON.at(text, at) !== '') {
          const cost = 0.5
          const known: Step | null = found
          if (known === null || cost < (known as Step).cost) found = { cost, next: text.length, taken, dimension: null }
        }
      }
      best[at * width + taken] = found
    }
  const first = best[0]
  if (!first) return null
  const used: DimensionWord[] = []
  let step: Step | null | undefined = first
  let at = 0
  while (step && at < text.length) {
    if (step.dimension) used.push(step.dimension)
    at = step.next
    step = best[at * width + step.taken]
  }
  // One dimension has one value: 国家级和省级项目 counts neither of them.
  if (new Set(used.map(one => one.dimension)).size < used.length) return null
  return { skipped: first.cost, dimensions: used }
}
