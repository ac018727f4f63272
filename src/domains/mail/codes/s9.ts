import { fail, ok, type Problem, type Result } from '../../../kernel/result.ts'
import { type Impc, parseImpc } from './impc.ts'
import { type Change, unify } from './written.ts'

declare const brand: unique symbol

/** A despatch of one year: `CNBJSADEFRAAAEN40012`. */
export type DespatchCode = string & { readonly [brand]: 'S8' }
/** A receptacle of a despatch: `CNBJSADEFRAAAEN40012003100153`. */
export type ReceptacleCode = string & { readonly [brand]: 'S9' }

export const categories = {
  A: { zh: '航空', en: 'Airmail' },
  B: { zh: '空运水陆路', en: 'S.A.L.' },
  C: { zh: '水陆路', en: 'Surface' },
  D: { zh: '优先水陆路', en: 'Priority by surface' },
} as const

export type Category = keyof typeof categories

/** By the first letter of the sub-class. */
export const classes = {
  U: { zh: '函件', en: 'Letters' },
  C: { zh: '包裹', en: 'Parcels' },
  E: { zh: '特快', en: 'EMS' },
  T: { zh: '空容器', en: 'Empty receptacles' },
} as const

export interface DespatchParts {
  readonly origin: Impc
  readonly destination: Impc
  readonly category: Category
  /** Two characters, the first U, C, E or T. */
  readonly subclass: string
  /** Last digit of the year of despatch. */
  readonly year: number
  /** 1–9999, of its origin, destination, category and sub-class in its year. */
  readonly number: number
}

export interface ReceptacleParts extends DespatchParts {
  /** 1–999 in the despatch. */
  readonly receptacle: number
  /** The highest-numbered one of its despatch. */
  readonly last: boolean
  readonly registered: boolean
  /** Gross, in 100 g. */
  readonly weight: number
}

export interface Despatch extends DespatchParts {
  readonly code: DespatchCode
  readonly changes: readonly Change[]
}

export interface Receptacle extends ReceptacleParts {
  readonly code: ReceptacleCode
  readonly despatch: DespatchCode
  readonly changes: readonly Change[]
}

/**
 * Reads a despatch identifier. Spaces and full width are put right, lower case is not: a scanner never gives it.
 * @returns the parts, or an error `mail/despatch/length`, `/case`, `/category`, `/subclass`, `/digit`, `/number`, or of the offices
 * Source: UPU S8
 */
export function parseDespatch(written: string): Result<Despatch> {
  const { text, changes } = unify(written, { capitals: false })
  const shape = shaped(written, text, 20, 'despatch')
  if (shape) return shape
  const parts = despatchParts(text, written)
  // With parseReceptacle the place where a string becomes a despatch.
  return parts.ok ? ok({ ...parts.value, code: text as DespatchCode, changes }) : parts
}

/**
 * Reads a receptacle identifier.
 * @returns the parts, or an error as of `parseDespatch`, or `mail/receptacle/length`, `/case`, `/number`, `/flag`, `/digit`, `/weight`
 * Source: UPU S9
 */
export function parseReceptacle(written: string): Result<Receptacle> {
  const { text, changes } = unify(written, { capitals: false })
  const shape = shaped(written, text, 29, 'receptacle')
  if (shape) return shape
  const parts = despatchParts(text.slice(0, 20), written)
  if (!parts.ok) return parts
  if (!/^[0-9]{9}$/.test(text.slice(20)))
    return refuse(
      'receptacle/digit',
      written,
      `“${written}”第21至29位应为数字`,
      `Characters 21 to 29 of '${written}' are digits`,
    )
  if (!/^[01]{2}$/.test(text.slice(23, 25)))
    return refuse(
      'receptacle/flag',
      written,
      `“${written}”第24、25位只能是0或1`,
      `Characters 24 and 25 of '${written}' are 0 or 1`,
    )
  const value: ReceptacleParts = {
    ...parts.value,
    receptacle: Number(text.slice(20, 23)),
    last: text[23] === '1',
    registered: text[24] === '1',
    weight: Number(text.slice(25)),
  }
  const wrong = receptacleProblem(value, written)
  if (wrong) return wrong
  return ok({ ...value, code: text as ReceptacleCode, despatch: text.slice(0, 20) as DespatchCode, changes })
}

/** The identifier of a despatch; errors as of `parseDespatch`. */
export function makeDespatch(parts: DespatchParts): Result<DespatchCode> {
  const text = `${parts.origin}${parts.destination}${parts.category}${parts.subclass}${parts.year}${padded(parts.number, 4)}`
  const read = parseDespatch(text)
  return read.ok ? ok(read.value.code) : read
}

/** The identifier of a receptacle; errors as of `parseReceptacle`. */
export function makeReceptacle(parts: ReceptacleParts): Result<ReceptacleCode> {
  const despatch = makeDespatch(parts)
  if (!despatch.ok) return despatch
  const flags = `${parts.last ? 1 : 0}${parts.registered ? 1 : 0}`
  const read = parseReceptacle(`${despatch.value}${padded(parts.receptacle, 3)}${flags}${padded(parts.weight, 4)}`)
  return read.ok ? ok(read.value.code) : read
}

/** The year that a last digit means: the latest one that is at most a year ahead (clocks around New Year differ). */
export const yearOf = (digit: number, thisYear: number): number =>
  thisYear + 1 - ((((thisYear + 1 - digit) % 10) + 10) % 10)

export interface Completeness {
  /** Highest number, once the receptacle that says so has been seen. */
  readonly last?: number
  /** Numbers up to the last that have not been seen: each is a verification note (验单). */
  readonly missing: readonly number[]
  /** Receptacles that cannot be: numbered above the last, or the same number twice with different content. */
  readonly problems: readonly Problem[]
}

/** Whether the receptacles of one despatch that were seen are all of it. */
export function completeness(receptacles: readonly Receptacle[]): Completeness {
  const seen = new Map<number, Receptacle>()
  const problems: Problem[] = []
  const blame = (rule: string, { code }: Receptacle, zh: string, en: string) =>
    problems.push({ code: `mail/receptacle/${rule}`, field: 'receptacle', value: code, zh, en })
  for (const each of receptacles) {
    const before = seen.get(each.receptacle)
    if (before && before.code !== each.code)
      blame(
        'twice',
        each,
        `${each.code}与${before.code}同号但内容不同`,
        `${each.code} and ${before.code} have the same number and differ`,
      )
    else seen.set(each.receptacle, each)
  }
  const lasts = [...seen.values()].filter(each => each.last).map(each => each.receptacle)
  if (lasts.length === 0) return { missing: [], problems }
  const last = Math.min(...lasts)
  for (const each of seen.values()) {
    if (each.receptacle > last)
      blame(
        'above-last',
        each,
        `${each.code}的袋号大于该总包的最末袋号${last}`,
        `${each.code} is numbered above the last receptacle, ${last}`,
      )
  }
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter(number => !seen.has(number))
  return { last, missing, problems }
}

const padded = (value: number, width: number) => String(value).padStart(width, '0')

const refuse = (rule: string, written: string, zh: string, en: string) =>
  fail(`mail/${rule}`, { field: 'code', value: written, zh, en })

function shaped(written: string, text: string, length: number, of: 'despatch' | 'receptacle') {
  const zh = of === 'despatch' ? '总包号码' : '容器号码'
  if (text.length !== length)
    return refuse(
      `${of}/length`,
      written,
      `${zh}应为${length}位，“${written}”有${text.length}位`,
      `A ${of} identifier has ${length} characters; '${written}' has ${text.length}`,
    )
  if (/[a-z]/.test(text))
    return refuse(
      `${of}/case`,
      written,
      `${zh}应为大写，不能是“${written}”`,
      `A ${of} identifier is in capitals, not '${written}'`,
    )
  return undefined
}

function despatchParts(text: string, written: string): Result<DespatchParts> {
  const origin = parseImpc(text.slice(0, 6), 'origin')
  if (!origin.ok) return origin
  const destination = parseImpc(text.slice(6, 12), 'destination')
  if (!destination.ok) return destination
  const category = text[12]!
  if (!isCategory(category))
    return refuse(
      'despatch/category',
      written,
      `“${written}”第13位应为A、B、C或D`,
      `Character 13 of '${written}' is A, B, C or D`,
    )
  const subclass = text.slice(13, 15)
  if (!/^[UCET][A-Z0-9]$/.test(subclass))
    return refuse(
      'despatch/subclass',
      written,
      `“${written}”的邮件种类“${subclass}”应以U、C、E或T开头`,
      `The sub-class '${subclass}' of '${written}' begins with U, C, E or T`,
    )
  if (!/^[0-9]{5}$/.test(text.slice(15)))
    return refuse(
      'despatch/digit',
      written,
      `“${written}”第16至20位应为数字`,
      `Characters 16 to 20 of '${written}' are digits`,
    )
  const number = Number(text.slice(16))
  if (number === 0)
    return refuse(
      'despatch/number',
      written,
      `“${written}”的总包序号不能是0000`,
      `The despatch number of '${written}' is not 0000`,
    )
  return ok({
    origin: origin.value,
    destination: destination.value,
    category,
    subclass,
    year: Number(text[15]),
    number,
  })
}

const isCategory = (letter: string): letter is Category => letter in categories

function receptacleProblem(parts: ReceptacleParts, written: string) {
  if (parts.receptacle === 0)
    return refuse(
      'receptacle/number',
      written,
      `“${written}”的袋号不能是000`,
      `The receptacle number of '${written}' is not 000`,
    )
  if (parts.weight === 0 && !parts.subclass.startsWith('T'))
    return refuse(
      'receptacle/weight',
      written,
      `“${written}”不是空袋，重量不能是0000`,
      `'${written}' is not an empty bag, so its weight is not 0000`,
    )
  return undefined
}
