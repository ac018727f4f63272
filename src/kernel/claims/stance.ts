import { isDigit, list, words } from './characters.ts'
import { DECREASE, HEADS, INCREASE, ORG_ENDS, VERBS } from './lexicon.ts'

const PLAN_HEADING =
  /(?:计划|打算|目标|思路|安排|建议|规划|部署|展望|努力方向|目标任务|重点任务|重点工作)(?:[和及与、]|$)|^(?:下一步|下步|今后|明年|来年|下半年|下阶段)/
const REVIEW_HEADING =
  /(?:总结|回顾|情况|进展|成效|成绩|问题|做法|经验|不足|困难|亮点|公报)(?:[和及与、:(]|$)|^(?:过去|一年来|上半年)/

/** Whether a section speaks of what is to be done: its innermost heading that says so either way. */
export function isPlanSection(section: readonly string[]): boolean {
  for (let depth = section.length - 1; depth >= 0; depth--) {
    const title = section[depth]!
    if (title.length > 30 || /[,]|制[定订]|编制|落实.*计划|完成.*任务/.test(title)) continue
    if (REVIEW_HEADING.test(title)) return false
    if (PLAN_HEADING.test(title)) return true
  }
  return false
}

const PLANNED = words(
  list(
    '力争 拟 预期 预期目标 确保 明年 来年 下一步 打算 目标是 目标为 目标:  目标值 将达 将达到 将新 将建 将投入 将实现 将完成 将培训 将举办 将组织 将继续 计划完成 要达到 要完成 要实现 要确保 要力争 计划总投资 计划投资 概算 规划建设 规划面积 规划投资 有望 到期末 任务数 计划数 目标数',
  ),
)
const DONE = words(list('已 了 实际 去年 上年 现有 累计 截至 完成投资 目前 同比'))

/** Planned or hoped for: by the words of the clause and sentence before the number, behind it, else by its section. */
export function isTarget(
  text: string,
  sentence: number,
  clause: number,
  start: number,
  end: number,
  stop: number,
  isPlan: boolean,
): boolean {
  const from = Math.max(sentence, start - 120)
  let planned = -1
  let done = -1
  for (let at = from; at < start; at++) {
    const word = PLANNED.at(text, at)
    if (word !== '' && at + word.length <= start && !isAchieved(text, at, word)) planned = at
    else if (isPlanVerb(text, at, from, start)) planned = at
    else if (at >= clause && DONE.at(text, at) !== '') done = at
  }
  if (planned >= 0) return done < planned || planned >= clause
  const behind = text.slice(end, Math.min(stop, end + 12))
  if (
    /^(?:左右|以上|以内)?的?(?:年度|预期|既定|总体|工作)?目标/.test(behind) &&
    !/完成|超额|实现了/.test(text.slice(clause, start))
  )
    return true
  return isPlan && done < 0
}

const isAchieved = (text: string, at: number, word: string): boolean =>
  word.startsWith('预期') && (text.startsWith('寿命', at + 2) || /完成|超/.test(text.slice(Math.max(0, at - 4), at)))

function clauseStart(text: string, at: number, from: number): number {
  let start = at
  while (start > from && !',。;:!?\n'.includes(text[start - 1]!)) start--
  return start
}

/** 争取实现… hopes; 争取资金 has got it. */
const GOALS = list('实现 完成 达到 建成 突破 新增 创建 用 在 年内 全年 使 让 到')

/** 计划 as what one does (全年计划举办60期), not as a thing (科技支撑计划10项). */
function isPlanVerb(text: string, at: number, from: number, start: number): boolean {
  const isPlan = text.startsWith('计划', at) || text.startsWith('争取', at)
  if (!isPlan || at + 2 >= start) return false
  if ('到了的书项内外生'.includes(text[at + 2]!) || isDigit(text, at + 2)) return false
  if (text[at] === '争' && !GOALS.some(word => text.startsWith(word, at + 2))) return false
  let head = clauseStart(text, at, from)
  for (let step = 0; step < 6 && head < at; step++) {
    while (head < at && ('、 ('.includes(text[head]!) || isDigit(text, head) || '年月日度底'.includes(text[head]!)))
      head++
    const word = HEADS.at(text, head)
    if (word === '' || head + word.length > at) break
    head += word.length
  }
  const gap = at - head
  const isOrg = gap <= 8 && ORG_ENDS.before(text, at, head) !== ''
  return gap === 0 || isOrg
}

export type Polarity = 'increase' | 'decrease' | 'level'

const LOOSE = list('约 近 超 超过 逾 达 达到 为 了 将近 不足 不到 突破 - 高达 近 仅 有所')

/** What the words right before a number make of it: 增长11.6% is a change, 增长到27万元 a level. */
export function polarityOf(text: string, from: number, start: number): Polarity {
  let end = start
  for (let step = 0; step < 3; step++) {
    const loose = LOOSE.find(each => end - each.length >= from && text.startsWith(each, end - each.length))
    if (loose === undefined || INCREASE.before(text, end, from) !== '' || DECREASE.before(text, end, from) !== '') break
    end -= loose.length
  }
  const up = INCREASE.before(text, end, from)
  const down = DECREASE.before(text, end, from)
  if (up === '' && down === '') return headPolarity(text, from, start)
  return up.length >= down.length ? 'increase' : 'decrease'
}

const ADDED = list('新增 净增 增派 增设 增配 新增加')
const REMOVED = list('减少 压减 净减 裁减 核减')

/** 新增科技示范户72户: the verb stands before the noun. */
function headPolarity(text: string, from: number, start: number): Polarity {
  for (let at = from; at < start && at < from + 12; at++) {
    if (ADDED.some(word => text.startsWith(word, at))) return 'increase'
    if (REMOVED.some(word => text.startsWith(word, at)) && !isTo(text, at + 2, start)) return 'decrease'
    if (VERBS.at(text, at).length >= 2) return 'level'
  }
  return 'level'
}

const isTo = (text: string, from: number, start: number): boolean =>
  /[到至]/.test(text.slice(from, Math.min(start, from + 1)))

const CUMULATIVE = words(
  list('累计 截至 截止 目前 现有 至今 迄今 以来 总数 存量 期末 年末 年底 共有 已有 历年 余额 保有量 总户数 总人口'),
)

/** A state since some beginning rather than the work of the period. */
export function isCumulative(text: string, from: number, start: number): boolean {
  for (let at = Math.max(from, start - 80); at < start; at++) {
    const word = CUMULATIVE.at(text, at)
    if (word === '以来' && /今年|去年|入夏|入冬/.test(text.slice(Math.max(0, at - 2), at))) continue
    if (word !== '') return true
  }
  return false
}
