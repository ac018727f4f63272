/// <reference lib="webworker" />
// The service worker: keeps the application itself, and what the API last said of its declarations, for when there is no
// connection. It imports nothing, so that browsers that know no modules in workers take it. Records are not kept: what a
// person may see is not left behind, but for what they enter themselves (queue.ts).

// A worker's globals are no window's, though the compiler takes them for one here.
const worker = globalThis as unknown as ServiceWorkerGlobalScope

/** Files of the application, and a name for just these; put in place when it is built (shell-files.ts). */
declare const __SHELL_FILES__: readonly string[]
declare const __SHELL_VERSION__: string

const SHELL = `yilu-shell-${__SHELL_VERSION__}`
const ANSWERS = 'yilu-answers'
const PAGE = '/app/'
const API = '/api/v1/'
const DECLARED = new Set(['session', 'types', 'domains', 'orgs', 'indicators', 'templates'].map(name => API + name))

worker.addEventListener('install', event => {
  event.waitUntil(
    caches.open(SHELL).then(async cache => {
      await cache.addAll(__SHELL_FILES__.map(path => new Request(path, { cache: 'no-cache' })))
      // The first there is need not wait for another to leave; a newer one does, until its pages are closed.
      if (!worker.registration.active) await worker.skipWaiting()
    }),
  )
})

worker.addEventListener('activate', event => {
  event.waitUntil(
    caches.keys().then(async names => {
      const old = names.filter(name => name.startsWith('yilu-shell-') && name !== SHELL)
      await Promise.all(old.map(name => caches.delete(name)))
      await worker.clients.claim()
    }),
  )
})

worker.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== worker.location.origin) return
  // Who signs in or out leaves nothing to the next.
  if (pathname === `${API}session` && request.method !== 'GET') event.waitUntil(caches.delete(ANSWERS))
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') {
    if (pathname === '/app' || pathname.startsWith(PAGE)) event.respondWith(page(request))
  } else if (DECLARED.has(pathname)) event.respondWith(declared(request))
  else if (pathname.startsWith(PAGE)) event.respondWith(part(request))
})

/** Any page of the application is the same one; the newest where it can be had. */
const page = (request: Request): Promise<Response> => fetch(request).catch(() => kept(SHELL, PAGE))

/** Files under assets are named by their content: what is kept is right. */
async function part(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}

/** What the API says now; without a connection, what it said last. */
async function declared(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request)
    const cache = await caches.open(ANSWERS)
    if (answer.ok) await cache.put(request, answer.clone())
    else if (answer.status === 401) await caches.delete(ANSWERS)
    return answer
  } catch {
    return kept(ANSWERS, request)
  }
}

async function kept(name: string, request: RequestInfo): Promise<Response> {
  const cache = await caches.open(name)
  return (await cache.match(request, { ignoreVary: true })) ?? Response.error()
}
