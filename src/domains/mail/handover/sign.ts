import type pg from 'pg'
import { z } from 'zod'
import type { Ledger } from '../../../kernel/ledger.ts'
import { action, question } from '../../../kernel/operation.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import { type Actor, permit } from '../../../kernel/people/actor.ts'
import { fail, ok, type Problem, type Result } from '../../../kernel/result.ts'
import { piecesOf } from '../branch/close.ts'
import { eventRow } from '../events/rows.ts'
import { shownSubject, subjectOf, uuidOf } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { lateBy } from '../network/network.ts'
import { officesOn } from '../network/read.ts'
import { type Irregular, makeNotes } from '../notes/note.ts'
import { type Run, runNamed } from '../runs/runs.ts'
import { type Doing, doing, timeOfWork, unknownOffice, type Workplace } from '../work.ts'
import { type Device, devicesNamed, unknownDevice } from './devices.ts'
import { type HandoverList, isSigned, readList, runOf, type Signing } from './list.ts'

// Handover 交接: it is done when giver and receiver have signed the same list, whichever signature comes first and however
// late. Only then do the pieces change hands. What is missing stays with the giver, and the office that closed it is asked.

const signatureShape = z.strictObject({
  device: z.string().max(40),
  counter: z.int().min(1),
  role: z.enum(['giver', 'receiver']),
  signedAt: z.iso.datetime({ offset: true }),
  content: z.string().max(400_000),
  /** Base64. */
  signature: z.string().max(100),
})

type Signature = z.output<typeof signatureShape>

const problemShape = z.looseObject({ code: z.string(), zh: z.string(), en: z.string() })
const STATES = z.enum(['half', 'differs', 'complete'])

const outcomeShape = z.strictObject({
  kept: z.boolean(),
  repeated: z.boolean().optional(),
  handover: z.string().optional(),
  state: STATES.optional(),
  notes: z.array(z.uuid()).optional(),
  problem: problemShape.optional(),
})

type Outcome = z.output<typeof outcomeShape>

/** Takes signatures in, in any order and as often as one likes; each is judged by itself. */
export const sign = action(
  'mail.sign',
  {
    zh: '交接签名',
    en: 'Sign handovers',
    input: z.strictObject({ org: z.string(), signatures: z.array(signatureShape).min(1).max(200) }),
    answer: z.strictObject({ signatures: z.array(outcomeShape) }),
  },
  async (ledger, actor, { org, signatures }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const outcomes: Outcome[] = []
    for (const signature of signatures) outcomes.push(await takeSignature(ledger, actor, unit.value, signature))
    return ok({ signatures: outcomes })
  },
)

async function takeSignature(ledger: Ledger, actor: Actor, { root }: OrgUnit, signature: Signature): Promise<Outcome> {
  const checked = await check(ledger, actor, root, signature)
  const done = checked.ok ? await enter(ledger, actor, checked.value) : checked
  if (done.ok) return done.value
  const problem = done.problems[0]!
  await holdBack(ledger, actor, root, signature, problem)
  return { kept: false, problem }
}

interface Checked {
  readonly root: number
  readonly signature: Signature
  readonly list: HandoverList
  readonly place: Workplace
  readonly run: Run | undefined
  readonly time: string
}

/** Whether a signature may count at all. */
async function check(ledger: Ledger, actor: Actor, root: number, signature: Signature): Promise<Result<Checked>> {
  const list = readList(signature.content)
  if (!list.ok) return list
  const { office: code } = list.value
  const [time, signedAt] = [timeOfWork(ledger, list.value.time), timeOfWork(ledger, signature.signedAt)]
  if (!time.ok) return time
  if (!signedAt.ok) return signedAt
  const { pool } = ledger.store
  const [devices, offices] = await Promise.all([
    devicesNamed(pool, root, [signature.device]),
    officesOn(pool, root, dayOfInstant(time.value), [code]),
  ])
  const device = devices.get(signature.device)
  const office = offices.get(code)
  const unit = office && ledger.orgs.byId(office.org)
  if (!device) return unknownDevice(signature.device)
  if (!office || !unit) return unknownOffice(code)
  const uploader = ledger.orgs.byId(device.org)!
  const permitted = permit(actor, 'enter', uploader)
  if (!permitted.ok) return permitted
  if (device.revokedAt !== null) return revoked(device, signedAt.value)
  const key = Buffer.from(signature.signature, 'base64')
  if (!isSigned(signature, device.publicKey, key))
    return fail('mail/signature', {
      field: 'signature',
      value: signature.device,
      zh: `设备“${signature.device}”的签名与清单不符`,
      en: `The signature of ${signature.device} is not of this list`,
    })
  const named = runOf(list.value)
  const run = named === undefined ? undefined : await runNamed(pool, root, named)
  if (run && !run.ok) return run
  const party = list.value[signature.role]
  const isOwn =
    device.holder === party ||
    (device.holder === 'runs' && party.startsWith('run:') && isUnder(ledger, run?.value.org, uploader))
  if (!isOwn)
    return fail('mail/not-party', {
      field: 'role',
      value: party,
      zh: `设备“${device.id}”不能代表“${party}”签名`,
      en: `${device.id} does not sign for ${party}`,
    })
  if (run?.value.closedAt && run.value.closedAt < time.value)
    return fail('mail/closed-run', {
      field: 'content',
      value: run.value.id,
      zh: `趟车“${run.value.id}”已于${run.value.closedAt}结束`,
      en: `The run ${run.value.id} was closed at ${run.value.closedAt}`,
    })
  return ok({ root, signature, list: list.value, place: { office, unit }, run: run?.value, time: time.value })
}

/** What was received before a device was revoked stands. Afterwards only a person can vouch for what it claims to have signed before. */
const revoked = ({ id, revokedAt }: Device, signedAt: string) =>
  fail(signedAt < revokedAt! ? 'mail/revoked-since' : 'mail/revoked', {
    field: 'device',
    value: id,
    zh:
      signedAt < revokedAt!
        ? `设备“${id}”已吊销；它自称此前的签名须经人工核实`
        : `设备“${id}”已于${revokedAt}吊销，此后的签名无效`,
    en:
      signedAt < revokedAt!
        ? `${id} is revoked; somebody has to vouch for what it claims to have signed before`
        : `${id} was revoked at ${revokedAt}; what it signs since does not count`,
  })

const isUnder = (ledger: Ledger, org: number | undefined, uploader: OrgUnit) =>
  org !== undefined && (ledger.orgs.byId(org)?.path.startsWith(uploader.path) ?? false)

/** Keeps a signature that counts; completes the handover when the other side has signed the same. */
async function enter(ledger: Ledger, actor: Actor, checked: Checked): Promise<Result<Outcome>> {
  const { root, signature, list, place, time } = checked
  return doing<Outcome>(ledger, actor, place.unit, [dayOfInstant(time)], async (client, work) => {
    const repeated = await isRepeated(client, root, signature, list)
    if (!repeated.ok) return repeated
    await client.query(
      `INSERT INTO mail_handover (root, id, org, giver, receiver, office, run, time, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'half')
       ON CONFLICT DO NOTHING`,
      [root, list.handover, place.unit.id, list.giver, list.receiver, list.office, runOf(list) ?? null, time],
    )
    const { rows } = await client.query<{ state: Outcome['state'] }>(
      'SELECT state FROM mail_handover WHERE root = $1 AND id = $2 FOR UPDATE',
      [root, list.handover],
    )
    const before = rows[0]!.state
    const told = { kept: true, handover: list.handover }
    if (repeated.value) return ok({ ...told, repeated: true, state: before })
    if (before === 'complete')
      return fail('mail/complete', {
        field: 'content',
        value: list.handover,
        zh: '这次交接双方已签名完成，不能再签另一份清单',
        en: 'This handover is complete; another list cannot be signed for it',
      })
    await client.query(
      `INSERT INTO mail_signature (root, device, counter, handover, role, content, signed_at, signature, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        root,
        signature.device,
        signature.counter,
        list.handover,
        signature.role,
        signature.content,
        signature.signedAt,
        Buffer.from(signature.signature, 'base64'),
        ledger.clock().toISOString(),
      ],
    )
    const state = await stateOf(client, root, list.handover, signature.content)
    const finished = state === 'complete' ? await complete(client, ledger, actor, checked, work) : ok([])
    if (!finished.ok) return finished
    await client.query(
      'UPDATE mail_handover SET state = $3, content = $4, giver = $5, receiver = $6, office = $7, time = $8 WHERE root = $1 AND id = $2',
      [
        root,
        list.handover,
        state,
        state === 'complete' ? signature.content : null,
        list.giver,
        list.receiver,
        list.office,
        time,
      ],
    )
    return ok({ ...told, state, ...(finished.value.length > 0 && { notes: [...finished.value] }) })
  })
}

/** The same signature again is no news; another under the same number is a copy of the device, or a forgery. */
async function isRepeated(
  client: pg.PoolClient,
  root: number,
  { device, counter, content, signature }: Signature,
  { handover }: HandoverList,
): Promise<Result<boolean>> {
  const { rows } = await client.query<{ content: string; signature: Buffer }>(
    'SELECT content, signature FROM mail_signature WHERE root = $1 AND device = $2 AND counter = $3',
    [root, device, counter],
  )
  const known = rows[0]
  if (!known) return ok(false)
  if (known.content === content && known.signature.equals(Buffer.from(signature, 'base64'))) return ok(true)
  return fail('mail/replayed', {
    field: 'counter',
    value: `${device} ${counter}`,
    handover,
    zh: `设备“${device}”的第${counter}个签名已用于另一份清单：设备可能被复制或由备份恢复，请重新登记`,
    en: `Signature ${counter} of ${device} is of another list: the device was copied or restored from a backup; register it anew`,
  })
}

async function stateOf(client: pg.PoolClient, root: number, handover: string, content: string) {
  const { rows } = await client.query<{ role: string; content: string }>(
    'SELECT role, content FROM mail_signature WHERE root = $1 AND handover = $2',
    [root, handover],
  )
  const signed = (role: string) => rows.some(row => row.role === role && row.content === content)
  if (signed('giver') && signed('receiver')) return 'complete'
  return rows.some(({ role }) => role === 'giver') && rows.some(({ role }) => role === 'receiver') ? 'differs' : 'half'
}

async function complete(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  { root, list, place, run, time }: Checked,
  { keep }: Doing,
): Promise<Result<readonly string[]>> {
  const day = dayOfInstant(time)
  const named = (written: string) => {
    const found = subjectOf(written, day)
    if (!found.ok) throw new Error(`a checked list holds ${written}`)
    return found.value
  }
  const subjects = [...list.pieces, ...list.missing, ...list.surplus].map(named)
  const pieces = await piecesOf(
    client,
    root,
    subjects.map(({ subject }) => subject),
  )
  const late = run ? (lateBy(run.stops, list.office, time) ?? null) : null
  const rows = list.pieces.map(named).map(of => {
    const piece = pieces.get(of.subject)
    return eventRow({
      of,
      org: place.unit.id,
      code: 'HND',
      time,
      office: list.office,
      run: run?.id ?? null,
      giver: list.giver,
      receiver: list.receiver,
      handover: list.handover,
      late,
      wave: run?.wave || null,
      product: piece?.product ?? of.product ?? null,
      origin: piece?.origin ?? of.origin ?? null,
      destination: piece?.destination ?? of.destination ?? null,
      weight: piece?.weight ?? null,
    })
  })
  await keep(rows, 'mail-handover')
  const origins = await officesOn(client, root, day, [
    ...new Set(subjects.flatMap(({ subject }) => pieces.get(subject)?.origin ?? [])),
  ])
  const irregular = (kind: 'missing' | 'surplus', written: string): Irregular => {
    const { subject } = named(written)
    const piece = pieces.get(subject)
    const org = (piece?.origin && origins.get(piece.origin)?.org) || place.unit.id
    return { kind, subject: shownSubject(subject), to: { org }, custodian: piece?.custodian ?? list.giver }
  }
  return makeNotes(
    client,
    ledger,
    actor,
    { finder: place.unit, foundAt: place.office.name, time, handover: list.handover },
    [...list.missing.map(one => irregular('missing', one)), ...list.surplus.map(one => irregular('surplus', one))],
  )
}

/** A signature that was refused is kept beside, so that nobody can say it never came. */
async function holdBack(ledger: Ledger, actor: Actor, root: number, signature: Signature, problem: Problem) {
  const payload = JSON.stringify(signature)
  await ledger.store.pool.query(
    `INSERT INTO mail_quarantine (root, id, org, payload, reason, problem, received_at, received_by)
     SELECT $1, $2, coalesce((SELECT org FROM mail_device WHERE root = $1 AND id = $3), $1), $4, $5, $6, $7, $8 ON CONFLICT DO NOTHING`,
    [
      root,
      uuidOf(`${problem.code}|${payload}`),
      signature.device,
      payload,
      problem.code,
      JSON.stringify(problem),
      ledger.clock().toISOString(),
      actor.person,
    ],
  )
}

/** A handover as it is kept, with what proves it: both signatures, verified again now. */
export const askHandover = question(
  'mail.handover',
  {
    zh: '交接记录',
    en: 'A handover',
    input: z.strictObject({ org: z.string(), handover: z.uuid() }),
    answer: z.strictObject({
      handover: z.uuid(),
      giver: z.string(),
      receiver: z.string(),
      office: z.string(),
      time: z.string(),
      state: STATES,
      content: z.string().nullable(),
      signatures: z.array(
        z.strictObject({
          device: z.string(),
          counter: z.int(),
          role: z.string(),
          signedAt: z.string(),
          content: z.string(),
          signature: z.string(),
          publicKey: z.string(),
          valid: z.boolean(),
        }),
      ),
    }),
  },
  async (ledger, _actor, { org, handover }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { pool } = ledger.store
    const { rows } = await pool.query<{
      org: number
      giver: string
      receiver: string
      office: string
      time: string
      state: 'half' | 'differs' | 'complete'
      content: string | null
    }>('SELECT org, giver, receiver, office, time, state, content FROM mail_handover WHERE root = $1 AND id = $2', [
      unit.value.root,
      handover,
    ])
    const found = rows[0]
    if (!found || !ledger.orgs.byId(found.org)?.path.startsWith(unit.value.path))
      return fail('mail/unknown-handover', {
        field: 'handover',
        value: handover,
        zh: '没有这次交接',
        en: 'There is no such handover',
      })
    const { rows: signatures } = await pool.query<Signing & { signature: Buffer; publicKey: Buffer }>(
      `SELECT s.device, s.counter, s.role, s.signed_at AS "signedAt",
         s.content, s.signature, d.public_key AS "publicKey"
       FROM mail_signature s JOIN mail_device d ON d.root = s.root AND d.id = s.device
       WHERE s.root = $1 AND s.handover = $2 ORDER BY s.received_at, s.counter`,
      [unit.value.root, handover],
    )
    const { org: _, ...told } = found
    return ok({
      handover,
      ...told,
      signatures: signatures.map(({ signature, publicKey, ...signing }) => ({
        ...signing,
        signature: signature.toString('base64'),
        publicKey: publicKey.toString('base64'),
        valid: isSigned(signing, publicKey, signature),
      })),
    })
  },
)
