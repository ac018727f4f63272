import { createHmac, timingSafeEqual } from 'node:crypto'

/** The code that a registered terminal shows at each connection: made from its number, so that none need be stored. */
export const authenticationCode = (secret: Uint8Array, terminal: string): string =>
  createHmac('sha256', secret).update(terminal).digest('base64url').slice(0, 16)

export function isAuthenticationCode(secret: Uint8Array, terminal: string, code: string): boolean {
  const expected = Buffer.from(authenticationCode(secret, terminal))
  const given = Buffer.from(code)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
