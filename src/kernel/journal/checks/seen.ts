/** Which entries a verification has met: one bit each. */
export interface SeenEntries {
  /** False when it was met before. */
  add(seq: number): boolean
  has(seq: number): boolean
  count(): number
}

const BITS = 2 ** 20

export function seenEntries(): SeenEntries {
  const blocks = new Map<number, Uint8Array>()
  let count = 0
  const has = (seq: number) => {
    const block = blocks.get(Math.floor(seq / BITS))
    const bit = seq % BITS
    return block !== undefined && (block[bit >> 3]! & (1 << (bit & 7))) !== 0
  }
  return {
    has,
    add(seq) {
      if (has(seq)) return false
      const number = Math.floor(seq / BITS)
      const block = blocks.get(number) ?? new Uint8Array(BITS / 8)
      blocks.set(number, block)
      const bit = seq % BITS
      block[bit >> 3]! |= 1 << (bit & 7)
      count++
      return true
    },
    count: () => count,
  }
}
