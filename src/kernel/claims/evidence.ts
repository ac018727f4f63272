import type { Claim, Identity } from './claim.ts'
import type { GridPlace } from './grid.ts'
import type { Quantity } from './quantity-found.ts'
import type { Clause } from './sentences.ts'

/** A claim with where it stands, as the readers of identities need it. */
export interface Evidence {
  readonly claim: Claim
  readonly index: number
  readonly quantity: Quantity
  readonly clause: Clause
  readonly paragraph: number
  readonly place: GridPlace | null
  /** The words between the quantity before (or the start of the clause) and this one. */
  readonly lead: string
  readonly sentenceStart: number
}

export interface Found extends Identity {
  /** Claims that this identity explains so well that weaker readings of them are dropped. */
  readonly weight: number
}

/** Says by how much, not how much: 增加16万元, 增长5.2%. */
export function isChange({ claim, lead }: Evidence): boolean {
  if (claim.base === '百分点') return true
  if (claim.polarity === 'level') return false
  if (/^[^,。;]*新增/.test(lead) && !/[比较]/.test(lead)) return false
  return /比|较|同比|环比|增长|增加|增幅|增速|减少|下降|提高|上升|上涨|降低|净增|净减|提升|回落|缩短|扩大|加快|降幅|增$|降$|减$|翻/.test(
    lead,
  )
}

/** A plain amount that may be a whole or a part. */
export function isAmount(evidence: Evidence): boolean {
  const { claim } = evidence
  if (claim.kind === 'percent' || claim.kind === 'rank' || claim.kind === 'ratio' || claim.threshold) return false
  if (claim.base === '岁' || claim.base.includes('/') || evidence.place !== null) return false
  if (isOpenEnded(claim)) return false
  return claim.normalizedUpper === null && !isChange(evidence) && !isPerUnit(evidence)
}

/** 以上 and 以内 bound a figure on one side only; nothing can be added up from them. */
const isOpenEnded = ({ covers }: Claim): boolean => covers.from === null || covers.to === null

/** 每户补助200元, 人均可支配收入: an average does not add up. */
export const isPerUnit = ({ claim, lead }: Evidence): boolean =>
  /每[^,、。;]{0,8}$|平均|人均|户均|亩均|场均|均[^,、。;]{0,4}$|最高|最低|标准/.test(lead) ||
  /人均|平均|均[价值]|标准|单价/.test(claim.noun)
