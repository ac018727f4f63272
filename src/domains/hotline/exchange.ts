import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { action } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { addDays, today } from '../../kernel/period/period.ts'
import { type ListedRecord, listRecords } from '../../kernel/records/list.ts'
import { change, create } from '../../kernel/records/records.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { ring } from './calls.ts'
import { wallClock } from './clocks.ts'

// The adapter of the telephone exchange: it posts what happens on its lines, with a token of its own; docs/hotline-cti.md.

const events = {
  ringing: { from: [], to: 'ringing' },
  answered: { from: ['ringing'], to: 'talking' },
  ended: { from: ['ringing', 'talking'], to: 'ended' },
} as const

const input = z.strictObject({
  org: z.string(),
  call: z.string().trim().min(1).max(64),
  event: z.enum(['ringing', 'answered', 'ended']),
  phone: z.string().trim().min(1).max(30).optional(),
  line: z.string().trim().min(1).max(40).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
})

export const tell = action(
  'hotline.ring',
  {
    zh: '交换机来电事件',
    en: 'What the exchange tells of a call',
    input,
    answer: z.strictObject({ ring: z.uuid(), state: z.string() }),
  },
  async (ledger, actor, event) => {
    const told = await settle(ledger, actor, event)
    // The same event told twice at once: the other one was first, and now it is there to be seen.
    return !told.ok && RACING.has(told.problems[0]?.code ?? '') ? settle(ledger, actor, event) : told
  },
)

const RACING: ReadonlySet<string> = new Set(['record/stale', 'record/duplicate-key'])

async function settle(ledger: Ledger, actor: Actor, event: z.output<typeof input>) {
  const at = (event.at ? new Date(event.at) : ledger.clock()).toISOString()
  const known = await ringNumbered(ledger, actor, event.org, event.call)
  if (!known.ok) return known
  if (known.value) return moved(ledger, actor, known.value, event.event, at)
  if (event.event === 'ended') return unknownCall(event.call)
  // The exchange may be late with the ringing itself: a call that is answered has rung.
  const fields = {
    number: event.call,
    rangOn: wallClock(at).day,
    rangAt: at,
    phone: event.phone,
    line: event.line,
    ...(event.event === 'answered' ? { pickedUpAt: at } : {}),
  }
  const state = events[event.event].to
  const created = await create(ledger, actor, ring.id, { org: event.org, fields, state })
  return created.ok ? ok({ ring: created.value.id, state }) : created
}

/** A call of the last two days by the exchange's number: an exchange may begin again at one. */
async function ringNumbered(ledger: Ledger, actor: Actor, org: string, number: string) {
  const now = today(ledger.clock)
  const found = await listRecords(ledger, actor, {
    type: ring.id,
    org,
    scope: 'self',
    period: `${addDays(now, -1)}..${now}`,
    filter: { number },
  })
  return found.ok ? ok(found.value.records.find(record => record.fields.number === number)) : found
}

/** Told twice, or in another order, an event changes nothing more. */
async function moved(
  ledger: Ledger,
  actor: Actor,
  found: ListedRecord,
  event: keyof typeof events,
  at: string,
): Promise<Result<{ ring: string; state: string }>> {
  const { from, to } = events[event]
  if (!from.some(state => state === found.state)) return ok({ ring: found.id, state: found.state })
  const state = event === 'ended' && found.state === 'ringing' ? 'missed' : to
  const fields = event === 'ended' ? { endedAt: at } : { pickedUpAt: at }
  const done = await change(ledger, actor, found.id, { state, fields }, { version: found.version })
  return done.ok ? ok({ ring: found.id, state }) : done
}

const unknownCall = (call: string) =>
  fail('hotline/unknown-ring', {
    field: 'call',
    value: call,
    zh: '没有这个呼叫编号的来电',
    en: 'No call of that number has rung',
  })
