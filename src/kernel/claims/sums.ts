import { add, isSlip, meets, rangeOf, rangesFor, shown, significantDigits } from './arithmetic.ts'
import { type Evidence, type Found, isAmount } from './evidence.ts'
import { type Completeness, completeness, isDivision } from './wholeness.ts'

/** No sentence of a report lists more parts; longer runs are not searched. */
const MAX_PARTS = 40
const MAX_AHEAD = 60
/** Parts that may be followed by amounts of another list: 男143人,女43人,党员52人. */
const MAX_PREFIX = 8

const OPENERS = /其中|包括|分别|分为|含|主要有|构成|组成|来源|:|——/
const RESTART = /此外|另外|同时|全年共|合计|共计|总计|累计|^[,。;]?共/

/** Wholes with their parts behind them: 检测样品1549个,其中土壤样品1054个,农产品样品495个. */
export function wholesFirst(text: string, evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  const used = new Set<number>()
  evidence.forEach((whole, at) => {
    if (!isAmount(whole)) return
    const scope = scopeBehind(text, evidence, at)
    if (!scope) return
    const parts = scope.parts.filter(part => !used.has(part.index) || part.index === whole.index)
    const identity = parts.length >= 2 ? judge(whole, parts, scope.cue, scope.heads) : excess(whole, parts, scope.cue)
    if (!identity) return
    for (const index of identity.claims.slice(1)) used.add(index)
    found.push(identity)
  })
  return found
}

/** The word that opens a list of parts, or a bracket that is still open at the part. */
const cueIn = (gap: string): string =>
  OPENERS.exec(gap)?.[0] ?? (gap.lastIndexOf('(') > gap.lastIndexOf(')') ? '(' : '')

interface Scope {
  readonly parts: readonly Evidence[]
  /** The first part of each segment, when the list is divided by ；. */
  readonly heads: readonly Evidence[]
  readonly cue: string
}

/** The parts a whole announces: same base, behind an opening word, to the end of the sentence (or of the list). */
function scopeBehind(text: string, evidence: readonly Evidence[], at: number): Scope | null {
  const whole = evidence[at]!
  let first = at + 1
  let opener = ''
  for (; first < evidence.length && first <= at + 6; first++) {
    const next = evidence[first]!
    if (next.paragraph > whole.paragraph + 1 || next.clause.sentence > whole.clause.sentence + 1) return null
    const gap = text.slice(Math.max(evidence[first - 1]!.claim.end, next.claim.start - 60), next.claim.start)
    const cue = cueIn(gap)
    if (cue !== '') {
      // 甲、乙分别为3、5个: a list with its own nouns before it, not parts of what came before.
      if (cue === '分别' && /分别(?:为|是|有|达|达到)?$/.test(gap)) return null
      const isLater = next.clause.sentence !== whole.clause.sentence
      if (isLater && !/^[。;\s]*(?:其中|包括|主要|分别|一是|\S{0,3}一)/.test(gap) && cue !== ':') return null
      opener = cue
      break
    }
    if (isAmount(next) && next.claim.base === whole.claim.base && !isReference(text, evidence, first)) return null
    if (next.claim.base === whole.claim.base && !isAmount(next) && next.claim.threshold) return null
  }
  if (opener === '') return null
  const parts: Evidence[] = []
  const heads: Evidence[] = []
  const sentence = evidence[first]!.clause.sentence
  let segment = -1
  let nested = -1
  for (let next = first; next < evidence.length && next <= at + MAX_AHEAD && parts.length < MAX_PARTS; next++) {
    const part = evidence[next]!
    if (part.clause.sentence !== sentence) break
    const gap =
      next === first ? '' : text.slice(Math.max(evidence[next - 1]!.claim.end, part.claim.start - 60), part.claim.start)
    if (next > first && RESTART.test(gap)) break
    if (opener === '(' && gap.includes(')')) break
    if (/其中/.test(gap) || (opener !== '(' && gap.lastIndexOf('(') > gap.lastIndexOf(')')))
      nested = part.clause.segment
    if (nested >= 0 && part.clause.segment !== nested) nested = -1
    if (
      nested >= 0 ||
      !isAmount(part) ||
      part.claim.base !== whole.claim.base ||
      part.claim.target !== whole.claim.target
    )
      continue
    parts.push(part)
    if (part.clause.segment !== segment) heads.push(part)
    segment = part.clause.segment
  }
  return { parts, heads, cue: opener }
}

/** 15.62亿元,为预算15.20亿元的102.8%: the amount before 的 is only compared with. */
function isReference(text: string, evidence: readonly Evidence[], at: number): boolean {
  const [amount, percent] = [evidence[at]!, evidence[at + 1]]
  return percent?.claim.base === '%' && text.slice(amount.claim.end, percent.claim.start) === '的'
}

function judge(whole: Evidence, parts: readonly Evidence[], cue: string, heads: readonly Evidence[]): Found | null {
  const fits = (list: readonly Evidence[]) => addsUp(whole, list)
  if (fits(parts)) return sum(whole, parts, true)
  if (heads.length >= 2 && heads.length < parts.length && fits(heads)) return sum(whole, heads, true)
  if (significantDigits(whole) >= 2)
    for (let count = Math.min(parts.length - 1, MAX_PREFIX); count >= 2; count--)
      if (fits(parts.slice(0, count))) return sum(whole, parts.slice(0, count), true)
  for (const list of [...wholeHeads(heads, parts), parts, ...dividing(parts)])
    if (isBroken(whole, list, completeness(whole, list, cue))) return sum(whole, list, false)
  return null
}

export function addsUp(whole: Evidence, parts: readonly Evidence[]): boolean {
  const [target, ...ranges] = rangesFor([whole, ...parts])
  return meets(add(ranges), target)
}

const wholeHeads = (heads: readonly Evidence[], parts: readonly Evidence[]): (readonly Evidence[])[] =>
  heads.length >= 2 && heads.length < parts.length ? [heads] : []

/** 男143人,女43人,党员52人: the first parts alone divide the whole. */
function dividing(parts: readonly Evidence[]): (readonly Evidence[])[] {
  for (let count = Math.min(parts.length - 1, 3); count >= 2; count--) {
    const list = parts.slice(0, count)
    if (isDivision(list)) return [list]
  }
  return []
}

/** A list that does not add up is an error only where it claims to be whole, or where one digit would mend it. */
function isBroken(whole: Evidence, parts: readonly Evidence[], said: Completeness): boolean {
  const total = parts.reduce((value, part) => value + part.claim.normalized, 0)
  if (said === 'whole') return true
  const slip = canMend(whole, parts, total)
  if (!slip) return false
  if (said === 'likely') return true
  const cover = total / whole.claim.normalized
  const digits = Math.max(significantDigits(whole), ...parts.map(significantDigits))
  if (cover > 1) return digits >= 2 || parts.length >= 3 || parts.some(part => rangeOf(part).low > rangeOf(whole).high)
  return (digits >= 3 && cover >= 0.6) || (parts.length >= 3 && digits >= 2 && cover >= 0.75)
}

export function canMend(whole: Evidence, parts: readonly Evidence[], total: number): boolean {
  const step = Math.min(whole.quantity.step, ...parts.map(part => part.quantity.step))
  if (isSlip(whole.claim.normalized, total, step)) return true
  return parts.some(part => {
    const should = whole.claim.normalized - (total - part.claim.normalized)
    return should > 0 && isSlip(part.claim.normalized, should, step)
  })
}

/** A part greater than its whole. */
function excess(whole: Evidence, parts: readonly Evidence[], cue: string): Found | null {
  const [part] = parts
  if (!part || part.claim.noun === whole.claim.noun || !/其中|包括/.test(cue)) return null
  if (rangeOf(part).low <= rangeOf(whole).high) return null
  return {
    type: 'part',
    holds: false,
    claims: [whole.index, part.index],
    arithmetic: `${shown(part)} > ${shown(whole)}`,
    weight: 1,
  }
}

export function sum(whole: Evidence, parts: readonly Evidence[], holds: boolean): Found {
  const scale = whole.quantity.factor
  const total = Number((parts.reduce((value, part) => value + part.claim.normalized, 0) / scale).toPrecision(12))
  const said = `${parts.map(shown).join(' + ')} = ${total}${whole.claim.unit}`
  return {
    type: 'sum',
    holds,
    claims: [whole.index, ...parts.map(part => part.index)],
    arithmetic: holds && total === whole.claim.value ? said : `${said}${holds ? ' ≈ ' : ' ≠ '}${shown(whole)}`,
    weight: parts.length,
  }
}

const TOTAL = /(?:共计|合计|总计|总共|一共|累计共|共|总数|总额|总量)[^,。;]{0,14}$/
const PURE_TOTAL = /^[,、;。\s]?(?:共计|合计|总计|总共|一共|共)(?:[^,。;]{0,4})$/

/** Wholes behind their parts: 甲3个、乙5个,共计8个. */
export function wholesLast(evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  evidence.forEach((whole, at) => {
    if (!isAmount(whole) || !TOTAL.test(whole.lead)) return
    const parts: Evidence[] = []
    for (let before = at - 1; before >= 0 && at - before <= MAX_PARTS; before--) {
      const part = evidence[before]!
      if (part.clause.sentence !== whole.clause.sentence) break
      if (TOTAL.test(part.lead) && part.claim.base === whole.claim.base) break
      if (isAmount(part) && part.claim.base === whole.claim.base) parts.unshift(part)
    }
    if (parts.length < 2) return
    for (let from = 0; from <= parts.length - 2; from++) {
      const list = parts.slice(from)
      if (addsUp(whole, list)) {
        found.push(sum(whole, list, true))
        return
      }
    }
    const total = parts.reduce((value, part) => value + part.claim.normalized, 0)
    if (PURE_TOTAL.test(whole.lead) && canMend(whole, parts, total)) found.push(sum(whole, parts, false))
  })
  return found
}

/** Wholes whose parts are the items of a list below them: 开展活动12场:(1)…5场 (2)…7场. */
export function wholesOfLists(evidence: readonly Evidence[], levels: readonly number[]): Found[] {
  const found: Found[] = []
  const firstIn = new Map<number, number>()
  evidence.forEach((each, at) => {
    if (!firstIn.has(each.paragraph)) firstIn.set(each.paragraph, at)
  })
  const lastIn = new Map<number, Evidence>()
  for (const each of evidence) if (isAmount(each)) lastIn.set(each.paragraph, each)
  for (const [paragraph, whole] of lastIn) {
    const level = levels[paragraph + 1] ?? 0
    if (level < 4 || level <= (levels[paragraph] ?? 0)) continue
    const parts: Evidence[] = []
    for (let row = paragraph + 1; parts.length < MAX_PARTS && levels[row] === level; row++) {
      const from = firstIn.get(row)
      if (from === undefined) continue
      for (let at = from; evidence[at]?.paragraph === row && at < from + 6; at++) {
        const part = evidence[at]!
        if (!isAmount(part) || part.claim.base !== whole.claim.base) continue
        parts.push(part)
        break
      }
    }
    if (parts.length < 2) continue
    const total = parts.reduce((value, part) => value + part.claim.normalized, 0)
    if (addsUp(whole, parts)) found.push(sum(whole, parts, true))
    else if (completeness(whole, parts, ':') !== 'unsaid' && canMend(whole, parts, total))
      found.push(sum(whole, parts, false))
  }
  return found
}

const ORDINAL_PARTS: readonly (readonly RegExp[])[] = [[/第一产业|一产/, /第二产业|二产/, /第三产业|三产/]]
const ORDINAL_WHOLE = /生产总值|GDP/
const MAX_NEAR = 24

/** 地区生产总值 is the three industries, wherever in the paragraph they stand. */
export function industries(evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  evidence.forEach((whole, at) => {
    if (!isAmount(whole) || !ORDINAL_WHOLE.test(whole.claim.noun) || /人均|劳动/.test(whole.claim.noun)) return
    const near = evidence
      .slice(at + 1, at + MAX_NEAR)
      .filter(each => each.paragraph === whole.paragraph && isAmount(each) && each.claim.base === whole.claim.base)
    for (const names of ORDINAL_PARTS) {
      const parts = names.flatMap(name => near.find(each => name.test(each.claim.noun.slice(0, 8))) ?? [])
      if (
        parts.length !== names.length ||
        new Set(parts).size !== parts.length ||
        parts.some(part => part.claim.noun.length > 10)
      )
        continue
      found.push(sum(whole, parts, addsUp(whole, parts)))
    }
  })
  return found
}

/** 户籍人口112635人。…男性57753人,女性54882人: a known division of a whole told before in the paragraph. */
export function divisions(evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  for (let at = 0; at + 1 < evidence.length; at++) {
    const first = evidence[at]!
    if (!isAmount(first)) continue
    const second = evidence
      .slice(at + 1, at + 4)
      .find(
        each =>
          each.clause.sentence === first.clause.sentence && isAmount(each) && each.claim.base === first.claim.base,
      )
    if (!second || !isDivision([first, second])) continue
    for (let before = at - 1; before >= Math.max(0, at - MAX_NEAR); before--) {
      const whole = evidence[before]!
      if (whole.paragraph !== first.paragraph) break
      if (!isAmount(whole) || whole.claim.base !== first.claim.base || !addsUp(whole, [first, second])) continue
      found.push(sum(whole, [first, second], true))
      break
    }
  }
  return found
}
