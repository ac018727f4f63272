import { canBecome, decimalsOf, halfStepRange, meets, over, rounded, shown, times } from './arithmetic.ts'
import { percentRange } from './changes.ts'
import { type Evidence, type Found, isAmount, isChange } from './evidence.ts'

const MAX_BACK = 14

/** Part over whole: 占总人口的58.3%, 合格率98.5%, 完成计划的105%. */
export function shares(text: string, evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  let known: Known | null = null
  evidence.forEach((percent, at) => {
    const { claim } = percent
    if (
      claim.base !== '%' ||
      claim.normalized <= 0 ||
      claim.covers.from === null ||
      claim.covers.to === null ||
      isChange(percent) ||
      percent.place !== null ||
      claim.threshold
    )
      return
    if (/增长|下降|提高|增速|增幅/.test(percent.lead.slice(-6))) return
    const lead = text.slice(
      Math.max(percent.sentenceStart, claim.start - 60, evidence[at - 1]?.claim.end ?? 0),
      claim.start,
    )
    const near = amountsBefore(evidence, at)
    const shared =
      ofAmount(text, percent, near) ??
      completed(lead, percent, near) ??
      shareOf(text, lead, percent, near, known, evidence)
    const identity = shared ?? rateOf(text, percent, near)
    if (!identity) return
    found.push(identity)
    if (shared) known = { whole: evidence[identity.claims[0]!]!, name: wholeNameOf(lead) }
  })
  return found
}

/** Amounts of the sentence before a percent, nearest first; of the sentence before when its own has too few. */
function amountsBefore(evidence: readonly Evidence[], at: number): Evidence[] {
  const percent = evidence[at]!
  const near: Evidence[] = []
  for (let before = at - 1; before >= 0 && at - before <= MAX_BACK; before--) {
    const each = evidence[before]!
    if (each.paragraph !== percent.paragraph) break
    if (each.clause.sentence < percent.clause.sentence - 3) break
    if (isAmount(each)) near.push(each)
  }
  return near
}

const GENERIC =
  /^(?:总|全部|全|其|同类|当年|年度|总体|整体)?(?:总数|总量|总额|总人数|总户数|总面积|总投资|全部|总计|比|比重|比例|总体|总|数|其中)?$/

/** 3286套,占年度计划3200套的102.7%: the whole stands right before the percent. */
function ofAmount(text: string, percent: Evidence, near: readonly Evidence[]): Found | null {
  const [whole, part] = near
  if (!whole || !part || whole.claim.base !== part.claim.base || part.clause.sentence !== percent.clause.sentence)
    return null
  if (text.slice(whole.claim.end, percent.claim.start) !== '的' || !/占|完成|为|达|是|超/.test(whole.lead)) return null
  // 超额完成10万亩的26%: the excess only.
  if (whole.lead.includes('超')) return null
  const identity = share(part, whole, percent, isShare(part, whole, percent))
  return /计划|任务|目标|预算(?!收入|支出|内)|指标/.test(whole.lead) ? { ...identity, type: 'target' } : identity
}

function shareOf(
  text: string,
  lead: string,
  percent: Evidence,
  near: readonly Evidence[],
  known: Known | null,
  evidence: readonly Evidence[],
): Found | null {
  const from = lead.lastIndexOf('占')
  if (from < 0) return null
  const wholeName = wholeNameOf(lead)
  const part = near[0]
  if (!part || part.clause.sentence !== percent.clause.sentence) return null
  if (hasOwnSubject(lead.slice(0, from), part)) return null
  const isGeneric = GENERIC.test(wholeName)
  const wholes = near
    .slice(1)
    .filter(each => each.claim.base === part.claim.base && each.claim.target === part.claim.target)
  const named = wholes.filter(each => isGeneric || isNamed(each, wholeName, text))
  for (const whole of named) if (isShare(part, whole, percent)) return share(part, whole, percent, true)
  // 教育支出9亿元,占20%;农林水支出7亿元,占15%: the whole of the share before.
  const again = known && (isGeneric || known.name === wholeName) && wholes.includes(known.whole) ? known.whole : null
  const whole = again ?? named[0]
  if (!whole) return null
  if (again) return share(part, whole, percent, false)
  const isNear = whole.clause.sentence >= percent.clause.sentence - 1
  // The parts beside it, each with its own 占, are not the whole.
  const others = wholes.filter(
    each => each.clause.sentence >= percent.clause.sentence - 1 && !isSibling(each, evidence),
  )
  const isOnly = others.length === 1 && others[0] === whole
  const isOpened = /其中/.test(text.slice(whole.claim.end, Math.min(part.claim.start, whole.claim.end + 40)))
  const isSure = isOnly || (isGeneric ? isOpened : isNear && isExactlyNamed(whole, wholeName))
  return isSure ? share(part, whole, percent, false) : null
}

/** What the percent is of: 总人口 of 占总人口的比重为. */
const wholeNameOf = (lead: string): string =>
  lead
    .slice(lead.lastIndexOf('占') + 1)
    .replace(/的?(?:比重|比例|比)?(?:为|达到|达|约|近|是|超过|约为|的|分别为|仅){0,3}$/, '')
    .replace(/^(?:全市|全县|全省|全区|全国|全乡|全镇|我县|我市|当年|全年)/, '')

function isSibling(amount: Evidence, evidence: readonly Evidence[]): boolean {
  const next = evidence[amount.index + 1]
  const own = next && next.claim.base === '%' && isChange(next) ? evidence[amount.index + 2] : next
  return own?.claim.base === '%' && !isChange(own) && /占/.test(own.lead)
}

interface Known {
  readonly whole: Evidence
  readonly name: string
}

const isExactlyNamed = ({ claim }: Evidence, name: string): boolean =>
  claim.noun.endsWith(name) ||
  name.endsWith(claim.noun) ||
  claim.noun.endsWith(name.replace(/^总/, '')) ||
  name.replace(/总数|总量|总额|数$/, '').endsWith(claim.noun)

/** 第一产业增加值占… names its own part; a bare 占 speaks of the amount before it. */
function hasOwnSubject(subject: string, part: Evidence): boolean {
  const name = subject.replace(/[,、;:(\s]|其中|同比|分别|所|也|均|并|约|且/g, '')
  return name.length >= 2 && !part.claim.noun.endsWith(name) && !name.endsWith(part.claim.noun)
}

function isNamed({ claim, lead }: Evidence, name: string, text: string): boolean {
  const plain = name.replace(/总数|总量|总额|总人数|总户数|数$|^总/g, '')
  if (plain.length < 1) return true
  const own = `${lead}${claim.noun}${claim.unit}${text.slice(claim.end, claim.end + 8)}`
  return (
    own.includes(plain) ||
    claim.noun.includes(plain) ||
    (claim.noun.length >= 2 && name.includes(claim.noun)) ||
    own.includes(plain.slice(-2))
  )
}

function isShare(part: Evidence, whole: Evidence, percent: Evidence): boolean {
  return meets(times(over(halfStepRange(part), halfStepRange(whole)), 100), percentRange(percent))
}

function share(part: Evidence, whole: Evidence, percent: Evidence, holds: boolean): Found {
  const value = (part.claim.normalized / whole.claim.normalized) * 100
  const scale = percent.quantity.factor
  return {
    type: 'share',
    holds,
    claims: [whole.index, part.index, percent.index],
    arithmetic: `${shown(part)} / ${shown(whole)} = ${rounded(value / scale, decimalsOf(percent) + 1)}${percent.claim.unit}${holds ? '' : ` ≠ ${shown(percent)}`}`,
    weight: 3,
  }
}

/** 检测1200批次,合格1182批次,合格率98.5%: the stem of the rate names the part. */
function rateOf(text: string, percent: Evidence, near: readonly Evidence[]): Found | null {
  const noun = percent.claim.noun
  if (/城镇化率/.test(noun)) return urban(near, percent)
  if (percent.claim.unit === '‰' || NOT_SHARES.test(noun)) return null
  const rate = /([一-鿿]{2,8})率$/.exec(noun) ?? /([一-鿿]{2,8})率/.exec(percent.lead)
  if (!rate) return null
  const stem = rate[1]!.slice(-2)
  const stems = ALIKE.find(words => words.includes(stem)) ?? [stem]
  const at = near.findIndex(
    each => each.clause.sentence === percent.clause.sentence && stems.some(word => isStem(text, each, word)),
  )
  if (at < 0) return null
  const part = near[at]!
  // 受理742件,审结716件 as well as 审结716件,受理742件.
  const wholes = [...near.slice(at + 1), ...near.slice(0, at)].filter(
    each => each.claim.base === part.claim.base && (each.clause.sentence === part.clause.sentence || isDue(each, part)),
  )
  for (const whole of wholes) if (isShare(part, whole, percent)) return share(part, whole, percent, true)
  const [whole] = wholes
  const isPlain =
    at === 0 && whole === near[1] && percent.claim.qualifier === null && !/按时|按期|一次|规范|综合/.test(noun)
  if (!whole || !isPlain) return null
  const isAbsurd = part.claim.normalized > whole.claim.normalized || percent.claim.normalized > 100
  const isBroken = isDue(whole, part) || isAbsurd || isNearMiss(part, whole, percent)
  return isBroken ? share(part, whole, percent, false) : null
}

/** 应参加562万人。实际参加505万人: the sentence before says what was due. */
const isDue = (whole: Evidence, part: Evidence): boolean =>
  whole.clause.sentence === part.clause.sentence - 1 && /应/.test(whole.lead) && /实际|已/.test(part.lead)

/** Rates whose base is not the amount told beside them. */
const NOT_SHARES =
  /出生率|死亡率|发病率|增长率|失业率|贡献率|汇率|利率|税率|利润率|周转率|负债率|死亡|流失率|可靠率|线损率/

/** Words for one outcome: 审结716件,结案率96.5%. */
const ALIKE: readonly (readonly string[])[] = [
  ['结案', '审结', '办结', '执结', '执行', '审执结', '结办', '完结'],
  ['破案', '侦破', '破获', '破现'],
  ['整改', '整治', '销号', '治理'],
  ['化解', '调解', '调处', '成功'],
  ['合格', '达标', '优良', '良好'],
  ['办复', '答复', '回复', '办理'],
  ['参保', '参合', '缴费'],
  ['接种', '免疫'],
]

const isStem = (text: string, { claim, lead }: Evidence, stem: string): boolean =>
  `${lead}${claim.noun}`.includes(stem) ||
  text
    .slice(claim.end, claim.end + 8)
    .split(/[,。;]/)[0]!
    .includes(stem)

/** One digit of one of the three explains the mismatch. */
function isNearMiss(part: Evidence, whole: Evidence, percent: Evidence): boolean {
  const [p, w, said] = [halfStepRange(part), halfStepRange(whole), times(percentRange(percent), 0.01)]
  const ratio = times(over(p, w), 100)
  const half = percent.quantity.step / 2
  return (
    canBecome(percent, { low: ratio.low - half, high: ratio.high + half }) ||
    canBecome(part, { low: w.low * said.low, high: w.high * said.high }) ||
    canBecome(whole, over(p, said))
  )
}

function urban(near: readonly Evidence[], percent: Evidence): Found | null {
  const part = near.find(each => /城镇/.test(`${each.lead}${each.claim.noun}`) && each.claim.base === '人')
  const whole = near.find(
    each =>
      each !== part &&
      each.claim.base === '人' &&
      /常住人口|总人口/.test(`${each.lead}${each.claim.noun}`) &&
      !/城镇|乡村|农村/.test(`${each.lead.slice(-8)}`),
  )
  if (!part || !whole) return null
  return share(part, whole, percent, isShare(part, whole, percent))
}

/** 计划100个,实际完成105个,完成计划的105%. */
function completed(lead: string, percent: Evidence, near: readonly Evidence[]): Found | null {
  if (
    !/(?:完成|达到|占|为|实现)[^,。;]{0,10}(?:计划|任务|目标|预算(?!收入|支出|内)|指标)[^,。;]{0,6}$|完成率[^,。;]{0,4}$|完成(?:进度|比例)[^,。;]{0,4}$/.test(
      lead,
    )
  )
    return null
  const done = near.find(each => each.clause.sentence === percent.clause.sentence && !isPlanned(each))
  if (!done) return null
  const plan = near.find(each => each !== done && each.claim.base === done.claim.base && isPlanned(each))
  if (!plan) return null
  const identity = share(done, plan, percent, isShare(done, plan, percent))
  return { ...identity, type: 'target' }
}

const isPlanned = ({ claim, lead }: Evidence): boolean =>
  claim.target || /计划|任务|目标|应|预算(?!收入|支出|内)|下达/.test(lead)

/** `三次产业结构为10.0:37.0:53.0` adds up to 100 and follows from the values. */
export function structures(evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  evidence.forEach(ratio => {
    const terms = ratio.quantity.terms
    if (!terms || terms.length < 3) return
    const total = terms.reduce((sum, term) => sum + term, 0)
    if (total < 80 || total > 120) return
    const slack = ratio.quantity.step * terms.length * 0.5
    const holds = Math.abs(total - 100) <= slack + 1e-9
    const value = Number(total.toFixed(4))
    found.push({
      type: 'structure',
      holds,
      claims: [ratio.index],
      arithmetic: `${terms.join(' + ')} = ${value}${holds ? '' : ' ≠ 100'}`,
      weight: 1,
    })
  })
  return found
}
