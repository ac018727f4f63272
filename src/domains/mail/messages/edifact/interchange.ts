import { fail, ok, type Result } from '../../../../kernel/result.ts'
import { checkInterchange, type Interchange, type MessageKind, type StatedMessage } from '../content.ts'
import { missing, part } from './cursor.ts'
import { fromSegments, toSegments, versions } from './mapping.ts'
import {
  type Charset,
  hasOther,
  LIMITS,
  type Limits,
  type Placed,
  type Segment,
  segments,
  writeSegments,
} from './segments.ts'

/**
 * Reads an interchange: all of it, or nothing and the reason.
 * @returns the interchange, or an error of the syntax (`segments`), of a message's segments (`fromSegments`), of its
 * content (`checkInterchange`), or `mail/edifact/missing`, `/unexpected`, `/type`, `/version`, `/count`, `/reference`, `/messages`, `/after`
 */
export async function readEdifact(
  source: AsyncIterable<Uint8Array>,
  limits: Limits = LIMITS,
): Promise<Result<Interchange>> {
  const messages: StatedMessage[] = []
  let head: Placed | undefined
  let open: { head: Placed; body: Placed[] } | undefined
  let closed: Placed | undefined
  let last: Placed | undefined
  for await (const read of segments(source, limits)) {
    if (!read.ok) return read
    const segment = read.value
    last = segment
    if (closed) return refuse('after', segment, `UNZ之后还有${segment.tag}段`, `${segment.tag} stands after UNZ`)
    if (!head) head = segment
    else if (segment.tag === 'UNH') {
      if (open) return missing('UNT', part(open.head, 0), segment)
      open = { head: segment, body: [] }
    } else if (segment.tag === 'UNT') {
      if (!open) return refuse('unexpected', segment, '有UNT段但没有UNH段', 'UNT stands without UNH')
      const message = closeMessage(open, segment)
      if (!message.ok) return message
      messages.push(message.value)
      open = undefined
    } else if (segment.tag === 'UNZ') {
      if (open) return missing('UNT', part(open.head, 0), segment)
      const end = closeInterchange(head, segment, messages.length)
      if (!end.ok) return end
      closed = segment
    } else if (open) open.body.push(segment)
    else
      return refuse(
        'unexpected',
        segment,
        `${segment.tag}段不在任何报文里`,
        `${segment.tag} stands outside of a message`,
      )
  }
  if (!head) return fail('mail/edifact/empty', { zh: '报文是空的', en: 'The message is empty' })
  if (open) return missing('UNT', part(open.head, 0), last)
  if (!closed) return missing('UNZ', part(head, 4), last)
  return checkInterchange({
    sender: part(head, 1),
    recipient: part(head, 2),
    preparedAt: preparedAt(part(head, 3), part(head, 3, 1)),
    reference: part(head, 4),
    messages,
  })
}

function closeMessage({ head, body }: { head: Placed; body: readonly Placed[] }, end: Placed): Result<StatedMessage> {
  const number = part(head, 0)
  if (part(end, 1) !== number)
    return refuse(
      'reference',
      end,
      `UNT的编号“${part(end, 1)}”与UNH的“${number}”不一致`,
      `UNT has the number '${part(end, 1)}' and UNH '${number}'`,
    )
  const has = body.length + 2
  if (part(end, 0) !== String(has))
    return refuse(
      'count',
      end,
      `报文${number}声明有${part(end, 0)}段，实际有${has}段`,
      `Message ${number} states ${part(end, 0)} segments and has ${has}`,
    )
  const kind = part(head, 1)
  if (!isKind(kind))
    return refuse('type', head, `不支持报文类型“${kind}”`, `Messages of the type '${kind}' are not supported`)
  const [version] = versions[kind]
  if (part(head, 1, 1) !== version)
    return refuse(
      'version',
      head,
      `不支持${kind}第${part(head, 1, 1)}版，只支持第${version}版`,
      `Version ${part(head, 1, 1)} of ${kind} is not supported, only ${version}`,
    )
  return fromSegments(kind, number, body)
}

function closeInterchange(head: Placed, end: Placed, messages: number): Result<undefined> {
  if (part(end, 1) !== part(head, 4))
    return refuse(
      'reference',
      end,
      `UNZ的交换编号“${part(end, 1)}”与UNB的“${part(head, 4)}”不一致`,
      `UNZ has the reference '${part(end, 1)}' and UNB '${part(head, 4)}'`,
    )
  if (part(end, 0) !== String(messages))
    return refuse(
      'messages',
      end,
      `UNZ声明有${part(end, 0)}份报文，实际有${messages}份`,
      `UNZ states ${part(end, 0)} messages and there are ${messages}`,
    )
  return ok(undefined)
}

/** Writes an interchange in plain ASCII where that does, else in UTF-8. */
export function writeEdifact(interchange: Interchange): Buffer {
  const { sender, recipient, reference, messages } = interchange
  const body = messages.flatMap(message => {
    const inside = toSegments(message)
    return [
      { tag: 'UNH', elements: [[message.number], [message.kind, ...versions[message.kind], 'UP']] },
      ...inside,
      { tag: 'UNT', elements: [[String(inside.length + 2)], [message.number]] },
    ]
  })
  const charset: Charset = body.some(each => hasOther(each.elements.flat().join(''), 'ascii')) ? 'utf8' : 'ascii'
  const list: Segment[] = [
    {
      tag: 'UNB',
      elements: [
        charset === 'utf8' ? ['UNOY', '4'] : ['UNOB', '3'],
        [sender],
        [recipient],
        dateAndTime(interchange),
        [reference],
      ],
    },
    ...body,
    { tag: 'UNZ', elements: [[String(messages.length)], [reference]] },
  ]
  const written = writeSegments(list, charset)
  if (!written.ok) throw new Error(`a checked interchange cannot be written: ${written.problems[0]!.en}`)
  return written.value
}

/** YYMMDD:HHMM */
const dateAndTime = ({ preparedAt }: Interchange): string[] => [
  preparedAt.slice(2, 10).replaceAll('-', ''),
  preparedAt.slice(11).replace(':', ''),
]

/** Six digits of a date, or eight in version 4 of the syntax. What is not a time is refused with the content. */
const preparedAt = (date: string, time: string): string =>
  `${date.length === 6 ? '20' : ''}${date}T${time}`.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5')

const isKind = (text: string): text is MessageKind => Object.hasOwn(versions, text)

const refuse = (rule: string, { nth }: Placed, zh: string, en: string) =>
  fail(`mail/edifact/${rule}`, { segment: nth, zh, en })
