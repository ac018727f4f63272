import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash } from './entry.ts'
import { consistencySpans, EMPTY_ROOT, inclusionSpans, rootOf, type Span, spanHash } from './tree.ts'

/** The leaves of Certificate Transparency's own tests (google/certificate-transparency, merkletree). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex => Buffer.from(hex, 'hex'),
)
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const FIRST_PATH = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
]
const INCLUSION: [leaf: number, size: number, path: string[]][] = [
  [0, 1, []],
  [0, 8, FIRST_PATH],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      ROOTS[4]!,
    ],
  ],
  [2, 3, [ROOTS[2]!]],
  [1, 5, [ROOTS[1]!, FIRST_PATH[1]!, 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
]
const CONSISTENCY: [first: number, second: number, path: string[]][] = [
  [1, 1, []],
  [1, 8, FIRST_PATH],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      ROOTS[4]!,
    ],
  ],
  [2, 5, [FIRST_PATH[1]!, 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
]

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** MTH of RFC 6962 word for word. */
function naiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length <= 1) return hashes[0] ?? sha256()
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return sha256(Buffer.of(1), naiveRoot(hashes.slice(0, k)), naiveRoot(hashes.slice(k)))
}

/** PATH of RFC 6962 word for word. */
function naivePath(m: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length === 1) return []
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return m < k
    ? [...naivePath(m, hashes.slice(0, k)), naiveRoot(hashes.slice(k))]
    : [...naivePath(m - k, hashes.slice(k)), naiveRoot(hashes.slice(0, k))]
}

/** SUBPROOF of RFC 6962 word for word. */
function naiveProof(m: number, hashes: readonly Uint8Array[], whole = true): Uint8Array[] {
  if (m === hashes.length) return whole ? [] : [naiveRoot(hashes)]
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return m <= k
    ? [...naiveProof(m, hashes.slice(0, k), whole), naiveRoot(hashes.slice(k))]
    : [...naiveProof(m - k, hashes.slice(k), false), naiveRoot(hashes.slice(0, k))]
}

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')
const over = (hashes: readonly Uint8Array[]) => (height: number, index: number) =>
  naiveRoot(hashes.slice(index * 2 ** height, (index + 1) * 2 ** height))
const told = (spans: readonly Span[], hashes: readonly Uint8Array[]) =>
  spans.map(span => hex(spanHash(span, over(hashes))))

describe('the published vectors of RFC 6962 trees', () => {
  const hashes = LEAVES.map(leaf => sha256(Buffer.of(0), leaf))

  test('leaf hashes and roots of 0 to 8 leaves', () => {
    expect(hex(leafHash(''))).toBe(ROOTS[1])
    expect(hex(EMPTY_ROOT)).toBe(ROOTS[0])
    for (const [size, root] of ROOTS.entries()) expect(hex(rootOf(size, over(hashes)))).toBe(root)
  })

  test.each(INCLUSION)('inclusion of leaf %i in %i', (leaf, size, path) => {
    expect(told(inclusionSpans(leaf, size), hashes)).toEqual(path)
  })

  test.each(CONSISTENCY)('consistency of %i with %i', (first, second, path) => {
    expect(told(consistencySpans(first, second), hashes)).toEqual(path)
  })
})

test('roots, paths and consistency proofs of any size are those of the naive tree', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (size, share) => {
        const hashes = Array.from({ length: size }, (_, i) => leafHash(String(i)))
        const leaf = Math.floor(share * size)
        expect(hex(rootOf(size, over(hashes)))).toBe(hex(naiveRoot(hashes)))
        expect(told(inclusionSpans(leaf, size), hashes)).toEqual(naivePath(leaf, hashes).map(hex))
        expect(told(consistencySpans(leaf + 1, size), hashes)).toEqual(naiveProof(leaf + 1, hashes).map(hex))
      },
    ),
    { numRuns: 200 },
  ))

test('what is not in the tree has no path', () => {
  expect(() => inclusionSpans(8, 8)).toThrow(RangeError)
  expect(() => consistencySpans(9, 8)).toThrow(RangeError)
})
