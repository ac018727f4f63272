import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../../kernel/result.ts'
import { COUNTRIES } from './country.ts'
import { makeItem, parseItem, products } from './item.ts'
import { checkDigit, LAST_SERIAL, makeS10, parseS10 } from './s10.ts'
import { changesInWords } from './written.ts'

const reason = (text: string) => {
  const read = parseS10(text)
  return read.ok ? undefined : read.problems[0]!.code
}

const serials = fc.integer({ min: 0, max: LAST_SERIAL })
const services = fc.stringMatching(/^[ABCDEGHLMNPQRUVZ][A-Z]$/)
const countries = fc.constantFrom(...COUNTRIES)
const codes = fc
  .tuple(services, serials, countries)
  .map(([service, serial, country]) => must(makeS10(service, serial, country)))

/** What the weights sum to, modulo 11, worked out apart from the program. */
const remainder = (digits: string) =>
  [8, 6, 4, 2, 3, 5, 9, 7].reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11

/** Remainders 0 and 6 both give the digit 5: the rule promises nothing between these two. */
const promised = (one: string, other: string) => {
  const pair = [remainder(one), remainder(other)]
  return !(pair.includes(0) && pair.includes(6))
}

describe('S10', () => {
  test.each([
    ...['RR473124829CN', 'EE000000014CN', 'CP123456785CN', 'EA876543216CN', 'LX000000178CN', 'RB100000003CN'],
    ...['EV999999995CN', 'CY202411239CN', 'RA000000059DE', 'UA314159268US', 'LN271828189JP', 'CX161803397FR'],
  ])('accepts %s', code => {
    const read = must(parseS10(code))
    expect(read).toMatchObject({
      code,
      service: code.slice(0, 2),
      serial: Number(code.slice(2, 10)),
      country: code.slice(11),
    })
    expect(read.changes).toEqual([])
    expect(must(makeS10(read.service, read.serial, read.country))).toBe(code)
  })

  test.each([
    ['RR473124828CN', 'check'],
    ['RR473124829C', 'length'],
    ['R1473124829CN', 'letter'],
    ['RR473124829C7', 'letter'],
    ['RR47312482XCN', 'digit'],
    ['RR473142829CN', 'check'],
    ['RR473124829ZZ', 'country'],
    ['JA473124829CN', 'service'],
    ['', 'length'],
    ['RR473124829CNN', 'length'],
    ['邮R473124829CN', 'letter'],
    ['RR47312482９9CN', 'length'],
  ])('refuses %s for its %s', (code, rule) => expect(reason(code)).toBe(`mail/s10/${rule}`))

  test('reads lower case, spaces and full width, and says so', () => {
    expect(must(parseS10('rr473124829cn'))).toMatchObject({ code: 'RR473124829CN', changes: ['case'] })
    expect(must(parseS10('RR 473124829 CN'))).toMatchObject({ code: 'RR473124829CN', changes: ['spaces'] })
    expect(must(parseS10('RR４７３１２４８２９CN'))).toMatchObject({ code: 'RR473124829CN', changes: ['width'] })
    const all = must(parseS10('　ｒｒ 473-124-829 cn\n'))
    expect(all).toMatchObject({ code: 'RR473124829CN', changes: ['width', 'spaces', 'case'] })
    expect(changesInWords(all.changes)).toEqual({
      zh: '全角改为半角、去掉了空格、小写改为大写',
      en: 'full-width made half-width, spaces removed, lower case made upper case',
    })
    expect(changesInWords([])).toBeUndefined()
  })

  test('every refusal names the field, the value and the rule in both languages', () => {
    for (const wrong of [
      'RR473124828CN',
      'RR473124829C',
      'R1473124829CN',
      'RR47312482XCN',
      'RR473124829ZZ',
      'JA473124829CN',
    ]) {
      const read = parseS10(wrong)
      if (read.ok) throw new Error(`${wrong} was accepted`)
      expect(read.problems[0]).toMatchObject({ field: 'item', value: wrong })
      expect(read.problems[0]!.zh).toMatch(/[一-龥]/)
      expect(read.problems[0]!.en).toContain(wrong)
    }
  })

  test('what is made is read again as it was', () =>
    fc.assert(
      fc.property(services, serials, countries, (service, serial, country) => {
        const code = must(makeS10(service, serial, country))
        expect(must(parseS10(code))).toMatchObject({ code, service, serial, country, changes: [] })
      }),
    ))

  test('finds every wrong digit that the check digit promises to find', () =>
    fc.assert(
      fc.property(codes, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (code, at, shift) => {
        const place = at + 2
        const wrong = code.slice(0, place) + String((Number(code[place]) + shift) % 10) + code.slice(place + 1)
        if (at === 8 || promised(code.slice(2, 10), wrong.slice(2, 10))) expect(reason(wrong)).toBe('mail/s10/check')
        else expect(reason(wrong)).toBeUndefined()
      }),
      { numRuns: 2000 },
    ))

  test('finds every swap of neighbours that the check digit promises to find', () =>
    fc.assert(
      fc.property(codes, fc.integer({ min: 2, max: 8 }), (code, place) => {
        fc.pre(code[place] !== code[place + 1])
        const wrong = code.slice(0, place) + code[place + 1]! + code[place]! + code.slice(place + 2)
        if (promised(code.slice(2, 10), wrong.slice(2, 10))) expect(reason(wrong)).toBe('mail/s10/check')
        else expect(reason(wrong)).toBeUndefined()
      }),
      { numRuns: 2000 },
    ))

  test('the digit 5 stands for two remainders, so that one error in a serial can pass', () => {
    // These two sum to 0 and 6 modulo 11, the only remainders that share a digit.
    expect(checkDigit('00000000')).toBe(5)
    expect(checkDigit('01000000')).toBe(5)
  })

  test('is not made of an unassigned service, an unknown country or a serial past the last', () => {
    const made = (service: string, serial: number, country: string) => {
      const result = makeS10(service, serial, country)
      return result.ok ? undefined : result.problems[0]!.code
    }
    expect(made('XA', 1, 'CN')).toBe('mail/s10/service')
    expect(made('R', 1, 'CN')).toBe('mail/s10/service')
    expect(made('RR', 1, 'ZZ')).toBe('mail/s10/country')
    expect(made('RR', 100_000_000, 'CN')).toBe('mail/s10/serial')
    expect(made('RR', -1, 'CN')).toBe('mail/s10/serial')
    expect(made('RR', 1.5, 'CN')).toBe('mail/s10/serial')
    expect(made('RR', LAST_SERIAL, 'CN')).toBeUndefined()
  })

  test('knows the 249 countries and areas of ISO 3166-1', () => expect(COUNTRIES.size).toBe(249))
})

test('a domestic item tells its product, one from abroad none', () => {
  for (const product of ['ems', 'registered', 'insured', 'parcel', 'express', 'ecommerce', 'notice'] as const) {
    const code = must(makeItem(product, 4711))
    expect(must(parseItem(code))).toMatchObject({ product, service: products[product].service, serial: 4711 })
  }
  expect(must(parseItem('RA000000059DE')).product).toBeUndefined()
  expect(must(parseItem('CP123456785CN')).product).toBeUndefined()
  expect(parseItem('RR473124828CN').ok).toBe(false)
})
