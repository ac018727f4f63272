import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { type Logger, pino } from 'pino'
import type { Ledger } from '../kernel/ledger.ts'
import { signInAttempts } from './attempts.ts'
import { callers } from './callers.ts'
import type { Context, Settings } from './context.ts'
import { openStreams } from './events.ts'
import { feedOf } from './feed.ts'
import { admit, identify } from './gate.ts'
import { secureHeaders } from './headers.ts'
import { jobsOf } from './jobs.ts'
import { repeatedName } from './json.ts'
import { languageCookie } from './language.ts'
import type { Notices } from './live.ts'
import { metricsOf } from './metrics.ts'
import { inside } from './problem.ts'
import { parseQuery } from './query.ts'
import { pathOf, type Route } from './route.ts'
import { allRoutes } from './routes.ts'
import { refuse, refuseError, run } from './run.ts'
import { tooLarge } from './upload.ts'
import { serveWeb } from './web.ts'

export interface ServerOptions {
  /** Where requests are logged; nowhere when not given. */
  readonly logger?: Logger
  /** Served over HTTPS, if by a proxy before it. */
  readonly secure?: boolean
  /** Proxies whose word on the caller's address is taken: their addresses, or `true` for any. */
  readonly trustProxy?: boolean | string
  /** Of changes in this process, from `openLedger`; without it streams look once a second. */
  readonly notices?: Notices
  /** Largest evidence file or spreadsheet, in bytes. */
  readonly largestUpload?: number
  /** Folder of the built web application, sent under /app/; none when not given. */
  readonly web?: string
}

const MiB = 1024 * 1024
const JSON_LIMIT = 2 * MiB
/** What is still under way when the server ends has so long. */
const GRACE_MS = 3_000

/** The HTTP side of a ledger: API, pages, live updates, health and metrics. `listen` to serve it, `close` to end. */
export async function buildServer(ledger: Ledger, options: ServerOptions = {}): Promise<FastifyInstance> {
  const settings: Settings = {
    secure: options.secure ?? false,
    largestUpload: options.largestUpload ?? 256 * MiB,
  }
  const app = fastify({
    // Pino's own type would make this another kind of server than every helper takes.
    loggerInstance: (options.logger ?? pino({ enabled: false })) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: JSON_LIMIT,
    // An id from outside is not taken over: it would let a caller write into the log.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // Requests under way are finished; whoever stops the service sets how long that may take.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, querystringParser: parseQuery },
    frameworkErrors: (error, request, reply) => refuseError({ ledger }, undefined, request, reply, error),
    clientErrorHandler: refuseConnection,
  })
  const context: Context = {
    ledger,
    settings,
    attempts: signInAttempts(),
    callers: callers(),
    feed: feedOf(ledger),
    streams: openStreams(),
    jobs: jobsOf(ledger, (error, job) =>
      app.log.error({ ...inside(error), job: job.id, kind: job.kind }, 'job broke off'),
    ),
    metrics: metricsOf(ledger),
  }
  options.notices?.subscribe(context.feed.poke)
  app.decorateRequest('caller', undefined)
  secureHeaders(app, settings)
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: JSON_LIMIT, parser: text => ({ ...parseQuery(text) }) })
  await app.register(multipart, {
    throwFileSizeLimit: true,
    limits: { fileSize: settings.largestUpload, files: 1, fields: 20, fieldSize: 10_000, parts: 21, headerPairs: 50 },
  })
  // Before any route: what is installed later answers with the handlers it finds.
  app.setNotFoundHandler((request, reply) =>
    refuse(context, undefined, request, reply, [
      { code: 'request/no-such-route', zh: '没有这个地址', en: 'There is nothing at this address' },
    ]),
  )
  app.setErrorHandler((error, request, reply) =>
    refuseError(context, request.routeOptions.config.route, request, reply, error),
  )
  readJson(app)
  observe(app, context)
  rememberLanguage(app, settings)
  for (const route of allRoutes(ledger)) install(app, context, route)
  if (options.web !== undefined) await serveWeb(app, options.web)
  app.addHook('preClose', async () => {
    context.feed.close()
    context.streams.closeAll()
    // Requests under way are answered; one that never ends is not waited for.
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref()
    await context.jobs.close()
  })
  return app
}

/** Lets a route be called. Who is calling, and whether they may at all, is decided before its body is read. */
function install(app: FastifyInstance, context: Context, route: Route): void {
  app.route({
    method: route.method,
    url: pathOf(route),
    bodyLimit: route.body === 'multipart' ? context.settings.largestUpload + MiB : (route.bodyLimit ?? JSON_LIMIT),
    config: { route },
    // A stream has nothing to say in its head alone.
    exposeHeadRoute: !(Array.isArray(route.answer) && route.answer.includes('text/event-stream')),
    onRequest: async (request, reply) => {
      request.caller = await identify(context, request)
      const admitted = admit(context.ledger, route, request.caller)
      if (!admitted.ok) return refuse(context, route, request, reply, admitted.problems)
      const tooLarge = uploadTooLarge(route, context.settings, request)
      // What is still being sent is not read: the connection ends with the answer.
      if (tooLarge) return refuse(context, route, request, reply.header('connection', 'close'), [tooLarge])
    },
    handler: (request, reply) => run(context, route, request, reply),
  })
}

function uploadTooLarge(route: Route, { largestUpload }: Settings, request: FastifyRequest) {
  if (route.body !== 'multipart' || Number(request.headers['content-length'] ?? 0) <= largestUpload + MiB)
    return undefined
  return tooLarge(largestUpload).problems[0]!
}

/** JSON without what readers would take differently: names given twice, `__proto__`, `constructor`. */
function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    parse(request, text, (error, value) => {
      if (error) return done(error)
      const name = repeatedName(text)
      if (name === undefined) return done(null, value)
      done(Object.assign(new SyntaxError(`“${name.slice(0, 40)}” stands twice in one object`), { statusCode: 400 }))
    })
  })
}

/** A line in the log and a mark in the metrics for each answer. Addresses are logged without their query, which may name people. */
function observe(app: FastifyInstance, { metrics }: Context): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.answered(route, request.method, reply.statusCode, reply.elapsedTime / 1000)
    request.log.info(
      {
        method: request.method,
        path: request.url.split('?')[0],
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ip: request.ip,
        person: request.caller?.actor.person ?? null,
      },
      'answered',
    )
  })
}

/** `?lang=en` on a page holds for the pages after it. */
function rememberLanguage(app: FastifyInstance, { secure }: Settings): void {
  app.addHook('preHandler', async (request, reply) => {
    const { lang } = request.query as { lang?: unknown }
    if (request.routeOptions.config.route?.page && (lang === 'zh' || lang === 'en'))
      reply.setCookie(languageCookie, lang, { path: '/', sameSite: 'lax', httpOnly: true, secure })
  })
}

function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

declare module 'fastify' {
  interface FastifyContextConfig {
    route?: Route
  }
}
