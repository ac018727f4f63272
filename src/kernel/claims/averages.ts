import { canBecome, decimalsOf, halfStepRange, meets, over, type Range, rounded, shown } from './arithmetic.ts'
import { type Evidence, type Found, isAmount, isChange } from './evidence.ts'

const MAX_BACK = 10
const AVERAGE = /(?:平均|每|([人户亩场村校班件台次期株头家笔辆项企镇乡县店车]|学生|师)均)([^,。;、\d]{0,10})$/

/** Average from total and count: 培训110场、5500人次,场均50人次; 120户,每户补助500元,共6万元. */
export function averages(evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  evidence.forEach((mean, at) => {
    const { claim } = mean
    if (
      claim.kind === 'percent' ||
      claim.kind === 'rank' ||
      claim.kind === 'ratio' ||
      isChange(mean) ||
      mean.place !== null
    )
      return
    const match = AVERAGE.exec(mean.lead.slice(-14))
    if (!match) return
    const per = match[1] ?? match[2]!.replace(/^(?:每|个)/, '')
    const near = around(evidence, at)
    const counts = near.filter(each => each.claim.kind === 'count' && isOf(each, per) && each !== mean)
    const totals = near.filter(
      each => each.claim.base === claim.base && each.claim.normalized > claim.normalized && !counts.includes(each),
    )
    if (counts.length === 0 || totals.length === 0) return
    for (const total of totals)
      for (const count of counts)
        if (meets(over(halfStepRange(total), halfStepRange(count)), halfStepRange(mean))) {
          found.push(average(total, count, mean, true))
          return
        }
    const broken = counts.filter(count => isSlipped(totals[0]!, count, mean))
    if (broken.length === 1) found.push(average(totals[0]!, broken[0]!, mean, false))
  })
  return found
}

function around(evidence: readonly Evidence[], at: number): Evidence[] {
  const mean = evidence[at]!
  const near: Evidence[] = []
  for (let other = Math.max(0, at - MAX_BACK); other < evidence.length && other <= at + 3; other++) {
    const each = evidence[other]!
    if (
      other !== at &&
      each.paragraph === mean.paragraph &&
      each.clause.sentence >= mean.clause.sentence - 1 &&
      each.clause.sentence <= mean.clause.sentence &&
      isAmount(each) &&
      each.claim.target === mean.claim.target
    )
      near.push(each)
  }
  return near.reverse()
}

/** 场均 counts 场, 每户 counts 户, 人均 counts people. */
function isOf({ claim }: Evidence, per: string): boolean {
  if (per === '') return false
  const unit = claim.unit.replace(/^[百千]?[万亿]/, '')
  if (per.startsWith('人') || per.startsWith('名')) return claim.base === '人' || claim.base === '人次'
  return per.startsWith(unit) || unit.startsWith(per) || claim.noun.endsWith(per)
}

function average(total: Evidence, count: Evidence, mean: Evidence, holds: boolean): Found {
  const value = total.claim.normalized / count.claim.normalized / mean.quantity.factor
  return {
    type: 'average',
    holds,
    claims: [total.index, count.index, mean.index],
    arithmetic: `${shown(total)} / ${shown(count)} = ${rounded(value, decimalsOf(mean) + 1)}${mean.claim.unit}${holds ? '' : ` ≠ ${shown(mean)}`}`,
    weight: 3,
  }
}

/** One digit of one of the three explains the mismatch. */
function isSlipped(total: Evidence, count: Evidence, mean: Evidence): boolean {
  const [t, c, m] = [halfStepRange(total), halfStepRange(count), halfStepRange(mean)]
  return (
    canBecome(mean, widen(over(t, c), mean.quantity.step / 2)) ||
    canBecome(total, { low: m.low * c.low, high: m.high * c.high }) ||
    canBecome(count, widen(over(t, m), 0.5))
  )
}

const widen = ({ low, high }: Range, by: number): Range => ({ low: low - by, high: high + by })
