import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, may, permit, readablePaths } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Entry } from './entry.ts'

export interface EntryQuery {
  /** Entries of this unit and of all beneath it. */
  readonly org?: string
  /** 'record:<uuid>', 'org:<code>', 'report:<uuid>' … */
  readonly subject?: string
  /** Who acted. */
  readonly person?: string
  readonly action?: string
  /** Instants, [from, until). */
  readonly from?: string
  readonly until?: string
  /** Occurs in the note, the place it came from or the subject. */
  readonly text?: string
  readonly after?: string
  readonly limit?: number
}

export interface ListedEntry extends Entry {
  readonly seq: number
  /** Name of the one who acted; null for the operator. */
  readonly actorName: string | null
}

export interface EntryPage {
  readonly entries: readonly ListedEntry[]
  readonly next?: string
}

/** What belongs to no tree (people, definitions) stands under this root. */
const NO_TREE = 0

const PERSON = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Journal entries that the actor may read as an auditor does, the newest first. */
export async function listEntries(ledger: Ledger, actor: Actor, query: EntryQuery = {}): Promise<Result<EntryPage>> {
  const scope = scopeOf(ledger, actor, query.org)
  if (!scope.ok) return scope
  const bad = check(query)
  if (bad) return bad
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 500)
  const { roots, whole, codes, people } = scope.value
  const { rows } = await ledger.store.pool.query<{ seq: number; entry: string; name: string | null }>(
    `SELECT j.seq, j.entry, p.name
     FROM journal j CROSS JOIN LATERAL (SELECT j.entry::json AS json) e
     LEFT JOIN person p ON p.id = (e.json ->> 'actor')::uuid
     WHERE j.root = ANY($1)
       AND ($2::text IS NULL OR j.subject = $2)
       AND ($3::text IS NULL OR e.json ->> 'actor' = $3)
       AND ($4::text IS NULL OR e.json ->> 'action' = $4)
       AND ($5::text IS NULL OR e.json ->> 'at' >= $5)
       AND ($6::text IS NULL OR e.json ->> 'at' < $6)
       AND ($7::text IS NULL OR j.subject ILIKE $7 OR (e.json ->> 'note') ILIKE $7 OR (e.json ->> 'from') ILIKE $7)
       AND j.seq < $8
       AND (j.root = ANY($9) OR e.json ->> 'org' = ANY($10) OR (j.root = ${NO_TREE} AND substr(j.subject, 8) = ANY($11)))
     ORDER BY j.seq DESC LIMIT $12`,
    [
      roots,
      query.subject ?? null,
      query.person ?? null,
      query.action ?? null,
      query.from === undefined ? null : new Date(query.from).toISOString(),
      query.until === undefined ? null : new Date(query.until).toISOString(),
      query.text === undefined ? null : `%${query.text.replace(/[\\%_]/g, '\\$&')}%`,
      query.after === undefined ? Number.MAX_SAFE_INTEGER : Number(query.after),
      whole,
      codes,
      people && (await peopleAt(ledger, people)),
      limit + 1,
    ],
  )
  const entries = rows.slice(0, limit).map(({ seq, entry, name }) => ({
    ...(JSON.parse(entry) as Entry),
    seq,
    actorName: name,
  }))
  return ok({ entries, ...(rows.length > limit ? { next: String(entries.at(-1)!.seq) } : {}) })
}

function check({ person, from, until, after }: EntryQuery) {
  if (person !== undefined && !PERSON.test(person))
    return fail('person/unknown', { field: 'person', person, zh: '没有这个人', en: 'There is no such person' })
  for (const [field, value] of Object.entries({ from, until }))
    if (value !== undefined && Number.isNaN(Date.parse(value)))
      return fail('field/instant', {
        field,
        value,
        zh: `“${value}”不是时间，应形如 2024-05-18T08:00:00Z`,
        en: `${value} is no instant; say 2024-05-18T08:00:00Z`,
      })
  if (after !== undefined && !/^\d{1,15}$/.test(after))
    return fail('page/cursor', { field: 'after', value: after, zh: '翻页位置无效', en: 'That is not a page position' })
  return undefined
}

interface Scope {
  readonly roots: readonly number[]
  /** Trees that may be read as a whole; of the others, only entries of `codes`. */
  readonly whole: readonly number[]
  readonly codes: readonly string[]
  /** Units whose people's own entries (signing in, passwords) may be read. */
  readonly people: readonly OrgUnit[] | null
}

function scopeOf(ledger: Ledger, actor: Actor, org: string | undefined): Result<Scope> {
  if (org !== undefined) {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'journal', unit.value)
    if (!permitted.ok) return permitted
    const units = ledger.orgs.under(unit.value.path)
    const isRoot = unit.value.id === unit.value.root
    return ok({
      roots: [unit.value.root, NO_TREE],
      whole: isRoot ? [unit.value.root] : [],
      codes: units.map(({ code }) => code),
      people: units,
    })
  }
  const paths = readablePaths(actor, 'journal')
  if (paths.length === 0)
    return fail('permission/denied', {
      right: 'journal',
      zh: '您没有查看流水的权限',
      en: 'You may not read the journal',
    })
  const units = ledger.orgs.all().filter(unit => may(actor, 'journal', unit.path))
  const roots = [...new Set(units.map(unit => unit.root)), NO_TREE]
  if (actor.operator) return ok({ roots, whole: roots, codes: [], people: null })
  const whole = units.filter(unit => unit.id === unit.root).map(unit => unit.root)
  return ok({ roots, whole, codes: units.map(({ code }) => code), people: units })
}

/** Ids of the people who have a role at one of these units. */
async function peopleAt(ledger: Ledger, units: readonly OrgUnit[]): Promise<string[]> {
  const { rows } = await ledger.store.pool.query<{ person: string }>(
    'SELECT DISTINCT person FROM role_grant WHERE org = ANY($1)',
    [units.map(unit => unit.id)],
  )
  return rows.map(row => row.person)
}

/** Whether someone may read an entry: facts with the right to read their unit, all else with the right to the journal. */
export async function mayRead(ledger: Ledger, actor: Actor, root: number, text: string): Promise<boolean> {
  if (actor.operator) return true
  const { org, subject, actor: person } = JSON.parse(text) as Entry
  if (person !== null && person === actor.person) return true
  const right = /^(record|report|target|events):/.test(subject) ? 'read' : 'journal'
  const unit = org === undefined ? undefined : ledger.orgs.byCode(org)
  if (unit) return may(actor, right, unit.path)
  if (root !== NO_TREE) return may(actor, 'journal', ledger.orgs.byId(root)?.path ?? '')
  const units = ledger.orgs.all().filter(one => may(actor, 'journal', one.path))
  return (await peopleAt(ledger, units)).some(id => subject === `person:${id}`)
}
