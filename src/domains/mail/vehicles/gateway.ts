import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { type Fault, type Header, MOST_FRAME, terminalNumber, writeFrames } from './frame.ts'
import { type Message, type Position, REGISTRATION, RESULT, type Registration, writeMessage } from './message.ts'
import { type Seen, terminalStream } from './stream.ts'

export interface Reported {
  /** The terminal's number, without leading zeros. */
  readonly terminal: string
  readonly position: Position
  /** Sent later than it was, from a place without network. */
  readonly late: boolean
  readonly receivedAt: Date
}

/** Bytes that were no message, kept for whoever looks into it. */
export interface Kept {
  readonly fault: Fault
  readonly bytes: Buffer
  readonly terminal?: string
  readonly remote: string
  readonly at: Date
}

/** What the gateway asks of the rest of the program. */
export interface Surroundings {
  /** Decides on a registration: a result of `REGISTRATION`, and the code when it is ok. */
  readonly admit: (registration: Registration, terminal: string) => Promise<{ result: number; code?: string }>
  readonly authenticate: (terminal: string, code: string) => Promise<boolean>
  /** Keeps positions. They are acknowledged once it resolves, and refused, to be sent again, when it rejects. */
  readonly sink: (batch: readonly Reported[]) => Promise<void>
  readonly quarantine: (kept: Kept) => void
  /** Told what went wrong on our side, for the log; the terminal is answered `failed`. */
  readonly trouble: (error: unknown) => void
  readonly now: () => Date
}

export interface Limits {
  readonly connections: number
  /** Bytes between two marks. */
  readonly frame: number
  /** Positions handed over at once, and after how many ms at the latest. */
  readonly batch: number
  readonly delay: number
  /** Positions not yet kept, above which nothing more is read from any terminal. */
  readonly waiting: number
  /** Milliseconds. */
  readonly authenticateWithin: number
  readonly silence: number
  /** Refused messages before a connection that is not authenticated is closed. */
  readonly refusals: number
}

export const LIMITS: Limits = {
  ...{ connections: 20_000, frame: MOST_FRAME, batch: 1000, delay: 50, waiting: 20_000 },
  ...{ authenticateWithin: 30_000, silence: 300_000, refusals: 10 },
}

export interface Counts {
  readonly connections: number
  readonly authenticated: number
  readonly frames: number
  readonly positions: number
  readonly broken: number
  /** Connections given up after ten broken frames in a row. */
  readonly hopeless: number
  readonly waiting: number
}

export interface Gateway {
  /** The port that it listens on: the asked one, or a free one for 0. */
  readonly listen: (port: number, host?: string) => Promise<number>
  readonly counts: () => Counts
  /** Keeps what was received, then closes every connection. */
  readonly close: () => Promise<void>
}

interface Connection {
  readonly socket: Socket
  readonly remote: string
  /** As the terminal writes it, once it is authenticated. */
  phone?: string
  terminal?: string
  serial: number
  refusals: number
}

/** A TCP server for vehicle terminals: authentication, acknowledgement, positions in batches to a sink. */
export function gateway(around: Surroundings, given: Partial<Limits> = {}): Gateway {
  const limits = { ...LIMITS, ...given }
  const open = new Set<Connection>()
  const byTerminal = new Map<string, Connection>()
  const counted = { frames: 0, positions: 0, broken: 0, hopeless: 0 }
  const queue = batches(around, limits, reply)

  async function serve(socket: Socket): Promise<void> {
    const connection: Connection = {
      socket,
      remote: `${socket.remoteAddress}:${socket.remotePort}`,
      serial: 0,
      refusals: 0,
    }
    open.add(connection)
    const strangers = setTimeout(() => {
      if (!connection.phone) socket.destroy()
    }, limits.authenticateWithin)
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    socket.setTimeout(limits.silence, () => socket.destroy())
    const stream = terminalStream(limits.frame)
    try {
      for await (const chunk of socket) {
        for (const seen of stream.push(chunk)) {
          const asked = take(connection, seen)
          if (asked) await asked
        }
        if (stream.isHopeless()) {
          counted.hopeless++
          break
        }
        if (socket.writableNeedDrain) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
        const room = queue.room()
        if (room) await room
      }
    } catch (error) {
      // A broken connection has a code; what came over it is in the queue.
      if (!(error instanceof Error && 'code' in error)) around.trouble(error)
    } finally {
      clearTimeout(strangers)
      open.delete(connection)
      if (connection.terminal && byTerminal.get(connection.terminal) === connection)
        byTerminal.delete(connection.terminal)
      socket.destroy()
    }
  }

  function take(connection: Connection, seen: Seen): Promise<void> | undefined {
    if (seen.kind === 'broken') {
      keep(connection, seen.fault, seen.bytes, seen.header?.phone)
      if (seen.header) reply(connection, seen.header, seen.fault === 'encrypted' ? RESULT.unsupported : RESULT.wrong)
      return undefined
    }
    counted.frames++
    if (seen.kind === 'packet') {
      reply(connection, seen.header, RESULT.ok)
      return undefined
    }
    return answer(connection, seen.header, seen.message)
  }

  function answer(connection: Connection, header: Header, message: Message): Promise<void> | undefined {
    if (message.kind === 'registration') return register(connection, header, message)
    if (message.kind === 'authentication') return authenticate(connection, header, message.code)
    if (connection.phone !== header.phone) {
      reply(connection, header, RESULT.failed)
      refuse(connection)
      return undefined
    }
    switch (message.kind) {
      case 'position':
        report(connection, header, [message.position], false)
        return undefined
      case 'batch':
        for (const { fault, bytes } of message.broken) keep(connection, fault, bytes, header.phone)
        report(connection, header, message.positions, message.late)
        return undefined
      case 'reply':
        return undefined
      case 'heartbeat':
        reply(connection, header, RESULT.ok)
        return undefined
      default:
        reply(connection, header, RESULT.unsupported)
    }
  }

  async function register(connection: Connection, header: Header, registration: Registration): Promise<void> {
    const { result, code = '' } = await around.admit(registration, terminalNumber(header.phone)).catch(error => {
      around.trouble(error)
      return { result: REGISTRATION.noTerminal, code: undefined }
    })
    send(connection, header, { kind: 'registered', serial: header.serial, result, code })
    if (result !== 0) refuse(connection)
  }

  async function authenticate(connection: Connection, header: Header, code: string): Promise<void> {
    const terminal = terminalNumber(header.phone)
    const known = await around.authenticate(terminal, code).catch(error => {
      around.trouble(error)
      return false
    })
    reply(connection, header, known ? RESULT.ok : RESULT.failed)
    if (!known) return refuse(connection)
    // A terminal that lost its network comes again before the old connection is seen to be dead.
    const before = byTerminal.get(terminal)
    if (before && before !== connection) before.socket.destroy()
    if (connection.terminal && connection.terminal !== terminal) byTerminal.delete(connection.terminal)
    connection.phone = header.phone
    connection.terminal = terminal
    byTerminal.set(terminal, connection)
  }

  function report(connection: Connection, header: Header, positions: readonly Position[], late: boolean): void {
    counted.positions += positions.length
    const receivedAt = around.now()
    const terminal = terminalNumber(header.phone)
    const reported = positions.map(position => ({ terminal, position, late, receivedAt }))
    queue.add({ connection, header, reported })
  }

  function refuse(connection: Connection): void {
    connection.refusals++
    if (connection.refusals >= limits.refusals) connection.socket.destroySoon()
  }

  function keep(connection: Connection, fault: Fault, bytes: Buffer, phone: string | undefined): void {
    counted.broken++
    const terminal = phone === undefined ? connection.terminal : terminalNumber(phone)
    around.quarantine({ fault, bytes, terminal, remote: connection.remote, at: around.now() })
  }

  const server = createServer({ keepAlive: true }, socket => void serve(socket))
  server.maxConnections = limits.connections
  return {
    listen: (port, host = '0.0.0.0') => listening(server, port, host),
    counts: () => ({ ...counted, connections: open.size, authenticated: byTerminal.size, waiting: queue.waiting() }),
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      await queue.flush()
      for (const { socket } of open) socket.destroySoon()
      await closed
      await queue.flush()
    },
  }
}

async function listening(server: Server, port: number, host: string): Promise<number> {
  server.listen({ port, host, backlog: 4096 })
  await once(server, 'listening')
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : port
}

const reply = (connection: Connection, { id, serial, ...header }: Header, result: number): void =>
  send(connection, { ...header, id, serial }, { kind: 'reply', serial, id, result })

function send(connection: Connection, to: Header, message: Parameters<typeof writeMessage>[0]): void {
  if (!connection.socket.writable) return
  const { id, body } = writeMessage(message, to.version)
  const header: Omit<Header, 'divided'> = {
    id,
    version: to.version,
    phone: to.phone,
    serial: connection.serial,
    encryption: 0,
  }
  connection.serial = (connection.serial + 1) & 0xffff
  for (const frame of writeFrames(header, body)) connection.socket.write(frame)
}

interface Entry {
  readonly connection: Connection
  readonly header: Header
  readonly reported: readonly Reported[]
}

/** Positions on their way to the sink: in order, one batch at a time, each frame answered once its batch is kept. */
function batches(
  { sink, trouble }: Surroundings,
  limits: Limits,
  answer: (connection: Connection, header: Header, result: number) => void,
) {
  let entries: Entry[] = []
  let waiting = 0
  let timer: NodeJS.Timeout | undefined
  let flushing: Promise<void> | undefined
  let blocked: (() => void)[] = []

  async function empty(): Promise<void> {
    while (entries.length > 0) {
      let count = 0
      let size = 0
      while (count < entries.length && size < limits.batch) size += entries[count++]!.reported.length
      const taken = entries.slice(0, count)
      entries = entries.slice(count)
      const result = await sink(taken.flatMap(entry => entry.reported)).then(
        () => RESULT.ok,
        error => {
          trouble(error)
          return RESULT.failed
        },
      )
      for (const { socket } of new Set(taken.map(entry => entry.connection))) {
        socket.cork()
        process.nextTick(() => socket.uncork())
      }
      for (const { connection, header } of taken) answer(connection, header, result)
      waiting -= size
      if (waiting <= limits.waiting / 2) {
        for (const go of blocked) go()
        blocked = []
      }
    }
    // In the same step as the look at the queue, so that what is added next begins a new round.
    flushing = undefined
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (entries.length > 0) flushing ??= empty()
    return flushing ?? Promise.resolve()
  }

  return {
    add(entry: Entry) {
      entries.push(entry)
      waiting += entry.reported.length
      if (waiting >= limits.batch) void flush()
      else timer ??= setTimeout(flush, limits.delay)
    },
    /** Resolves when there is room for more. */
    room: (): Promise<void> | undefined =>
      waiting < limits.waiting ? undefined : new Promise<void>(resolve => blocked.push(resolve)),
    waiting: () => waiting,
    flush,
  }
}
