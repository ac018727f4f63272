import { fail, ok, type Result } from '../../../kernel/result.ts'
import { isCountry } from './country.ts'
import { type Change, unify } from './written.ts'

declare const brand: unique symbol

/** An item identifier that has been checked: `RR473124829CN`. */
export type S10 = string & { readonly [brand]: 'S10' }

export type ServiceKind =
  | 'ems'
  | 'parcel'
  | 'registered'
  | 'insured'
  | 'tracked'
  | 'untracked'
  | 'domestic'
  | 'ecommerce'
  | 'agreed'

export interface ItemId {
  readonly code: S10
  /** Service indicator, two letters. */
  readonly service: string
  readonly kind: ServiceKind
  readonly serial: number
  readonly country: string
  /** What had to be changed to read it. */
  readonly changes: readonly Change[]
}

export const LAST_SERIAL = 99_999_999

const KINDS: Readonly<Record<string, ServiceKind>> = {
  ...{ E: 'ems', C: 'parcel', R: 'registered', V: 'insured', L: 'tracked', U: 'untracked', H: 'ecommerce' },
  ...{ A: 'domestic', B: 'domestic', D: 'domestic', N: 'domestic', P: 'domestic', Z: 'domestic' },
  ...{ Q: 'agreed', G: 'agreed', M: 'agreed' },
}

export const kindWords: Readonly<Record<ServiceKind, { zh: string; en: string }>> = {
  ems: { zh: '特快专递', en: 'EMS' },
  parcel: { zh: '包裹', en: 'Parcel' },
  registered: { zh: '挂号函件', en: 'Registered letter' },
  insured: { zh: '保价函件', en: 'Insured letter' },
  tracked: { zh: '跟踪函件', en: 'Tracked letter' },
  untracked: { zh: '平常函件（有条码）', en: 'Letter with an identifier' },
  domestic: { zh: '国内或双边业务', en: 'Domestic or bilateral' },
  ecommerce: { zh: '电商包裹', en: 'E-commerce parcel' },
  agreed: { zh: '约定业务', en: 'As agreed' },
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const

/** The ninth digit for an eight-digit serial. Source: UPU S10, weights 8 6 4 2 3 5 9 7, modulo 11; 10 is written 0, 11 is written 5. */
export function checkDigit(serial: string): number {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(serial[index]), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 0 : check === 11 ? 5 : check
}

/** The kind a service indicator stands for, by its first letter; undefined when the letter is not assigned. */
export const kindOf = (service: string): ServiceKind | undefined => KINDS[service[0]!]

/**
 * Reads an item identifier as it was typed or scanned. Spaces, full-width characters and lower case are put right, and
 * `changes` tells so.
 * @returns the parts, or an error `mail/s10/length`, `/letter`, `/digit`, `/service`, `/country`, `/check`
 * Source: UPU S10
 */
export function parseS10(written: string): Result<ItemId> {
  const { text, changes } = unify(written, { capitals: true })
  const refuse = (rule: string, zh: string, en: string, detail: Record<string, unknown> = {}) =>
    fail(`mail/s10/${rule}`, { field: 'item', value: written, zh, en, ...detail })
  if (text.length !== 13)
    return refuse(
      'length',
      `邮件号码应为13位，“${written}”有${text.length}位`,
      `An item identifier has 13 characters; '${written}' has ${text.length}`,
    )
  const service = text.slice(0, 2)
  const digits = text.slice(2, 11)
  const country = text.slice(11)
  for (const [at, letters] of [
    [1, service],
    [12, country],
  ] as const) {
    if (!/^[A-Z]{2}$/.test(letters))
      return refuse(
        'letter',
        `邮件号码第${at}、${at + 1}位应为字母，“${written}”中是“${letters}”`,
        `Characters ${at} and ${at + 1} of an item identifier are letters; '${written}' has '${letters}'`,
      )
  }
  const wrong = [...digits].findIndex(char => !/[0-9]/.test(char))
  if (wrong >= 0)
    return refuse(
      'digit',
      `邮件号码第${wrong + 3}位应为数字，“${written}”中是“${digits[wrong]}”`,
      `Character ${wrong + 3} of an item identifier is a digit; '${written}' has '${digits[wrong]}'`,
      { at: wrong + 3 },
    )
  const kind = kindOf(service)
  if (!kind)
    return refuse(
      'service',
      `“${written}”的业务标识“${service}”未启用`,
      `'${service}' in '${written}' is not an assigned service indicator`,
    )
  if (!isCountry(country))
    return refuse(
      'country',
      `“${written}”末两位“${country}”不是国家或地区代码`,
      `'${country}' at the end of '${written}' is not a country`,
    )
  if (checkDigit(digits) !== Number(digits[8]))
    return refuse(
      'check',
      `“${written}”的校验码不符，请重新扫描或核对号码`,
      `The check digit of '${written}' is wrong; scan it again or compare it with the label`,
    )
  return ok({ code: branded(text), service, kind, serial: Number(digits.slice(0, 8)), country, changes })
}

/**
 * Makes an item identifier.
 * @param serial 0–99,999,999
 * @returns the identifier, or an error `mail/s10/service`, `/serial`, `/country`
 */
export function makeS10(service: string, serial: number, country: string): Result<S10> {
  if (!/^[A-Z]{2}$/.test(service) || !kindOf(service))
    return fail('mail/s10/service', {
      field: 'service',
      value: service,
      zh: `业务标识“${service}”未启用`,
      en: `'${service}' is not an assigned service indicator`,
    })
  if (!isCountry(country))
    return fail('mail/s10/country', {
      field: 'country',
      value: country,
      zh: `“${country}”不是国家或地区代码`,
      en: `'${country}' is not a country`,
    })
  if (!Number.isInteger(serial) || serial < 0 || serial > LAST_SERIAL)
    return fail('mail/s10/serial', {
      field: 'serial',
      value: serial,
      zh: `序号应在00000000至99999999之间，不能是${serial}`,
      en: `A serial lies between 00000000 and 99999999, not ${serial}`,
    })
  const digits = String(serial).padStart(8, '0')
  return ok(branded(`${service}${digits}${checkDigit(digits)}${country}`))
}

// The one place where a string becomes an item identifier.
const branded = (text: string): S10 => text as S10
