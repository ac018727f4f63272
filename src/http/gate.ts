import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Ledger } from '../kernel/ledger.ts'
import { type Actor, may as mayDo, permit, rightsOf } from '../kernel/people/actor.ts'
import { actorOfSession, actorOfToken } from '../kernel/people/sessions.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Caller } from './callers.ts'
import type { Context, Settings } from './context.ts'
import { signInFirst } from './problem.ts'
import type { Call, Route } from './route.ts'

// Who is calling, and whether they may: looked up once, before anything of the request's body is read.

export const sessionCookie = ({ secure }: Pick<Settings, 'secure'>) =>
  // A browser takes a __Host- cookie from this host alone, over HTTPS alone.
  secure ? '__Host-yilu_session' : 'yilu_session'

/** Nobody: what may be asked without signing in is asked by this actor, who holds no role. */
export const nobody = (from: string): Actor => ({ person: null, name: '', grants: [], from })

export const fromOf = (request: FastifyRequest) => `http ${request.ip}`

const BEARER = /^Bearer +([A-Za-z0-9_-]{1,200})$/i

/** The caller by API token or session cookie; undefined when neither is good. */
export async function identify(
  { ledger, settings, callers }: Pick<Context, 'ledger' | 'settings' | 'callers'>,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  const from = fromOf(request)
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1]
    if (token === undefined) return undefined
    return callers.of(`token ${token} ${from}`, async () => (await actorOfToken(ledger, token, from)) ?? undefined)
  }
  const token = request.cookies[sessionCookie(settings)]
  if (token === undefined || token.length > 200) return undefined
  return callers.of(`session ${token} ${from}`, async () => {
    const known = await actorOfSession(ledger, token, from)
    return known ? { ...known, session: { token, csrf: known.csrf } } : undefined
  })
}

/** What can be refused before the body is read: the unknown caller, and one who holds the right nowhere. */
export function admit(ledger: Ledger, { may }: Route, caller: Caller | undefined): Result<true> {
  if (may === 'anyone') return ok(true)
  if (!caller) return signInFirst
  if (may === 'signed-in') return ok(true)
  const { actor } = caller
  if (may.at === 'everywhere') {
    for (const unit of ledger.orgs.all()) {
      if (unit.id !== unit.root) continue
      const permitted = permit(actor, may.right, unit)
      if (!permitted.ok) return permitted
    }
    return actor.grants.length > 0 ? ok(true) : permit(actor, may.right, { path: '', code: '*' })
  }
  if (may.at === 'person' || actor.grants.some(grant => rightsOf(grant.role).includes(may.right))) return ok(true)
  // A change of a record is open to whoever may enter or confirm there; the kernel tells which of them it takes.
  return fail('permission/denied', {
    right: may.right,
    zh: '您没有这项权限',
    en: 'You may not do that',
  })
}

/** The right at the org units that the request names. */
export function admitAt(route: Route, call: Call): Result<true> {
  const { may } = route
  if (typeof may === 'string' || may.at !== 'org') return ok(true)
  for (const code of (route.orgs ?? orgNamed)(call)) {
    const org = call.ledger.orgs.find(code)
    if (!org.ok) return org
    const permitted = permit(call.actor, may.right, org.value)
    if (!permitted.ok) return permitted
  }
  return ok(true)
}

const orgNamed = ({ query, body, params }: Call): readonly string[] => {
  for (const part of [params, query, body]) {
    if (typeof part !== 'object' || part === null || !('org' in part)) continue
    if (typeof part.org === 'string') return [part.org]
  }
  return []
}

export { mayDo }

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * A change made with a session cookie has to prove that the page it came from could read the session's CSRF token. API
 * tokens are not sent by browsers on their own and need no proof.
 */
export function checkForgery(route: Route, caller: Caller | undefined, request: FastifyRequest): Result<true> {
  if (!WRITES.has(request.method) || route.reads) return ok(true)
  if (request.headers.authorization !== undefined) return ok(true)
  if (request.headers['sec-fetch-site'] === 'cross-site') return forged
  if (!caller?.session) return ok(true)
  // A form with a file is read as it comes: its token stands in the address it is sent to.
  const form = route.body === 'multipart' && route.page ? request.query : request.body
  const shown = request.headers['x-csrf-token'] ?? formToken(form)
  return typeof shown === 'string' && isSame(shown, caller.session.csrf) ? ok(true) : forged
}

const formToken = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined

const forged = fail('csrf/refused', {
  zh: '页面已过期，请刷新后再试',
  en: 'The page is out of date; reload it and try again',
})

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
