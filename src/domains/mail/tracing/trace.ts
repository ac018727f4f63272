import type pg from 'pg'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { parseBag } from '../codes/bag.ts'
import { parseItem } from '../codes/item.ts'
import { type CustodyEvent, canonical, type Step, walk } from '../events/custody.ts'
import { historiesOf, type Piece } from '../events/keep.ts'
import type { EventRow } from '../events/scan.ts'

// Tracing 查询: what happened to an item or bag, with what it inherits from the bags it travelled in. The projection tells
// the days its events lie on, so that a look into one partition, or a few, is enough.

export interface Traced {
  readonly piece: Piece
  readonly chain: readonly Link[]
}

export interface Link {
  readonly event: EventRow
  /** Who had it then. */
  readonly custodian: string | null
  /** The bag it happened to, with the piece inside. */
  readonly inherited: string | null
  readonly fits: boolean
}

/** The subjects that a number as written may mean, the newest first for a bag code that comes again each year. */
export function subjectsOf(written: string, year: number): Result<readonly string[]> {
  const text = written.replace(/\s/g, '')
  if (/^[0-9]{20,}$/.test(text)) {
    const bag = parseBag(text)
    if (!bag.ok) return bag
    return ok(
      [year + 1, year, year - 1, year - 2].map(one => `${bag.value.code}-${String(one % 100).padStart(2, '0')}`),
    )
  }
  if (text.length > 20) return ok([text])
  const item = parseItem(text)
  return item.ok ? ok([item.value.code]) : item
}

/** What is known under one of some subjects, in some trees; the first that there is. */
export async function pieceNamed(
  client: pg.Pool,
  roots: readonly number[],
  subjects: readonly string[],
): Promise<(Piece & { readonly root: number }) | undefined> {
  const { rows } = await client.query<Piece & { root: number }>({
    name: 'mail-trace-piece',
    text: `SELECT p.* FROM unnest($2::text[]) WITH ORDINALITY AS s(subject, ord)
      JOIN mail_piece p ON p.root = ANY($1) AND p.subject = s.subject AND p.last_id <> '00000000-0000-0000-0000-000000000000'
      ORDER BY s.ord LIMIT 1`,
    values: [roots, subjects],
  })
  return rows[0]
}

/** The whole chain of a piece. */
export async function chainOf(client: pg.Pool, root: number, piece: Piece): Promise<readonly Link[]> {
  const own = (await historiesOf(client, root, [piece])).get(piece.subject) ?? []
  const { steps } = walk(own)
  const stays = staysOf(steps)
  if (stays.length === 0) return steps.map(step => link(step, null))
  const { rows: bags } = await client.query<Piece>({
    name: 'mail-trace-bags',
    text: 'SELECT * FROM mail_piece WHERE root = $1 AND subject = ANY($2)',
    values: [root, stays.map(({ bag }) => bag)],
  })
  const histories = await historiesOf(client, root, bags)
  const inherited = stays.flatMap(({ bag, since, until }) =>
    walk(histories.get(bag) ?? [])
      .steps.filter(
        ({ event }) => event.code !== 'CLS' && event.code !== 'OPN' && since <= event.time && event.time < until,
      )
      .map(step => link(step, bag)),
  )
  return merged(
    steps.map(step => link(step, null)),
    inherited,
  )
}

const link = ({ event, custodian, fits }: Step<EventRow>, inherited: string | null): Link => ({
  event,
  custodian,
  inherited,
  fits,
})

interface Stay {
  readonly bag: string
  readonly since: string
  readonly until: string
}

const FOR_EVER = '9999'

/** When the piece was in which bag: from being put in until being taken out, or until now. */
export function staysOf(steps: readonly Step<CustodyEvent>[]): Stay[] {
  const stays: Stay[] = []
  let open: { bag: string; since: string } | undefined
  for (const { event, custodian, fits } of steps) {
    if (!fits) continue
    if (open && custodian !== `bag:${open.bag}`) {
      stays.push({ ...open, until: event.time })
      open = undefined
    }
    if (!open && custodian?.startsWith('bag:')) open = { bag: custodian.slice('bag:'.length), since: event.time }
  }
  return open ? [...stays, { ...open, until: FOR_EVER }] : stays
}

/** In the order of time; what the piece itself went through keeps the order in which it took effect. */
function merged(own: readonly Link[], inherited: readonly Link[]): Link[] {
  const rest = canonical(inherited.map(({ event }) => event)).map(event => inherited.find(one => one.event === event)!)
  const all: Link[] = []
  for (const one of own) {
    while (rest[0] && rest[0].event.time < one.event.time) all.push(rest.shift()!)
    all.push(one)
  }
  return [...all, ...rest]
}

export const unknownPiece = (number: string) =>
  fail('mail/unknown-piece', {
    field: 'number',
    value: number,
    zh: `没有“${number}”的信息`,
    en: `Nothing is known of ${number}`,
  })
