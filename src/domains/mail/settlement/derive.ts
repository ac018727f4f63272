import type pg from 'pg'
import type { EventSource } from '../../../kernel/figures/event-source.ts'
import { type Posted, post } from '../../../kernel/figures/events.ts'
import type { Ledger } from '../../../kernel/ledger.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { type EventRow, uuidOf } from '../events/scan.ts'
import type { PlannedStop } from '../network/network.ts'
import { tariffsOn } from '../network/read.ts'
import { type Charge, chargesOf, legsOf, type Rules, type Transit, transitOf } from './owed.ts'
import { charges, transits } from './source.ts'

// Keeps what follows from histories in step with them: what is new is added, what holds no longer is reversed. Called
// with the pieces locked.

interface Looked {
  readonly kind: 'item' | 'bag'
}

/** Brings transit times and charges up to the histories of some pieces, each told whole. */
export async function derive(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  pieces: ReadonlyMap<string, Looked>,
  histories: ReadonlyMap<string, readonly EventRow[]>,
): Promise<readonly Posted[]> {
  const items = [...histories].filter(([subject]) => pieces.get(subject)?.kind === 'item')
  const bags = [...histories].filter(([subject]) => pieces.get(subject)?.kind === 'bag')
  const timed = await deriveTransits(client, ledger, actor, org, items)
  const charged = await deriveCharges(client, ledger, actor, org, bags)
  return [timed, charged].flatMap(one => one ?? [])
}

/** One event alone was never derived from before. */
const mayHaveBefore = ([, history]: readonly [string, readonly EventRow[]]) => history.length > 1

interface TransitRow extends Transit {
  readonly subject: string
}

async function deriveTransits(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  items: readonly (readonly [string, readonly EventRow[]])[],
) {
  const looked = items.filter(mayHaveBefore)
  if (looked.length === 0) return null
  const { rows } = await client.query<TransitRow>(
    `SELECT day, org, subject, product, origin, office, minutes, on_time AS "onTime" FROM mail_transit
     WHERE root = $1 AND subject = ANY($2) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(times) <> 0`,
    [org.root, looked.map(([subject]) => subject)],
  )
  const wanted = looked.flatMap(([subject, history]): TransitRow[] => {
    const transit = transitOf(history)
    return transit ? [{ subject, ...transit }] : []
  })
  const key = ({ subject, day, minutes, origin, office, product, org }: TransitRow) =>
    JSON.stringify([subject, day, minutes, origin, office, product, org])
  const steps = difference(rows, wanted, key)
  return entered(client, ledger, actor, org, transits, steps, (seq, at) => ({
    text: `INSERT INTO mail_transit (root, seq, at, id, times, subject, day, org, product, origin, office, minutes, on_time, place)
      SELECT $1, $2, $3::timestamptz, i.* FROM unnest($4::uuid[], $5::int[], $6::text[], $7::date[], $8::int[], $9::text[], $10::text[],
        $11::text[], $12::int[], $13::boolean[]) WITH ORDINALITY i RETURNING *`,
    values: [
      org.root,
      seq,
      at,
      steps.map(({ row, times }, i) => uuidOf(`${row.subject}|${seq}|${i}|${times}`)),
      steps.map(({ times }) => times),
      steps.map(({ row }) => row.subject),
      steps.map(({ row }) => row.day),
      steps.map(({ row }) => row.org),
      steps.map(({ row }) => row.product),
      steps.map(({ row }) => row.origin),
      steps.map(({ row }) => row.office),
      steps.map(({ row }) => row.minutes),
      steps.map(({ row }) => row.onTime),
    ],
  }))
}

export interface ChargeRow extends Charge {
  readonly bag: string
  readonly reason: string | null
}

async function deriveCharges(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  bags: readonly (readonly [string, readonly EventRow[]])[],
) {
  const looked = bags.filter(mayHaveBefore)
  if (looked.length === 0) return null
  const [standing, rules] = [
    await standingCharges(
      client,
      org.root,
      looked.map(([bag]) => bag),
    ),
    await rulesFor(client, org.root, looked),
  ]
  const settled = await disputed(
    client,
    org.root,
    looked.map(([bag]) => bag),
  )
  const wanted = looked
    .flatMap(([bag, history]) =>
      chargesOf(history, rules).map((charge): ChargeRow => ({ ...charge, bag, reason: null })),
    )
    // What was settled by a dispute stays as it was settled.
    .filter(({ basis }) => !settled.has(basis))
  const steps = difference(
    standing.filter(({ basis }) => !settled.has(basis)),
    wanted,
    chargeKey,
  )
  return postCharges(client, ledger, actor, org, steps)
}

export const chargeKey = ({ basis, day, rule, office, metres, amount, run, org }: ChargeRow) =>
  JSON.stringify([basis, day, rule, office, metres, amount, run, org])

/** Charges that stand, of some bags. */
export async function standingCharges(
  client: pg.PoolClient,
  root: number,
  bags: readonly string[],
): Promise<ChargeRow[]> {
  const { rows } = await client.query<ChargeRow>(
    `SELECT basis, day, month, org, rule, office, route, run, metres, amount, bag, NULL AS reason FROM mail_charge
     WHERE root = $1 AND bag = ANY($2) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 HAVING sum(times) <> 0`,
    [root, bags],
  )
  return rows
}

async function disputed(client: pg.PoolClient, root: number, bags: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ basis: string }>(
    'SELECT DISTINCT basis FROM mail_charge WHERE root = $1 AND bag = ANY($2) AND reason IS NOT NULL',
    [root, bags],
  )
  return new Set(rows.map(row => row.basis))
}

async function rulesFor(
  client: pg.PoolClient,
  root: number,
  bags: readonly (readonly [string, readonly EventRow[]])[],
): Promise<Rules> {
  const legs = bags.flatMap(([, history]) => legsOf(history))
  const days = new Set([...legs.map(({ day }) => day), ...bags.flatMap(([, history]) => history.map(({ day }) => day))])
  const tariffs = await tariffsOn(client, root, [...days])
  const { rows } = await client.query<{ id: string; route: string; stops: PlannedStop[] }>(
    'SELECT id, route, stops FROM mail_run WHERE root = $1 AND id = ANY($2)',
    [root, [...new Set(legs.map(({ run }) => run))]],
  )
  return { tariffs, runs: new Map(rows.map(row => [row.id, row])) }
}

export interface Step<T> {
  readonly row: T
  /** 1 adds it, -1 takes it back. */
  readonly times: 1 | -1
}

/** From what stands to what should: what goes is reversed, what comes is added, what stays is not touched. */
export function difference<T>(standing: readonly T[], wanted: readonly T[], key: (row: T) => string): Step<T>[] {
  const have = new Set(standing.map(key))
  const want = new Set(wanted.map(key))
  return [
    ...standing.filter(row => !want.has(key(row))).map(row => ({ row, times: -1 as const })),
    ...wanted.filter(row => !have.has(key(row))).map(row => ({ row, times: 1 as const })),
  ]
}

export const postCharges = (
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  steps: readonly Step<ChargeRow>[],
) =>
  entered(client, ledger, actor, org, charges, steps, (seq, at) => ({
    text: `INSERT INTO mail_charge (root, seq, at, id, times, basis, day, month, org, rule, office, route, run, bag, metres, amount, reason, place)
      SELECT $1, $2, $3::timestamptz, i.* FROM unnest($4::uuid[], $5::int[], $6::text[], $7::date[], $8::text[], $9::int[], $10::text[],
        $11::text[], $12::text[], $13::text[], $14::text[], $15::int[], $16::bigint[], $17::text[]) WITH ORDINALITY i RETURNING *`,
    values: [
      org.root,
      seq,
      at,
      steps.map(({ row, times }, i) => uuidOf(`${row.basis}|${seq}|${i}|${times}`)),
      steps.map(({ times }) => times),
      steps.map(({ row }) => row.basis),
      steps.map(({ row }) => row.day),
      steps.map(({ row }) => row.month),
      steps.map(({ row }) => row.org),
      steps.map(({ row }) => row.rule),
      steps.map(({ row }) => row.office),
      steps.map(({ row }) => row.route),
      steps.map(({ row }) => row.run),
      steps.map(({ row }) => row.bag),
      steps.map(({ row }) => row.metres),
      steps.map(({ row }) => row.amount),
      steps.map(({ row }) => row.reason),
    ],
  }))

function entered<T>(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  source: EventSource,
  steps: readonly Step<T>[],
  insert: (seq: number, at: string) => { text: string; values: readonly unknown[] },
): Promise<Posted | null> {
  if (steps.length === 0) return Promise.resolve(null)
  const at = ledger.clock().toISOString()
  return post(client, ledger, actor, {
    root: org.root,
    org,
    action: 'mail-derive',
    source,
    insert: seq => insert(seq, at),
  })
}
