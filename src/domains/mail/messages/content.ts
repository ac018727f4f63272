import { fail, failAll, ok, type Problem, type Result } from '../../../kernel/result.ts'
import { type DespatchCode, parseDespatch, parseReceptacle, type ReceptacleCode } from '../codes/s9.ts'
import { parseS10, type S10 } from '../codes/s10.ts'
import { checkEvent, checkOffice, type ItemEvent, type StatedEvent } from './events.ts'
import { type LocalTime, localTime } from './time.ts'

/** EMSEVT: what happened to items. */
export interface EventMessage {
  readonly kind: 'EMSEVT'
  readonly number: string
  readonly events: readonly ItemEvent[]
}

/** PREDES: a despatch was closed; its receptacles and the items in them. */
export interface ClosingMessage {
  readonly kind: 'PREDES'
  readonly number: string
  readonly despatch: DespatchCode
  readonly closedAt: LocalTime
  readonly receptacles: readonly { readonly code: ReceptacleCode; readonly items: readonly S10[] }[]
}

/** RESDES: what of a despatch arrived. */
export interface ArrivalMessage {
  readonly kind: 'RESDES'
  readonly number: string
  readonly despatch: DespatchCode
  readonly office: string
  readonly arrivedAt: LocalTime
  readonly receptacles: readonly { readonly code: ReceptacleCode; readonly outcome: Outcome }[]
}

export const outcomes = {
  received: { zh: '完好收到', en: 'Received in order' },
  missing: { zh: '短少', en: 'Missing' },
  surplus: { zh: '多出', en: 'Surplus' },
  damaged: { zh: '破损', en: 'Damaged' },
  weight: { zh: '重量不符', en: 'Weight differs' },
  missent: { zh: '误发', en: 'Mis-sent' },
  seal: { zh: '封志异常', en: 'Seal broken' },
} as const

export type Outcome = keyof typeof outcomes
export type Message = EventMessage | ClosingMessage | ArrivalMessage
export type MessageKind = Message['kind']

export interface Interchange {
  readonly sender: string
  readonly recipient: string
  /** By the sender's clock, to the minute, without offset, as EDIFACT has it: `2024-11-23T08:30`. */
  readonly preparedAt: string
  /** Control reference, of the sender, up to 14 characters. */
  readonly reference: string
  readonly messages: readonly Message[]
}

/** What tells a message from every other: whoever takes messages in keeps it and takes none twice. */
export const messageNumber = (interchange: Interchange, message: Message): string =>
  `${interchange.sender}/${interchange.reference}/${message.number}`

/** A message as its bearer states it, before it is checked: the shape of the JSON form. */
export type StatedMessage =
  | { kind: 'EMSEVT'; number: string; events: StatedEvent[] }
  | {
      kind: 'PREDES'
      number: string
      despatch: string
      closedAt: string
      receptacles: { code: string; items: string[] }[]
    }
  | {
      kind: 'RESDES'
      number: string
      despatch: string
      office: string
      arrivedAt: string
      receptacles: { code: string; outcome: string }[]
    }

export interface StatedInterchange {
  sender: string
  recipient: string
  preparedAt: string
  reference: string
  messages: StatedMessage[]
}

/**
 * Checks all that an interchange says. Codes are taken as they must be written: a partner's program does not mistype.
 * @returns the interchange, or every error, each with the `message` it is in
 */
export function checkInterchange(stated: StatedInterchange): Result<Interchange> {
  const problems: Problem[] = []
  for (const field of ['sender', 'recipient'] as const) {
    if (!/^[!-~]([ -~]{0,33}[!-~])?$/.test(stated[field]))
      problems.push(
        wrong('party', field, stated[field], '收发方标识为1至35个半角字符', 'A party is 1 to 35 ASCII characters'),
      )
  }
  if (!isReference(stated.reference))
    problems.push(
      wrong(
        'reference',
        'reference',
        stated.reference,
        '交换编号为1至14个字母或数字',
        'A reference is 1 to 14 letters or digits',
      ),
    )
  if (!/^20.{14}$/.test(stated.preparedAt) || !localTime(`${stated.preparedAt}Z`))
    problems.push(
      wrong(
        'time',
        'preparedAt',
        stated.preparedAt,
        `编制时间应写作 2024-11-23T08:30，不能是“${stated.preparedAt}”`,
        `The time of preparation is written 2024-11-23T08:30, not '${stated.preparedAt}'`,
      ),
    )
  if (stated.messages.length === 0)
    problems.push(wrong('none', 'messages', 0, '交换中没有报文', 'The interchange has no message'))
  const messages: Message[] = []
  const numbers = new Set<string>()
  for (const each of stated.messages) {
    if (!isReference(each.number))
      problems.push(
        wrong(
          'reference',
          'number',
          each.number,
          '报文编号为1至14个字母或数字',
          'A number is 1 to 14 letters or digits',
        ),
      )
    if (numbers.has(each.number))
      problems.push({
        ...wrong(
          'twice',
          'number',
          each.number,
          `报文编号“${each.number}”重复`,
          `The number '${each.number}' occurs twice`,
        ),
        message: each.number,
      })
    numbers.add(each.number)
    const message = checkMessage(each)
    if (message.ok) messages.push(message.value)
    else problems.push(...message.problems.map(problem => ({ ...problem, message: each.number })))
  }
  if (problems.length > 0) return failAll(problems)
  const { sender, recipient, preparedAt, reference } = stated
  return ok({ sender, recipient, preparedAt, reference, messages })
}

function checkMessage(stated: StatedMessage): Result<Message> {
  switch (stated.kind) {
    case 'EMSEVT': {
      const events = all(stated.events, checkEvent)
      if (!events.ok) return events
      return events.value.length > 0
        ? ok({ kind: stated.kind, number: stated.number, events: events.value })
        : failAll([wrong('none', 'events', 0, '报文中没有事件', 'The message has no event')])
    }
    case 'PREDES': {
      const head = checkDespatch(stated.despatch, 'closedAt', stated.closedAt)
      if (!head.ok) return head
      const receptacles = all(stated.receptacles, each => {
        const code = receptacleOf(each.code, head.value.despatch)
        if (!code.ok) return code
        const items = all(each.items, itemOf)
        return items.ok ? ok({ code: code.value, items: items.value }) : items
      })
      if (!receptacles.ok) return receptacles
      const { despatch, at } = head.value
      return ok({ kind: stated.kind, number: stated.number, despatch, closedAt: at, receptacles: receptacles.value })
    }
    case 'RESDES': {
      const head = checkDespatch(stated.despatch, 'arrivedAt', stated.arrivedAt)
      if (!head.ok) return head
      const office = checkOffice(stated.office)
      if (!office.ok) return office
      const receptacles = all(stated.receptacles, each => {
        const code = receptacleOf(each.code, head.value.despatch)
        if (!code.ok) return code
        if (!isOutcome(each.outcome))
          return failAll([
            wrong(
              'outcome',
              'outcome',
              each.outcome,
              `没有“${each.outcome}”这种到达情况`,
              `There is no outcome '${each.outcome}'`,
            ),
          ])
        return ok({ code: code.value, outcome: each.outcome })
      })
      if (!receptacles.ok) return receptacles
      const { despatch, at } = head.value
      return ok({
        ...{ kind: stated.kind, number: stated.number, despatch, office: office.value },
        ...{ arrivedAt: at, receptacles: receptacles.value },
      })
    }
  }
}

function checkDespatch(
  despatch: string,
  field: string,
  time: string,
): Result<{ despatch: DespatchCode; at: LocalTime }> {
  const code = parseDespatch(despatch)
  if (!code.ok) return code
  const at = localTime(time)
  return at ? ok({ despatch: code.value.code, at }) : failAll([wrongTime(field, time)])
}

function receptacleOf(text: string, despatch: DespatchCode): Result<ReceptacleCode> {
  const code = parseReceptacle(text)
  if (!code.ok) return code
  return code.value.despatch === despatch
    ? ok(code.value.code)
    : fail('mail/message/despatch', {
        field: 'receptacle',
        value: text,
        zh: `容器${text}不属于总包${despatch}`,
        en: `The receptacle ${text} is not of the despatch ${despatch}`,
      })
}

const itemOf = (text: string): Result<S10> => {
  const item = parseS10(text)
  return item.ok ? ok(item.value.code) : item
}

/** Checks each; all errors if there are any. */
function all<T, U>(list: readonly T[], check: (each: T) => Result<U>): Result<U[]> {
  const values: U[] = []
  const problems: Problem[] = []
  for (const each of list) {
    const result = check(each)
    if (result.ok) values.push(result.value)
    else problems.push(...result.problems)
  }
  return problems.length > 0 ? failAll(problems) : ok(values)
}

const isReference = (text: string) => /^[A-Za-z0-9]{1,14}$/.test(text)
const isOutcome = (text: string): text is Outcome => Object.hasOwn(outcomes, text)

const wrong = (rule: string, field: string, value: unknown, zh: string, en: string): Problem => ({
  code: `mail/message/${rule}`,
  field,
  value,
  zh,
  en,
})

const wrongTime = (field: string, value: string): Problem =>
  wrong(
    'time',
    field,
    value,
    `时间应写作 2024-11-23T08:30:15+08:00，不能是“${value}”`,
    `A time is written 2024-11-23T08:30:15+08:00, not '${value}'`,
  )
