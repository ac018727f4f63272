import { hash } from 'node:crypto'

// The Merkle tree of RFC 6962, section 2.1, over perfect subtrees: whoever can tell their hashes can tell a root, a path
// of inclusion and a proof of consistency. Sizes may pass 2^31, so there is no bit arithmetic here.

/** The hash of the perfect subtree over the leaves [index · 2^height, (index + 1) · 2^height). */
export type NodeAt = (height: number, index: number) => Uint8Array

/** A perfect subtree by its place. */
export interface Place {
  readonly height: number
  readonly index: number
}

/** Leaves [from, until). */
export interface Span {
  readonly from: number
  readonly until: number
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer')

const scratch = Buffer.alloc(65, 1)

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  scratch.set(left, 1)
  scratch.set(right, 33)
  return hash('sha256', scratch, 'buffer')
}

/** The perfect subtrees that make up a span which occurs in a tree, from left to right. */
export function placesOf({ from, until }: Span): Place[] {
  const places: Place[] = []
  for (let at = from; at < until; ) {
    let height = 0
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= until) height++
    places.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return places
}

/** The hash of a span that occurs in a tree. */
export function spanHash(span: Span, node: NodeAt): Uint8Array {
  const hashes = placesOf(span).map(({ height, index }) => node(height, index))
  return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right))
}

export const rootOf = (size: number, node: NodeAt): Uint8Array => spanHash({ from: 0, until: size }, node)

/** The largest power of two below `n`, for n ≥ 2. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** RFC 6962, 2.1.1: the spans whose hashes lead from a leaf to the root, the lowest first. */
export function inclusionSpans(index: number, size: number): Span[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  const spans: Span[] = []
  let [from, until] = [0, size]
  while (until - from > 1) {
    const middle = from + splitOf(until - from)
    if (index < middle) {
      spans.push({ from: middle, until })
      until = middle
    } else {
      spans.push({ from, until: middle })
      from = middle
    }
  }
  return spans.reverse()
}

/** RFC 6962, 2.1.2: the spans whose hashes show that the tree of `second` leaves begins with that of `first`. */
export function consistencySpans(first: number, second: number): Span[] {
  if (!(first >= 0 && first <= second)) throw new RangeError(`a tree of ${second} does not begin with one of ${first}`)
  if (first === 0 || first === second) return []
  const spans: Span[] = []
  let [from, until] = [0, second]
  while (until !== first) {
    const middle = from + splitOf(until - from)
    if (first <= middle) {
      spans.push({ from: middle, until })
      until = middle
    } else {
      spans.push({ from, until: middle })
      from = middle
    }
  }
  // The verifier knows the first root; it needs the part only where that is not the whole first tree.
  if (from > 0) spans.push({ from, until })
  return spans.reverse()
}
