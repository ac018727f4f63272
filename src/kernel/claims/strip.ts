import { isDigit, isSpace } from './characters.ts'
import { DECREASE, HEADS, INCREASE, TAILS, VERBS, WHOLE_WORDS } from './lexicon.ts'

/** Skips the times, links, adverbs and verbs that open a statement; the last verb is kept. */
export function stripHeads(text: string, from: number, stop: number): { at: number; verb: string } {
  let at = from
  let verb = ''
  for (;;) {
    const next = stripHead(text, at, stop)
    if (next.at === at || next.at > stop) return { at, verb }
    if (next.verb !== '') verb = next.verb
    at = next.at
  }
}

/** `在岗人员占编制总数的50%` speaks of 在岗人员: the words from 占 on name the whole. */
export function shareStart(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++)
    if (
      text[at] === '占' &&
      text[at - 1] !== '侵' &&
      (!'用地道领据'.includes(text[at + 1] ?? '-') || text.startsWith('地区', at + 1))
    )
      return at
  return from
}

/** Drops the words of change, comparison and degree between a noun and its number. */
export function stripTail(text: string, from: number, until: number): number {
  let end = until
  for (;;) {
    while (end > from && (isSpace(text, end - 1) || '·)*'.includes(text[end - 1]!)) && text[end - 1] !== ')') end--
    const word =
      TAILS.before(text, end, from) ||
      INCREASE.before(text, end, from) ||
      DECREASE.before(text, end, from) ||
      comparison(text, end, from)
    if (word === '') return end
    end -= word.length
  }
}

const COMPARED = [
  '比去年同期',
  '较去年同期',
  '比上年同期',
  '较上年同期',
  '比上年',
  '较上年',
  '比去年',
  '较去年',
  '同比',
  '环比',
  '比年初',
  '较年初',
  '比上年末',
  '较上年末',
  '比上月',
  '比全国',
  '比全省',
  '比全市',
  '年均',
  '月均',
  '日均',
  '可比',
  '按可比价格计算',
  '按可比价计算',
  '按不变价格计算',
  '按不变价计算',
  '名义',
  '实际',
  '由去年的',
  '由上年的',
  '从去年的',
  '从上年的',
  '上年同期',
  '去年同期',
]

const THEN = /[由从比较]?(?:(?:19|20)\d\d年|去年|上年|前年|年初|今年|上半年)(?:底|末|初|同期)?的?$/

function comparison(text: string, end: number, from: number): string {
  const then = THEN.exec(text.slice(Math.max(from, end - 12), end))
  if (then && /[由从比较的]/.test(then[0])) return then[0]
  for (const word of COMPARED) if (end - word.length >= from && text.startsWith(word, end - word.length)) return word
  return ''
}

/** After the last 、 that is not followed by 等, after 等, after the last 的 and after closing marks. */
export function lastBreak(text: string, from: number, end: number): number {
  let at = from
  for (let i = from; i < end; i++) {
    const ch = text[i]!
    if (
      ch === '等' &&
      i + 1 < end &&
      !'级次候待奖'.includes(text[i + 1]!) &&
      !'一二三四五特优高中初同平均'.includes(text[i - 1] ?? '-')
    )
      at = text[i + 1] === '的' ? i + 2 : i + 1
    else if (ch === '的' && i + 1 < end) at = i + 1
    else if (ch === '、' && end - i > 2 && !hasEtc(text, i, end)) at = i + 1
  }
  return at
}

const hasEtc = (text: string, from: number, end: number): boolean => {
  const found = text.indexOf('等', from)
  return found >= 0 && found < end
}

/** The 三 of (三), written in running text. */
const isListNumber = (inner: string): boolean => /^(?:[一二三四五六七八九十]{1,2}|\d{1,2})$/.test(inner)

function stripHead(text: string, at: number, end: number): { at: number; verb: string } {
  let from = at
  while (from < end && (isSpace(text, from) || '、:,;-—*·'.includes(text[from]!))) from++
  if (from > at) return { at: from, verb: '' }
  const close = text[at] === '(' ? text.slice(at, Math.min(end, at + 4)).indexOf(')') : -1
  if (close > 1 && isListNumber(text.slice(at + 1, at + close))) return { at: at + close + 1, verb: '' }
  const date = dateEnd(text, at, end)
  if (date > at) return { at: date, verb: '' }
  const verb = VERBS.at(text, at)
  const head = HEADS.at(text, at)
  if (verb.length >= head.length && verb !== '' && at + verb.length <= end) {
    const next = text[at + verb.length] ?? ''
    const isCompound = at + verb.length + 1 === end && !'了过'.includes(next)
    if (!isCompound && !(verb.length === 1 && at + 1 < end && !isVerbAlone(text, at, end))) {
      const isAspect = next !== '' && '了过出好'.includes(next) && at + verb.length < end
      const aspect = isAspect && VERBS.at(text, at + verb.length).length < 2 ? 1 : 0
      return { at: at + verb.length + aspect, verb }
    }
  }
  const isWhole = head.length === 1 && WHOLE_WORDS.at(text, at) !== ''
  // 科技支撑计划10项: a plan that is counted, not what is planned.
  const isThing = (head === '计划' || head === '目标' || head === '预计') && at + head.length === end
  if (head !== '' && at + head.length <= end && !isWhole && !isThing) return { at: at + head.length, verb: '' }
  return { at, verb: '' }
}

/** One-character verbs are cut only with their aspect: 建了, 发出. */
const isVerbAlone = (text: string, at: number, end: number): boolean =>
  (at + 1 < end && '了过出成起有获'.includes(text[at + 1]!)) || '获送对'.includes(text[at]!)

/** 2024年, 1-5月, 至5月底, 截至12月31日. */
function dateEnd(text: string, at: number, end: number): number {
  if (!isDigit(text, at)) return at
  let stop = at
  while (stop < end && stop < at + 24 && (isDigit(text, stop) || '年月日-—至度底末初份间前后起'.includes(text[stop]!)))
    stop++
  return text[stop - 1] !== undefined && '年月日度底末初份间前后起'.includes(text[stop - 1]!) ? stop : at
}

/** Verbs so plain that they are cut wherever they stand: 为再村学校赞助|资金. */
export function lastVerb(text: string, from: number, end: number): { at: number; verb: string } {
  let found = { at: from, verb: '' }
  for (let at = from; at < end - 1; at++) {
    const verb = VERBS.at(text, at)
    if (verb.length < 2) continue
    const stop = at + verb.length
    if (stop >= end) {
      if (at === from) found = { at: stop, verb }
      continue
    }
    if ('了过'.includes(text[stop]!)) found = { at: stop + 1, verb }
    else if (PLAIN.has(verb) && end - stop >= 2 && !'率额量数费款'.includes(text[stop]!)) found = { at: stop, verb }
    else continue
    at = found.at - 1
  }
  return found
}

const PLAIN = new Set(
  '安装调测 安装 采购 查获 收缴 购买 举办 召开 新建 建成 引进 发放 赠送 完成 实现 累计 送去 赞助 捐赠 投入 下拨 划拨 拨付 争取到 查处 抓获 破获 审结 办结 受理 开展 组织 建立 获得 荣获 取得 新增 表彰 配备 购置 修建 实施 安置 落实 涉及 收回 牵涉到 印发 制定 出台 推广 参加 培育 达到 共有 现有 提供 资助 救助'.split(
    ' ',
  ),
)
