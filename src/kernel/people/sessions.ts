import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { inTransaction } from '../../store/transaction.ts'
import type { Ledger } from '../ledger.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import type { Actor, Grant } from './actor.ts'
import { isPassword } from './passwords.ts'
import { journal } from './people.ts'

const HOUR = 3_600_000
/** A session ends this long after its last use. */
const SESSION = 12 * HOUR
/** Use is noted at most this often, so that reading does not write. */
const NOTED_EVERY = HOUR / 2
const TOKEN_PREFIX = 'yilu_'

/** Whoever holds the token is the person; it is stored as its SHA-256 only. */
export interface Session {
  readonly token: string
  /** Sent back with every change made through a browser. */
  readonly csrf: string
  readonly expiresAt: string
}

export interface SignedIn {
  readonly actor: Actor
  readonly login: string
  readonly language: Language
}

const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

export { tokenHash }

/** Signs in. A wrong password, an unknown login and a disabled person are told alike, and take the same time. */
export async function signIn(
  ledger: Ledger,
  entered: { login: string; password: string },
  from: string,
): Promise<Result<Session>> {
  const { rows } = await ledger.store.pool.query<{ id: string; password: string | null; disabled: boolean }>(
    'SELECT id, password, disabled FROM person WHERE login = $1',
    [entered.login.normalize('NFKC').trim().toLowerCase().slice(0, 64).replaceAll('\0', '')],
  )
  const person = rows[0]
  const matches = await isPassword(person?.password ?? null, entered.password)
  if (!person || !matches || person.disabled)
    return fail('sign-in/refused', { zh: '登录名或密码不对', en: 'The login or the password is wrong' })
  const token = randomBytes(32).toString('base64url')
  const csrf = randomBytes(18).toString('base64url')
  const now = ledger.clock()
  const expiresAt = new Date(now.getTime() + SESSION).toISOString()
  const actor: Actor = { person: person.id, name: '', grants: [], from }
  await inTransaction(ledger.store.pool, async client => {
    await client.query(
      'INSERT INTO session (token_hash, person, csrf, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [tokenHash(token), person.id, csrf, now.toISOString(), expiresAt],
    )
    await journal(ledger, actor, client, person.id, 'sign-in', {})
  })
  return ok({ token, csrf, expiresAt })
}

export async function signOut(ledger: Ledger, token: string): Promise<void> {
  await ledger.store.pool.query('DELETE FROM session WHERE token_hash = $1', [tokenHash(token)])
}

interface Row {
  readonly person: string
  readonly login: string
  readonly name: string
  readonly language: Language
  readonly grants: Grant[]
}

const GRANTS = `coalesce((
  SELECT json_agg(json_build_object('org', g.org, 'path', o.path, 'role', g.role))
  FROM role_grant g JOIN org_unit o ON o.id = g.org WHERE g.person = p.id), '[]') AS grants`

const signedIn = ({ person, name, grants, login, language }: Row, from: string): SignedIn => ({
  actor: { person, name, grants, from },
  login,
  language,
})

/** Who holds a session, with their roles as they are now; null when it has ended. One query. */
export async function actorOfSession(
  ledger: Ledger,
  token: string,
  from: string,
): Promise<(SignedIn & { csrf: string }) | null> {
  const now = ledger.clock().getTime()
  const instant = (later: number) => new Date(now + later).toISOString()
  const { rows } = await ledger.store.pool.query<Row & { csrf: string }>({
    name: 'actor-of-session',
    text: `WITH noted AS (
        UPDATE session SET expires_at = $3 WHERE token_hash = $1 AND expires_at > $2 AND expires_at < $4)
      SELECT p.id AS person, p.login, p.name, p.language, s.csrf, ${GRANTS}
      FROM session s JOIN person p ON p.id = s.person
      WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT p.disabled`,
    values: [tokenHash(token), instant(0), instant(SESSION), instant(SESSION - NOTED_EVERY)],
  })
  const row = rows[0]
  return row ? { ...signedIn(row, from), csrf: row.csrf } : null
}

/** Who holds an API token; null when it is unknown, expired or revoked. One query. */
export async function actorOfToken(ledger: Ledger, token: string, from: string): Promise<SignedIn | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null
  const { rows } = await ledger.store.pool.query<Row>({
    name: 'actor-of-token',
    text: `SELECT p.id AS person, p.login, p.name, p.language, ${GRANTS}
      FROM api_token t JOIN person p ON p.id = t.person
      WHERE t.token_hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND NOT p.disabled`,
    values: [tokenHash(token), ledger.clock().toISOString()],
  })
  return rows[0] ? signedIn(rows[0], from) : null
}

export interface ApiToken {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly expiresAt: string | null
}

/** Makes a token that acts as its person. `token` is told this once. */
export async function createToken(
  ledger: Ledger,
  actor: Actor,
  entered: { name: string; days: number },
): Promise<Result<ApiToken & { token: string }>> {
  const { person } = actor
  if (person === null) return onlyPeople
  const name = entered.name.normalize('NFC').trim()
  if (name === '' || name.length > 60 || /\p{Cc}|\p{Cs}/u.test(name))
    return fail('token/name', { field: 'name', zh: '名称不能为空，最多60个字符', en: 'A name of 1 to 60 characters' })
  if (!Number.isInteger(entered.days) || entered.days < 1 || entered.days > 3650)
    return fail('token/days', { field: 'days', value: entered.days, zh: '有效期为1到3650天', en: 'Days: 1 to 3650' })
  const token = TOKEN_PREFIX + randomBytes(32).toString('base64url')
  const now = ledger.clock()
  const made: ApiToken = {
    id: uuidv7(),
    name,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + entered.days * 24 * HOUR).toISOString(),
  }
  await inTransaction(ledger.store.pool, async client => {
    await client.query(
      'INSERT INTO api_token (token_hash, id, person, name, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [tokenHash(token), made.id, person, name, made.createdAt, made.expiresAt],
    )
    await journal(ledger, actor, client, person, 'token-create', {
      note: { token: made.id, expiresAt: made.expiresAt },
    })
  })
  return ok({ ...made, token })
}

const onlyPeople = fail('token/no-person', { zh: '只有登录的人员有令牌', en: 'Only a person has tokens' })

/** One's own tokens, newest first, without their secret. */
export async function listTokens(ledger: Ledger, actor: Actor): Promise<readonly ApiToken[]> {
  const { rows } = await ledger.store.pool.query<ApiToken>(
    `SELECT id, name, created_at AS "createdAt", expires_at AS "expiresAt" FROM api_token
     WHERE person = $1 ORDER BY created_at DESC`,
    [actor.person],
  )
  return rows
}

/** Revokes one of one's own tokens. */
export async function revokeToken(ledger: Ledger, actor: Actor, id: string): Promise<Result<true>> {
  const { person } = actor
  if (person === null) return onlyPeople
  return inTransaction(ledger.store.pool, async client => {
    const done = /^[0-9a-f-]{36}$/.test(id)
      ? await client.query('DELETE FROM api_token WHERE person = $1 AND id = $2::uuid', [person, id])
      : { rowCount: 0 }
    if (done.rowCount === 0)
      return fail('token/unknown', { token: id, zh: '没有这个令牌', en: 'There is no such token' })
    await journal(ledger, actor, client, person, 'token-revoke', { note: { token: id } })
    return ok(true as const)
  })
}

/** Drops what has expired: sessions, tokens, and idempotency keys a week old. */
export async function dropExpired(ledger: Ledger): Promise<void> {
  const now = ledger.clock()
  const weekAgo = new Date(now.getTime() - 7 * 24 * HOUR).toISOString()
  await ledger.store.pool.query('DELETE FROM session WHERE expires_at < $1', [now.toISOString()])
  await ledger.store.pool.query('DELETE FROM idempotency WHERE at < $1', [weekAgo])
}
