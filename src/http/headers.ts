import type { FastifyInstance } from 'fastify'
import type { Settings } from './context.ts'

// No page needs a script, so none may run, whatever finds its way into one.
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const YEAR_SECONDS = 31_536_000

/** Headers that every answer carries. Source: OWASP Secure Headers Project */
export function secureHeaders(app: FastifyInstance, { secure }: Settings): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      // What a person may see is not left behind in caches.
      'cache-control': 'no-store',
      ...(secure ? { 'strict-transport-security': `max-age=${YEAR_SECONDS}` } : {}),
    })
  })
}
