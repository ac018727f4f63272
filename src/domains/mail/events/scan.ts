import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Day } from '../../../kernel/period/day.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { bagDay, classes, parseBag } from '../codes/bag.ts'
import { parseItem, products } from '../codes/item.ts'
import { parsePostcode } from '../codes/postcode.ts'
import { parseReceptacle } from '../codes/s9.ts'
import { OFFICE_CODE } from '../network/types.ts'
import { CODES, type EventCode, isEventCode } from './codes.ts'
import { dayOfInstant } from './shanghai.ts'

// A scan as it comes in, and the event it is. What is wrong with one says so; it never spoils the others of its batch.

/** What a scanner, a counter or a neighbour's message sends. */
export const scanShape = z.strictObject({
  /** Item number or bag code, as scanned. */
  subject: z.string().max(64),
  code: z.string().max(8),
  office: z.string().max(8).optional(),
  run: z.string().max(40).optional(),
  /** With its offset. */
  time: z.iso.datetime({ offset: true }),
  bag: z.string().max(64).optional(),
  product: z.string().max(20).optional(),
  origin: z.string().max(8).optional(),
  destination: z.string().max(8).optional(),
  weight: z.int().min(0).max(2_000_000).optional(),
  amount: z.int().min(0).max(100_000_000).optional(),
  items: z.int().min(0).max(100_000).optional(),
  registered: z.int().min(0).max(100_000).optional(),
  wave: z.int().min(1).max(9).optional(),
  remark: z.string().max(200).optional(),
})

export type Scan = z.output<typeof scanShape>

/** A row of mail_event, but for where and when it is recorded. */
export interface EventRow {
  readonly id: string
  readonly day: string
  readonly org: number
  readonly time: string
  readonly subject: string
  readonly kind: 'item' | 'bag'
  readonly code: EventCode
  readonly office: string | null
  readonly run: string | null
  readonly bag: string | null
  readonly giver: string | null
  readonly receiver: string | null
  readonly product: string | null
  readonly origin: string | null
  readonly destination: string | null
  readonly weight: number | null
  readonly amount: number | null
  readonly items: number | null
  readonly registered: number | null
  readonly wave: number | null
  readonly late: number | null
  readonly handover: string | null
  readonly remark: string | null
}

/** The org unit is found where offices are known. */
export type Unplaced = Omit<EventRow, 'org'>

/** Clocks of scanners may be ahead by this much. */
const AHEAD_MS = 10 * 60_000
/** What is older than this is a mistake of the clock rather than a scan that waited. */
const BEHIND_MS = 400 * 86_400_000

/** The event of a scan, or what is wrong with it: `mail/shape`, `/code`, `/future`, `/past`, `/office-code`, or of its number. */
export function eventOfScan(scan: unknown, now: Date): Result<Unplaced> {
  const parsed = scanShape.safeParse(scan)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join('、') : '') || 'scan'
    return fail('mail/shape', {
      field,
      zh: `扫描数据的“${field}”缺少或格式不对`,
      en: `'${field}' of the scan is missing or malformed`,
    })
  }
  const { subject, code, time, bag, ...rest } = parsed.data
  if (!isEventCode(code))
    return fail('mail/code', {
      field: 'code',
      value: code,
      zh: `没有事件代码“${code}”`,
      en: `There is no event ${code}`,
    })
  if (CODES[code].effect === 'hands')
    return fail('mail/needs-signatures', {
      field: 'code',
      value: code,
      zh: '交接须由双方签名，不能由扫描登记',
      en: 'A handover needs both signatures; a scan cannot make it',
    })
  const clock = clockProblem(time, now)
  if (clock) return clock
  const instant = new Date(time).toISOString()
  const day = dayOfInstant(instant)
  const named = subjectOf(subject, day)
  if (!named.ok) return named
  if (CODES[code].of !== 'both' && CODES[code].of !== named.value.kind)
    return fail('mail/code', {
      field: 'code',
      value: code,
      zh: `“${CODES[code].zh}”不适用于${named.value.kind === 'bag' ? '总包' : '邮件'}`,
      en: `${code} is not for ${named.value.kind === 'bag' ? 'bags' : 'items'}`,
    })
  const packed = bag === undefined ? undefined : subjectOf(bag, day)
  if (packed && !packed.ok) return packed
  const needsBag = CODES[code].effect === 'packs' || CODES[code].effect === 'unpacks'
  if (needsBag !== (packed !== undefined) || (packed && packed.value.kind !== 'bag'))
    return fail('mail/bag', {
      field: 'bag',
      value: bag ?? '',
      zh: needsBag ? `“${CODES[code].zh}”须有总包条码` : `“${CODES[code].zh}”不应有总包条码`,
      en: needsBag ? `${code} needs the code of the bag` : `${code} has no bag`,
    })
  const where = placeProblem(code, rest.office, rest.run) ?? contentProblem(named.value.kind, rest)
  if (where) return where
  return ok(
    identified({
      day,
      time: instant,
      subject: named.value.subject,
      kind: named.value.kind,
      code,
      office: rest.office ?? null,
      run: rest.run ?? null,
      bag: packed?.value.subject ?? null,
      giver: null,
      receiver: null,
      product: rest.product ?? named.value.product ?? null,
      origin: rest.origin ?? named.value.origin ?? null,
      destination: rest.destination ?? named.value.destination ?? null,
      weight: rest.weight ?? null,
      amount: rest.amount ?? null,
      items: rest.items ?? null,
      registered: rest.registered ?? null,
      wave: rest.wave ?? named.value.wave ?? null,
      late: null,
      handover: null,
      remark: rest.remark ?? null,
    }),
  )
}

/** Same item, code, place and time: the same event, hence the same id. */
export function identified(event: Omit<Unplaced, 'id'>): Unplaced {
  const { subject, code, office, run, giver, receiver, time } = event
  const place = office ?? run ?? `${giver}>${receiver}`
  return { ...event, id: uuidOf(`${subject}|${code}|${place}|${time}`) }
}

/** A UUID (version 8) of 122 bits of a text's SHA-256. */
export function uuidOf(text: string): string {
  const bytes = hash('sha256', text, 'buffer')
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export interface Named {
  readonly kind: 'item' | 'bag'
  readonly subject: string
  readonly product?: string
  readonly origin?: string
  readonly destination?: string
  readonly wave?: number
}

/**
 * What a scanned number names. A bag code tells its day within the year only: the subject says the year as well, so that
 * the code may come again.
 */
export function subjectOf(written: string, day: Day): Result<Named> {
  const text = written.trim()
  const digits = text.replace(/\s/g, '')
  if (/^[0-9０-９]{20,}$/.test(digits)) {
    const bag = parseBag(text)
    if (!bag.ok) return bag
    const { code, origin, destination, class: product, dayOfYear, wave } = bag.value
    const closed = bagDay(dayOfYear, day)
    if (closed === undefined)
      return fail('mail/bag/day', {
        field: 'bag',
        value: written,
        zh: `总包条码“${written}”的日序在近年不存在`,
        en: `The day of '${written}' is in no year nearby`,
      })
    const office = ({ postcode, serial }: typeof origin) => `${postcode}${String(serial).padStart(2, '0')}`
    return ok({
      kind: 'bag',
      subject: `${code}-${closed.slice(2, 4)}`,
      product,
      origin: office(origin),
      destination: office(destination),
      wave,
    })
  }
  if (digits.length > 20) {
    const receptacle = parseReceptacle(text)
    if (!receptacle.ok) return receptacle
    const { code, origin, destination } = receptacle.value
    return ok({ kind: 'bag', subject: code, origin, destination })
  }
  const item = parseItem(text)
  if (!item.ok) return item
  return ok({ kind: 'item', subject: item.value.code, ...(item.value.product && { product: item.value.product }) })
}

/** A number as people know it. */
export const shownSubject = (subject: string) => subject.replace(/^(\d{30})-\d\d$/, '$1')

function clockProblem(time: string, now: Date) {
  const ahead = Date.parse(time) - now.getTime()
  if (ahead > AHEAD_MS)
    return fail('mail/future', {
      field: 'time',
      value: time,
      zh: `扫描时间“${time}”在将来，请校准设备时钟`,
      en: `The scan of ${time} lies in the future; set the device's clock`,
    })
  if (ahead < -BEHIND_MS)
    return fail('mail/past', {
      field: 'time',
      value: time,
      zh: `扫描时间“${time}”过早，请校准设备时钟`,
      en: `The scan of ${time} lies too far back; set the device's clock`,
    })
  return undefined
}

function placeProblem(code: EventCode, office: string | undefined, run: string | undefined) {
  if (office !== undefined && !OFFICE_CODE.test(office))
    return fail('mail/office-code', {
      field: 'office',
      value: office,
      zh: `局所代码“${office}”应为8位数字`,
      en: `An office code has 8 digits, not ${office}`,
    })
  if (office === undefined && (run === undefined || CODES[code].effect !== 'sees'))
    return fail('mail/office-missing', {
      field: 'office',
      zh: `“${CODES[code].zh}”须注明局所`,
      en: `${code} must name its office`,
    })
  return undefined
}

function contentProblem(kind: Named['kind'], { product, destination }: Pick<Scan, 'product' | 'destination'>) {
  const known = kind === 'item' ? products : classes
  if (product !== undefined && !Object.hasOwn(known, product))
    return fail('mail/product', {
      field: 'product',
      value: product,
      zh: `没有业务种类“${product}”`,
      en: `There is no product ${product}`,
    })
  if (destination === undefined || kind === 'bag') return undefined
  const postcode = parsePostcode(destination)
  return postcode.ok ? undefined : postcode
}
