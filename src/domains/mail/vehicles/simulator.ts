import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Header, writeFrames } from './frame.ts'
import { type Message, type Position, RESULT, type Registration, writeMessage } from './message.ts'
import { terminalStream } from './stream.ts'

/** A terminal in a vehicle, simulated: it speaks to the real gateway over the real network. */
export interface Terminal {
  readonly phone: string
  /** The result of the registration and, if it is 0, the code. */
  readonly register: (registration: Omit<Registration, 'kind'>) => Promise<{ result: number; code: string }>
  readonly authenticate: (code: string) => Promise<number>
  readonly heartbeat: () => Promise<number>
  /** Sends a position; the result once the gateway has acknowledged it. */
  readonly report: (position: Position) => Promise<number>
  /** Sends positions that were kept while there was no network. */
  readonly reportLate: (positions: readonly Position[]) => Promise<number>
  /** Sends bytes as they are, broken ones too. */
  readonly raw: (bytes: Uint8Array) => void
  readonly isOpen: () => boolean
  readonly closed: Promise<void>
  readonly close: () => void
}

export interface Where {
  readonly host: string
  readonly port: number
}

/** Connects a terminal. What is not answered before the connection ends is answered `failed`. */
export async function terminal(
  { host, port }: Where,
  phone: string,
  version: Header['version'] = 2013,
): Promise<Terminal> {
  const socket = connect({ host, port, noDelay: true })
  socket.on('error', () => socket.destroy())
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  await Promise.race([once(socket, 'connect'), closed])
  const full = phone.padStart(version === 2013 ? 12 : 20, '0')
  const asked = new Map<number, (message: Message) => void>()
  let serial = 0
  listen(socket, asked)
  void closed.then(() => {
    for (const [lost, answer] of asked) answer({ kind: 'reply', serial: lost, id: 0, result: RESULT.failed })
  })

  function ask(message: Parameters<typeof writeMessage>[0]): Promise<Message> {
    const { id, body } = writeMessage(message, version)
    const frames = writeFrames({ id, version, phone: full, serial, encryption: 0 }, body)
    const last = (serial + frames.length - 1) & 0xffff
    serial = (last + 1) & 0xffff
    if (!socket.writable) return Promise.resolve({ kind: 'reply', serial: last, id, result: RESULT.failed })
    const answered = new Promise<Message>(resolve => asked.set(last, resolve))
    for (const frame of frames) socket.write(frame)
    return answered
  }
  const result = async (message: Parameters<typeof writeMessage>[0]): Promise<number> => {
    const answer = await ask(message)
    return answer.kind === 'reply' ? answer.result : RESULT.failed
  }
  return {
    phone: full,
    async register(registration) {
      const answer = await ask({ kind: 'registration', ...registration })
      return answer.kind === 'registered' ? answer : { result: RESULT.failed, code: '' }
    },
    authenticate: code => result({ kind: 'authentication', code }),
    heartbeat: () => result({ kind: 'heartbeat' }),
    report: position => result({ kind: 'position', position }),
    reportLate: positions => result({ kind: 'batch', late: true, positions, broken: [] }),
    raw: bytes => void socket.write(bytes),
    isOpen: () => socket.readyState === 'open',
    closed,
    close: () => socket.destroy(),
  }
}

function listen(socket: Socket, asked: Map<number, (message: Message) => void>): void {
  const stream = terminalStream()
  socket.on('data', chunk => {
    for (const seen of stream.push(chunk)) {
      if (seen.kind !== 'message') continue
      const { message } = seen
      if (message.kind !== 'reply' && message.kind !== 'registered') continue
      asked.get(message.serial)?.(message)
      asked.delete(message.serial)
    }
  })
}

export interface Fleet {
  readonly where: Where
  readonly terminals: number
  /** Of each terminal. */
  readonly positions: number
  /** Milliseconds between two positions of a terminal; 0 sends the next as soon as one is acknowledged. */
  readonly every: number
  /** Terminals that connect at the same time. */
  readonly together: number
  readonly phone: (index: number) => string
  readonly position: (index: number, nth: number) => Position
}

export interface FleetCounts {
  readonly connected: number
  readonly acknowledged: number
  readonly failed: number
}

/** Thousands of terminals: all connect, register and authenticate; when all are there (and `whenConnected` is through), all report. */
export async function fleet(fleet: Fleet, whenConnected: (connected: number) => unknown): Promise<FleetCounts> {
  const terminals: Terminal[] = []
  for (let from = 0; from < fleet.terminals; from += fleet.together) {
    const some = Array.from({ length: Math.min(fleet.together, fleet.terminals - from) }, (_, index) =>
      start(fleet, from + index),
    )
    terminals.push(...(await Promise.all(some)).filter(each => each !== undefined))
  }
  await whenConnected(terminals.length)
  let acknowledged = 0
  let failed = 0
  await Promise.all(
    terminals.map(async (each, index) => {
      for (let nth = 0; nth < fleet.positions; nth++) {
        if ((await each.report(fleet.position(index, nth))) === RESULT.ok) acknowledged++
        else failed++
        if (fleet.every > 0) await new Promise(resolve => setTimeout(resolve, fleet.every))
      }
    }),
  )
  for (const each of terminals) each.close()
  return { connected: terminals.length, acknowledged, failed }
}

async function start({ where, phone }: Fleet, index: number): Promise<Terminal | undefined> {
  const made = await terminal(where, phone(index), index % 2 === 0 ? 2013 : 2019)
  const registration = {
    province: 44,
    city: 100,
    maker: 'SIM',
    model: 'S1',
    terminal: String(index % 10_000_000),
    colour: 1,
  }
  const { result, code } = await made.register({ ...registration, plate: `粤A${index}` })
  if (result === 0 && (await made.authenticate(code)) === RESULT.ok) return made
  made.close()
  return undefined
}
