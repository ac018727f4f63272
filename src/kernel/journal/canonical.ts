import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** Canonical JSON (RFC 8785). @throws on what JSON cannot say: NaN, infinities, lone surrogates */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('nothing to canonicalize')
  return text
}

export const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest()
export const sha256Hex = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
