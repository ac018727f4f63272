import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type HandoverList, listText, signedBytes } from '../handover/list.ts'

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

export function phoneOf(id: string): Phone {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519')
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
