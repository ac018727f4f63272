import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, sha256Hex } from './canonical.ts'

test('any JSON is written as another implementation of RFC 8785 writes it', () =>
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }), value => {
      expect(canonical(value)).toBe(canonicalize(value))
    }),
    { numRuns: 3000 },
  ))

test("the RFC's own example", () => {
  // RFC 8785, 3.2.2 and 3.2.3
  const value = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
    10: 'ten',
    9: 'nine',
  }
  expect(canonical(value)).toBe(
    '{"10":"ten","9":"nine","literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('what is not said stays unsaid, and dates say themselves', () => {
  expect(canonical({ b: undefined, a: [undefined, new Date(0)], c: -0 })).toBe(
    '{"a":[null,"1970-01-01T00:00:00.000Z"],"c":0}',
  )
})

test.each([
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a lone high surrogate', '\ud800'],
  ['a lone low surrogate', 'a\udc00b'],
  ['a lone surrogate in a key', { '\ud83d': 1 }],
  ['nothing', undefined],
  ['a function', () => 1],
])('%s is refused', (_, value) => expect(() => canonical(value)).toThrow(TypeError))

test('a circle is refused', () => {
  const circle: unknown[] = []
  circle.push(circle)
  expect(() => canonical(circle)).toThrow(RangeError)
})

test('hashes are those of SHA-256', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256Hex(Buffer.from('一录'))).toBe(sha256Hex('一录'))
})
