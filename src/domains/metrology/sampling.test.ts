import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sample, sampleSize } from './sampling.ts'

const lots = fc.uniqueArray(fc.stringMatching(/^[A-Z]{2}-\d{1,5}$/), { maxLength: 60 })

describe('a sample', () => {
  test('is the same whatever the order of the list, and again at any time', () =>
    fc.assert(
      fc.property(lots, fc.nat({ max: 60 }), fc.string(), (lot, size, seed) => {
        expect(sample([...lot].reverse(), size, seed)).toEqual(sample(lot, size, seed))
      }),
    ))

  test('is of the lot, has no number twice, and is as large as asked where the lot is', () =>
    fc.assert(
      fc.property(lots, fc.nat({ max: 60 }), fc.string(), (lot, size, seed) => {
        const drawn = sample([...lot, ...lot], size, seed)
        expect(drawn).toHaveLength(Math.min(size, lot.length))
        expect(new Set(drawn).size).toBe(drawn.length)
        expect(lot).toEqual(expect.arrayContaining(drawn))
      }),
    ))

  test('holds every smaller one of the same seed', () =>
    fc.assert(
      fc.property(lots, fc.nat({ max: 60 }), fc.string(), (lot, size, seed) => {
        expect(sample(lot, size + 1, seed).slice(0, size)).toEqual(sample(lot, size, seed))
      }),
    ))

  test('gives every number the same chance', () => {
    const lot = Array.from({ length: 20 }, (_, i) => `DZC-${i}`)
    const hits = new Map(lot.map(number => [number, 0]))
    for (let seed = 0; seed < 4000; seed++)
      for (const number of sample(lot, 5, String(seed))) hits.set(number, hits.get(number)! + 1)
    // 1000 expected each; chi-square of 19 degrees of freedom stays below 43.8 in 999 of 1000 fair draws.
    const chi = [...hits.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)
    expect(chi * (20 / 15)).toBeLessThan(43.8)
  })

  test('can be drawn again with nothing but sha256sum', () => {
    const lot = ['DZC-00001', 'DZC-00002', 'DZC-00003']
    const script = `for n in ${lot.join(' ')}; do printf '%s %s\\n' "$(printf '2024-11:%s' $n | sha256sum | cut -c1-64)" $n; done | sort | cut -d' ' -f2`
    const told = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n')
    expect(sample(lot, 3, '2024-11')).toEqual(told)
  })
})

test('ten per cent of 2517 scales are 252, and of three scales one', () => {
  expect([sampleSize(2517, 10), sampleSize(3, 10), sampleSize(0, 10), sampleSize(40, 5)]).toEqual([252, 1, 0, 2])
})
