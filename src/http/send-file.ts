import type { FastifyReply } from 'fastify'
import type { FileAnswer } from './route.ts'

/** Kinds that a browser may show: they cannot carry a script. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'])

/** Sends a file so that no browser takes it for a page of this site. */
export function sendFile(reply: FastifyReply, { content, mediaType, name, size, inline }: FileAnswer) {
  const shown = inline === true && SHOWN.has(mediaType.split(';')[0]!)
  reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  reply.header('content-disposition', disposition(shown ? 'inline' : 'attachment', name))
  if (size !== undefined) reply.header('content-length', size)
  return reply.type(mediaType).send(content)
}

/** Source: RFC 6266, 4.3 and RFC 8187, 3.2.1 */
function disposition(kind: 'inline' | 'attachment', name: string | undefined): string {
  if (name === undefined) return kind
  const clean = [...name.replace(/[\u0000-\u001f\u007f/\\]/g, '_')].slice(-150).join('')
  const ascii = clean.replace(/[^\x20-\x7e]|["%]/g, '_')
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
