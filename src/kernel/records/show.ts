import type { Ledger } from '../ledger.ts'
import { type Actor, may } from '../people/actor.ts'
import { ok, type Result } from '../result.ts'
import { asListed, type ListedRecord } from './list.ts'
import { permitState } from './patch.ts'
import { visibleFields } from './personal.ts'
import { history, readRecord, type Version } from './read.ts'
import type { StoredRecord } from './record.ts'
import { asCurrent } from './revise.ts'
import { isStatusAction, withStatus } from './status.ts'

/** A file attached to a record, or to one that was merged into it. */
export interface ShownEvidence {
  readonly record: string
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly addedAt: string
  readonly addedBy: string | null
}

/** What the actor may do to a record as it is now. */
export interface May {
  readonly change: boolean
  readonly submit: boolean
  readonly confirm: boolean
  readonly return: boolean
  readonly void: boolean
  readonly undo: boolean
  readonly reveal: boolean
  readonly erase: boolean
  /** States of its type that it may go to. */
  readonly states: readonly string[]
}

export interface ShownRecord extends ListedRecord {
  /** Names of the unit and of who changed it last; null for the operator. */
  readonly orgName: string
  readonly updatedByName: string | null
  readonly evidence: readonly ShownEvidence[]
  /** The record it was merged into, and those that were merged into it. */
  readonly mergedInto: string | null
  readonly merged: readonly string[]
  /** How many versions its history has. */
  readonly versions: number
  readonly may: May
}

/** One record with all that stands beside it. */
export async function showRecord(ledger: Ledger, actor: Actor, id: string): Promise<Result<ShownRecord>> {
  const found = await readRecord(ledger, actor, id)
  if (!found.ok) return found
  const stored = found.value
  const [[listed], merged, name] = await Promise.all([
    asListed(ledger, [stored]),
    mergedInto(ledger, stored),
    namesOf(ledger, [stored.updatedBy]),
  ])
  return ok({
    ...listed!,
    orgName: ledger.orgs.byId(stored.org)!.name,
    updatedByName: name.get(stored.updatedBy ?? '') ?? null,
    evidence: await evidenceOf(ledger, stored.root, [id, ...merged]),
    mergedInto: stored.mergedInto,
    merged,
    versions: stored.version,
    may: mayDo(ledger, actor, stored),
  })
}

/** Ids of the records that went into this one, also by way of others. */
async function mergedInto(ledger: Ledger, { root, id }: StoredRecord): Promise<string[]> {
  const { rows } = await ledger.store.pool.query<{ id: string }>(
    `WITH RECURSIVE gone AS (
       SELECT id FROM record WHERE root = $1 AND merged_into = $2
       UNION SELECT r.id FROM record r JOIN gone g ON r.merged_into = g.id WHERE r.root = $1)
     SELECT id FROM gone ORDER BY id`,
    [root, id],
  )
  return rows.map(row => row.id)
}

async function evidenceOf(ledger: Ledger, root: number, records: readonly string[]): Promise<readonly ShownEvidence[]> {
  const { rows } = await ledger.store.pool.query<ShownEvidence>(
    `SELECT a.record, a.sha256, a.name, e.media_type AS "mediaType", e.size, a.added_at AS "addedAt", a.added_by AS "addedBy"
     FROM record_evidence a JOIN evidence e ON e.root = a.root AND e.sha256 = a.sha256
     WHERE a.root = $1 AND a.record = ANY($2) ORDER BY a.added_at, a.sha256`,
    [root, records],
  )
  return rows
}

async function namesOf(ledger: Ledger, people: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = people.filter(person => person !== null)
  if (ids.length === 0) return new Map()
  const { rows } = await ledger.store.pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM person WHERE id = ANY($1)',
    [[...new Set(ids)]],
  )
  return new Map(rows.map(row => [row.id, row.name]))
}

function mayDo(ledger: Ledger, actor: Actor, stored: StoredRecord): May {
  const org = ledger.orgs.byId(stored.org)!
  const current = asCurrent(ledger, actor, stored)
  const direct = current.ok && !current.value.type.through
  const step = (action: string) =>
    current.ok && direct && isStatusAction(action) && withStatus(actor, current.value, action, '-').ok
  const change =
    direct && stored.status !== 'void' && (stored.status !== 'confirmed' || may(actor, 'confirm', org.path))
  const states = current.ok ? (current.value.type.states[stored.state] ?? []) : []
  return {
    change,
    submit: step('submit'),
    confirm: step('confirm'),
    return: step('return'),
    void: step('void'),
    undo: direct && stored.updatedBy === actor.person,
    reveal: current.ok,
    erase: may(actor, 'administer', org.path),
    states: change && current.ok ? states.filter(to => permitState(actor, current.value.type, org, to).ok) : [],
  }
}

export interface Difference {
  /** A field, or 'org', 'day', 'status', 'state'. */
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** One version of a record: who wrote it, when, why, and what it says otherwise than the version before. */
export interface ShownVersion {
  readonly version: number
  /** What was done: 'create', 'change', 'confirm', … */
  readonly action: string
  readonly at: string
  readonly by: string | null
  readonly byName: string | null
  readonly from: string
  readonly note: unknown
  readonly status: string
  readonly state: string
  readonly org: string
  readonly day: string
  readonly differences: readonly Difference[]
  /** Number of the journal entry that proves it. */
  readonly seq: number | null
}

/** The history of a record, newest first. Personal values are masked in every version. */
export async function showHistory(ledger: Ledger, actor: Actor, id: string): Promise<Result<readonly ShownVersion[]>> {
  const versions = await history(ledger, actor, id)
  if (!versions.ok) return versions
  const [visible, names] = await Promise.all([
    visibleFields(ledger, versions.value),
    namesOf(
      ledger,
      versions.value.map(version => version.updatedBy),
    ),
  ])
  const told = versions.value.map((version, i) => ({ ...whole(ledger, version), ...visible[i] }))
  const shown = versions.value.map((version, i): ShownVersion => {
    const entry = JSON.parse(version.entry?.text ?? '{}') as { action?: string; from?: string; note?: unknown }
    return {
      version: version.version,
      action: entry.action ?? '',
      at: version.validFrom,
      by: version.updatedBy,
      byName: names.get(version.updatedBy ?? '') ?? null,
      from: entry.from ?? '',
      note: entry.note ?? null,
      status: version.status,
      state: version.state,
      org: ledger.orgs.byId(version.org)!.code,
      day: version.day,
      differences: differences(told[i - 1] ?? {}, told[i]!),
      seq: version.entry?.seq ?? null,
    }
  })
  return ok(shown.reverse())
}

const whole = (ledger: Ledger, { org, day, status, state, mergedInto }: Version) => ({
  org: ledger.orgs.byId(org)!.code,
  day,
  status,
  state,
  ...(mergedInto ? { mergedInto } : {}),
})

function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map(field => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
}
