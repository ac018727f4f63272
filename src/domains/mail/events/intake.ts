import type pg from 'pg'
import type { Ledger } from '../../../kernel/ledger.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import { ensurePartitions, inTransaction } from '../../../kernel/own-tables.ts'
import { type Actor, may } from '../../../kernel/people/actor.ts'
import { fail, ok, type Problem, type Result } from '../../../kernel/result.ts'
import { officesOn } from '../network/read.ts'
import { type Kept, keep } from './keep.ts'
import { type EventRow, eventOfScan, type Unplaced, uuidOf } from './scan.ts'

// Scans in batches. Each is taken in, known already, or put in quarantine with the reason; none is lost, and none keeps
// the others out.

export interface Outcome {
  readonly received: number
  readonly created: number
  readonly repeated: number
  readonly quarantined: readonly { readonly index: number; readonly problem: Problem }[]
}

interface Bad {
  readonly index: number
  readonly scan: unknown
  readonly problem: Problem
}

/** Takes scans in for the tree of a unit. Sending the same again changes nothing. */
export async function takeIn(ledger: Ledger, actor: Actor, org: OrgUnit, given: readonly unknown[]): Promise<Outcome> {
  const now = ledger.clock()
  const bad: Bad[] = []
  const good: { index: number; event: Unplaced }[] = []
  for (const [index, scan] of given.entries()) {
    const event = eventOfScan(scan, now)
    if (event.ok) good.push({ index, event: event.value })
    else bad.push({ index, scan, problem: event.problems[0]! })
  }
  const placed: { index: number; event: EventRow }[] = []
  const place = await placing(
    ledger,
    actor,
    org,
    good.map(({ event }) => event),
  )
  for (const { index, event } of good) {
    const row = place(event)
    if (row.ok) placed.push({ index, event: row.value })
    else bad.push({ index, scan: given[index], problem: row.problems[0]! })
  }
  const rows = placed.map(({ event }) => event)
  await ensurePartitions(ledger.store, 'mail_event', [...new Set(rows.map(({ day }) => day))])
  const kept = await inTransaction(ledger.store.pool, async client => {
    const done = await keep(client, ledger, actor, org, rows)
    for (const { index, problem } of await differing(client, org.root, placed, done))
      bad.push({ index, scan: given[index], problem })
    await quarantine(client, ledger, actor, org, bad)
    return done
  })
  ledger.onTouched(kept.posted.map(({ touched }) => touched))
  return {
    received: given.length,
    created: kept.fresh.size,
    repeated: given.length - kept.fresh.size - bad.length,
    quarantined: bad.map(({ index, problem }) => ({ index, problem })).toSorted((a, b) => a.index - b.index),
  }
}

/** Finds the org unit of events, and what about their place is wrong. */
async function placing(ledger: Ledger, actor: Actor, { root }: OrgUnit, events: readonly Unplaced[]) {
  const { pool } = ledger.store
  const today = events.reduce((last, { day }) => (day > last ? day : last), '0001-01-01')
  const codes = [...new Set(events.flatMap(({ office }) => office ?? []))]
  const runIds = [...new Set(events.flatMap(({ run }) => run ?? []))]
  const [offices, runs] = await Promise.all([officesOn(pool, root, today, codes), runsOf(pool, root, runIds)])
  return (event: Unplaced): Result<EventRow> => {
    const { office, run, time } = event
    const runFound = run === null ? undefined : runs.get(run)
    if (run !== null && !runFound)
      return fail('mail/unknown-run', {
        field: 'run',
        value: run,
        zh: `没有趟车“${run}”`,
        en: `There is no run ${run}`,
      })
    if (runFound?.closedAt && runFound.closedAt < time)
      return fail('mail/closed-run', {
        field: 'run',
        value: run!,
        zh: `趟车“${run}”已于${runFound.closedAt}结束`,
        en: `The run ${run} was closed at ${runFound.closedAt}`,
      })
    const officeFound = office === null ? undefined : offices.get(office)
    if (office !== null && !officeFound)
      return fail('mail/unknown-office', {
        field: 'office',
        value: office,
        zh: `没有代码为“${office}”的局所，或已停用`,
        en: `There is no office ${office}, or it is no longer in use`,
      })
    const org = officeFound?.org ?? runFound!.org
    const unit = ledger.orgs.byId(org)
    if (!unit || !may(actor, 'enter', unit.path))
      return fail('permission/denied', {
        field: 'office',
        value: office ?? run!,
        zh: `您不能为“${office ?? run}”登记作业`,
        en: `You may not work for ${office ?? run}`,
      })
    return ok({ ...event, org })
  }
}

async function runsOf(pool: pg.Pool, root: number, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { org: number; closedAt: string | null }>()
  const { rows } = await pool.query<{ id: string; org: number; closedAt: string | null }>(
    'SELECT id, org, closed_at AS "closedAt" FROM mail_run WHERE root = $1 AND id = ANY($2)',
    [root, ids],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** Events that bear the identity of one that is there but say something else: nothing is lost over it, someone has to look. */
async function differing(
  client: pg.PoolClient,
  root: number,
  placed: readonly { index: number; event: EventRow }[],
  { fresh }: Kept,
): Promise<{ index: number; problem: Problem }[]> {
  const firsts = new Map<string, number>()
  const again = placed.filter(({ index, event }) => {
    if (fresh.has(event.id) && !firsts.has(event.id)) {
      firsts.set(event.id, index)
      return false
    }
    return true
  })
  if (again.length === 0) return []
  const { rows } = await client.query<EventRow>(
    `SELECT id, bag, destination, weight, amount, product FROM mail_event WHERE root = $1 AND id = ANY($2) AND day = ANY($3)`,
    [root, again.map(({ event }) => event.id), [...new Set(again.map(({ event }) => event.day))]],
  )
  const known = new Map(rows.map(row => [row.id, row]))
  const said = ({ bag, destination, weight, amount, product }: EventRow) =>
    JSON.stringify([bag, destination, weight, amount, product])
  return again.flatMap(({ index, event }) =>
    said(event) === said(known.get(event.id)!)
      ? []
      : [
          {
            index,
            problem: {
              code: 'mail/differs',
              field: 'subject',
              value: event.subject,
              zh: `“${event.subject}”同一时间同一局所的“${event.code}”已登记，内容不同`,
              en: `${event.code} of ${event.subject} is there for that place and time, and says otherwise`,
            },
          },
        ],
  )
}

async function quarantine(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  { root, id }: OrgUnit,
  bad: readonly Bad[],
) {
  if (bad.length === 0) return
  const payloads = bad.map(({ scan }) => JSON.stringify(scan) ?? 'null')
  await client.query(
    `INSERT INTO mail_quarantine (root, id, org, payload, reason, problem, received_at, received_by)
     SELECT $1, i.id, $2, i.payload, i.reason, i.problem, $3, $4
     FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[]) AS i(id, payload, reason, problem) ON CONFLICT DO NOTHING`,
    [
      root,
      id,
      ledger.clock().toISOString(),
      actor.person,
      bad.map(({ problem }, i) => uuidOf(`${problem.code}|${payloads[i]}`)),
      payloads,
      bad.map(({ problem }) => problem.code),
      bad.map(({ problem }) => JSON.stringify(problem)),
    ],
  )
}
