import { z } from 'zod'
import type { Ledger } from '../../../kernel/ledger.ts'
import { question } from '../../../kernel/operation.ts'
import { fail, ok } from '../../../kernel/result.ts'
import { CODES, type EventCode } from '../events/codes.ts'
import { shownSubject } from '../events/scan.ts'
import type { Office } from '../network/network.ts'
import { officesOn } from '../network/read.ts'
import { runNamed } from '../runs/runs.ts'
import { chainOf, type Link, pieceNamed, subjectsOf, unknownPiece } from './trace.ts'

const words = z.strictObject({ zh: z.string(), en: z.string() })
const custodianShape = z.strictObject({
  kind: z.enum(['office', 'run', 'bag', 'ended', 'lost', 'unknown']),
  code: z.string(),
  name: z.string(),
})

const pieceShape = z.strictObject({
  number: z.string(),
  kind: z.enum(['item', 'bag']),
  state: z.string(),
  custodian: custodianShape,
  since: z.string(),
  flags: z.array(z.string()),
  origin: z.string().nullable(),
  destination: z.string().nullable(),
  product: z.string().nullable(),
  weight: z.int().nullable(),
  items: z.int().nullable(),
})

const linkShape = z.strictObject({
  code: z.string(),
  title: words,
  time: z.string(),
  office: z.string().nullable(),
  officeName: z.string().nullable(),
  run: z.string().nullable(),
  bag: z.string().nullable(),
  /** The bag that it happened to, with this inside. */
  inherited: z.string().nullable(),
  giver: custodianShape.nullable(),
  receiver: custodianShape.nullable(),
  custodian: custodianShape,
  /** Moved nothing, because it came from whoever did not have it. */
  fits: z.boolean(),
  handover: z.string().nullable(),
  remark: z.string().nullable(),
  /** For figures and proofs: the event's own id. */
  event: z.uuid(),
})

type Names = ReadonlyMap<string, Office>

/** A custodian in parts: `office:10000101` by its name. */
function custodianOf(custodian: string | null, names: Names): z.output<typeof custodianShape> {
  const [kind = '', code = ''] = (custodian ?? 'unknown').split(':')
  const known = custodianShape.shape.kind.safeParse(kind)
  const shown = kind === 'bag' ? shownSubject(code) : code
  return {
    kind: known.success ? known.data : 'unknown',
    code: shown,
    name: kind === 'office' ? (names.get(code)?.name ?? code) : shown,
  }
}

const linkOf = ({ event, custodian, inherited, fits }: Link, names: Names): z.output<typeof linkShape> => ({
  code: event.code,
  title: { zh: CODES[event.code].zh, en: CODES[event.code].en },
  time: event.time,
  office: event.office,
  officeName: event.office && (names.get(event.office)?.name ?? event.office),
  run: event.run,
  bag: event.bag && shownSubject(event.bag),
  inherited: inherited && shownSubject(inherited),
  giver: event.giver === null ? null : custodianOf(event.giver, names),
  receiver: event.receiver === null ? null : custodianOf(event.receiver, names),
  custodian: custodianOf(custodian, names),
  fits,
  handover: event.handover,
  remark: event.remark,
  event: event.id,
})

const today = (ledger: Ledger) => ledger.clock().toISOString().slice(0, 10)
const year = (ledger: Ledger) => ledger.clock().getUTCFullYear()

/** Everything that is known of an item or a bag, for those who work in the network. */
export const askTrace = question(
  'mail.trace',
  {
    zh: '查询邮件或总包',
    en: 'Trace an item or a bag',
    input: z.strictObject({ org: z.string(), number: z.string().max(64) }),
    answer: z.strictObject({ piece: pieceShape, chain: z.array(linkShape) }),
  },
  async (ledger, _actor, { org, number }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const subjects = subjectsOf(number, year(ledger))
    if (!subjects.ok) return subjects
    const { pool } = ledger.store
    const [piece, names] = await Promise.all([
      pieceNamed(pool, [root], subjects.value),
      officesOn(pool, root, today(ledger)),
    ])
    if (!piece) return unknownPiece(number)
    const chain = await chainOf(pool, root, piece)
    const { kind, state, since, flags, origin, destination, product, weight, items } = piece
    return ok({
      piece: {
        number: shownSubject(piece.subject),
        kind,
        state,
        custodian: custodianOf(piece.custodian, names),
        since,
        flags: [...flags],
        origin,
        destination,
        product,
        weight,
        items,
      },
      chain: chain.map(one => linkOf(one, names)),
    })
  },
)

/** Where many are, in a line each. */
export const askTraceList = question(
  'mail.trace-list',
  {
    zh: '批量查询',
    en: 'Trace a list',
    input: z.strictObject({ org: z.string(), numbers: z.string().max(8_000) }),
    answer: z.strictObject({
      pieces: z.array(
        z.strictObject({
          number: z.string(),
          found: z.boolean(),
          state: z.string().optional(),
          custodian: custodianShape.optional(),
          since: z.string().optional(),
          problem: z.looseObject({ code: z.string(), zh: z.string(), en: z.string() }).optional(),
        }),
      ),
    }),
  },
  async (ledger, _actor, { org, numbers }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const { pool } = ledger.store
    const asked = numbers.split(/[\s,，、;；]+/).filter(Boolean)
    if (asked.length > 200)
      return fail('mail/too-many', {
        field: 'numbers',
        zh: '一次最多查询200个号码',
        en: 'At most 200 numbers at a time',
      })
    const read = asked.map(number => ({ number, subjects: subjectsOf(number, year(ledger)) }))
    const all = read.flatMap(({ subjects }) => (subjects.ok ? subjects.value : []))
    const [{ rows }, names] = await Promise.all([
      pool.query<{ subject: string; state: string; custodian: string | null; since: string }>(
        'SELECT subject, state, custodian, since FROM mail_piece WHERE root = $1 AND subject = ANY($2)',
        [root, all],
      ),
      officesOn(pool, root, today(ledger)),
    ])
    const known = new Map(rows.map(row => [row.subject, row]))
    return ok({
      pieces: read.map(({ number, subjects }) => {
        if (!subjects.ok) return { number, found: false, problem: { ...subjects.problems[0]! } }
        const piece = subjects.value.map(subject => known.get(subject)).find(Boolean)
        if (!piece) return { number, found: false }
        const { state, custodian, since } = piece
        return { number, found: true, state, custodian: custodianOf(custodian, names), since }
      }),
    })
  },
)

/** What a run carries now, and what it was given and gave. */
export const askRun = question(
  'mail.run',
  {
    zh: '趟车装载',
    en: 'What a run carries',
    input: z.strictObject({ org: z.string(), run: z.string().max(40) }),
    answer: z.strictObject({
      run: z.string(),
      capacity: z.int(),
      closedAt: z.string().nullable(),
      stops: z.array(z.strictObject({ office: z.string(), name: z.string(), arrives: z.string(), leaves: z.string() })),
      aboard: z.array(
        z.strictObject({
          number: z.string(),
          kind: z.string(),
          destination: z.string().nullable(),
          weight: z.int().nullable(),
        }),
      ),
      handovers: z.array(
        z.strictObject({
          handover: z.string(),
          office: z.string(),
          time: z.string(),
          state: z.string(),
          giver: z.string(),
          receiver: z.string(),
        }),
      ),
    }),
  },
  async (ledger, _actor, { org, run: id }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const { pool } = ledger.store
    const run = await runNamed(pool, root, id)
    if (!run.ok) return run
    const [aboard, handovers, names] = await Promise.all([
      pool.query<{ subject: string; kind: string; destination: string | null; weight: number | null }>(
        'SELECT subject, kind, destination, weight FROM mail_piece WHERE root = $1 AND custodian = $2 ORDER BY destination, subject LIMIT 5000',
        [root, `run:${id}`],
      ),
      pool.query<{ handover: string; office: string; time: string; state: string; giver: string; receiver: string }>(
        'SELECT id AS handover, office, time, state, giver, receiver FROM mail_handover WHERE root = $1 AND run = $2 ORDER BY time',
        [root, id],
      ),
      officesOn(pool, root, run.value.day),
    ])
    return ok({
      run: id,
      capacity: run.value.capacity,
      closedAt: run.value.closedAt,
      stops: run.value.stops.map(({ office, arrives, leaves }) => ({
        office,
        name: names.get(office)?.name ?? office,
        arrives,
        leaves,
      })),
      aboard: aboard.rows.map(({ subject, ...more }) => ({ number: shownSubject(subject), ...more })),
      handovers: handovers.rows,
    })
  },
)

/** What a sender or addressee may know: items only, where and when, and nothing of persons, weights or bags. */
export const askPublicTrace = question(
  'mail.public-trace',
  {
    zh: '公众查询邮件',
    en: 'Where an item is, for everybody',
    may: 'anyone',
    input: z.strictObject({ number: z.string().max(30) }),
    answer: z.strictObject({
      number: z.string(),
      state: words,
      events: z.array(z.strictObject({ time: z.string(), place: z.string(), what: words })),
    }),
  },
  async (ledger, _actor, { number }) => {
    const subjects = subjectsOf(number, year(ledger))
    if (!subjects.ok) return subjects
    const { pool } = ledger.store
    const roots = [...new Set(ledger.orgs.all().map(({ root }) => root))]
    const piece = await pieceNamed(pool, roots, subjects.value)
    if (piece?.kind !== 'item') return unknownPiece(number)
    const [chain, names] = await Promise.all([
      chainOf(pool, piece.root, piece),
      officesOn(pool, piece.root, today(ledger)),
    ])
    const place = (code: string | null) => (code === null ? '' : (names.get(code)?.name ?? ''))
    return ok({
      number: piece.subject,
      state: STATE_WORDS[piece.state] ?? STATE_WORDS.held!,
      events: chain
        .filter(({ fits }) => fits)
        .flatMap(({ event }) =>
          publicEvents(event.code, event).map(one => ({ time: event.time, place: place(one.office), what: one.what })),
        ),
    })
  },
)

const STATE_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  held: { zh: '寄递中', en: 'On its way' },
  delivered: { zh: '已妥投', en: 'Delivered' },
  returned: { zh: '已退回', en: 'Returned' },
}

/** A handover of the bag is to the public a departure or an arrival. */
function publicEvents(
  code: EventCode,
  { office, giver, receiver }: { office: string | null; giver: string | null; receiver: string | null },
) {
  if (CODES[code].isPublic) return [{ office, what: { zh: CODES[code].zh, en: CODES[code].en } }]
  if (code !== 'HND') return []
  const leaves = giver?.startsWith('office:') ? [{ office: giver.slice(7), what: { zh: '离开', en: 'Departed' } }] : []
  const arrives = receiver?.startsWith('office:')
    ? [{ office: receiver.slice(7), what: { zh: '到达', en: 'Arrived' } }]
    : []
  return [...leaves, ...arrives]
}
