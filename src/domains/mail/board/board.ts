import type pg from 'pg'
import { PUNCTUAL_MINUTES } from '../events/source.ts'
import type { Office } from '../network/network.ts'
import type { Run } from '../runs/runs.ts'

// The command room's board as pure data: how runs stand against their timetable, now.

export type RunState = 'planned' | 'held' | 'running' | 'late' | 'done' | 'closed'

export interface Call {
  readonly office: string
  /** When a handover was complete there. */
  readonly time: string
}

export interface RunView {
  readonly run: string
  readonly route: string
  readonly wave: number
  readonly departs: string
  readonly state: RunState
  /** Where it handed over last. */
  readonly at: string | null
  /** Where it is due next, and when it should leave there. */
  readonly next: string | null
  readonly due: string | null
  /** Minutes behind, now or at its last handover. */
  readonly late: number
  readonly load: number
  readonly capacity: number
  readonly vehicle: string | null
}

/** Minutes past the time at which a run should have left a stop, with no handover there, after which it is late. */
export const LATE_MINUTES = PUNCTUAL_MINUTES

/** How a run stands at an instant, by the handovers that are complete. It turns late by itself as time passes. */
export function runView(run: Run, calls: readonly Call[], load: number, now: string): RunView {
  const { stops } = run
  // Calls are matched to stops in order: a round trip calls twice at where it begins.
  let reached = -1
  for (const { office } of calls.toSorted((a, b) => (a.time < b.time ? -1 : 1))) {
    const stop = stops.findIndex((one, i) => i > reached && one.office === office)
    if (stop >= 0) reached = stop
  }
  const last = calls.toSorted((a, b) => (a.time < b.time ? 1 : -1))[0]
  const next = stops[reached + 1]
  const held = run.heldUntil !== null && reached < 0 && now < run.heldUntil
  const delay = run.heldUntil === null ? 0 : Math.max(0, minutes(run.departs, run.heldUntil))
  // The first stop is where it begins: there may be nothing to hand over.
  const due = next && (reached < 0 ? (stops[1]?.leaves ?? next.leaves) : next.leaves)
  const behind = due === undefined ? 0 : minutes(due, now) - delay
  const isDone = reached === stops.length - 1
  const state: RunState = run.closedAt
    ? 'closed'
    : isDone
      ? 'done'
      : held
        ? 'held'
        : behind > LATE_MINUTES
          ? 'late'
          : reached >= 0 || now >= run.departs
            ? 'running'
            : 'planned'
  return {
    run: run.id,
    route: run.route,
    wave: run.wave,
    departs: run.departs,
    state,
    at: last?.office ?? null,
    next: isDone || run.closedAt ? null : ((reached < 0 ? stops[1] : next)?.office ?? null),
    due: isDone || run.closedAt ? null : (due ?? null),
    late: state === 'late' ? behind : 0,
    load,
    capacity: run.capacity,
    vehicle: run.vehicle,
  }
}

const minutes = (from: string, to: string) => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)

export interface OfficeView {
  readonly office: string
  readonly name: string
  readonly kind: Office['kind']
  readonly items: number
  /** Closed here and not yet handed over. */
  readonly bags: number
  /** Arrived and not yet opened. */
  readonly unopened: number
  /** Bags that have been here for longer than a day. */
  readonly stale: number
  /** When it closed its last shift. */
  readonly shift: string | null
}

interface Held {
  readonly custodian: string
  readonly items: number
  readonly bags: number
  readonly unopened: number
  readonly stale: number
}

/** What every office and run has now. */
export async function holdings(client: pg.Pool, root: number, now: string): Promise<Map<string, Held>> {
  const { rows } = await client.query<Held>({
    name: 'mail-holdings',
    text: `SELECT custodian, count(*) FILTER (WHERE kind = 'item') AS items,
        count(*) FILTER (WHERE kind = 'bag' AND destination IS DISTINCT FROM substr(custodian, 8)) AS bags,
        count(*) FILTER (WHERE kind = 'bag' AND destination = substr(custodian, 8)) AS unopened,
        count(*) FILTER (WHERE kind = 'bag' AND since < $2::timestamptz - interval '1 day') AS stale
      FROM mail_piece
      WHERE root = $1 AND (custodian >= 'office:' AND custodian < 'office;' OR custodian >= 'run:' AND custodian < 'run;')
      GROUP BY custodian`,
    values: [root, now],
  })
  return new Map(rows.map(row => [row.custodian, row]))
}
