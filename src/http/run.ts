import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { fail, failAll, ok, type Problem, type Result } from '../kernel/result.ts'
import type { Caller } from './callers.ts'
import type { Context } from './context.ts'
import { admitAt, checkForgery, fromOf, nobody } from './gate.ts'
import { claim, keyOf, settle } from './idempotency.ts'
import { unfitText } from './json.ts'
import { languageOf } from './language.ts'
import { errorPage } from './pages/error.ts'
import { isHtml } from './pages/html.ts'
import { expected, inside, problemDocument, RETRY_AFTER, statusOf } from './problem.ts'
import { type Call, kindOf, type Route, specialOf } from './route.ts'
import { sendFile } from './send-file.ts'

// The one place where a request becomes a call of the kernel, and a result an answer.

export async function run(context: Context, route: Route, request: FastifyRequest, reply: FastifyReply) {
  const call = callOf(context, route, request, reply)
  if (!call.ok) return refuse(context, route, request, reply, call.problems)
  const { value } = call
  const permitted = admitAt(route, value)
  if (!permitted.ok) return refuse(context, route, request, reply, permitted.problems)
  if (!value.idempotency || route.key === 'kernel') return answer(value, route, await handle(value, route))
  const claimed = await claim(context.ledger, value.actor, value.idempotency)
  if (!claimed.ok) return refuse(context, route, request, reply, claimed.problems)
  if (claimed.value) return reply.code(claimed.value.status).send(claimed.value.body ?? undefined)
  return once(value, route, value.idempotency)
}

/** Whatever may have changed people, roles, sessions or units makes the callers remembered be looked up anew. */
async function handle(call: Call, route: Route): Promise<Result<unknown>> {
  try {
    return await route.handle(call)
  } finally {
    if (call.request.method !== 'GET' && !route.reads && route.key !== 'kernel') call.callers.forget()
  }
}

/** Runs a change whose key was claimed. The key is given back when nothing was changed. */
async function once(call: Call, route: Route, kept: NonNullable<Call['idempotency']>) {
  let result: Result<unknown>
  try {
    result = await handle(call, route)
  } catch (error) {
    await settle(call.ledger, call.actor, kept, null).catch(() => undefined)
    throw error
  }
  const body = result.ok ? (result.value ?? null) : null
  await settle(call.ledger, call.actor, kept, result.ok ? { status: statusWhenGood(route), body } : null)
  return answer(call, route, result)
}

function callOf(context: Context, route: Route, request: FastifyRequest, reply: FastifyReply): Result<Call> {
  const { caller } = request
  const own = checkForgery(route, caller, request)
  if (!own.ok) return own
  const { params } = request
  const unfit = unfitText({ params, query: request.query, body: request.body })
  if (unfit !== undefined)
    return fail('request/characters', {
      field: unfit.replace(/^(params|query|body)\./, ''),
      zh: '含有不能保存的字符',
      en: 'holds characters that cannot be stored',
    })
  const query = parsed(route.query, request.query ?? {}, 'query')
  const form = route.page ? withoutToken(request.body) : request.body
  const body = route.body === 'multipart' ? ok(undefined) : parsed(route.body, form, 'body')
  if (!query.ok || !body.ok) return failAll([query, body].flatMap(part => (part.ok ? [] : [...part.problems])))
  const ifMatch = route.ifMatch ? versionOf(request.headers['if-match'], route.ifMatch) : ok(undefined)
  if (!ifMatch.ok) return ifMatch
  const keyed = request.method !== 'GET' && !route.reads && !route.page && route.key !== 'never'
  const kept = keyed
    ? keyOf(request.headers['idempotency-key'], {
        method: request.method,
        path: request.url,
        body: body.value ?? null,
        ifMatch: ifMatch.value ?? null,
      })
    : ok(undefined)
  if (!kept.ok) return kept
  return ok({
    ...context,
    actor: caller?.actor ?? nobody(fromOf(request)),
    caller,
    language: languageOf(request, caller?.language, route.page === true),
    params,
    query: query.value,
    body: body.value,
    ifMatch: ifMatch.value,
    idempotency: kept.value,
    request,
    reply,
  })
}

const withoutToken = (body: unknown) => {
  if (typeof body !== 'object' || body === null) return body
  const { _csrf, ...rest } = body as Record<string, unknown>
  return rest
}

function parsed(schema: z.ZodType | undefined, value: unknown, where: 'query' | 'body'): Result<unknown> {
  // `?lang=` goes with every address, a form's token with some.
  const entered = where === 'query' ? withoutLanguage(value) : value
  if (!schema) return ok(undefined)
  const done = schema.safeParse(entered)
  if (done.success) return ok(done.data)
  return failAll(done.error.issues.flatMap(issue => problemsOf(issue, entered)))
}

const withoutLanguage = (value: unknown) => {
  const { lang: _, _csrf: __, ...rest } = value as Record<string, unknown>
  return rest
}

function problemsOf(issue: z.core.$ZodIssue, entered: unknown): Problem[] {
  const field = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      code: 'request/unknown-field',
      field: field ? `${field}.${key}` : key,
      zh: `没有“${key}”这一项`,
      en: `There is no ${key} here`,
    }))
  const value = issue.path.reduce<unknown>(
    (inner, part) => (inner as Record<PropertyKey, unknown> | null)?.[part],
    entered,
  )
  if (value === undefined)
    return field === ''
      ? [{ code: 'request/no-content', zh: '请求没有内容', en: 'The request has no content' }]
      : [{ code: 'request/missing', field, zh: `缺少“${field}”`, en: `${field} is missing` }]
  return [
    {
      code: 'request/invalid',
      field,
      zh: `“${field}”不合要求`,
      en: `${field}: ${issue.message}`,
    },
  ]
}

function versionOf(header: string | undefined, wanted: 'needed' | 'may'): Result<number | undefined> {
  if (header === undefined)
    return wanted === 'may'
      ? ok(undefined)
      : fail('request/no-version', {
          field: 'If-Match',
          zh: '请用 If-Match 说明修改依据的版本（读取时的 ETag）',
          en: 'Say in If-Match which version the change is based on (the ETag it was read with)',
        })
  if (header.trim() === '*') return ok(undefined)
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  return version === undefined
    ? fail('request/if-match', { field: 'If-Match', zh: 'If-Match 有误', en: 'If-Match is not a version' })
    : ok(Number(version))
}

const statusWhenGood = (route: Route) => route.status ?? (route.answer || route.page ? 200 : 204)

/** Turns a result into the answer. */
async function answer(call: Call, route: Route, result: Result<unknown>) {
  const { reply, request } = call
  if (!result.ok) return refuse(call, route, request, reply, result.problems)
  const { value } = result
  const special = specialOf(value)
  if (special)
    switch (kindOf(special)) {
      case 'sent':
        return reply
      case 'redirect':
        return reply.redirect('to' in special ? special.to : '/', request.method === 'GET' ? 302 : 303)
      case 'file':
        return 'content' in special ? sendFile(reply, special) : reply
    }
  if (isHtml(value)) return reply.type('text/html; charset=utf-8').send(value.html)
  const status = statusWhenGood(route)
  if (reply.statusCode === 200) reply.code(status)
  return status === 204 ? reply.send() : reply.type('application/json; charset=utf-8').send(value)
}

/** Refuses a request: as a problem document, or as a page to people. */
export function refuse(
  { ledger }: Pick<Context, 'ledger'>,
  route: Route | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  problems: readonly Problem[],
) {
  const { caller } = request
  const isPage = route ? route.page === true : !request.url.startsWith('/api/')
  const language = languageOf(request, caller?.language, isPage)
  const params = (request.params ?? {}) as Record<string, unknown>
  const conditional = request.headers['if-match'] !== undefined
  const status = statusOf(problems[0]!, { method: request.method, params, conditional })
  const { retryAfter } = problems[0]!
  if (status === 503) reply.header('retry-after', RETRY_AFTER)
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter)
  if (isPage) {
    if (status === 401 && request.method === 'GET')
      return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 302)
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(errorPage({ ledger, caller, language, url: request.url }, status, problems, request.id).html)
  }
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="yilu"')
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(problemDocument(problems, status, language, request.id))
}

/** What an error thrown on the way is told as. A bug is logged and told without its inside. */
export function refuseError(
  context: Pick<Context, 'ledger'>,
  route: Route | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
) {
  const known = expected(error)
  if (known) return refuse(context, route, request, reply, [known])
  request.log.error(inside(error), 'unexpected error')
  return refuse(context, route, request, reply, [
    {
      code: 'internal/error',
      zh: `系统出错，请把编号 ${request.id} 告诉管理员`,
      en: `Something broke; tell the administrator the number ${request.id}`,
    },
  ])
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever is calling, once known. */
    caller: Caller | undefined
  }
}
