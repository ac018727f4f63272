import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { authenticationCode, isAuthenticationCode } from '../src/domains/mail/vehicles/authentication.ts'
import { writeFrame } from '../src/domains/mail/vehicles/frame.ts'
import { gateway } from '../src/domains/mail/vehicles/gateway.ts'
import { type Position, writeMessage } from '../src/domains/mail/vehicles/message.ts'
import { type Fleet, type FleetCounts, fleet } from '../src/domains/mail/vehicles/simulator.ts'
import { terminalStream } from '../src/domains/mail/vehicles/stream.ts'

// Frames of vehicle terminals (JT/T 808): first the plainest possible work on the same bytes (look at each, xor), then
// the decoder on one core, then the gateway with terminals connected by another process, whose positions are acknowledged
// one by one. Asked: 20,000 frames a second on one core. TERMINALS and POSITIONS (of each) may be given.

const FRAMES = 400_000
const CHUNK = 64 * 1024
const TERMINALS = Number(process.env.TERMINALS ?? 10_000)
const POSITIONS = Number(process.env.POSITIONS ?? 20)

const position = (index: number, nth: number): Position => ({
  ...{ alarm: 0, status: 3, altitude: 10, speed: 400, course: 90, recorderSpeed: 398, mileage: index + nth },
  ...{ latitude: 23_000_000 + ((index * 37) % 500_000), longitude: 113_000_000 + nth },
  at: new Date(Date.UTC(2024, 10, 23) + nth * 10_000),
})

/** Milliseconds of CPU so far: what one core does does not depend on who else is busy. */
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const say = (line: string) => process.stdout.write(`${line}\n`)
const rate = (count: number, milliseconds: number) => Math.round((count / milliseconds) * 1000)
const shown = (count: number) => count.toLocaleString('en')

function decode(): void {
  const frames = Array.from({ length: FRAMES }, (_, index) => {
    const { id, body } = writeMessage({ kind: 'position', position: position(index, index % 100) }, 2013)
    return writeFrame({ id, version: 2013, phone: '013800138000', serial: index & 0xffff, encryption: 0 }, body)
  })
  const bytes = Buffer.concat(frames)
  const begun = cpu()
  let xor = 0
  for (let at = 0; at < bytes.length; at++) xor ^= bytes[at]!
  const plain = cpu() - begun
  const stream = terminalStream()
  let positions = 0
  const started = cpu()
  for (let at = 0; at < bytes.length; at += CHUNK) {
    for (const seen of stream.push(bytes.subarray(at, at + CHUNK))) if (seen.kind === 'message') positions++
  }
  const took = cpu() - started
  if (positions !== FRAMES) throw new Error(`${positions} of ${FRAMES} frames were read`)
  say(`bare look at each byte  ${shown(rate(FRAMES, plain))} frames/s (${xor})`)
  say(`decoder, one core       ${shown(rate(FRAMES, took))} frames/s, ${(took / plain).toFixed(1)} times the bare look`)
}

async function connected(): Promise<void> {
  const secret = Buffer.from('bench')
  let kept = 0
  const made = gateway({
    admit: async (_, terminal) => ({ result: 0, code: authenticationCode(secret, terminal) }),
    authenticate: async (terminal, code) => isAuthenticationCode(secret, terminal, code),
    async sink(batch) {
      kept += batch.length
    },
    quarantine: () => {},
    trouble: error => say(String(error)),
    now: () => new Date(),
  })
  const port = await made.listen(0, '127.0.0.1')
  const begun = performance.now()
  const child = fork(fileURLToPath(import.meta.url), ['fleet', String(port)], { execArgv: ['--import', 'tsx'] })
  const there = await message<{ connected: number }>(child)
  const connecting = performance.now() - begun
  say(
    `terminals connected     ${shown(there.connected)} in ${(connecting / 1000).toFixed(1)} s; the gateway counts ${shown(made.counts().authenticated)}`,
  )
  const before = { at: performance.now(), cpu: process.cpuUsage() }
  child.send('go')
  const counts = await message<FleetCounts>(child)
  const took = performance.now() - before.at
  const { user, system } = process.cpuUsage(before.cpu)
  await made.close()
  say(`positions acknowledged  ${shown(counts.acknowledged)} (${shown(kept)} kept), ${shown(counts.failed)} not`)
  say(`gateway, end to end     ${shown(rate(counts.acknowledged, took))} frames/s beside the fleet's own work`)
  say(`gateway, of its CPU     ${shown(rate(counts.acknowledged, (user + system) / 1000))} frames a second of one core`)
  say(`memory of the gateway   ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MB`)
}

const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', value => resolve(value as T))
    child.once('exit', code => reject(new Error(`the fleet ended with ${code}`)))
  })

/** The other process: connects, says so, waits for the word, reports. */
async function runFleet(port: number): Promise<void> {
  const ride: Fleet = {
    ...{ where: { host: '127.0.0.1', port }, terminals: TERMINALS, positions: POSITIONS, every: 0, together: 500 },
    ...{ phone: index => String(13_000_000_000 + index), position },
  }
  const word = new Promise(resolve => process.once('message', resolve))
  const counts = await fleet(ride, async there => {
    process.send!({ connected: there })
    await word
  })
  process.send!(counts, () => process.exit(0))
}

if (process.argv[2] === 'fleet') await runFleet(Number(process.argv[3]))
else {
  decode()
  await connected()
}
