import type pg from 'pg'
import { allOrNone } from '../../kernel/all-or-none.ts'
import type { Posted } from '../../kernel/figures/events.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { ensurePartitions } from '../../kernel/own-tables.ts'
import { type Actor, permit } from '../../kernel/people/actor.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { keep } from './events/keep.ts'
import type { EventRow } from './events/scan.ts'
import { dayOfInstant } from './events/shanghai.ts'
import type { Office } from './network/network.ts'
import { officesOn } from './network/read.ts'

// What all work at an office begins and ends with.

/** An office that someone works at, on the day of an instant. */
export interface Workplace {
  readonly office: Office
  readonly unit: OrgUnit
}

/** The office with that code, where the actor may work: `mail/unknown-office`, `permission/denied`. */
export async function workplace(
  ledger: Ledger,
  actor: Actor,
  root: number,
  code: string,
  time: string,
): Promise<Result<Workplace>> {
  const offices = await officesOn(ledger.store.pool, root, dayOfInstant(time), [code])
  const office = offices.get(code)
  const unit = office && ledger.orgs.byId(office.org)
  if (!office || !unit) return unknownOffice(code)
  const permitted = permit(actor, 'enter', unit)
  return permitted.ok ? ok({ office, unit }) : permitted
}

export const unknownOffice = (code: string, field = 'office') =>
  fail('mail/unknown-office', {
    field,
    value: code,
    zh: `没有代码为“${code}”的局所，或已停用`,
    en: `There is no office ${code}, or it is no longer in use`,
  })

export interface Doing {
  /** Keeps events as part of the work. */
  keep(rows: readonly EventRow[], action: string): Promise<ReadonlySet<string>>
}

/** Work of which all is done or nothing; followers are told when it is done. */
export async function doing<T>(
  ledger: Ledger,
  actor: Actor,
  unit: OrgUnit,
  days: readonly string[],
  work: (client: pg.PoolClient, doing: Doing) => Promise<Result<T>>,
): Promise<Result<T>> {
  await ensurePartitions(ledger.store, 'mail_event', [...new Set(days)])
  const posted: Posted[] = []
  const done = await allOrNone(ledger.store.pool, client =>
    work(client, {
      async keep(rows, action) {
        const kept = await keep(client, ledger, actor, unit, rows, action)
        posted.push(...kept.posted)
        return kept.fresh
      },
    }),
  )
  if (done.ok) ledger.onTouched(posted.map(({ touched }) => touched))
  return done
}

/** Minutes of grace for a clock that is ahead. */
const AHEAD_MS = 10 * 60_000

/** An instant of work as given, or now; not in the future. */
export function timeOfWork(ledger: Ledger, given: string | undefined): Result<string> {
  const now = ledger.clock()
  const time = new Date(given ?? now).toISOString()
  if (Date.parse(time) <= now.getTime() + AHEAD_MS) return ok(time)
  return fail('mail/future', {
    field: 'time',
    value: given ?? '',
    zh: '作业时间在将来，请校准设备时钟',
    en: "The time lies in the future; set the device's clock",
  })
}
