import type { Quantity } from './quantity-found.ts'
import { type Clause, clauseAt } from './sentences.ts'

const JOINTS = new Set(['、', '和', '与', '及', ',', '以及', ''])

/**
 * `土壤、水样和农产品分别为3、5、7个`: the nouns of a list belong to the numbers one by one. By index of the quantity; a
 * number is the index of the earlier quantity whose noun it is (产值500亿元,利税45亿元,分别增长13%和9%).
 */
export function respectiveNouns(
  text: string,
  quantities: readonly Quantity[],
  clauses: readonly Clause[],
): Map<number, string | number> {
  const nouns = new Map<number, string | number>()
  for (let first = 0; first < quantities.length; first++) {
    const start = quantities[first]!.start
    const clause = clauseAt(clauses, start)
    if (!clause) continue
    const from = Math.max(clause.start, quantities[first - 1]?.end ?? 0, start - 80)
    const lead = text.slice(from, start)
    const split = lead.lastIndexOf('分别')
    if (split < 0 || lead.length - split > 14) continue
    let last = first
    while (
      last + 1 < quantities.length &&
      last - first < 12 &&
      isJoined(text, quantities[last]!, quantities[last + 1]!)
    )
      last++
    const count = last - first + 1
    if (count < 2) continue
    if (lead.slice(0, split).trim() === '' && isPair(quantities, first, count, clauses, clause)) {
      for (let at = 0; at < count; at++) nouns.set(first + at, first - count + at)
      first = last
      continue
    }
    const names = namesOf(lead.slice(0, split) || clauseBefore(text, clauses, clause), count)
    if (names) for (let at = 0; at < count; at++) nouns.set(first + at, names[at]!)
    first = last
  }
  return nouns
}

/** As many amounts stand before in the sentence as the list has numbers. */
function isPair(
  quantities: readonly Quantity[],
  first: number,
  count: number,
  clauses: readonly Clause[],
  clause: Clause,
): boolean {
  const before = quantities[first - count]
  if (!before || clauseAt(clauses, before.start)?.sentence !== clause.sentence) return false
  const beyond = quantities[first - count - 1]
  return !beyond || clauseAt(clauses, beyond.start)?.sentence !== clause.sentence || beyond.kind !== before.kind
}

const isJoined = (text: string, left: Quantity, right: Quantity): boolean =>
  right.start - left.end <= 2 && JOINTS.has(text.slice(left.end, right.start))

function clauseBefore(text: string, clauses: readonly Clause[], clause: Clause): string {
  const before = clauses[clause.index - 1]
  return before && before.sentence === clause.sentence
    ? text.slice(Math.max(before.start, before.end - 60), before.end)
    : ''
}

/** Between the names of a list; 及 of 普及率 and 与 of 参与 join nothing. */
const SPLIT = /、|(?<![饱温中])和(?!谐)|(?<!参)与|(?<![普涉以])及(?!时|格)/

function namesOf(lead: string, count: number): string[] | null {
  const names = lead.split(SPLIT).map(name => name.trim().replace(/(?:同比|环比)$/, ''))
  if (names.length !== count || names.some(name => name === '')) return null
  return names.map((name, index) =>
    index === 0 ? name.replace(/^.*(?:其中|全年|全市|全县|年|以及|培训|建成|完成|查处|新建)/, '') || name : name,
  )
}
