import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { fail, ok, type Result } from '../result.ts'

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane.
const ARGON2ID: Algorithm.Argon2id = 2
const STRENGTH = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const SHORTEST = 8
const LONGEST = 200

/** NIST SP 800-63B, 5.1.1.2: length decides, no rules of composition; every character is allowed but control characters. */
export function checkPassword(password: string, login: string): Result<true> {
  const length = [...password].length
  const refuse = (rule: string, zh: string, en: string) =>
    fail(`person/password-${rule}`, { field: 'password', zh, en })
  if (length < SHORTEST)
    return refuse('short', `密码至少${SHORTEST}个字符`, `A password has at least ${SHORTEST} characters`)
  if (length > LONGEST)
    return refuse('long', `密码最多${LONGEST}个字符`, `A password has at most ${LONGEST} characters`)
  if (/\p{Cc}/u.test(password) || !isWellFormed(password))
    return refuse('characters', '密码含有不能使用的字符', 'The password holds characters that cannot be used')
  if (password.toLowerCase() === login.toLowerCase())
    return refuse('login', '密码不能与登录名相同', 'The password may not be the login')
  return ok(true)
}

const isWellFormed = (text: string) => !/\p{Cs}/u.test(text)

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), STRENGTH)

/** The hash of a password that nobody knows, verified where there is none: an unknown login takes as long as a known one. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$O9Qcy0/Q3ct/eo+JhMc/og$4ZBX8j2Zcy4Y4FX3bhDiceo7iDnN5zXCEYFYZV6L4BA'

/** Whether a password is the stored one; takes the same time when nothing is stored. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? NOBODY, password.normalize('NFC').slice(0, LONGEST * 4))
  return matches && stored !== null
}
