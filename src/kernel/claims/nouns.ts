import { isDigit, isHan, isSpace } from './characters.ts'
import { AFTER_STOPS, DECREASE, HEADS, INCREASE, ORG_ENDS, PAIRS, TAILS, VERBS, WHOLE_WORDS } from './lexicon.ts'

/** How far a noun may stand from its number, in UTF-16 units. */
const BEFORE = 48
const AFTER = 18
const LONGEST = 24

export interface NounView {
  readonly text: string
  /** Where the words that may name what is counted begin: the clause, or the end of the quantity before. */
  readonly from: number
  readonly start: number
  readonly end: number
  /** Where the next mark or quantity ends the view behind the number. */
  readonly until: number
  /** Counted in a classifier or in people, so that a noun may follow directly. */
  readonly isCounted: boolean
  /** A percent or fraction: 占 begins the name of its whole, not of what is told. */
  readonly isShare: boolean
}

export interface NounFound {
  readonly noun: string
  /** Named only by the verb (培训1.2万人次); a noun before may fit better. */
  readonly isVerb: boolean
  /** Where the noun behind the number ends; `end` of the quantity when it stands before. */
  readonly until: number
}

/** The noun beside a number, or '' when the number is an ellipsis. */
export function nounOf(view: NounView): NounFound {
  const before = beforeNumber(view)
  const after = view.isCounted || before.noun === '' || before.isOpen ? afterNumber(view, before.isGoverned) : NONE
  if (after.noun !== '' && (before.noun === '' || before.isOpen))
    return { noun: after.noun, isVerb: false, until: after.until }
  const noun = before.noun || before.verb
  return { noun, isVerb: before.noun === '' && noun !== '', until: view.end }
}

const NONE = { noun: '', until: 0 }

interface Before {
  readonly noun: string
  readonly verb: string
  /** Ends as a phrase that waits for its noun: a place, a list, a verb (临高县|12个乡镇, A、B等|3个项目, 带领|35户会员). */
  readonly isOpen: boolean
  /** A verb stands right before the number: what follows is its object even when it begins like a verb (确定|1项帮扶产业). */
  readonly isGoverned: boolean
}

function beforeNumber({ text, from, start, isShare }: NounView): Before {
  const begin = Math.max(from, start - BEFORE)
  const end = stripTail(text, begin, start)
  const share = shareStart(text, begin, end)
  const stop = share > begin ? stripTail(text, begin, share) : end
  if (isShare && /^\s?(?:占|是|相当于)/.test(text.slice(begin, stop))) return NOTHING
  if (stop > begin && text[stop - 1] === '、') return { noun: '', verb: '', isOpen: true, isGoverned: true }
  // 参加培训的有120人: when nothing follows, what stands before 的 must do.
  if (stop > begin && text[stop - 1] === '的') {
    const { at } = stripHeads(text, lastBreak(text, begin, stop - 1), stop - 1)
    return { noun: tidyNoun(text.slice(at, stop - 1)).slice(-LONGEST), verb: '', isOpen: true, isGoverned: true }
  }
  const broken = lastBreak(text, begin, stop)
  let { at, verb } = stripHeads(text, broken, stop)
  const cut = lastVerb(text, at, stop)
  if (cut.at > at) {
    at = stripHeads(text, cut.at, stop).at
    verb = cut.verb
  }
  const noun = perUnit(text, tidyNoun(text.slice(at, stop)), stop)
  const isGoverned = endsInVerb(text, Math.min(at, broken), start)
  const isOpen =
    isGoverned ||
    ORG_ENDS.before(noun, noun.length, 0) !== '' ||
    text[stop - 1] === '等' ||
    (broken > begin && text[broken - 1] === '、')
  const named = GENERIC.has(noun) && verb.length === 2 ? `${verb}${noun}` : noun
  return { noun: named.slice(-LONGEST), verb, isOpen, isGoverned }
}

const NOTHING: Before = { noun: '', verb: '', isOpen: false, isGoverned: false }

/** 带领|35户, 配备了|4台, 牵涉到|13个, 内容有|11个: what follows is governed by the verb. */
function endsInVerb(text: string, from: number, start: number): boolean {
  const end = text[start - 1] === ' ' ? start - 1 : start
  if ('有由对将把向给让使'.includes(text[end - 1] ?? '-')) return true
  const bare = '了过到为'.includes(text[end - 1] ?? '-') ? end - 1 : end
  return VERBS.before(text, end, from).length > 1 || VERBS.before(text, bare, from).length > 1
}

/** 户均, 每次平均: the measure of an average is not what was counted. */
const perUnit = (text: string, noun: string, stop: number): string =>
  (noun.length <= 2 && (text[stop] === '均' || text[stop] === '平')) || /^每.{0,2}$/.test(noun) ? '' : noun

/** Nouns that say little without their verb: 培训人员, 到位资金. */
const GENERIC = new Set([
  '人员',
  '项目',
  '资金',
  '面积',
  '对象',
  '企业',
  '单位',
  '活动',
  '金额',
  '任务',
  '户数',
  '人数',
  '数量',
])

function stripHeads(text: string, from: number, stop: number): { at: number; verb: string } {
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
function shareStart(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++)
    if (
      text[at] === '占' &&
      text[at - 1] !== '侵' &&
      (!'用地道领据'.includes(text[at + 1] ?? '-') || text.startsWith('地区', at + 1))
    )
      return at
  return from
}

function stripTail(text: string, from: number, until: number): number {
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
function lastBreak(text: string, from: number, end: number): number {
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

function stripHead(text: string, at: number, end: number): { at: number; verb: string } {
  let from = at
  while (from < end && (isSpace(text, from) || '、:,;-—*·'.includes(text[from]!))) from++
  if (from > at) return { at: from, verb: '' }
  const date = dateEnd(text, at, end)
  if (date > at) return { at: date, verb: '' }
  const verb = VERBS.at(text, at)
  const head = HEADS.at(text, at)
  if (verb.length >= head.length && verb !== '' && at + verb.length <= end) {
    const next = text[at + verb.length] ?? ''
    const isCompound = at + verb.length + 1 === end && !'了过'.includes(next)
    if (!isCompound && !(verb.length === 1 && at + 1 < end && !isVerbAlone(text, at, end))) {
      const aspect = '了过出好'.includes(next) && next !== '' && at + verb.length < end ? 1 : 0
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
function lastVerb(text: string, from: number, end: number): { at: number; verb: string } {
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

function afterNumber({ text, end, until, isCounted }: NounView, isGoverned: boolean): { noun: string; until: number } {
  let at = end
  for (const loose of ['及以上', '及以下', '以上', '以下', '左右', '以内'])
    if (text.startsWith(loose, at)) at += loose.length
  if (text[at] === '的') at++
  else if (text[at] === '(') return NONE
  if (!isHan(text, at) && !isLatinName(text, at)) return NONE
  if (!isCounted && text[end] !== '的' && AFTER_STOPS.at(text, at) !== '') return NONE
  const limit = Math.min(until, at + AFTER)
  let stop = at
  while (stop < limit) {
    const quoted = quotedEnd(text, stop, limit)
    if (quoted > stop) {
      stop = quoted
      continue
    }
    if (!isHan(text, stop) && !isLatinName(text, stop)) break
    const word = stop > at ? AFTER_STOPS.at(text, stop) : isCounted ? firstStop(text, stop, isGoverned) : ''
    if (word !== '' && !isInsideWord(text, stop, word) && !isInsideName(text, stop, word, limit)) break
    stop++
  }
  const noun = tidyNoun(text.slice(at, stop))
  return noun.length > 1 || '村镇乡县市区省州校站队组局所厂点楼桥路井'.includes(noun || '-')
    ? { noun, until: stop }
    : NONE
}

const isInsideWord = (text: string, at: number, word: string): boolean =>
  word.length === 1 && (PAIRS.has(text.slice(at - 1, at + 1)) || PAIRS.has(text.slice(at, at + 2)))

/** 服务“110”服务站: a name in quotation marks inside a noun. */
function quotedEnd(text: string, at: number, limit: number): number {
  if (text[at] !== '“') return at
  const close = text.slice(at, Math.min(limit, at + 10)).indexOf('”')
  return close < 0 ? at : at + close + 1
}

const firstStop = (text: string, at: number, isGoverned: boolean): string => {
  const word = AFTER_STOPS.at(text, at) || (isGoverned ? '' : longVerb(text, at))
  return word === '建设' || word === '就业' || word === '脱贫' || word === '转移' ? '' : word
}

const COMPOUND_ENDS = new Set([...'机班员费率量额数点站厂所者师车线网群户'])

const longVerb = (text: string, at: number): string => {
  const verb = VERBS.at(text, at)
  const next = text[at + verb.length] ?? ''
  // 发电机, 培训班, 检查站: one word.
  return verb.length > 1 && verb !== '贷款' && !COMPOUND_ENDS.has(next) ? verb : ''
}

/** A verb is part of a name when a noun of few characters still follows and ends the view: 检测中心, 建设项目. */
function isInsideName(text: string, at: number, word: string, limit: number): boolean {
  if (word.length < 2) return false
  const stop = at + word.length
  if (stop >= limit) return word === '建设' || word === '就业' || word === '改造' || word === '转移'
  return NAME_ENDS.some(end => text.startsWith(end, stop))
}

const NAME_ENDS = [
  '项目',
  '工程',
  '中心',
  '基地',
  '活动',
  '人员',
  '企业',
  '单位',
  '资金',
  '面积',
  '任务',
  '站',
  '点',
  '户',
  '班',
  '者',
  '对象',
  '岗位',
  '场所',
  '机构',
  '设施',
  '设备',
  '村',
  '人口',
  '家庭',
  '小区',
  '人才',
  '示范',
  '平台',
]

const isLatinName = (text: string, at: number): boolean => /[A-Za-z]/.test(text[at] ?? '')

function tidyNoun(noun: string): string {
  const closed = noun.replace(/[“”‘’《》「」"'()[\]*#|_<>、\s]/g, '')
  return closed.replace(/^[的了各和及与]|[的了各共和及与]$|(?<=..)中$/g, '')
}
