import { list, words } from './characters.ts'
import type { Quantity } from './quantity-found.ts'
import { tidy } from './quantity-found.ts'

const PREFIXES = words(
  list(
    '约 大约 约为 约达 约有 约合 大概 估计 近 将近 接近 近约 超 超过 逾 突破 不足 不到 不低于 不少于 不超过 不高于 至少 最多 最少 高达 多达 仅 低于 少于 多于 高于 大于 小于 预计 预计达',
  ),
)
const SUFFIXES = list('以上 及以上 以下 及以下 以内 左右 上下 之多 有余 不等 内')
const FLOORS = new Set(list('以上 及以上 超 超过 逾 突破 不低于 不少于 至少 最少 多于 高于 大于 之多 有余'))
const CEILINGS = new Set(list('以下 及以下 以内 内 不超过 不高于 最多 低于 少于 小于'))
const BELOW = new Set(list('近 将近 接近 不足 不到 近约'))
const ABOUT = new Set(list('约 大约 约为 约达 约有 约合 大概 估计 左右 上下 不等 预计 预计达 来'))

export interface Qualifier {
  /** As written, null when the figure stands alone. */
  readonly word: string | null
  readonly threshold: boolean
}

/** The words that loosen a number: before it (约, 近, 不低于), in it (余, 多, 数) or behind it (以上, 左右). */
export function qualifierOf(text: string, quantity: Quantity, from: number): Qualifier {
  const suffix = SUFFIXES.find(each => text.startsWith(each, quantity.end)) ?? ''
  const isWithin = suffix === '内' && quantity.kind !== 'duration'
  const prefix = prefixBefore(text, quantity.start, from)
  const word = (isWithin ? '' : suffix) || quantity.vague || prefix
  const behind = text[quantity.end + suffix.length] ?? ''
  const threshold = (FLOORS.has(suffix) || CEILINGS.has(suffix)) && behind !== '' && !',。;、)!\n '.includes(behind)
  return { word: word === '' ? null : word, threshold }
}

function prefixBefore(text: string, start: number, from: number): string {
  const end = text[start - 1] === ' ' ? start - 1 : start
  const word = PREFIXES.before(text, end, from)
  if (word === '近' && '附邻最'.includes(text[end - 2] ?? '-')) return ''
  return word
}

export interface Bounds {
  readonly from: number | null
  readonly to: number | null
}

/**
 * What the writing allows, in the base unit: `1.2万人` 11,500 to 12,499 people, `30余` 30 to 39, `近百` 90 to 100.
 * Counts have whole bounds; measures have bounds half a written step away.
 */
export function coversOf(quantity: Quantity, qualifier: string | null): Bounds {
  const low = quantity.value * quantity.factor
  const high = (quantity.upper ?? quantity.value) * quantity.factor
  const place = lastPlace(low, quantity.step)
  if (quantity.vague === '数' || quantity.vague === '几') return { from: tidy(low * 2), to: tidy(low * 10 - 1) }
  if (quantity.vague === '近') return { from: tidy(low * 0.9), to: tidy(low) }
  if (quantity.vague === '上') return { from: tidy(low), to: tidy(low * 2) }
  if (quantity.vague === '余' || quantity.vague === '多' || quantity.vague === '+')
    return { from: tidy(low), to: tidy(low + place - wholeStep(quantity)) }
  if (qualifier !== null) {
    if (FLOORS.has(qualifier)) return { from: tidy(low), to: null }
    if (CEILINGS.has(qualifier)) return { from: null, to: tidy(high) }
    if (BELOW.has(qualifier)) return { from: tidy(low - place), to: tidy(low) }
    if (ABOUT.has(qualifier)) return { from: tidy(low - place / 2), to: tidy(high + place / 2) }
  }
  if (isExact(quantity)) return { from: tidy(low), to: tidy(high) }
  const half = quantity.step / 2
  return { from: tidy(low - half), to: tidy(high + half - wholeStep(quantity)) }
}

/** A whole number of things is exact; 1.2万, 35.6亩 and 11.6% were rounded. */
const isExact = (quantity: Quantity): boolean => quantity.kind === 'rank' || (isWhole(quantity) && quantity.step <= 1)

const isWhole = ({ kind }: Quantity): boolean => kind === 'count'

const wholeStep = (quantity: Quantity): number =>
  isWhole(quantity) && quantity.step > 1 ? 1 : isWhole(quantity) ? 1 : 0

/** The place of the last digit that is not 0: 1000 for 8,000; 10 for 3,260. */
function lastPlace(value: number, step: number): number {
  let place = step
  let rest = Math.round(Math.abs(value) / step)
  while (rest !== 0 && rest % 10 === 0) {
    rest /= 10
    place *= 10
  }
  return place
}
