import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

// The web application, built by Vite, under /app/. Its own scripts run, no others; styles are set by its components.

const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "media-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ')

/** Public pages may stand in the frames of other sites, the rest of the application may not. */
const framed = (path: string) => (path.startsWith('/app/public/') ? '*' : "'none'")

const YEAR = 'public, max-age=31536000, immutable'

/** Sends what lies in `folder`; any other address under /app/ is a screen of the application. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  await app.register(
    async scope => {
      scope.addHook('onSend', async (request, reply) => {
        const path = request.url.split('?')[0]!
        reply.header('content-security-policy', `${APP_POLICY}; frame-ancestors ${framed(path)}`)
        if (framed(path) === '*') reply.removeHeader('x-frame-options')
        reply.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()')
        // Built files are named by their content; the page, the worker and the manifest are asked for anew each time.
        reply.header('cache-control', path.startsWith('/app/assets/') ? YEAR : 'no-cache')
      })
      await scope.register(fastifyStatic, {
        root: folder,
        index: false,
        redirect: false,
        cacheControl: false,
        preCompressed: true,
      })
      scope.get('/', (_request, reply) => sendPage(reply))
      scope.setNotFoundHandler((request, reply) =>
        request.url.startsWith('/app/assets/') ? reply.code(404).type('text/plain').send('') : sendPage(reply),
      )
    },
    { prefix: '/app' },
  )
  function sendPage(reply: FastifyReply) {
    return reply.type('text/html; charset=utf-8').send(page)
  }
}
