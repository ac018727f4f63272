import { isLatin } from './characters.ts'
import type { ClaimKind } from './claim.ts'
import { BY_FIRST, DENIED, LEXICON, type UnitMeaning } from './unit-lexicon.ts'

/** A unit as found in text. */
export interface Unit {
  readonly start: number
  readonly end: number
  readonly written: string
  readonly kind: ClaimKind
  readonly base: string
  /** Base units in one of these. */
  readonly factor: number
  readonly strength: UnitMeaning['strength']
}

/** The unit that begins at `at` (one blank may stand before it), or null. */
export function readUnit(text: string, at: number): Unit | null {
  // One blank, or the marks that set a number bold (**1549**个), may stand between.
  const start = text[at] === ' ' ? at + 1 : text.startsWith('**', at) ? at + 2 : at
  const found = find(text, start)
  if (!found) return null
  const { word, entry } = found
  const end = start + word.length
  const twin = twinAfter(text, end)
  const per = perUnit(text, twin)
  const written = text.slice(start, per.end)
  // A rate is kept as written (微克/立方米): there is no base unit that readers would know it by.
  const isRate = per.base !== ''
  return {
    start,
    end: per.end,
    written,
    kind: entry.kind,
    base: isRate ? written : entry.base,
    factor: isRate ? 1 : entry.factor,
    strength: entry.strength,
  }
}

function find(text: string, start: number): { word: string; entry: UnitMeaning } | null {
  const group = BY_FIRST.get(text[start] ?? '')
  if (!group) return null
  for (const word of group) {
    if (!text.startsWith(word, start)) continue
    const end = start + word.length
    if (isLatin(word, word.length - 1) && (isLatin(text, end) || isLatin(text, start - 1))) continue
    const denied = DENIED[word]
    const next = text[end] ?? ''
    // 3项目标 is three 项 of 目标, 13项目 is not.
    if (word === '项' && next === '目' && text[end + 1] === '标') return { word, entry: LEXICON.get(word)! }
    if (denied !== undefined && next !== '' && denied.includes(next)) continue
    return { word, entry: LEXICON.get(word)! }
  }
  return null
}

/** `(次)` of 场(次), `(册)` of 份(册), `/册` is no rate when both are classifiers of one thing. */
function twinAfter(text: string, end: number): number {
  if (text[end] !== '(') return end
  const close = end + 1 + text.slice(end + 1, end + 5).indexOf(')')
  if (close === end) return end
  const inner = text.slice(end + 1, close)
  return inner === '次' || LEXICON.get(inner)?.kind === 'count' || inner === '套' ? close + 1 : end
}

const PERIODS: Readonly<Record<string, string>> = {
  年: '/年',
  月: '/月',
  日: '/日',
  天: '/天',
  小时: '/小时',
  秒: '/秒',
  亩: '/亩',
  人: '/人',
}

/** `元/亩`, `微克/立方米`, `件/日`: the second unit stays as written in the base. */
function perUnit(text: string, end: number): { end: number; base: string } {
  if (text[end] !== '/') return { end, base: '' }
  for (const [word, base] of Object.entries(PERIODS))
    if (text.startsWith(word, end + 1)) return { end: end + 1 + word.length, base }
  const found = find(text, end + 1)
  if (!found) return { end, base: '' }
  return { end: end + 1 + found.word.length, base: `/${found.word}` }
}

/** Whether the unit is one that a lone `一` or a blank can be trusted before. */
export const isMeasure = (unit: Unit): boolean => unit.strength === 'measure'
