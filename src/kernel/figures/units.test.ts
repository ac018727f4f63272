import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { fromNumber, toDecimal, toNumber } from './fraction.ts'
import { allUnits, baseOf, convert, countUnit, parseQuantity, unitNamed, unitOf } from './units.ts'

test.each([
  [1, '万元', 'fen', 1_000_000],
  [27_000_000, 'fen', '万元', 27],
  [1, '亿元', '万元', 10_000],
  [1, 'mu', 'm2', 2000 / 3],
  [15, 'mu', 'ha', 1],
  [1500, 'mu', 'km2', 1],
  [1, '吨', '斤', 2000],
  [3, '公斤', 'g', 3000],
  [1, 'km', '里', 2],
  [0.116, 'ratio', '%', 11.6],
  [90, 'minute', 'hour', 1.5],
])('%d %s are so many %s: %d', (value, from, to, expected) => expect(must(convert(value, from, to))).toBe(expected))

test('what cannot be converted is refused by name', () => {
  const codes = [convert(1, 'fen', 'g'), convert(1, 'call', 'person'), convert(1, 'fen', 'dollar')]
  expect(codes.map(one => (one.ok ? 'ok' : one.problems[0]!.code))).toEqual([
    'unit/mismatch',
    'unit/mismatch',
    'unit/unknown',
  ])
})

test('an unknown unit is refused at its declaration', () => {
  expect(() => unitOf('furlong')).toThrow('There is no unit furlong')
  expect(() => countUnit('fen')).toThrow('does not count')
  expect(countUnit('call').zh).toBe('个')
  expect(must(unitNamed('%')).id).toBe('percent')
  expect(unitNamed('个').ok).toBe(false)
})

test('every unit has a base that is its own base, and an id of its own', () => {
  const units = allUnits()
  expect(new Set(units.map(unit => unit.id)).size).toBe(units.length)
  for (const unit of units) {
    expect(baseOf(unit).base).toBe(unit.base)
    expect(baseOf(unit).measure).toBe(unit.measure)
  }
})

test('converting there and back gives the same number', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9999, max: 9999 })),
      fc
        .constantFrom(
          ...['money', 'mass', 'length', 'area'].map(measure => allUnits().filter(unit => unit.measure === measure)),
        )
        .chain(units => fc.tuple(fc.constantFrom(...units), fc.constantFrom(...units))),
      (value, [a, b]) => {
        const there = must(convert(value, a.id, b.id))
        const back = must(convert(there, b.id, a.id))
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-15)
      },
    ),
    { numRuns: 2000 },
  ))

test('fractions are numbers exactly', () =>
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      expect(toNumber(fromNumber(value))).toBe(value === 0 ? 0 : value)
    }),
    { numRuns: 2000 },
  ))

test('half is rounded away from zero, as written, not as a double happens to lie', () => {
  expect(toDecimal(fromNumber(1.005), 2)).toBe('1.01')
  expect(toDecimal(fromNumber(-2.5), 0)).toBe('-3')
  expect(toDecimal(fromNumber(-0.004), 2)).toBe('0')
  expect(toDecimal(fromNumber(120), 0)).toBe('120')
})

describe('a quantity someone wrote', () => {
  test.each([
    ['27万元', 'fen', undefined, 27_000_000],
    ['1,234.56元', 'fen', undefined, 123_456],
    ['12.5', 'fen', 'yuan', 1250],
    ['12.5', 'wan-yuan', 'wan-yuan', 12_500_000],
    ['0.13 亿元', 'fen', undefined, 1_300_000_000],
    ['3分', 'fen', 'yuan', 3],
    ['-5元', 'fen', undefined, -500],
    ['3.5亩', 'm2', undefined, 2333],
    ['2公顷', 'm2', undefined, 20_000],
    ['120㎡', 'm2', undefined, 120],
    ['3千克', 'g', undefined, 3000],
    ['5万公斤', 'g', undefined, 50_000_000],
    ['1.2万人次', 'person-time', undefined, 12_000],
    ['769个', 'call', undefined, 769],
    ['769', 'call', undefined, 769],
    ['１２个', 'call', undefined, 12],
    ['95%', 'percent', undefined, 0.95],
  ])('%s as %s (bare numbers in %s) is %d', (text, unit, assumed, expected) =>
    expect(parseQuantity(text, unitOf(unit), assumed === undefined ? undefined : unitOf(assumed))).toEqual({
      ok: true,
      value: expected,
    }))

  test.each([
    ['', 'fen', 'quantity/format'],
    ['若干', 'fen', 'quantity/format'],
    ['NaN', 'fen', 'quantity/format'],
    ['1,23元', 'fen', 'quantity/unit'],
    ['12公斤', 'fen', 'quantity/unit'],
    ['12人', 'call', 'quantity/unit'],
    ['0.001元', 'fen', 'quantity/too-fine'],
    ['0.5克', 'g', 'quantity/too-fine'],
    ['99999999999999999', 'call', 'quantity/too-large'],
    ['1e5', 'call', 'quantity/unit'],
  ])('%s as %s is refused: %s', (text, unit, code) => {
    const result = parseQuantity(text, unitOf(unit))
    expect(result.ok ? 'ok' : result.problems[0]!.code).toBe(code)
  })
})
