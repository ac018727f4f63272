import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { setPassword } from '../../kernel/people/people.ts'
import {
  createToken,
  listTokens,
  revokeToken,
  type Session,
  signIn,
  signOut,
  tokenHash,
} from '../../kernel/people/sessions.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { Caller } from '../callers.ts'
import { fromOf, sessionCookie } from '../gate.ts'
import { type Call, route } from '../route.ts'
import * as shapes from '../shapes.ts'

// Signing in and out, and what a person does with their own account.

const secret = z.string().max(1000)

/** Tries a login and password, and gives the browser its cookie. Too many failures have to wait. */
export async function enter(call: Call, entered: { login: string; password: string }): Promise<Result<Session>> {
  const { attempts, ledger, request, reply, settings } = call
  const { ip } = request
  const wait = attempts.begin(entered.login, ip, ledger.clock().getTime())
  if (wait !== undefined)
    return fail('sign-in/too-often', {
      retryAfter: wait,
      zh: `尝试次数太多，请${Math.ceil(wait / 60)}分钟后再试`,
      en: `Too many attempts; try again in ${Math.ceil(wait / 60)} minutes`,
    })
  const signedIn = await signIn(ledger, entered, fromOf(request))
  if (!signedIn.ok) {
    request.log.info({ ip }, 'sign-in refused')
    return signedIn
  }
  attempts.succeeded(entered.login, ip)
  reply.setCookie(sessionCookie(settings), signedIn.value.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.secure,
  })
  return signedIn
}

/** Ends the session of the request, if there is one. */
export async function leave({ caller, ledger, reply, settings }: Call): Promise<void> {
  if (caller?.session) await signOut(ledger, caller.session.token)
  reply.clearCookie(sessionCookie(settings), { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.secure })
}

function shownCaller(ledger: Ledger, { actor, login, language, session }: Caller) {
  return {
    person: actor.person,
    login,
    name: actor.name,
    language,
    csrf: session?.csrf ?? null,
    grants: actor.grants.flatMap(grant => {
      const org = ledger.orgs.byId(grant.org)
      return org ? [{ org: org.code, name: org.name, role: grant.role }] : []
    }),
  }
}

export const sessionRoutes = [
  route(
    {
      name: 'session',
      method: 'GET',
      path: '/session',
      title: { zh: '是否已登录，是谁', en: 'Whether someone is signed in, and who' },
      may: 'anyone',
      answer: z.strictObject({ me: shapes.me.nullable() }),
    },
    ({ caller, ledger }) => ok({ me: caller ? shownCaller(ledger, caller) : null }),
  ),
  route(
    {
      name: 'signIn',
      method: 'POST',
      path: '/session',
      title: { zh: '登录', en: 'Sign in' },
      may: 'anyone',
      body: z.strictObject({ login: z.string().max(200), password: secret }),
      answer: shapes.session,
      status: 201,
      key: 'never',
    },
    async call => {
      const signedIn = await enter(call, call.body)
      if (!signedIn.ok) return signedIn
      const { csrf, expiresAt } = signedIn.value
      const { rows } = await call.ledger.store.pool.query<{ login: string; name: string; language: string }>(
        'SELECT p.login, p.name, p.language FROM session s JOIN person p ON p.id = s.person WHERE s.token_hash = $1',
        [tokenHash(signedIn.value.token)],
      )
      return ok({ csrf, expiresAt, ...rows[0] })
    },
  ),
  route(
    {
      name: 'signOut',
      method: 'DELETE',
      path: '/session',
      title: { zh: '退出', en: 'Sign out' },
      may: 'signed-in',
      key: 'never',
    },
    async call => {
      await leave(call)
      return ok(undefined)
    },
  ),
  route(
    {
      name: 'me',
      method: 'GET',
      path: '/me',
      title: { zh: '我是谁，有哪些角色', en: 'Who I am, with which roles' },
      may: 'signed-in',
      answer: shapes.me,
    },
    ({ caller, ledger }) => ok(shownCaller(ledger, caller!)),
  ),
  route(
    {
      name: 'changeMyPassword',
      method: 'PUT',
      path: '/me/password',
      title: { zh: '修改自己的密码', en: 'Change my password' },
      may: 'signed-in',
      body: z.strictObject({ current: secret, password: secret }),
      key: 'never',
    },
    async ({ actor, body, caller, ledger, attempts, request }) => {
      // Guessing the present password from an open session is held to the same limits as signing in.
      const wait = attempts.begin(caller!.login, request.ip, ledger.clock().getTime())
      if (wait !== undefined)
        return fail('sign-in/too-often', {
          retryAfter: wait,
          zh: '尝试次数太多，请稍后再试',
          en: 'Too many attempts; wait',
        })
      const keep = caller!.session && tokenHash(caller!.session.token)
      const done = await setPassword(ledger, actor, actor.person ?? '', { ...body, ...(keep ? { keep } : {}) })
      if (done.ok) attempts.succeeded(caller!.login, request.ip)
      return done
    },
  ),
  route(
    {
      name: 'listMyTokens',
      method: 'GET',
      path: '/me/tokens',
      title: { zh: '自己的接口令牌', en: 'My API tokens' },
      may: 'signed-in',
      answer: z.strictObject({ tokens: z.array(shapes.token) }),
    },
    async ({ actor, ledger }) => ok({ tokens: await listTokens(ledger, actor) }),
  ),
  route(
    {
      name: 'createMyToken',
      method: 'POST',
      path: '/me/tokens',
      title: { zh: '新建接口令牌（只显示一次）', en: 'Make an API token (told once)' },
      may: 'signed-in',
      body: z.strictObject({ name: z.string(), days: z.number() }),
      answer: shapes.newToken,
      status: 201,
      key: 'never',
    },
    ({ actor, body, ledger }) => createToken(ledger, actor, body),
  ),
  route(
    {
      name: 'revokeMyToken',
      method: 'DELETE',
      path: '/me/tokens/:token',
      title: { zh: '撤销接口令牌', en: 'Revoke an API token' },
      may: 'signed-in',
    },
    ({ actor, params, ledger }) => revokeToken(ledger, actor, params.token),
  ),
]
