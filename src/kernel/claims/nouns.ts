import { ORG_ENDS, VERBS } from './lexicon.ts'
import { type NounView, tidyNoun } from './noun-view.ts'
import { afterNumber, NONE } from './nouns-behind.ts'
import { lastBreak, lastVerb, shareStart, stripHeads, stripTail } from './strip.ts'

/** How far a noun may stand before its number, in UTF-16 units. */
const BEFORE = 48
const LONGEST = 24

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
  const plan = isShare ? PLAN_DONE.exec(text.slice(begin, end)) : null
  const told = share > begin ? share : plan && plan.index > 0 ? begin + plan.index : end
  const stop = told < end ? stripTail(text, begin, told) : end
  if (isShare && OF_WHOLE.test(text.slice(begin, stop))) return NOTHING
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

/** 占总人口的…, 完成年计划的…: the whole is named, the part was before. */
const OF_WHOLE =
  /^\s?(?:占|是|相当于)|^\s?(?:超额)?(?:完成|达到|为)[^,。;]{0,12}(?:计划|任务|目标|预算|指标)[^,。;]{0,3}$/

/** 财政收入|完成年预算的46.8%. */
const PLAN_DONE = /(?:超额)?完成[^,。;完]{0,8}(?:计划|任务|目标|预算|指标)[^,。;]{0,3}$/

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
