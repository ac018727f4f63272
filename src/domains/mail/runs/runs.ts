import type pg from 'pg'
import { appendTo } from '../../../kernel/journal/entry.ts'
import type { Ledger } from '../../../kernel/ledger.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type PlannedStop, plannedStops, type Route } from '../network/network.ts'
import { routesOn } from '../network/read.ts'

// Vehicle runs 趟车: what the timetable plans for a day, and what dispatchers add, hold and close.

export interface Run {
  readonly id: string
  readonly org: number
  readonly route: string
  readonly day: string
  readonly wave: number
  readonly departs: string
  readonly capacity: number
  readonly stops: readonly PlannedStop[]
  readonly vehicle: string | null
  readonly extra: boolean
  readonly heldUntil: string | null
  readonly closedAt: string | null
}

export const RUN_COLUMNS = `id, org, route, day, wave, departs, capacity, stops, vehicle, extra, held_until AS "heldUntil", closed_at AS "closedAt"`

export const runId = (route: string, day: string, wave: number | string) =>
  `${route}-${day.replaceAll('-', '')}-${wave}`

/** Departure of a wave on a day, 'HH:MM' in Shanghai. */
const departure = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`).toISOString()

/** Makes the runs that the timetable has for a day; those that are there stay as they are. */
export async function planRuns(client: pg.Pool | pg.PoolClient, root: number, day: string): Promise<number> {
  const routes = [...(await routesOn(client, root, day)).values()]
  const runs = routes.flatMap(route =>
    route.waves.map(({ wave, departs }) => {
      const at = departure(day, departs)
      return { id: runId(route.code, day, wave), route, wave, departs: at, stops: plannedStops(route.stops, at) }
    }),
  )
  if (runs.length === 0) return 0
  const { rowCount } = await client.query(
    `INSERT INTO mail_run (root, id, org, route, day, wave, departs, capacity, stops)
     SELECT $1, i.id, i.org, i.route, $2::date, i.wave, i.departs, i.capacity, i.stops
     FROM unnest($3::text[], $4::int[], $5::text[], $6::int[], $7::timestamptz[], $8::int[], $9::jsonb[])
       AS i(id, org, route, wave, departs, capacity, stops) ON CONFLICT DO NOTHING`,
    [
      root,
      day,
      runs.map(({ id }) => id),
      runs.map(({ route }) => route.org),
      runs.map(({ route }) => route.code),
      runs.map(({ wave }) => wave),
      runs.map(({ departs }) => departs),
      runs.map(({ route }) => route.capacity),
      runs.map(({ stops }) => JSON.stringify(stops)),
    ],
  )
  return rowCount ?? 0
}

export async function runNamed(client: pg.Pool | pg.PoolClient, root: number, id: string): Promise<Result<Run>> {
  const { rows } = await client.query<Run>(`SELECT ${RUN_COLUMNS} FROM mail_run WHERE root = $1 AND id = $2`, [
    root,
    id,
  ])
  return rows[0]
    ? ok(rows[0])
    : fail('mail/unknown-run', { field: 'run', value: id, zh: `没有趟车“${id}”`, en: `There is no run ${id}` })
}

/** Writes what a dispatcher did into the journal, with the change itself. */
export async function journalled(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  unit: OrgUnit,
  subject: string,
  action: string,
  note: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendTo(client, unit.root, [
    {
      action,
      actor: actor.person,
      after: null,
      at: ledger.clock().toISOString(),
      before: null,
      from: actor.from,
      note,
      org: unit.code,
      root: ledger.orgs.byId(unit.root)!.code,
      subject,
      type: 'mail.run',
    },
  ])
}

/** The day's number of an extra run: X1, X2 … */
export async function extraRun(
  client: pg.PoolClient,
  root: number,
  route: Route,
  day: string,
  departs: string,
): Promise<Run> {
  await client.query('SELECT 1 FROM mail_run WHERE root = $1 AND day = $2 FOR UPDATE', [root, day])
  const { rows } = await client.query<{ n: number }>(
    'SELECT count(*) AS n FROM mail_run WHERE root = $1 AND day = $2 AND route = $3 AND extra',
    [root, day, route.code],
  )
  const id = runId(route.code, day, `X${rows[0]!.n + 1}`)
  const { rows: made } = await client.query<Run>(
    `INSERT INTO mail_run (root, id, org, route, day, wave, departs, capacity, stops, extra)
     VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, true) RETURNING ${RUN_COLUMNS}`,
    [root, id, route.org, route.code, day, departs, route.capacity, JSON.stringify(plannedStops(route.stops, departs))],
  )
  return made[0]!
}
