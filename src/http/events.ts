import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** A stream of server-sent events. Source: HTML Living Standard, 9.2 */
export interface EventStream {
  send(event: { id?: string; event: string; data: unknown }): void
  close(): void
  readonly closed: boolean
}

const HEARTBEAT_MS = 15_000
/** A reader this far behind is let go; it comes back with the last id it saw. In bytes. */
const FARTHEST_BEHIND = 1024 * 1024
const RECONNECT_MS = 2_000

/** Streams that are open; a server that ends must not wait for their readers to leave. */
export interface Streams {
  readonly open: Set<EventStream>
  closeAll(): void
}

export function openStreams(): Streams {
  const open = new Set<EventStream>()
  return {
    open,
    closeAll: () => {
      for (const stream of open) stream.close()
    },
  }
}

/** Answers with a stream of events. `onBeat` runs with every heartbeat, `onClose` once when it ends. */
export function eventStream(
  { reply, streams }: { reply: FastifyReply; streams: Streams },
  { onClose, onBeat, position }: { onClose: () => void; onBeat?: () => void; position?: () => string },
): EventStream {
  const body = new PassThrough()
  const write = (text: string) => {
    if (body.writableEnded || body.destroyed) return
    if (body.writableLength > FARTHEST_BEHIND) body.destroy()
    else body.write(text)
  }
  const beat = setInterval(() => {
    // An id without data tells the reader where to resume, and nothing else.
    write(position ? `id: ${position()}\n\n` : ': beat\n\n')
    onBeat?.()
  }, HEARTBEAT_MS).unref()
  body.once('close', () => {
    clearInterval(beat)
    streams.open.delete(stream)
    onClose()
  })
  reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
  void reply.send(body)
  write(`retry: ${RECONNECT_MS}\n\n`)
  const stream: EventStream = {
    send: ({ id, event, data }) => {
      // JSON holds no line break, which would end the event.
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    close: () => void body.end(),
    get closed() {
      return body.writableEnded || body.destroyed
    },
  }
  streams.open.add(stream)
  return stream
}
