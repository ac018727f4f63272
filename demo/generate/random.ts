/** A stream of numbers that is the same for the same name, so that the demonstration is the same on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Whole, both ends included. */
  int(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  /** A key, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  shuffled<T>(list: readonly T[]): T[]
  /** Whole parts, none below `min`, that add up to the total exactly. */
  split(total: number, parts: number, min?: number): number[]
}

export function randomOf(name: string): Random {
  const next = mulberry32(seedOf(name))
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!
  return {
    next,
    int,
    pick,
    chance: probability => next() < probability,
    weighted(weights) {
      const entries = Object.entries<number>(weights)
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0) return key as keyof typeof weights
      }
      return entries.at(-1)![0] as keyof typeof weights
    },
    shuffled(list) {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i)
        ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
      }
      return copy
    },
    split(total, parts, min = 0) {
      if (total < parts * min) throw new Error(`${total} does not split into ${parts} parts of at least ${min}`)
      const weights = Array.from({ length: parts }, () => 0.4 + next())
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      const spare = total - parts * min
      const result = weights.map(weight => min + Math.floor((spare * weight) / whole))
      let left = total - result.reduce((sum, part) => sum + part, 0)
      for (let i = 0; left > 0; i = (i + 1) % parts, left--) result[i] = result[i]! + 1
      return result
    },
  }
}

/** FNV-1a, 32 bits. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return hash >>> 0
}

/** Source: mulberry32 by Tommy Ettinger, public domain. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
