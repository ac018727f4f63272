import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Day, day } from '../../../kernel/period/day.ts'
import { must } from '../../../kernel/result.ts'
import { type BagParts, bagDay, bagWeight, dayOfYear, luhn, makeBag, parseBag } from './bag.ts'
import { parsePostcode } from './postcode.ts'

const postcode = (text: string) => must(parsePostcode(text)).code
const postcodes = fc.constantFrom('100000', '510000', '850000', '010010', '310006', '999077').map(postcode)
const office = fc.record({ postcode: postcodes, serial: fc.integer({ min: 0, max: 99 }) })
const parts: fc.Arbitrary<BagParts> = fc.record({
  origin: office,
  destination: office,
  class: fc.constantFrom('01' as const, '02' as const, '06' as const, '09' as const),
  dayOfYear: fc.integer({ min: 1, max: 366 }),
  wave: fc.integer({ min: 1, max: 9 }),
  serial: fc.integer({ min: 1, max: 9999 }),
  weight: fc.integer({ min: 1, max: 999 }),
})

const good: BagParts = {
  origin: { postcode: postcode('510000'), serial: 7 },
  destination: { postcode: postcode('100000'), serial: 1 },
  ...{ class: '06', dayOfYear: 328, wave: 1, serial: 42, weight: 153 },
}

const reason = (text: string) => {
  const read = parseBag(text)
  return read.ok ? undefined : read.problems[0]!.code
}
const checked = (digits: string) => digits + luhn(digits)

describe('bag codes', () => {
  test('say what the bag is, digit by digit', () => {
    const code = must(makeBag(good))
    expect(code.slice(0, 29)).toBe('51000007' + '10000001' + '06' + '328' + '1' + '0042' + '153')
    expect(must(parseBag(code))).toEqual({ ...good, code, changes: [] })
    expect(must(parseBag(` ${code.slice(0, 8)} ${code.slice(8)}`)).changes).toEqual(['spaces'])
  })

  test('the check digit is that of Luhn', () => {
    // The usual example, and a card number that every payment manual gives.
    expect(luhn('7992739871')).toBe(3)
    expect(luhn('411111111111111')).toBe(1)
  })

  test('what is made is read again as it was', () =>
    fc.assert(
      fc.property(parts, each => {
        expect(must(parseBag(must(makeBag(each))))).toMatchObject(each)
      }),
    ))

  test('any wrong digit is found', () =>
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 29 }), fc.integer({ min: 1, max: 9 }), (each, at, shift) => {
        const code = must(makeBag(each))
        expect(reason(code.slice(0, at) + ((Number(code[at]) + shift) % 10) + code.slice(at + 1))).toBe(
          'mail/bag/check',
        )
      }),
      { numRuns: 1000 },
    ))

  test('any swap of neighbours is found but that of 0 and 9, as Luhn promises', () =>
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 28 }), (each, at) => {
        const code = must(makeBag(each))
        const pair = code.slice(at, at + 2)
        fc.pre(pair[0] !== pair[1] && pair !== '09' && pair !== '90')
        expect(reason(code.slice(0, at) + pair[1]! + pair[0]! + code.slice(at + 2))).toBe('mail/bag/check')
      }),
      { numRuns: 1000 },
    ))

  test.each([
    ['length', '123'],
    ['digit', '5100000710000001063281004215X0'],
    ['class', checked('51000007100000019932810042153')],
    ['day', checked('51000007100000010600010042153')],
    ['day', checked('51000007100000010636710042153')],
    ['wave', checked('51000007100000010632800042153')],
    ['serial', checked('51000007100000010632810000153')],
    ['weight', checked('51000007100000010632810042000')],
  ])('names the %s that is wrong', (rule, code) => expect(reason(code)).toBe(`mail/bag/${rule}`))

  test('names the office whose postcode is wrong', () => {
    const read = parseBag(checked('00000007100000010632810042153'))
    if (read.ok) throw new Error('accepted')
    expect(read.problems[0]).toMatchObject({ code: 'mail/postcode/province', field: 'origin' })
  })

  test('an empty bag may weigh nothing, and nothing out of bounds is made', () => {
    expect(makeBag({ ...good, class: '09', weight: 0 }).ok).toBe(true)
    for (const wrong of [
      { weight: 0 },
      { weight: 1000 },
      { serial: 10_000 },
      { wave: 10 },
      { dayOfYear: 0 },
      { dayOfYear: 1.5 },
      { origin: { ...good.origin, serial: 100 } },
    ])
      expect(makeBag({ ...good, ...wrong }).ok).toBe(false)
    expect([bagWeight(15_349), bagWeight(15_350), bagWeight(20)]).toEqual([153, 154, 1])
  })
})

describe('the day of a bag', () => {
  const on = (text: string): Day => must(day(text))

  test('is the latest that is at most a week ahead', () => {
    expect(dayOfYear(on('2024-11-23'))).toBe(328)
    expect(bagDay(328, on('2024-11-23'))).toBe('2024-11-23')
    expect(bagDay(365, on('2025-01-02'))).toBe('2024-12-30')
    expect(bagDay(1, on('2024-12-31'))).toBe('2025-01-01')
    expect(bagDay(366, on('2025-01-02'))).toBe('2024-12-31')
    expect(bagDay(366, on('2023-06-01'))).toBeUndefined()
  })

  test('is found again from its number for a year', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: -7, max: 350 }), (start, age) => {
        const read = new Date(Date.UTC(2020, 0, 8) + start * 86_400_000)
        const made = new Date(read.getTime() - age * 86_400_000)
        const iso = (date: Date) => on(date.toISOString().slice(0, 10))
        expect(bagDay(dayOfYear(iso(made)), iso(read))).toBe(iso(made))
      }),
    ))
})

describe('postcodes', () => {
  test('tell province, district and county', () => {
    expect(must(parsePostcode('510620'))).toMatchObject({ province: { zh: '广东' }, district: '510', county: '5106' })
    expect(must(parsePostcode('６１００００'))).toMatchObject({
      code: '610000',
      province: { zh: '四川' },
      changes: ['width'],
    })
    expect(must(parsePostcode('010010')).province.zh).toBe('内蒙古')
  })

  test.each([
    ['51062', 'length'],
    ['5106200', 'length'],
    ['51O620', 'digit'],
    ['000000', 'province'],
    ['990000', undefined],
    ['700000', 'province'],
  ])('%s: %s', (text, rule) => {
    const read = parsePostcode(text)
    expect(read.ok ? undefined : read.problems[0]!.code).toBe(rule && `mail/postcode/${rule}`)
  })
})
