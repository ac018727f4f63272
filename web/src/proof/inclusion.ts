import { hashOfHex, sha256, toHex, utf8 } from './bytes.ts'

/** The leaf of an entry: SHA-256(0x00 || entry). Source: RFC 6962, 2.1 */
export const leafOf = async (entry: string): Promise<string> => toHex(await sha256(Uint8Array.of(0), utf8(entry)))

/**
 * The root that a path leads to from a leaf; undefined when the path does not fit the place.
 * @param leaf hex
 * Source: RFC 9162, 2.1.3.2
 */
export async function rootOfPath(
  leaf: string,
  index: number,
  size: number,
  path: readonly string[],
): Promise<string | undefined> {
  let hash = hashOfHex(leaf)
  if (!hash || !Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  // Sizes may pass 2^31: no bit arithmetic on numbers here.
  let at = BigInt(index)
  let last = BigInt(size - 1)
  for (const step of path) {
    const sibling = hashOfHex(step)
    if (!sibling || last === 0n) return undefined
    const isLeft = at % 2n === 1n || at === last
    hash = await sha256(Uint8Array.of(1), ...(isLeft ? [sibling, hash] : [hash, sibling]))
    if (isLeft) while (at % 2n === 0n && at > 0n) [at, last] = [at / 2n, last / 2n]
    ;[at, last] = [at / 2n, last / 2n]
  }
  return last === 0n ? toHex(hash) : undefined
}
