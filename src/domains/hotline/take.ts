import { z } from 'zod'
import { allOrNone } from '../../kernel/all-or-none.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import { action } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { today } from '../../kernel/period/period.ts'
import type { Committed } from '../../kernel/records/commit.ts'
import { reveal } from '../../kernel/records/personal.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { change, create } from '../../kernel/records/records.ts'
import type { Fields } from '../../kernel/records/type.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { call } from './calls.ts'
import { minutesBetween, wallClock } from './clocks.ts'
import { numberOf } from './desk.ts'
import { dispatch } from './field.ts'

// What the desk does, each in one step and one transaction: takes a call, answers or sends someone, reports a visit.

const outcomes = { keep: 'open', answer: 'answered', dispatch: 'dispatched', escalate: 'escalated' } as const

const step = {
  org: z.string(),
  envoy: z.uuid().optional(),
  visitBy: z.string().optional(),
}
const done = z.strictObject({
  call: z.uuid(),
  dispatch: z.uuid().nullable(),
  /** Who was sent, in full: whoever sends someone has to ring them up. */
  envoy: z.string().nullable(),
})

export const take = action(
  'hotline.take',
  {
    zh: '登记来电并办理',
    en: 'Take a call',
    input: z.strictObject({
      ...step,
      ring: z.uuid().optional(),
      outcome: z.enum(['keep', 'answer', 'dispatch', 'escalate']),
      fields: z.record(z.string(), z.unknown()),
    }),
    answer: done,
  },
  async (ledger, actor, { org, ring: id, outcome, fields, ...sending }) => {
    const now = ledger.clock()
    const rung = id === undefined ? ok<Rung>({ said: {} }) : await toldBy(ledger, actor, id)
    if (!rung.ok) return rung
    const said: Fields = { receivedAt: now.toISOString(), ...rung.value.said, ...fields }
    const receivedAt = String(said.receivedAt)
    const missing = unsaid(outcome, said, sending.envoy)
    if (!missing.ok) return missing
    const all = { receivedOn: wallClock(receivedAt).day, ...timed(outcome, receivedAt, now), ...said }
    return settled(ledger, actor, org, { ...sending, outcome }, async client => {
      const entered = { org, fields: all, state: outcomes[outcome] }
      const created = await create(ledger, actor, call.id, entered, { client })
      if (!created.ok) return created
      const { missed } = rung.value
      const back = missed ? await change(ledger, actor, missed, CALLED_BACK, { client }) : created
      return back.ok ? ok({ committed: created.value, fields: all }) : back
    })
  },
)

export const respond = action(
  'hotline.respond',
  {
    zh: '办理来电',
    en: 'Answer a call, or send someone',
    input: z.strictObject({
      ...step,
      call: z.uuid(),
      version: z.int().optional(),
      outcome: z.enum(['answer', 'dispatch', 'escalate']),
      answer: z.string().optional(),
      knowledge: z.uuid().optional(),
      escalatedTo: z.string().optional(),
      followUpBy: z.string().optional(),
    }),
    answer: done,
  },
  async (ledger, actor, { org, call: id, version, outcome, envoy, visitBy, ...said }) => {
    const found = await readRecord(ledger, actor, id)
    if (!found.ok) return found
    if (found.value.type !== call.id) return fail('record/unknown', { zh: '没有这条来电', en: 'There is no such call' })
    const before = found.value.fields
    const missing = unsaid(outcome, { ...before, ...said }, envoy)
    if (!missing.ok) return missing
    const clock =
      typeof before.receivedAt === 'string' && before.responseMinutes === undefined
        ? timed(outcome, before.receivedAt, ledger.clock())
        : {}
    return settled(ledger, actor, org, { outcome, envoy, visitBy }, async client => {
      const patch = { state: outcomes[outcome], fields: { ...clock, ...said } }
      const changed = await change(ledger, actor, id, patch, { client, version })
      return changed.ok ? ok({ committed: changed.value, fields: before }) : changed
    })
  },
)

export const visited = action(
  'hotline.visited',
  {
    zh: '到场服务回单',
    en: 'Report a visit',
    input: z.strictObject({
      org: z.string(),
      dispatch: z.uuid(),
      version: z.int().optional(),
      fields: z.record(z.string(), z.unknown()),
    }),
    answer: z.strictObject({ dispatch: z.uuid(), call: z.uuid().nullable() }),
  },
  async (ledger, actor, { org, dispatch: id, version, fields }) => {
    const found = await readRecord(ledger, actor, id)
    if (!found.ok) return found
    const asked =
      typeof found.value.fields.call === 'string' ? await readRecord(ledger, actor, found.value.fields.call) : null
    const answered = asked?.ok && asked.value.state === 'dispatched' && fields.advice ? asked.value : null
    return told(ledger, org, async client => {
      const visit = { state: 'visited', fields: { visitedOn: today(ledger.clock), ...fields } }
      const gone = await change(ledger, actor, id, visit, { client, version })
      if (!gone.ok) return gone
      const patch = { state: 'answered', fields: { answer: fields.advice } }
      const back = answered ? await change(ledger, actor, answered.id, patch, { client }) : null
      if (back && !back.ok) return back
      return ok({
        value: { dispatch: id, call: answered?.id ?? null },
        written: [[dispatch.id, gone.value] as const, ...(back ? [[call.id, back.value] as const] : [])],
      })
    })
  },
)

interface Rung {
  readonly said: Fields
  /** A call that nobody picked up, and that is returned by this one. */
  readonly missed?: string
}

const CALLED_BACK = { state: 'called-back' }

/** What the exchange knows of a call already: number and time, which nobody types again. */
async function toldBy(ledger: Ledger, actor: Actor, id: string): Promise<Result<Rung>> {
  const phone = await numberOf(ledger, actor, id)
  if (!phone.ok) return phone
  const record = await readRecord(ledger, actor, id)
  if (!record.ok) return record
  const { state, fields } = record.value
  return ok({
    said: { ring: id, receivedAt: fields.rangAt, ...(phone.value === undefined ? {} : { phone: phone.value }) },
    ...(state === 'missed' ? { missed: id } : {}),
  })
}

/** The promise is an answer or someone on the way; passing a call on does not stop its clock. */
const timed = (outcome: keyof typeof outcomes, receivedAt: string, now: Date): Fields =>
  outcome === 'answer' || outcome === 'dispatch' ? { responseMinutes: minutesBetween(receivedAt, now) } : {}

function unsaid(outcome: keyof typeof outcomes, fields: Fields, envoy: string | undefined): Result<true> {
  const isSaid = (value: unknown) => typeof value === 'string' && value.trim() !== ''
  if (outcome === 'answer' && !isSaid(fields.answer))
    return fail('hotline/no-answer', { field: 'answer', zh: '请填写答复内容', en: 'Say what was answered' })
  if (outcome === 'dispatch' && envoy === undefined)
    return fail('hotline/no-envoy', { field: 'envoy', zh: '请选择派出的特派员', en: 'Choose whom to send' })
  if (outcome === 'escalate' && !isSaid(fields.escalatedTo))
    return fail('hotline/no-unit', {
      field: 'escalatedTo',
      zh: '请填写上报(转办)单位',
      en: 'Say to whom it is passed on',
    })
  return ok(true)
}

type Client = NonNullable<Parameters<typeof create>[4]>['client']
interface Sending {
  readonly outcome: keyof typeof outcomes
  readonly envoy?: string
  readonly visitBy?: string
}

/** Saves a call, and with it the dispatch when somebody is sent. */
async function settled(
  ledger: Ledger,
  actor: Actor,
  org: string,
  { outcome, envoy, visitBy }: Sending,
  save: (client: Client) => Promise<Result<{ committed: Committed; fields: Fields }>>,
) {
  const saved = await told<{ call: string; dispatch: string | null }>(ledger, org, async client => {
    const one = await save(client)
    if (!one.ok) return one
    const { committed, fields } = one.value
    if (outcome !== 'dispatch')
      return ok({ value: { call: committed.id, dispatch: null }, written: [[call.id, committed] as const] })
    const { village, topic, crop } = fields
    const sent = { sentOn: today(ledger.clock), call: committed.id, village, topic, crop, envoy, visitBy, sent: 1 }
    const created = await create(ledger, actor, dispatch.id, { org, fields: sent }, { client })
    if (!created.ok) return created
    return ok({
      value: { call: committed.id, dispatch: created.value.id },
      written: [[call.id, committed] as const, [dispatch.id, created.value] as const],
    })
  })
  if (!saved.ok) return saved
  return ok({ ...saved.value, envoy: envoy === undefined ? null : await nameOf(ledger, actor, envoy) })
}

/** The journal keeps that the name was looked at, and what for; who may not see it in full sees it masked elsewhere. */
async function nameOf(ledger: Ledger, actor: Actor, envoy: string): Promise<string | null> {
  const seen = await reveal(ledger, actor, envoy, '热线派员')
  return seen.ok ? (Object.values(seen.value)[0] ?? null) : null
}

interface Told<T> {
  readonly value: T
  readonly written: readonly (readonly [type: string, committed: Committed])[]
}

/** All or none in one transaction, and the screens that watch are told once it stands. */
async function told<T>(
  ledger: Ledger,
  orgCode: string,
  work: (client: Client) => Promise<Result<Told<T>>>,
): Promise<Result<T>> {
  const org = ledger.orgs.find(orgCode)
  if (!org.ok) return org
  const done = await allOrNone(ledger.store.pool, work)
  if (!done.ok) return done
  ledger.onTouched(
    done.value.written.map(([type, { seq }]) => ({ root: org.value.root, org: org.value.id, type, seq })),
  )
  return ok(done.value.value)
}
