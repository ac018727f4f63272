// Bytes, hashes and signatures as Web Crypto has them.

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** @returns undefined for what is no SHA-256 in hex */
export function hashOfHex(hex: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{64}$/.test(hex)) return undefined
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
}

export const ofBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), character => character.charCodeAt(0))

/** Web Crypto is there over HTTPS and on this machine itself only. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined

export async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined))
}

/** The bytes of an SPKI PEM. */
const ofPem = (pem: string) => ofBase64(pem.replace(/-----[^-]+-----|\s/g, ''))

/** First 16 hex digits of the SHA-256 of a public key, as checkpoints name it. */
export const keyIdOf = async (pem: string): Promise<string> => toHex(await sha256(ofPem(pem))).slice(0, 16)

/** Ed25519; undefined where this browser does not know it. Source: RFC 8032 */
export async function isSigned(text: string, signature: string, pem: string): Promise<boolean | undefined> {
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('spki', ofPem(pem), { name: 'Ed25519' }, false, ['verify'])
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return undefined
    return false
  }
  return crypto.subtle.verify({ name: 'Ed25519' }, key, ofBase64(signature), utf8(text))
}
