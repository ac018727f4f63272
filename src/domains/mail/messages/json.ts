import { z } from 'zod'
import { fail, failAll, type Result } from '../../../kernel/result.ts'
import { checkInterchange, type Interchange, type StatedInterchange } from './content.ts'

/** The most bytes that an interchange in JSON may have. */
export const JSON_LIMIT = 64 * 1024 * 1024

const event = z.strictObject({
  item: z.string(),
  code: z.string(),
  office: z.string(),
  at: z.string(),
  reason: z.string().optional(),
  measure: z.string().optional(),
  signedBy: z.string().optional(),
})

const message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('EMSEVT'), number: z.string(), events: z.array(event) }),
  z.strictObject({
    ...{ kind: z.literal('PREDES'), number: z.string(), despatch: z.string(), closedAt: z.string() },
    receptacles: z.array(z.strictObject({ code: z.string(), items: z.array(z.string()) })),
  }),
  z.strictObject({
    ...{
      kind: z.literal('RESDES'),
      number: z.string(),
      despatch: z.string(),
      office: z.string(),
      arrivedAt: z.string(),
    },
    receptacles: z.array(z.strictObject({ code: z.string(), outcome: z.string() })),
  }),
])

/** The JSON form of an interchange: the same content as EDIFACT, field by field. */
export const interchangeShape = z.strictObject({
  sender: z.string(),
  recipient: z.string(),
  preparedAt: z.string(),
  reference: z.string(),
  messages: z.array(message),
}) satisfies z.ZodType<StatedInterchange>

/**
 * Reads the JSON form.
 * @returns the interchange, or an error `mail/message/too-large`, `/encoding`, `/json`, `/shape` (with the path), or of its content
 */
export async function readJson(source: AsyncIterable<Uint8Array>, limit = JSON_LIMIT): Promise<Result<Interchange>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > limit)
      return fail('mail/message/too-large', {
        limit,
        zh: `报文超过${Math.floor(limit / 1024)}千字节的上限`,
        en: `The message passes the limit of ${Math.floor(limit / 1024)} kB`,
      })
    chunks.push(chunk)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return fail('mail/message/encoding', { zh: '报文不是UTF-8编码', en: 'The message is not UTF-8' })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('mail/message/json', { zh: '报文不是完整的JSON', en: 'The message is not complete JSON' })
  }
  return checkJson(value)
}

/** The same for a value that has been parsed already, such as the body of a request. */
export function checkJson(value: unknown): Result<Interchange> {
  const shaped = interchangeShape.safeParse(value)
  if (shaped.success) return checkInterchange(shaped.data)
  return failAll(
    shaped.error.issues.map(issue => ({
      code: 'mail/message/shape',
      field: issue.path.join('.'),
      zh: `报文的“${issue.path.join('.') || '整体'}”不合格式`,
      en: `'${issue.path.join('.') || 'The whole'}' of the message has another shape: ${issue.message}`,
    })),
  )
}

/** Writes the JSON form; fields stand in the same order for the same content. */
export const writeJson = (interchange: Interchange): string => JSON.stringify(interchange)
