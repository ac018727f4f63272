import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../../../kernel/journal/canonical.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { subjectOf } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'

// The list that giver and receiver both sign. Its text is canonical JSON: what is signed, stored and verified is the same.

const party = z.string().regex(/^(office:\d{8}|run:[\w-]{1,40})$/)
const number = z.string().min(1).max(64)

export const listShape = z.strictObject({
  handover: z.uuid(),
  giver: party,
  receiver: party,
  /** Where it takes place. */
  office: z.string().regex(/^\d{8}$/),
  time: z.iso.datetime({ offset: true }),
  /** What is handed over: bags and loose items. */
  pieces: z.array(number).max(2_000),
  /** On the giver's list, but not there. */
  missing: z.array(number).max(2_000),
  /** There, but not on the giver's list. */
  surplus: z.array(number).max(2_000),
  remark: z.string().max(200).optional(),
})

export type HandoverList = z.output<typeof listShape>

/** The text that is signed. */
export const listText = (list: HandoverList): string => canonical(list)

export interface Signing {
  readonly device: string
  /** One more with every signature of the device. */
  readonly counter: number
  readonly role: 'giver' | 'receiver'
  readonly signedAt: string
  readonly content: string
}

/** The bytes of a signature: what, by which device in which role, its how manieth, when. */
export const signedBytes = ({ device, counter, role, signedAt, content }: Signing): Buffer =>
  Buffer.from(`yilu-handover-1\n${device}\n${counter}\n${role}\n${signedAt}\n${content}`)

/** @param publicKey Ed25519, SPKI DER */
export function isSigned(signing: Signing, publicKey: Buffer, signature: Buffer): boolean {
  try {
    return verify(
      null,
      signedBytes(signing),
      createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
      signature,
    )
  } catch {
    return false // a key or signature that is none
  }
}

/** Reads the text that was signed: `mail/list`, or what is wrong with a number on it. */
export function readList(content: string): Result<HandoverList> {
  const bad = (why: { zh: string; en: string }) => fail('mail/list', { field: 'content', ...why })
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    return bad({ zh: '交接清单不是 JSON', en: 'The list is no JSON' })
  }
  const parsed = listShape.safeParse(json)
  if (!parsed.success)
    return bad({
      zh: `交接清单的“${parsed.error.issues[0]?.path.join('.')}”缺少或格式不对`,
      en: `'${parsed.error.issues[0]?.path.join('.')}' of the list is missing or malformed`,
    })
  if (listText(parsed.data) !== content)
    return bad({ zh: '交接清单不是规范的写法', en: 'The list is not written canonically' })
  const { giver, receiver, office, pieces, missing, surplus, time } = parsed.data
  if (giver === receiver || ![giver, receiver].includes(`office:${office}`))
    return bad({ zh: '交接一方应是交接地点的局所', en: 'One of the two must be the office where it takes place' })
  const all = [...pieces, ...missing, ...surplus]
  if (new Set(all).size < all.length) return bad({ zh: '同一袋件列了两次', en: 'Something is listed twice' })
  const day = dayOfInstant(time)
  for (const written of all) {
    const named = subjectOf(written, day)
    if (!named.ok) return named
  }
  return ok(parsed.data)
}

/** The run of a handover, where one of the two is one. */
export const runOf = ({ giver, receiver }: Pick<HandoverList, 'giver' | 'receiver'>): string | undefined =>
  [giver, receiver].find(one => one.startsWith('run:'))?.slice('run:'.length)
