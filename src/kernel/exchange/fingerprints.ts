/** Numbers by fingerprint, at 12 to 24 bytes each: a file may have millions of rows, and a Map would hold each as a text. */
export interface Fingerprints {
  /** @param print a uniform hash in base64url, of which 64 bits are taken: of a million rows two agree in one of 37 million files */
  get(print: string): number | undefined
  /** @param value 1 to 2^32 − 1 */
  set(print: string, value: number): void
}

const WORDS = 3
const FULLEST = 0.6

export function fingerprints(): Fingerprints {
  let places = 1024
  let used = 0
  // High word, low word, value; value 0 is an empty place.
  let table = new Uint32Array(places * WORDS)
  const bytes = Buffer.alloc(8)

  /** Where a fingerprint stands or would have to stand. */
  function placeOf(high: number, low: number): number {
    for (let place = low & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * WORDS
      if (table[at + 2] === 0 || (table[at] === high && table[at + 1] === low)) return at
    }
  }

  function grow() {
    const before = table
    places *= 2
    table = new Uint32Array(places * WORDS)
    for (let at = 0; at < before.length; at += WORDS)
      if (before[at + 2] !== 0) table.set(before.subarray(at, at + WORDS), placeOf(before[at]!, before[at + 1]!))
  }

  const find = (print: string) => {
    bytes.write(print.slice(0, 11), 'base64url')
    return placeOf(bytes.readUInt32LE(0), bytes.readUInt32LE(4))
  }

  return {
    get: print => table[find(print) + 2] || undefined,
    set(print, value) {
      let at = find(print)
      if (table[at + 2] === 0 && ++used > places * FULLEST) {
        grow()
        at = find(print)
      }
      table.set([bytes.readUInt32LE(0), bytes.readUInt32LE(4), value], at)
    },
  }
}
