import type pg from 'pg'
import { type Posted, post } from '../../../kernel/figures/events.ts'
import type { Ledger } from '../../../kernel/ledger.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { derive } from '../settlement/derive.ts'
import { advanced, canonical, type Flag, type Standing, type State, walk } from './custody.ts'
import { groupedBy } from './grouped.ts'
import type { EventRow } from './scan.ts'
import { scans } from './source.ts'

// Events into their table and, in the same transaction, into what follows from them: custody, transit times, charges.

export interface Kept {
  /** Null when every event was there already. */
  readonly posted: readonly Posted[]
  /** Ids of the events that were new. */
  readonly fresh: ReadonlySet<string>
}

/** Row of mail_piece. */
export interface Piece {
  readonly subject: string
  readonly kind: 'item' | 'bag'
  readonly first_day: string
  readonly last_day: string
  readonly custodian: string | null
  readonly state: State
  readonly since: string
  readonly last_time: string
  readonly last_id: string
  readonly flags: readonly Flag[]
  readonly flagged: readonly string[]
  readonly origin: string | null
  readonly destination: string | null
  readonly product: string | null
  readonly weight: number | null
  readonly items: number | null
  readonly registered: number | null
  readonly wave: number | null
  readonly posted: string | null
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Keeps events of one tree in the caller's transaction. Partitions of their days have to be there. Pieces are locked in
 * the order of their numbers, so that two batches at once do not wait for each other in a circle.
 */
export async function keep(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  rows: readonly EventRow[],
  action = 'mail-events',
): Promise<Kept> {
  const { root } = org
  const events = [...new Map(rows.map(row => [row.id, row])).values()]
  if (events.length === 0) return { posted: [], fresh: new Set() }
  const before = await lockPieces(client, root, events)
  const posted = await post(client, ledger, actor, {
    root,
    org,
    action,
    source: scans,
    insert: seq => insertOf(root, seq, ledger.clock().toISOString(), events),
  })
  if (!posted) return { posted: [], fresh: new Set() }
  const fresh = new Set(posted.ids)
  const { pieces, histories } = await follow(
    client,
    root,
    before,
    events.filter(({ id }) => fresh.has(id)),
  )
  await savePieces(client, root, pieces)
  const derived = await derive(client, ledger, actor, org, pieces, histories)
  return { posted: [posted, ...derived], fresh }
}

const COLUMNS = [
  'id',
  'day',
  'org',
  'time',
  'subject',
  'kind',
  'code',
  'office',
  'run',
  'bag',
  'giver',
  'receiver',
  'product',
  'origin',
  'destination',
  'weight',
  'amount',
  'items',
  'registered',
  'wave',
  'late',
  'handover',
  'remark',
] as const satisfies readonly (keyof EventRow)[]

const TYPES: Readonly<Partial<Record<(typeof COLUMNS)[number], string>>> = {
  id: 'uuid',
  day: 'date',
  org: 'int',
  time: 'timestamptz',
  weight: 'int',
  amount: 'bigint',
  items: 'int',
  registered: 'int',
  wave: 'int',
  late: 'int',
  handover: 'uuid',
}

const INSERT = `
  INSERT INTO mail_event (root, seq, at, ${COLUMNS.join(', ')}, place)
  SELECT $1::int, $2::bigint, $3::timestamptz, i.*
  FROM unnest(${COLUMNS.map((name, i) => `$${i + 4}::${TYPES[name] ?? 'text'}[]`).join(', ')}) WITH ORDINALITY AS i(${COLUMNS.join(', ')}, place)
  ON CONFLICT DO NOTHING RETURNING *`

const insertOf = (root: number, seq: number, at: string, events: readonly EventRow[]) => ({
  text: INSERT,
  values: [root, seq, at, ...COLUMNS.map(name => events.map(event => event[name]))],
})

async function lockPieces(client: pg.PoolClient, root: number, events: readonly EventRow[]) {
  const firsts = new Map<string, EventRow>()
  for (const event of events) {
    const first = firsts.get(event.subject)
    if (!first || event.day < first.day) firsts.set(event.subject, event)
  }
  const subjects = [...firsts.keys()].sort()
  const { rows: begun } = await client.query<Piece>({
    name: 'mail-pieces-begin',
    text: `INSERT INTO mail_piece (root, subject, kind, first_day, last_day, state, since, last_time, last_id)
      SELECT $1, i.subject, i.kind, i.day, i.day, 'unknown', i.time, i.time, '${NOBODY}'
      FROM unnest($2::text[], $3::text[], $4::date[], $5::timestamptz[]) AS i(subject, kind, day, time) ORDER BY i.subject
      ON CONFLICT DO NOTHING RETURNING *`,
    values: [
      root,
      subjects,
      subjects.map(subject => firsts.get(subject)!.kind),
      subjects.map(subject => firsts.get(subject)!.day),
      subjects.map(subject => firsts.get(subject)!.time),
    ],
  })
  const fresh = new Map(begun.map(piece => [piece.subject, piece]))
  if (fresh.size === subjects.length) return fresh
  const { rows } = await client.query<Piece>({
    name: 'mail-pieces-lock',
    text: 'SELECT * FROM mail_piece WHERE root = $1 AND subject = ANY($2) ORDER BY subject FOR UPDATE',
    values: [root, subjects.filter(subject => !fresh.has(subject))],
  })
  return new Map([...begun, ...rows].map(piece => [piece.subject, piece]))
}

/** The pieces after new events. Only where these do not simply follow are the earlier ones read again. */
async function follow(
  client: pg.PoolClient,
  root: number,
  before: ReadonlyMap<string, Piece>,
  events: readonly EventRow[],
) {
  const bySubject = groupedBy(events, event => event.subject)
  const pieces = new Map<string, Piece>()
  const histories = new Map<string, readonly EventRow[]>()
  const unclear: Piece[] = []
  for (const [subject, added] of bySubject) {
    const piece = before.get(subject)!
    if (piece.last_id === NOBODY) {
      histories.set(subject, added)
      pieces.set(subject, walked(piece, added))
      continue
    }
    const next = stepped(piece, canonical(added))
    if (next) pieces.set(subject, next)
    else unclear.push(widened(piece, added))
  }
  const all = await historiesOf(client, root, unclear)
  for (const piece of unclear) {
    const history = all.get(piece.subject) ?? []
    histories.set(piece.subject, history)
    pieces.set(piece.subject, walked(piece, history))
  }
  // Whoever ends or is carried is looked at as a whole: times and charges follow from all of its events.
  const settling = [...bySubject].filter(([subject, added]) => !histories.has(subject) && added.some(isSettling))
  const rest = await historiesOf(
    client,
    root,
    settling.map(([subject]) => pieces.get(subject)!),
  )
  for (const [subject, history] of rest) histories.set(subject, history)
  return { pieces, histories }
}

const SETTLING: ReadonlySet<string> = new Set(['EMI', 'HND', 'ADJ', 'OPN'])

const isSettling = ({ code }: EventRow) => SETTLING.has(code)

const widened = (piece: Piece, added: readonly EventRow[]): Piece => ({
  ...piece,
  first_day: added.reduce((day, one) => (one.day < day ? one.day : day), piece.first_day),
  last_day: added.reduce((day, one) => (one.day > day ? one.day : day), piece.last_day),
})

const standingOf = ({ custodian, since, state, flags, flagged, last_time, last_id }: Piece): Standing => ({
  custodian,
  since,
  state,
  flags,
  flagged,
  lastTime: last_time,
  lastId: last_id,
})

function stepped(piece: Piece, added: readonly EventRow[]): Piece | undefined {
  let standing: Standing | undefined = standingOf(piece)
  for (const event of added) {
    standing = advanced(standing, event)
    if (!standing) return undefined
  }
  return { ...widened(piece, added), ...shown(standing), last_time: standing.lastTime, last_id: standing.lastId }
}

const shown = ({ custodian, since, state, flags, flagged }: Omit<Standing, 'lastTime' | 'lastId'>) => ({
  custodian,
  state,
  flags,
  flagged,
  ...(since !== null && { since }),
})

function walked(piece: Piece, history: readonly EventRow[]): Piece {
  const { custody } = walk(history)
  const sorted = canonical(history)
  const last = sorted.at(-1)!
  const born = sorted.find(({ code }) => code === 'EMA' || code === 'CLS')
  const told = <K extends 'origin' | 'destination' | 'product' | 'weight' | 'items' | 'registered' | 'wave'>(name: K) =>
    born?.[name] ?? sorted.find(event => event[name] !== null)?.[name] ?? null
  return {
    ...widened(piece, history),
    ...shown(custody),
    last_time: last.time,
    last_id: last.id,
    origin: born?.origin ?? born?.office ?? told('origin'),
    destination: told('destination'),
    product: told('product'),
    weight: told('weight'),
    items: told('items'),
    registered: told('registered'),
    wave: told('wave'),
    posted: born?.time ?? null,
  }
}

/** All events of some pieces, by subject. */
export async function historiesOf(
  client: pg.Pool | pg.PoolClient,
  root: number,
  pieces: readonly Pick<Piece, 'subject' | 'first_day' | 'last_day'>[],
): Promise<Map<string, EventRow[]>> {
  if (pieces.length === 0) return new Map()
  const first = pieces.reduce((day, one) => (one.first_day < day ? one.first_day : day), pieces[0]!.first_day)
  const last = pieces.reduce((day, one) => (one.last_day > day ? one.last_day : day), pieces[0]!.last_day)
  const { rows } = await client.query<EventRow>({
    name: 'mail-histories',
    text: `SELECT ${COLUMNS.join(', ')} FROM mail_event
      WHERE root = $1 AND subject = ANY($2) AND day >= $3::date AND day <= $4::date`,
    values: [root, pieces.map(({ subject }) => subject), first, last],
  })
  return groupedBy(rows, row => row.subject)
}

const PIECE_COLUMNS = [
  'subject',
  'first_day',
  'last_day',
  'custodian',
  'state',
  'since',
  'last_time',
  'last_id',
  'origin',
  'destination',
  'product',
  'weight',
  'items',
  'registered',
  'wave',
  'posted',
] as const satisfies readonly (keyof Piece)[]
const PIECE_TYPES: Readonly<Partial<Record<(typeof PIECE_COLUMNS)[number], string>>> = {
  first_day: 'date',
  last_day: 'date',
  since: 'timestamptz',
  last_time: 'timestamptz',
  last_id: 'uuid',
  weight: 'int',
  items: 'int',
  registered: 'int',
  wave: 'int',
  posted: 'timestamptz',
}

const SAVE = `
  UPDATE mail_piece p SET ${PIECE_COLUMNS.slice(1)
    .map(name => `${name} = i.${name}`)
    .join(', ')},
    flags = string_to_array(i.flags, ',', ''), flagged = string_to_array(i.flagged, ',', '')::uuid[]
  FROM unnest(${PIECE_COLUMNS.map((name, i) => `$${i + 2}::${PIECE_TYPES[name] ?? 'text'}[]`).join(', ')}, $${PIECE_COLUMNS.length + 2}::text[], $${PIECE_COLUMNS.length + 3}::text[])
    AS i(${PIECE_COLUMNS.join(', ')}, flags, flagged)
  WHERE p.root = $1 AND p.subject = i.subject`

async function savePieces(client: pg.PoolClient, root: number, pieces: ReadonlyMap<string, Piece>) {
  const all = [...pieces.values()]
  await client.query({
    name: 'mail-pieces-save',
    text: SAVE,
    values: [
      root,
      ...PIECE_COLUMNS.map(name => all.map(piece => piece[name])),
      all.map(({ flags }) => flags.join(',')),
      all.map(({ flagged }) => flagged.join(',')),
    ],
  })
}
