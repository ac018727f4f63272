import {
  decimalsOf,
  halfStepRange,
  isSlip,
  meets,
  minus,
  over,
  type Range,
  rounded,
  shown,
  times,
} from './arithmetic.ts'
import { type Evidence, type Found, isChange, isPerUnit } from './evidence.ts'

const MAX_AHEAD = 5
const NOT_SIMPLE = /年均|平均增|复合|可比|不变价|两年平均|剔除|扣除|实际增长|名义/

/**
 * Growth and difference from what one sentence says: the value now, the value before, by how much, by what percent.
 * 由11万元增加到27万元,增加16万元,增长145.5%.
 */
export function changes(text: string, evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  evidence.forEach((now, at) => {
    if (!isLevel(now)) return
    const before = valueBefore(text, evidence, at)
    const { amount, percent } = changesBehind(text, evidence, at, before)
    if (before && amount) found.push(difference(before, now, amount))
    if (before && percent) found.push(growth(before, now, percent))
    else if (amount && percent) found.push(growthOf(now, amount, percent))
  })
  found.push(...balances(evidence))
  return found
}

const isLevel = (each: Evidence): boolean =>
  !isChange(each) &&
  each.claim.kind !== 'rank' &&
  each.claim.kind !== 'ratio' &&
  !each.claim.threshold &&
  each.place === null &&
  each.claim.normalized > 0

const BEFORE_WORDS = /去年|上年|前年|年初|上月|上季度|原来|原有|由|从|同期|(?:19|20)\d\d年/
const NOW_WORDS = /到|至|为|达|增|减|降|升|现|今年|本年|本期|(?:19|20)\d\d年/

/** The earlier value of the same thing: just before (由A增加到B) or just behind (B,上年同期为A). */
function valueBefore(text: string, evidence: readonly Evidence[], at: number): Evidence | null {
  const now = evidence[at]!
  const previous = evidence[at - 1]
  if (
    previous &&
    isComparable(previous, now) &&
    !/其中|占/.test(now.lead) &&
    BEFORE_WORDS.test(previous.lead) &&
    NOW_WORDS.test(now.lead)
  ) {
    const isMove = /[由从]/.test(previous.lead) && /[到至为达]/.test(now.lead)
    const isYears =
      /去年|上年|前年|年初|同期|(?:19|20)\d\d年/.test(previous.lead) &&
      /今年|本年|(?:19|20)\d\d年|[到至为达]/.test(now.lead)
    const isOneThing = isMove || previous.claim.noun === now.claim.noun
    if (isOneThing && (isMove || isYears)) return previous
  }
  const compared = evidence[at + 1]
  if (compared && isComparable(compared, now) && isComparedWith(text, now, compared, evidence[at + 2])) return compared
  for (let next = at + 1; next <= at + 3 && next < evidence.length; next++) {
    const later = evidence[next]!
    if (later.clause.sentence !== now.clause.sentence) return null
    const lead = text.slice(Math.max(evidence[next - 1]!.claim.end, later.claim.start - 24), later.claim.start)
    if (
      isComparable(later, now) &&
      /(?:去年|上年|同期|年初)[^,。;]{0,6}(?:为|是|的|有)?$/.test(lead) &&
      !/[比较]/.test(lead)
    )
      return later
    if (!isChange(later)) return null
  }
  return null
}

/** 286户,比成立时的52户增加234户. */
function isComparedWith(text: string, now: Evidence, before: Evidence, change: Evidence | undefined): boolean {
  const lead = text.slice(Math.max(now.claim.end, before.claim.start - 24), before.claim.start)
  if (!/[比较][^,。;]{0,14}的?$/.test(lead) || !change || !isChange(change)) return false
  return isBareChange(text.slice(before.claim.end, Math.min(change.claim.start, before.claim.end + 24)))
}

const isComparable = (a: Evidence, b: Evidence): boolean =>
  isLevel(a) &&
  a.claim.base === b.claim.base &&
  a.clause.sentence === b.clause.sentence &&
  a.claim.unit.replace(/^[万亿]+/, '') === b.claim.unit.replace(/^[万亿]+/, '')

function changesBehind(text: string, evidence: readonly Evidence[], at: number, before: Evidence | null) {
  const now = evidence[at]!
  let amount: Evidence | null = null
  let percent: Evidence | null = null
  for (let next = at + 1; next <= at + MAX_AHEAD && next < evidence.length; next++) {
    const change = evidence[next]!
    if (change === before) continue
    if (change.clause.sentence !== now.clause.sentence) break
    const lead = text.slice(Math.max(evidence[next - 1]!.claim.end, change.claim.start - 40), change.claim.start)
    if (!isChange(change) || /其中|占/.test(lead) || (change.claim.noun !== now.claim.noun && !isBareChange(lead)))
      break
    if (NOT_SIMPLE.test(lead) || NOT_SIMPLE.test(text.slice(change.claim.end, change.claim.end + 8))) continue
    const isPoints = now.claim.base === '%' && change.claim.base === '百分点'
    if (change.claim.base === '%' && now.claim.base !== '%') percent ??= change
    else if (change.claim.base === now.claim.base || isPoints) amount ??= change
    else break
  }
  return { amount: amount && isPerUnit(amount) ? null : amount, percent }
}

/** Nothing but words of change: 同比增长, 比去年增加. */
const isBareChange = (lead: string): boolean =>
  lead.replace(
    /[,、;(\s]|[比较]?(?:去年|上年|年初|上月)(?:同期)?(?:末)?|同比|环比|分别|(?:增长|增加|减少|下降|提高|上升|上涨|降低|净增|净减|提升|回落|增幅|降幅|增|降|减|多|少|了|率|为|达|约|近|超|高|低)+/g,
    '',
  ).length <= 1

const sign = (change: Evidence): number => (change.claim.polarity === 'decrease' ? -1 : 1)

function difference(before: Evidence, now: Evidence, amount: Evidence): Found {
  const moved = minus(halfStepRange(now), halfStepRange(before))
  const said = times0(halfStepRange(amount), sign(amount))
  const holds = meets(exactly(now, before, amount) ?? moved, said)
  const value = now.claim.normalized - before.claim.normalized
  return {
    type: 'difference',
    holds,
    claims: [now.index, before.index, amount.index],
    arithmetic: `${shown(now)} - ${shown(before)} = ${rounded(value / amount.quantity.factor, 4)}${amount.claim.unit}${holds ? '' : ` ≠ ${shown(amount)}`}`,
    weight: 3,
  }
}

/** Whole 万元 and counts subtract exactly; there rounding excuses nothing. */
function exactly(now: Evidence, before: Evidence, amount: Evidence): Range | null {
  const all = [now, before, amount]
  const isPlain = all.every(
    each =>
      !each.claim.quote.includes('.') && each.claim.qualifier === null && each.quantity.step === amount.quantity.step,
  )
  if (!isPlain) return null
  const value = now.claim.normalized - before.claim.normalized
  return { low: value, high: value }
}

const times0 = (range: Range, factor: number): Range => (factor < 0 ? { low: -range.high, high: -range.low } : range)

function growth(before: Evidence, now: Evidence, percent: Evidence): Found {
  const old = halfStepRange(before)
  const ratio = over(halfStepRange(now), old)
  const moved = { low: (ratio.low - 1) * 100, high: (ratio.high - 1) * 100 }
  const said = times0(percentRange(percent), sign(percent))
  const holds = meets(moved, said)
  const value = (now.claim.normalized / before.claim.normalized - 1) * 100
  return {
    type: 'growth',
    holds,
    claims: [now.index, before.index, percent.index],
    arithmetic: `(${shown(now)} - ${shown(before)}) / ${shown(before)} = ${rounded(value, decimalsOf(percent) + 1)}%${holds ? '' : ` ≠ ${shown(percent)}`}`,
    weight: 3,
  }
}

function growthOf(now: Evidence, amount: Evidence, percent: Evidence): Found {
  const change = times0(halfStepRange(amount), sign(amount))
  const old = minus(halfStepRange(now), change)
  const ratio = over(halfStepRange(amount), old)
  const said = percentRange(percent)
  const holds = sign(amount) === sign(percent) && meets(times(ratio, 100), said)
  const base = now.claim.normalized - sign(amount) * amount.claim.normalized
  return {
    type: 'growth',
    holds,
    claims: [now.index, amount.index, percent.index],
    arithmetic: `${shown(amount)} / (${shown(now)} ${sign(amount) < 0 ? '+' : '-'} ${shown(amount)}) = ${rounded((amount.claim.normalized / base) * 100, decimalsOf(percent) + 1)}%${holds ? '' : ` ≠ ${shown(percent)}`}`,
    weight: 3,
  }
}

export function percentRange(percent: Evidence): Range {
  const range = halfStepRange(percent)
  return percent.claim.normalized < 0 ? { low: Math.abs(range.high), high: Math.abs(range.low) } : range
}

/** What two opposite figures leave: by the words of the first, the second and the rest. */
const BALANCES: readonly (readonly [RegExp, RegExp, RegExp])[] = [
  [/出生率/, /死亡率/, /自然增长率/],
  [/出生人口/, /死亡人口/, /自然增长|净增/],
  [/出口/, /进口/, /顺差/],
  [/迁入/, /迁出/, /净迁入|净增|机械增长/],
  [/收入/, /支出/, /结余|盈余/],
  [/新增|新登记|新设/, /注销|减少|退出/, /净增/],
]
const MAX_APART = 8

/** 出生率7.65‰,死亡率6.62‰,自然增长率1.03‰. */
function balances(evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  evidence.forEach((rest, at) => {
    const words = `${rest.lead}${rest.claim.noun}`
    const balance = BALANCES.find(([, , left]) => left.test(words))
    if (!balance || rest.claim.qualifier !== null) return
    const near = evidence.slice(Math.max(0, at - MAX_APART), at).reverse()
    const isSuch = (each: Evidence, word: RegExp) =>
      word.test(`${each.lead}${each.claim.noun}`) &&
      each.claim.base === rest.claim.base &&
      each.claim.unit === rest.claim.unit &&
      each.paragraph === rest.paragraph &&
      each.clause.sentence >= rest.clause.sentence - 1 &&
      isLevel(each)
    const less = near.find(each => isSuch(each, balance[1]))
    const more = near.find(each => each !== less && isSuch(each, balance[0]))
    if (!less || !more) return
    const value = more.claim.normalized - less.claim.normalized
    const half = (more.quantity.step + less.quantity.step + rest.quantity.step) / 2
    const holds = Math.abs(value - rest.claim.normalized) <= half + 1e-9
    if (!holds && !/率/.test(words) && !isSlip(rest.claim.normalized, value, rest.quantity.step)) return
    found.push({
      type: 'difference',
      holds,
      claims: [more.index, less.index, rest.index],
      arithmetic: `${shown(more)} - ${shown(less)} = ${rounded(value / rest.quantity.factor, 4)}${rest.claim.unit}${holds ? '' : ` ≠ ${shown(rest)}`}`,
      weight: 3,
    })
  })
  return found
}
