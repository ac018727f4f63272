import { isSlip, meets, rangeOf, shown } from './arithmetic.ts'
import { type Evidence, type Found, isAmount, isChange } from './evidence.ts'

/** Nouns so general that the same words rarely mean the same fact twice. */
const GENERAL =
  /^(?:项目|资金|投资|面积|人员|群众|企业|农民|活动|培训|会议|单位|总投资|奖励|收入|人口|案件|学生|村|户|设备|党员|干部|补助|补贴|问题|人|次|线索|贫困户)$/
const MIN_NOUN = 3

/** One fact told in two places, a summary and the body: the figures must agree. */
export function repeats(text: string, evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  const first = new Map<string, Evidence>()
  const told = new Map<string, number>()
  for (const each of evidence) {
    const key = keyOf(each)
    if (key !== null) told.set(key, (told.get(key) ?? 0) + 1)
  }
  for (const each of evidence) {
    const key = keyOf(each)
    if (key === null || told.get(key)! > 3) continue
    const before = first.get(key)
    if (!before) {
      first.set(key, each)
      continue
    }
    if (before.clause.sentence === each.clause.sentence) continue
    if (isApart(before, each)) continue
    const holds = meets(rangeOf(before), rangeOf(each))
    if (!holds && !(isSameFact(text, before, each) && isClose(before, each))) continue
    found.push({
      type: 'repeat',
      holds,
      claims: [before.index, each.index],
      arithmetic: `${shown(before)} ${holds ? '=' : '≠'} ${shown(each)}`,
      weight: 1,
    })
  }
  return found
}

function keyOf(each: Evidence): string | null {
  const { claim } = each
  if (each.place !== null || claim.target || claim.prior || claim.kind === 'rank' || claim.kind === 'ratio') return null
  const isGrowth = isChange(each)
  if (claim.kind === 'percent' && !isGrowth && !/率$/.test(claim.noun)) return null
  if (claim.kind !== 'percent' && !isAmount(each)) return null
  const noun = claim.noun.replace(/^(?:全市|全县|全省|全年|各类|省|市|县)/, '')
  if (noun.length < MIN_NOUN || GENERAL.test(noun)) return null
  return `${noun}|${claim.base}|${isGrowth}|${year(claim.period)}`
}

const year = (period: string | null): string => period?.slice(0, 4) ?? ''

/** Different periods or places: 上半年 and 全年, one village and another. */
function isApart(a: Evidence, b: Evidence): boolean {
  if (a.claim.period !== b.claim.period && !(isYear(a.claim.period) && isYear(b.claim.period))) return true
  const places = [a, b].map(each =>
    each.claim.actor && /[县市区乡镇村]$/.test(each.claim.actor) && !/^[我全本]/.test(each.claim.actor)
      ? each.claim.actor
      : null,
  )
  if (places[0] !== places[1] && places.some(each => each !== null)) return true
  return a.claim.cumulative !== b.claim.cumulative
}

const isYear = (period: string | null): boolean => period === null || /^\d{4}(?:-H[12])?$/.test(period)

/** The words just before both numbers agree beyond the noun, and the facts stand in different paragraphs. */
function isSameFact(text: string, a: Evidence, b: Evidence): boolean {
  if (a.paragraph === b.paragraph && a.clause.segment === b.clause.segment) return false
  if (isRounded(a) !== isRounded(b)) return false
  const tails = [a, b].map(({ claim }) => text.slice(claim.end, claim.end + 1))
  const isBehind = [a, b].map(({ claim, lead }) => lead.includes(claim.noun.slice(-3)))
  return isBehind[0] === isBehind[1] && (tails[0] === tails[1] || isBehind[0] === true)
}

const isRounded = ({ claim }: Evidence): boolean => claim.qualifier !== null

/** One digit apart: two facts of one name differ by more, a slip of the pen by this. */
function isClose(a: Evidence, b: Evidence): boolean {
  const step = Math.min(a.quantity.step, b.quantity.step)
  const digits = String(Math.round(Math.max(a.claim.normalized, b.claim.normalized) / step)).length
  return digits >= 2 && isSlip(a.claim.normalized, b.claim.normalized, step)
}
