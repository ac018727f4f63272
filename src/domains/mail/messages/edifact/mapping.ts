import { fail, ok, type Result } from '../../../../kernel/result.ts'
import type { Message, MessageKind, StatedMessage } from '../content.ts'
import type { StatedEvent } from '../events.ts'
import type { LocalTime } from '../time.ts'
import { type Cursor, cursorOf, part } from './cursor.ts'
import type { Placed, Segment } from './segments.ts'

// Own: which segment carries what. The tags and qualifiers are EDIFACT's, their choice is ours, because the UPU's tables
// (M13, M40, M41) were not at hand. A partner with others gets another module of this shape.

/** Version and release of a message type, as UNH states them. */
export const versions: Readonly<Record<MessageKind, readonly [version: string, release: string]>> = {
  EMSEVT: ['3', '0'],
  PREDES: ['2', '1'],
  RESDES: ['1', '1'],
}

/** Items that one GIN carries. */
const GIN = 5

/** The segments between UNH and UNT. */
export function toSegments(message: Message): Segment[] {
  switch (message.kind) {
    case 'EMSEVT':
      return message.events.flatMap(event => [
        segment('GIN', 'IT', event.item),
        segment('STS', '1', event.code, event.reason ?? '', event.measure ?? ''),
        segment('LOC', '14', event.office),
        time('7', event.at),
        ...(event.signedBy === undefined ? [] : [segment('FTX', 'SIN', '', '', event.signedBy)]),
      ])
    case 'PREDES': {
      const items = message.receptacles.reduce((sum, each) => sum + each.items.length, 0)
      return [
        segment('BGM', 'DES', message.despatch),
        time('11', message.closedAt),
        ...message.receptacles.flatMap(each => [segment('GIN', 'RC', each.code), ...inFives(each.items)]),
        count('11', message.receptacles.length),
        count('2', items),
      ]
    }
    case 'RESDES':
      return [
        segment('BGM', 'RES', message.despatch),
        segment('LOC', '8', message.office),
        time('178', message.arrivedAt),
        ...message.receptacles.flatMap(each => [segment('GIN', 'RC', each.code), segment('STS', '1', each.outcome)]),
        count('11', message.receptacles.length),
      ]
  }
}

/** What the segments between UNH and UNT state; an error `mail/edifact/missing`, `/unexpected`, `/total` or `/time`. */
export function fromSegments(kind: MessageKind, number: string, body: readonly Placed[]): Result<StatedMessage> {
  const cursor = cursorOf(body, number)
  const read = READERS[kind](cursor, number)
  if (!read.ok) return read
  const end = cursor.end()
  return end.ok ? read : end
}

const READERS: Readonly<Record<MessageKind, (cursor: Cursor, number: string) => Result<StatedMessage>>> = {
  EMSEVT(cursor, number) {
    const events: StatedEvent[] = []
    for (let item = cursor.need('GIN', 'IT'); ; ) {
      if (!item.ok) return item
      const status = cursor.need('STS', '1')
      if (!status.ok) return status
      const office = cursor.need('LOC', '14')
      if (!office.ok) return office
      const at = readTime(cursor, '7', number)
      if (!at.ok) return at
      const signed = cursor.take('FTX', 'SIN')
      events.push({
        ...{ item: part(item.value, 1), code: part(status.value, 1), office: part(office.value, 1), at: at.value },
        ...given('reason', part(status.value, 2)),
        ...given('measure', part(status.value, 3)),
        ...(signed && { signedBy: part(signed, 3) }),
      })
      const next = cursor.take('GIN', 'IT')
      if (!next) return ok({ kind: 'EMSEVT', number, events })
      item = ok(next)
    }
  },
  PREDES(cursor, number) {
    const despatch = cursor.need('BGM', 'DES')
    if (!despatch.ok) return despatch
    const closedAt = readTime(cursor, '11', number)
    if (!closedAt.ok) return closedAt
    const receptacles: { code: string; items: string[] }[] = []
    for (let bag = cursor.take('GIN', 'RC'); bag; bag = cursor.take('GIN', 'RC')) {
      const items: string[] = []
      for (let some = cursor.take('GIN', 'IT'); some; some = cursor.take('GIN', 'IT'))
        items.push(...some.elements.slice(1).map(components => components[0] ?? ''))
      receptacles.push({ code: part(bag, 1), items })
    }
    const totals = [
      readTotal(cursor, '11', receptacles.length, number),
      readTotal(
        cursor,
        '2',
        receptacles.reduce((sum, each) => sum + each.items.length, 0),
        number,
      ),
    ]
    const wrong = totals.find(total => !total.ok)
    if (wrong && !wrong.ok) return wrong
    return ok({ kind: 'PREDES', number, despatch: part(despatch.value, 1), closedAt: closedAt.value, receptacles })
  },
  RESDES(cursor, number) {
    const despatch = cursor.need('BGM', 'RES')
    if (!despatch.ok) return despatch
    const office = cursor.need('LOC', '8')
    if (!office.ok) return office
    const arrivedAt = readTime(cursor, '178', number)
    if (!arrivedAt.ok) return arrivedAt
    const receptacles: { code: string; outcome: string }[] = []
    for (let bag = cursor.take('GIN', 'RC'); bag; bag = cursor.take('GIN', 'RC')) {
      const status = cursor.need('STS', '1')
      if (!status.ok) return status
      receptacles.push({ code: part(bag, 1), outcome: part(status.value, 1) })
    }
    const total = readTotal(cursor, '11', receptacles.length, number)
    if (!total.ok) return total
    return ok({
      ...{ kind: 'RESDES', number, despatch: part(despatch.value, 1), office: part(office.value, 1) },
      ...{ arrivedAt: arrivedAt.value, receptacles },
    })
  },
}

const segment = (tag: string, ...elements: string[]): Segment => ({ tag, elements: elements.map(each => [each]) })

const count = (qualifier: string, value: number): Segment => ({ tag: 'CNT', elements: [[qualifier, String(value)]] })

/** 208 is CCYYMMDDHHMMSSZHHMM. */
const time = (qualifier: string, at: LocalTime): Segment => ({
  tag: 'DTM',
  elements: [
    [qualifier, at.replace(/[-:T]/g, (char, where: number) => (where > 18 && char === '-' ? '-' : '')), '208'],
  ],
})

const inFives = (items: readonly string[]): Segment[] =>
  Array.from({ length: Math.ceil(items.length / GIN) }, (_, index) =>
    segment('GIN', 'IT', ...items.slice(index * GIN, (index + 1) * GIN)),
  )

const given = <K extends string>(field: K, text: string) => (text === '' ? {} : { [field]: text })

/** Reads 208, and 205, which has no seconds. */
function readTime(cursor: Cursor, qualifier: string, message: string): Result<string> {
  const found = cursor.need('DTM', qualifier)
  if (!found.ok) return found
  const [text, format] = [part(found.value, 0, 1), part(found.value, 0, 2)]
  const shape = { 205: /^(....)(..)(..)(..)(..)()([+-]..)(..)$/, 208: /^(....)(..)(..)(..)(..)(..)([+-]..)(..)$/ }
  const match = format === '205' || format === '208' ? shape[format].exec(text) : null
  if (!match)
    return fail('mail/edifact/time', {
      ...{ message, segment: found.value.nth, value: text },
      zh: `第${found.value.nth}段的时间“${text}”不合格式（205或208）`,
      en: `The time '${text}' of segment ${found.value.nth} is not of the format 205 or 208`,
    })
  const [, year, month, date, hour, minute, second, zone, minutes] = match
  return ok(`${year}-${month}-${date}T${hour}:${minute}:${second || '00'}${zone}:${minutes}`)
}

function readTotal(cursor: Cursor, qualifier: string, has: number, message: string): Result<undefined> {
  const found = cursor.need('CNT', qualifier)
  if (!found.ok) return found
  const stated = part(found.value, 0, 1)
  if (stated === String(has)) return ok(undefined)
  return fail('mail/edifact/total', {
    ...{ message, segment: found.value.nth, stated, has },
    zh: `报文${message}的合计${stated}与实际${has}不符`,
    en: `Message ${message} states a total of ${stated} and has ${has}`,
  })
}
