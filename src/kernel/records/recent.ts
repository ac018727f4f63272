import type { Entry } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { ok, type Result } from '../result.ts'

/** A change of a record, as anyone who may read the record may know of it. */
export interface RecentChange {
  readonly record: string
  readonly type: string
  readonly org: string
  readonly action: string
  readonly at: string
  /** Name of who did it; null for the operator. */
  readonly by: string | null
}

/** How far back the journal is looked through: a busy neighbour may hide an older change, but the cost stays the same. */
const WINDOW = 5000

/** The newest changes of records at an org unit and beneath, one for each record. */
export async function recentChanges(
  ledger: Ledger,
  actor: Actor,
  orgCode: string,
  limit = 10,
): Promise<Result<RecentChange[]>> {
  const org = ledger.orgs.find(orgCode)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const codes = ledger.orgs.under(org.value.path).map(unit => unit.code)
  const { rows } = await ledger.store.pool.query<{ entry: string; name: string | null }>(
    `SELECT c.entry, p.name FROM (
       SELECT DISTINCT ON (subject) seq, subject, entry FROM (
         SELECT seq, subject, entry FROM journal WHERE root = $1 ORDER BY seq DESC LIMIT ${WINDOW}) w
       WHERE subject LIKE 'record:%' AND entry::json ->> 'org' = ANY($2)
       ORDER BY subject, seq DESC) c
     LEFT JOIN person p ON p.id = (c.entry::json ->> 'actor')::uuid
     ORDER BY c.seq DESC LIMIT $3`,
    [org.value.root, codes, Math.min(limit, 50)],
  )
  return ok(
    rows.map(({ entry, name }) => {
      const { subject, type, org: at, action, at: instant } = JSON.parse(entry) as Entry
      return { record: subject.slice('record:'.length), type: type ?? '', org: at ?? '', action, at: instant, by: name }
    }),
  )
}
