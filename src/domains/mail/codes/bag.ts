import { addDays, type Day, dayOf, daysBetween, isLeap, partsOf } from '../../../kernel/period/day.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type Postcode, parsePostcode } from './postcode.ts'
import { type Change, unify } from './written.ts'

// Own: the structure of the domestic bag code (总包条码) is ours, because no public standard was at hand. A bureau's real
// structure replaces this module; nothing else knows the places of the digits.

declare const brand: unique symbol

/** A domestic bag code that has been checked, 30 digits. */
export type BagCode = string & { readonly [brand]: 'BagCode' }

export const classes = {
  '01': { zh: '平常函件', en: 'Letters' },
  '02': { zh: '给据函件', en: 'Accountable letters' },
  '03': { zh: '印刷品', en: 'Printed matter' },
  '04': { zh: '普通包裹', en: 'Parcels' },
  '05': { zh: '快递包裹', en: 'Express parcels' },
  '06': { zh: '特快专递', en: 'EMS' },
  '07': { zh: '报刊', en: 'Newspapers' },
  '08': { zh: '机要邮件', en: 'Confidential mail' },
  '09': { zh: '空袋', en: 'Empty bags' },
} as const

export type BagClass = keyof typeof classes

/** An office as bags name it: the postcode and which office of that postcode. */
export interface BagOffice {
  readonly postcode: Postcode
  /** 0–99 */
  readonly serial: number
}

export interface BagParts {
  readonly origin: BagOffice
  readonly destination: BagOffice
  readonly class: BagClass
  /** 1–366 */
  readonly dayOfYear: number
  /** 频次, 1–9 */
  readonly wave: number
  /** 1–9999, of its origin on its day */
  readonly serial: number
  /** Gross, in 100 g, 0–999; 0 for empty bags only */
  readonly weight: number
}

export interface Bag extends BagParts {
  readonly code: BagCode
  readonly changes: readonly Change[]
}

/** The check digit over the digits before it. Source: ISO/IEC 7812-1 (Luhn), doubling every other digit from the right. */
export function luhn(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}

/**
 * Reads a domestic bag code.
 * @returns the parts, or an error `mail/bag/length`, `/digit`, `/check`, `/class`, `/day`, `/wave`, `/serial`, `/weight`, or of a postcode
 */
export function parseBag(written: string): Result<Bag> {
  const { text, changes } = unify(written, { capitals: false })
  if (text.length !== 30)
    return refuse(
      'length',
      written,
      `总包条码应为30位，“${written}”有${text.length}位`,
      `A bag code has 30 digits; '${written}' has ${text.length}`,
    )
  if (!/^[0-9]{30}$/.test(text))
    return refuse(
      'digit',
      written,
      `总包条码只能是数字，不能是“${written}”`,
      `A bag code is digits only, not '${written}'`,
    )
  if (luhn(text.slice(0, 29)) !== Number(text[29]))
    return refuse(
      'check',
      written,
      `总包条码“${written}”的校验码不符，请重新扫描或核对袋牌`,
      `The check digit of '${written}' is wrong; scan it again or compare it with the label`,
    )
  const origin = office(text.slice(0, 8), 'origin')
  if (!origin.ok) return origin
  const destination = office(text.slice(8, 16), 'destination')
  if (!destination.ok) return destination
  const mailClass = text.slice(16, 18)
  if (!isClass(mailClass))
    return refuse(
      'class',
      written,
      `总包条码“${written}”的邮件种类“${mailClass}”不存在`,
      `'${written}' has the unknown class '${mailClass}'`,
    )
  const parts: BagParts = {
    origin: origin.value,
    destination: destination.value,
    class: mailClass,
    dayOfYear: Number(text.slice(18, 21)),
    wave: Number(text[21]),
    serial: Number(text.slice(22, 26)),
    weight: Number(text.slice(26, 29)),
  }
  // The one place where a string becomes a bag code.
  return problem(parts, written) ?? ok({ ...parts, code: text as BagCode, changes })
}

/** The code of a bag; errors as of `parseBag`. */
export function makeBag(parts: BagParts): Result<BagCode> {
  const wrong = problem(parts, undefined)
  if (wrong) return wrong
  const digits =
    `${parts.origin.postcode}${padded(parts.origin.serial, 2)}${parts.destination.postcode}${padded(parts.destination.serial, 2)}` +
    `${parts.class}${padded(parts.dayOfYear, 3)}${parts.wave}${padded(parts.serial, 4)}${padded(parts.weight, 3)}`
  const read = parseBag(`${digits}${/^[0-9]{29}$/.test(digits) ? luhn(digits) : ''}`)
  return read.ok ? ok(read.value.code) : read
}

/** Gross weight as bags state it: to the nearest 100 g, at least 100 g. */
export const bagWeight = (grams: number): number => Math.max(1, Math.round(grams / 100))

/** The number of a day in its year, 1 for 1 January. */
export const dayOfYear = (day: Day): number => daysBetween(dayOf(partsOf(day).year, 1, 1), day) + 1

/**
 * The day that a bag names only within its year: the latest one that is at most a week ahead of the day it is read.
 * Undefined for 366 where no leap year is near.
 */
export function bagDay(number: number, today: Day): Day | undefined {
  const { year } = partsOf(today)
  return [year + 1, year]
    .concat(year - 1)
    .filter(each => number <= (isLeap(each) ? 366 : 365))
    .map(each => addDays(dayOf(each, 1, 1), number - 1))
    .find(day => daysBetween(today, day) <= 7)
}

const padded = (value: number, width: number) => String(value).padStart(width, '0')
const isClass = (text: string): text is BagClass => text in classes

const refuse = (rule: string, written: string | undefined, zh: string, en: string) =>
  fail(`mail/bag/${rule}`, { field: 'bag', value: written, zh, en })

function office(text: string, field: 'origin' | 'destination'): Result<BagOffice> {
  const postcode = parsePostcode(text.slice(0, 6))
  if (!postcode.ok) return { ok: false, problems: postcode.problems.map(each => ({ ...each, field })) }
  return ok({ postcode: postcode.value.code, serial: Number(text.slice(6)) })
}

function problem(parts: BagParts, written: string | undefined) {
  const whole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to
  if (!whole(parts.origin.serial, 0, 99) || !whole(parts.destination.serial, 0, 99))
    return refuse('office', written, '局所序号应在00至99之间', 'The number of an office lies between 00 and 99')
  if (!whole(parts.dayOfYear, 1, 366))
    return refuse(
      'day',
      written,
      `日序应在001至366之间，不能是${parts.dayOfYear}`,
      `The day of the year lies between 001 and 366, not ${parts.dayOfYear}`,
    )
  if (!whole(parts.wave, 1, 9))
    return refuse(
      'wave',
      written,
      `频次应在1至9之间，不能是${parts.wave}`,
      `A wave lies between 1 and 9, not ${parts.wave}`,
    )
  if (!whole(parts.serial, 1, 9999))
    return refuse(
      'serial',
      written,
      `袋号应在0001至9999之间，不能是${parts.serial}`,
      `A bag serial lies between 0001 and 9999, not ${parts.serial}`,
    )
  if (!whole(parts.weight, parts.class === '09' ? 0 : 1, 999))
    return refuse(
      'weight',
      written,
      `袋重应在0.1至99.9千克之间（空袋可为0），不能是${parts.weight / 10}千克`,
      `A bag weighs 0.1 to 99.9 kg (an empty one may be 0), not ${parts.weight / 10} kg`,
    )
  return undefined
}
