import { shown } from './arithmetic.ts'
import type { Evidence, Found } from './evidence.ts'

/** 由第5位升至第3位,前移2位: the places and the move agree. */
export function ranks(text: string, evidence: readonly Evidence[]): Found[] {
  const found: Found[] = []
  for (let at = 0; at + 2 < evidence.length; at++) {
    const three = [evidence[at]!, evidence[at + 1]!, evidence[at + 2]!] as const
    const [a, b, c] = three
    if (a.clause.sentence !== c.clause.sentence) continue
    const isMove =
      a.claim.kind === 'rank' &&
      b.claim.kind === 'rank' &&
      isPlaces(c) &&
      /由|从|去年|上年/.test(text.slice(Math.max(a.sentenceStart, a.claim.start - 16), a.claim.start))
    if (!isMove) continue
    const moved = Math.abs(a.claim.value - b.claim.value)
    const isForward = b.claim.value < a.claim.value
    const saysForward = !/后移|下降|退/.test(c.lead)
    const holds = moved === c.claim.value && isForward === saysForward
    found.push({
      type: 'rank',
      holds,
      claims: [a.index, b.index, c.index],
      arithmetic: `${shown(a)} → ${shown(b)} = ${moved}${holds ? '' : ` ≠ ${shown(c)}`}`,
      weight: 3,
    })
  }
  return found
}

const isPlaces = ({ claim, lead }: Evidence): boolean =>
  (claim.unit === '位' || claim.unit === '名' || claim.unit === '个位次' || claim.unit === '个') &&
  /前移|上升|提升|进|后移|下降|退|跃升|上移|提高/.test(lead)
