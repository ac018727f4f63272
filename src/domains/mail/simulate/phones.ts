import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import { type HandoverList, listText, signedBytes } from '../handover/list.ts'

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A device as it is in someone's hand. */
export interface Phone {
  readonly id: string
  /** SPKI, DER, base64. */
  readonly publicKey: string
  sign(role: 'giver' | 'receiver', list: HandoverList): SentSignature
}

export interface SentSignature {
  readonly device: string
  readonly counter: number
  readonly role: 'giver' | 'receiver'
  readonly signedAt: string
  readonly content: string
  readonly signature: string
}

/** A device whose key follows from its name, so that a simulation can be told again. It opens nothing else. */
export function phoneOf(id: string): Phone {
  const seed = hash('sha256', `simulated ${id}`, 'buffer')
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  let counter = 0
  return {
    id,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    sign(role, list) {
      const signing = { device: id, counter: ++counter, role, signedAt: list.time, content: listText(list) }
      return { ...signing, signature: sign(null, signedBytes(signing), privateKey).toString('base64') }
    },
  }
}
