import { fail, ok, type Result } from '../../../kernel/result.ts'
import { parseS10, type S10 } from '../codes/s10.ts'
import { instantOf, type LocalTime, localTime } from './time.ts'

// Codes from knowledge of the UPU's event standard; a partner whose table differs gets it as data.

/** What can happen to an item, and which fields tell more about it. */
export const events = {
  EMA: { zh: '收寄', en: 'Posting or collection', fields: [] },
  EMB: { zh: '到达出口互换局', en: 'Arrival at outward office of exchange', fields: [] },
  EMC: { zh: '离开出口互换局', en: 'Departure from outward office of exchange', fields: [] },
  EMD: { zh: '到达进口互换局', en: 'Arrival at inward office of exchange', fields: [] },
  EME: { zh: '进口海关留存', en: 'Held by import customs', fields: [] },
  EMF: { zh: '离开进口互换局', en: 'Departure from inward office of exchange', fields: [] },
  EMG: { zh: '到达投递局', en: 'Arrival at delivery office', fields: [] },
  EMH: { zh: '试投未成功', en: 'Unsuccessful delivery', fields: ['reason', 'measure'] },
  EMI: { zh: '妥投', en: 'Final delivery', fields: ['signedBy'] },
  EMJ: { zh: '到达转口互换局', en: 'Arrival at transit office of exchange', fields: [] },
  EMK: { zh: '离开转口互换局', en: 'Departure from transit office of exchange', fields: [] },
  EDG: { zh: '安排投递', en: 'Out for delivery', fields: [] },
  EDH: { zh: '到达自提点', en: 'Arrival at collection point', fields: [] },
} as const satisfies Record<string, { zh: string; en: string; fields: readonly EventField[] }>

export type EventField = 'reason' | 'measure' | 'signedBy'
export type EventCode = keyof typeof events

/** Why an item could not be delivered (EMH). Own. */
export const reasons = {
  absent: { zh: '收件人不在', en: 'Addressee absent' },
  address: { zh: '地址不详', en: 'Address insufficient' },
  moved: { zh: '收件人迁移', en: 'Addressee moved' },
  refused: { zh: '收件人拒收', en: 'Refused' },
  closed: { zh: '单位休息', en: 'Business closed' },
  unpaid: { zh: '税费未付', en: 'Charges not paid' },
  damaged: { zh: '邮件破损', en: 'Damaged' },
  other: { zh: '其他', en: 'Other' },
} as const

/** What is done about it (EMH). Own. */
export const measures = {
  retry: { zh: '再投', en: 'Will be tried again' },
  hold: { zh: '留存待领', en: 'Held for collection' },
  forward: { zh: '改寄', en: 'Forwarded' },
  return: { zh: '退回', en: 'Returned to sender' },
  inquire: { zh: '查询', en: 'Under inquiry' },
} as const

export interface ItemEvent {
  readonly item: S10
  readonly code: EventCode
  /** IMPC or the code of an office at home. */
  readonly office: string
  readonly at: LocalTime
  readonly reason?: keyof typeof reasons
  readonly measure?: keyof typeof measures
  readonly signedBy?: string
}

/** An event as a message states it, before it is checked. */
export type StatedEvent = { readonly [field in keyof ItemEvent]?: string }

/** What makes two events the same one, however often and by whomever they are told: item, code, office and instant. */
export const eventKey = (event: ItemEvent): string =>
  `${event.item} ${event.code} ${event.office} ${instantOf(event.at).toISOString()}`

/**
 * Checks an event.
 * @returns the event, or an error of the item's code, or `mail/event/code`, `/office`, `/time`, `/missing`, `/field`, `/reason`, `/measure`, `/signed-by`
 */
export function checkEvent(stated: StatedEvent): Result<ItemEvent> {
  const item = parseS10(stated.item ?? '')
  if (!item.ok) return item
  const code = stated.code ?? ''
  if (!isKey(events, code))
    return refuse('code', 'code', code, `没有“${code}”这种邮件事件`, `There is no event '${code}'`)
  const office = checkOffice(stated.office)
  if (!office.ok) return office
  const at = localTime(stated.at ?? '')
  if (!at)
    return refuse(
      'time',
      'at',
      stated.at,
      `时间应写作 2024-11-23T08:30:15+08:00，不能是“${stated.at ?? ''}”`,
      `A time is written 2024-11-23T08:30:15+08:00, not '${stated.at ?? ''}'`,
    )
  const fields = checkFields(stated, code)
  return fields.ok ? ok({ item: item.value.code, code, office: office.value, at, ...fields.value }) : fields
}

/** The code of an office: letters, digits and hyphens, up to 20. */
export function checkOffice(office = ''): Result<string> {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/.test(office)) return ok(office)
  return refuse(
    'office',
    'office',
    office,
    `局所代码由字母、数字和短横组成，最长20位，不能是“${office}”`,
    `The code of an office is letters, digits and hyphens, up to 20, not '${office}'`,
  )
}

function checkFields(stated: StatedEvent, code: EventCode): Result<Pick<ItemEvent, EventField>> {
  const needed: readonly EventField[] = events[code].fields
  for (const field of ['reason', 'measure', 'signedBy'] as const) {
    const given = stated[field] !== undefined
    if (needed.includes(field) && (!given || stated[field]!.trim() === ''))
      return refuse(
        'missing',
        field,
        stated[field],
        `“${events[code].zh}”须写明${FIELDS[field].zh}`,
        `${events[code].en} needs ${FIELDS[field].en}`,
      )
    if (!needed.includes(field) && given)
      return refuse(
        'field',
        field,
        stated[field],
        `“${events[code].zh}”没有${FIELDS[field].zh}这一项`,
        `${events[code].en} has no ${FIELDS[field].en}`,
      )
  }
  const { reason, measure, signedBy } = stated
  if (reason !== undefined && !isKey(reasons, reason))
    return refuse('reason', 'reason', reason, `没有“${reason}”这种未妥投原因`, `There is no reason '${reason}'`)
  if (measure !== undefined && !isKey(measures, measure))
    return refuse('measure', 'measure', measure, `没有“${measure}”这种处理措施`, `There is no measure '${measure}'`)
  if (signedBy !== undefined && (signedBy.length > 70 || /[\p{Cc}\p{Surrogate}]/u.test(signedBy)))
    return refuse(
      'signed-by',
      'signedBy',
      signedBy,
      '签收人最长70个字，不能有控制字符',
      'Who signed is up to 70 characters without controls',
    )
  return ok({ ...(reason && { reason }), ...(measure && { measure }), ...(signedBy !== undefined && { signedBy }) })
}

const FIELDS: Readonly<Record<EventField, { zh: string; en: string }>> = {
  reason: { zh: '未妥投原因', en: 'a reason' },
  measure: { zh: '处理措施', en: 'a measure' },
  signedBy: { zh: '签收人', en: 'who signed' },
}

const isKey = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key)

const refuse = (rule: string, field: string, value: string | undefined, zh: string, en: string) =>
  fail(`mail/event/${rule}`, { field, value, zh, en })
