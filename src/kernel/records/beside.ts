import type { Ledger } from '../ledger.ts'
import { type Actor, may, permit } from '../people/actor.ts'
import { ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import { asListed, type ListedRecord } from './list.ts'
import { readRecord } from './read.ts'
import { RECORD_COLUMNS, type StoredRecord } from './record.ts'
import type { Seen } from './rule.ts'
import { referringTerm } from './terms.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

// What stands beside a record: those that refer to it, and what it may become.

const MOST = 500

/** Records that refer to one and that the actor may read, newest first; void ones are left out. */
export async function referring(ledger: Ledger, actor: Actor, id: string): Promise<Result<readonly ListedRecord[]>> {
  const found = await readRecord(ledger, actor, id)
  if (!found.ok) return found
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.links @> ARRAY[$2::text] AND r.status <> 'void' AND r.type = ANY($3)
     ORDER BY r.day DESC, r.id DESC LIMIT ${MOST}`,
    [found.value.root, referringTerm(id), [...ledger.registry.types.keys()]],
  )
  const readable = rows.filter(row => permit(actor, 'read', ledger.orgs.byId(row.org)!).ok)
  return ok(await asListed(ledger, readable))
}

/** What a record may become: the new record's type and first values, for a form. */
export interface Becoming {
  readonly lead: string
  readonly title: Words
  readonly type: string
  readonly org: string
  readonly fields: Fields
}

export async function leadsOf(ledger: Ledger, actor: Actor, id: string): Promise<Result<readonly Becoming[]>> {
  const found = await readRecord(ledger, actor, id)
  if (!found.ok) return found
  const stored = found.value
  const type = ledger.registry.types.get(stored.type)
  const org = ledger.orgs.byId(stored.org)!
  if (!type || stored.status === 'void') return ok([])
  const seen: Seen = {
    id,
    org: org.code,
    day: stored.day,
    status: stored.status,
    state: stored.state,
    fields: withoutPersonal(type, upgrade(type, stored.typeVersion, stored.fields)),
    evidence: 0,
  }
  const leads = ledger.registry.domains.flatMap(domain => domain.leads)
  return ok(
    leads
      .filter(one => one.from === stored.type && may(actor, one.may ?? 'enter', org.path) && (one.when?.(seen) ?? true))
      .map(one => ({
        lead: one.id,
        title: one.title,
        type: one.to,
        org: org.code,
        fields: defined(one.fields(seen)),
      })),
  )
}

/** Personal values do not go along: the new record asks for its own. */
const withoutPersonal = (type: RecordType, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => type.fields[name]?.kind !== 'personal'))

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
