import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../../kernel/result.ts'
import { parseImpc } from './impc.ts'
import { completeness, makeDespatch, makeReceptacle, parseDespatch, parseReceptacle, yearOf } from './s9.ts'

const origin = must(parseImpc('CNBJSA', 'origin'))
const destination = must(parseImpc('DEFRAA', 'destination'))
const parts = fc.record({
  origin: fc.constantFrom(origin, must(parseImpc('CNSHAB', 'origin'))),
  destination: fc.constantFrom(destination, must(parseImpc('USJFK1', 'destination'))),
  category: fc.constantFrom('A' as const, 'B' as const, 'C' as const, 'D' as const),
  subclass: fc.stringMatching(/^[UCET][A-Z0-9]$/),
  year: fc.integer({ min: 0, max: 9 }),
  number: fc.integer({ min: 1, max: 9999 }),
  receptacle: fc.integer({ min: 1, max: 999 }),
  last: fc.boolean(),
  registered: fc.boolean(),
  weight: fc.integer({ min: 1, max: 9999 }),
})

const reason = (text: string) => {
  const read = text.length > 24 ? parseReceptacle(text) : parseDespatch(text)
  return read.ok ? undefined : read.problems[0]!.code
}

describe('S8 and S9', () => {
  test('read the vector of the standard', () => {
    expect(must(parseDespatch('CNBJSADEFRAAAEN40012'))).toMatchObject({
      ...{ origin: 'CNBJSA', destination: 'DEFRAA', category: 'A', subclass: 'EN', year: 4, number: 12, changes: [] },
    })
    expect(must(parseReceptacle('CNBJSADEFRAAAEN40012003100153'))).toMatchObject({
      despatch: 'CNBJSADEFRAAAEN40012',
      ...{ receptacle: 3, last: true, registered: false, weight: 153 },
    })
    expect(must(parseReceptacle('CNBJSA DEFRAA AEN40012 003100153')).changes).toEqual(['spaces'])
  })

  test.each([
    ['cnbjsadefraaaen40012', 'despatch/case'],
    ['CNBJSADEFRAAAEN4001', 'despatch/length'],
    ['ZZBJSADEFRAAAEN40012', 'impc/country'],
    ['CN1JSADEFRAAAEN40012', 'impc/letter'],
    ['CNBJSADEFRAAXEN40012', 'despatch/category'],
    ['CNBJSADEFRAAAXN40012', 'despatch/subclass'],
    ['CNBJSADEFRAAAENX0012', 'despatch/digit'],
    ['CNBJSADEFRAAAEN40000', 'despatch/number'],
    ['CNBJSADEFRAAAEN4001200310015', 'receptacle/length'],
    ['cnbjsadefraaaen40012003100153', 'receptacle/case'],
    ['CNBJSADEFRAAAEN40012000100153', 'receptacle/number'],
    ['CNBJSADEFRAAAEN40012003200153', 'receptacle/flag'],
    ['CNBJSADEFRAAAEN4001200310O153', 'receptacle/digit'],
    ['CNBJSADEFRAAAEN40012003100000', 'receptacle/weight'],
  ])('refuse %s: %s', (code, rule) => expect(reason(code)).toBe(`mail/${rule}`))

  test('an empty bag may weigh nothing', () =>
    expect(must(parseReceptacle('CNBJSADEFRAAATN40012003100000')).weight).toBe(0))

  test('what is made is read again as it was', () =>
    fc.assert(
      fc.property(parts, each => {
        const code = must(makeReceptacle(each))
        const read = must(parseReceptacle(code))
        expect(read).toMatchObject(each)
        expect(read.despatch).toBe(must(makeDespatch(each)))
        expect(code).toHaveLength(29)
      }),
    ))

  test('nothing is made of a number out of its bounds', () => {
    const good = {
      origin,
      destination,
      category: 'A',
      subclass: 'EN',
      year: 4,
      number: 1,
      receptacle: 1,
      last: true,
      registered: false,
      weight: 1,
    } as const
    for (const wrong of [
      { number: 10_000 },
      { number: 0 },
      { receptacle: 1000 },
      { weight: 10_000 },
      { year: 10 },
      { subclass: 'E' },
    ])
      expect(makeReceptacle({ ...good, ...wrong }).ok).toBe(false)
    expect(makeReceptacle(good).ok).toBe(true)
  })
})

describe('the receptacles of a despatch', () => {
  const bag = (receptacle: number, last = false, weight = 10) =>
    must(
      parseReceptacle(
        must(
          makeReceptacle({
            origin,
            destination,
            category: 'A',
            subclass: 'EN',
            year: 4,
            number: 12,
            receptacle,
            last,
            registered: false,
            weight,
          }),
        ),
      ),
    )

  test('are complete when all up to the last were seen, in any order', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat()), (count, order) => {
        const keys = [...order.take(count)]
        const bags = Array.from({ length: count }, (_, index) => bag(index + 1, index + 1 === count))
          .map((each, index) => ({ each, key: keys[index]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each)
        expect(completeness(bags)).toEqual({ last: count, missing: [], problems: [] })
        for (const lost of bags.filter(each => !each.last)) {
          expect(completeness(bags.filter(each => each !== lost)).missing).toEqual([lost.receptacle])
        }
      }),
      { numRuns: 50 },
    ))

  test('tell a gap only when the last has arrived', () => {
    expect(completeness([bag(1), bag(3)]).missing).toEqual([])
    expect(completeness([bag(1), bag(4, true)]).missing).toEqual([2, 3])
  })

  test('name a receptacle above the last, and one number on two bags', () => {
    expect(completeness([bag(1), bag(2, true), bag(3)]).problems.map(each => each.code)).toEqual([
      'mail/receptacle/above-last',
    ])
    expect(completeness([bag(1), bag(1, false, 11)]).problems.map(each => each.code)).toEqual(['mail/receptacle/twice'])
    expect(completeness([bag(1), bag(1)]).problems).toEqual([])
  })
})

test('a last digit means the year that is at most one ahead', () => {
  expect(yearOf(4, 2024)).toBe(2024)
  expect(yearOf(5, 2024)).toBe(2025)
  expect(yearOf(6, 2024)).toBe(2016)
  expect(yearOf(0, 2029)).toBe(2030)
  for (let digit = 0; digit < 10; digit++) expect(yearOf(digit, 2024) % 10).toBe(digit)
})
