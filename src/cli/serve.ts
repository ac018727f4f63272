import { type AddressInfo, createServer } from 'node:net'
import { basename, relative } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { loadDemo } from '../../demo/load.ts'
import { notices } from '../http/live.ts'
import { buildServer } from '../http/server.ts'
import type { Ledger } from '../kernel/ledger.ts'
import { operator } from '../kernel/people/actor.ts'
import { listPeople } from '../kernel/people/people.ts'
import { startServices } from '../kernel/service.ts'
import type { Language } from '../kernel/words.ts'
import { errorCode, refusal } from '../store/problem.ts'
import { serveLock } from '../store/serve-lock.ts'
import { startBackground } from './background.ts'
import { loginsText } from './commands/demo.ts'
import { accepted } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { openReporting, type PlaceOptions, placeOf, settle } from './place.ts'
import { pairs } from './table.ts'
import { webFolder } from './web-folder.ts'

export interface ServeOptions extends PlaceOptions {
  readonly host: string
  readonly port: number
  readonly demo?: boolean
  /** Served over HTTPS by a proxy before it. */
  readonly secure?: boolean
  /** Addresses of proxies whose word on the caller's address is taken. */
  readonly trustProxy?: string
  /** Of the log on standard error. */
  readonly logLevel: string
}

/** Requests under way have so long to finish when the service stops, in milliseconds. */
const FINISH_WITHIN = 10_000

/**
 * Serves a ledger until it is told to stop: opens it, alone among services, loads the demonstration where asked, listens,
 * and keeps tallies and checkpoints up. Stops by finishing what is under way, sealing and closing.
 */
export async function serve(invocation: Invocation, options: ServeOptions, version: string): Promise<void> {
  const startedAt = performance.now()
  const place = placeOf(options, invocation.env)
  const stop = new AbortController()
  const signal = AbortSignal.any([invocation.signal, stop.signal])
  await refuseTakenPort(options)
  const onLost = () => {
    invocation.say({
      zh: '数据库重启后被另一个 yilu serve 接管，本服务停止',
      en: 'Another yilu serve took the database over after its restart; stopping',
    })
    stop.abort()
  }
  const live = notices()
  const ledger = await openReporting(invocation, place, {
    onTouched: live.post,
    lock: store => serveLock(store, onLost),
  })
  try {
    if (options.demo) await loadDemoOnce(ledger, invocation)
    // A line a request is not a system call a request: lines are written together, at the latest after half a second.
    const log = pino.destination({ dest: process.stderr.fd, sync: false, minLength: 4096, periodicFlush: 500 })
    const logger = pino({ level: options.logLevel }, log)
    const { secure, trustProxy } = options
    const server = await buildServer(ledger, { logger, secure, trustProxy, notices: live, web: webFolder() })
    await listen(server, options)
    const services = await startServices(
      ledger.registry.domains.flatMap(domain => domain.services),
      ledger,
      invocation.env,
      invocation.say,
    )
    const stopBackground = startBackground(ledger, (work, error) =>
      logger.error({ err: error, work }, 'background work failed; it will be tried again'),
    )
    process.stdout.write(
      `${await welcome(ledger, server, options, { version, language: invocation.language, startedAt })}\n`,
    )
    await aborted(signal)
    invocation.say({ zh: '正在停止……', en: 'Stopping…' })
    await services.close()
    await closeWithin(server, FINISH_WITHIN)
    await stopBackground()
    await settle(ledger)
    log.flushSync()
  } finally {
    await ledger.close()
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

async function loadDemoOnce(ledger: Ledger, invocation: Invocation): Promise<void> {
  const meter = invocation.meter({ zh: '装入示范数据', en: 'Loading the demonstration' })
  const loaded = await loadDemo(ledger, { onProgress: meter.update, signal: invocation.signal }).finally(meter.stop)
  if (!loaded.ok && loaded.problems.some(({ code }) => code === 'demo/loaded')) return
  accepted(loaded)
  await settle(ledger)
}

/** Told before a minute is spent on opening and loading. */
async function refuseTakenPort({ host, port }: ServeOptions): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ host, port, exclusive: true }, resolve)
    })
  } catch (error) {
    throw listenProblem(error, host, port)
  } finally {
    await new Promise(resolve => probe.close(resolve))
  }
}

async function listen(server: FastifyInstance, { host, port }: ServeOptions): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw listenProblem(error, host, port)
  }
}

function listenProblem(error: unknown, host: string, port: number): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return refusal('store/port-in-use', {
        zh: `端口 ${port} 已被占用，请用 --port 换一个`,
        en: `Port ${port} is taken; choose another with --port`,
        port,
      })
    case 'EACCES':
      return refusal('store/port-refused', {
        zh: `没有权限使用端口 ${port}，请用 --port 换一个 1024 以上的`,
        en: `Port ${port} may not be used; choose one above 1024 with --port`,
        port,
      })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return refusal('store/no-such-host', {
        zh: `本机没有地址 ${host}，请检查 --host`,
        en: `This machine has no address ${host}; look at --host`,
        host,
      })
    default:
      return error
  }
}

/** Stops accepting and lets requests finish; what lasts longer is cut off. */
async function closeWithin(server: FastifyInstance, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => server.server.closeAllConnections(), milliseconds)
  try {
    await server.close()
  } finally {
    clearTimeout(timer)
  }
}

async function welcome(
  ledger: Ledger,
  server: FastifyInstance,
  { demo, host }: ServeOptions,
  { version, language, startedAt }: { version: string; language: Language; startedAt: number },
): Promise<string> {
  const zh = language === 'zh'
  const address = server.server.address() as AddressInfo // null or a pipe's name only when not listening on TCP
  const name = ['0.0.0.0', '::'].includes(address.address) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const database = ledger.store.kind === 'embedded' ? (zh ? '内置 PostgreSQL' : 'its own PostgreSQL') : 'PostgreSQL'
  const head = pairs([
    [zh ? '地址' : 'Address', `http://${name}:${address.port}`],
    ...(webFolder() ? ([[zh ? '应用' : 'App', `http://${name}:${address.port}/app/`]] as const) : []),
    [zh ? '数据' : 'Data', `${ledger.store.dataDir}${zh ? `（${database}）` : ` (${database})`}`],
  ])
  return [
    zh ? `一录 ${version} 已就绪，用时 ${seconds} 秒` : `Yilu ${version} is ready after ${seconds} s`,
    head,
    demo ? demoText(host, language) : await firstStepsText(ledger, language),
    zh ? '按 Ctrl-C 停止' : 'Press Ctrl-C to stop',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function demoText(host: string, language: Language): string {
  const zh = language === 'zh'
  const isLocal = /^(127\.|localhost$|::1$)/.test(host)
  const warning = zh
    ? '注意：示范账户的密码人人皆知，而服务对外可见'
    : 'Mind: everybody knows the password of the demonstration people, and this service can be reached from outside'
  return isLocal ? loginsText(language) : `${warning}\n${loginsText(language)}`
}

/** How to get in where nobody can yet. */
async function firstStepsText(ledger: Ledger, language: Language): Promise<string> {
  const people = accepted(await listPeople(ledger, operator('cli')))
  if (people.length > 0) return ''
  // The address itself may hold a password, which does not belong on a screen.
  const url = ledger.store.kind === 'server' ? ' --database-url "$DATABASE_URL"' : ''
  const place = ` --data ${quoted(ledger.store.dataDir)}${url}`
  const yilu = commandName(process.argv[1] ?? '')
  const zh = language === 'zh'
  return [
    zh
      ? '账本是空的。另开一个终端，建第一个单位和管理员：'
      : 'The ledger is empty. In another terminal, create the first org unit and its administrator:',
    `  ${yilu} org add KJ ${zh ? '科技局' : '"Science Bureau"'} --kind bureau${place}`,
    `  ${yilu} user add admin --name ${zh ? '管理员' : 'Administrator'} --role administrator --org KJ${place}`,
  ].join('\n')
}

/** How to call this program again: an installed one by its name, a checkout by its file. */
const commandName = (file: string): string =>
  basename(file) === 'yilu' ? 'yilu' : `node ${quoted(relative(process.cwd(), file))}`

const quoted = (text: string): string => (/^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
