import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, readablePaths } from '../people/actor.ts'
import { asListed, type ListedRecord } from '../records/list.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { holds, type Search, searchedTexts, searchFor } from '../records/terms.ts'
import { upgrade } from '../records/type.ts'
import { fail, ok, type Result } from '../result.ts'

export interface FoundOrg {
  readonly code: string
  readonly name: string
  readonly kind: string
  /** Names from the root down to its parent. */
  readonly above: readonly string[]
}

export interface FoundReport {
  readonly id: string
  readonly org: string
  readonly template: string
  readonly period: string
  readonly title: string
  readonly number: string | null
  readonly status: 'draft' | 'issued' | 'withdrawn'
}

export interface Found {
  readonly records: readonly ListedRecord[]
  readonly orgs: readonly FoundOrg[]
  readonly reports: readonly FoundReport[]
}

const USUAL = 10
const MOST = 100
/** Records looked at for what their terms promise, newest first. */
const BATCH = 500
const BATCHES = 20
const REPORTS = 5000

/**
 * Searches all that the actor may read, by Chinese words or pinyin initials: records of every type but void ones, the
 * newest first; org units, by their former names too; reports by title or document number. A single Chinese character finds
 * units and reports only.
 */
export async function search(
  ledger: Ledger,
  actor: Actor,
  text: string,
  options: { readonly limit?: number } = {},
): Promise<Result<Found>> {
  const limit = options.limit ?? USUAL
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    return fail('search/limit', {
      field: 'limit',
      value: options.limit,
      zh: `最多找${MOST}条`,
      en: `A search finds 1 to ${MOST} of each`,
    })
  const wanted = searchFor(text)
  if (!wanted) return fail('search/empty', { field: 'text', zh: '请输入要查找的内容', en: 'Say what to search for' })
  const scope = scopeOf(ledger, actor)
  const [records, reports] = await Promise.all([
    recordsWith(ledger, scope, wanted, limit),
    reportsWith(ledger, scope, wanted, limit),
  ])
  return ok({ records: await asListed(ledger, records), orgs: orgsWith(ledger, scope, wanted, limit), reports })
}

interface Scope {
  readonly units: readonly OrgUnit[]
  readonly roots: readonly number[]
  /** Null when all of its trees are to be read whole. */
  readonly orgs: readonly number[] | null
}

function scopeOf(ledger: Ledger, actor: Actor): Scope {
  const units = readablePaths(actor).flatMap(path => ledger.orgs.under(path))
  const roots = [...new Set(units.map(unit => unit.root))]
  const ids = new Set(units.map(unit => unit.id))
  return { units, roots, orgs: roots.every(root => ids.has(root)) ? null : [...ids] }
}

async function recordsWith(ledger: Ledger, scope: Scope, wanted: Search, limit: number): Promise<StoredRecord[]> {
  if (wanted.words.length === 0 && wanted.initials.length === 0) return []
  const found: StoredRecord[] = []
  let last: StoredRecord | undefined
  for (let batch = 0; batch < BATCHES; batch++) {
    const candidates: StoredRecord[] = await candidatesAfter(ledger, scope, wanted, last)
    found.push(...candidates.filter(record => says(ledger, record, wanted)))
    last = candidates.at(-1)
    if (found.length >= limit || candidates.length < BATCH) break
  }
  return found.slice(0, limit)
}

async function candidatesAfter(ledger: Ledger, scope: Scope, wanted: Search, last: StoredRecord | undefined) {
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = ANY($1) AND ($2::int[] IS NULL OR r.org = ANY($2)) AND r.type = ANY($3) AND r.status <> 'void'
       AND (r.terms @> $4::text[] OR r.terms @> $5::text[]) AND (r.day, r.id) < ($6::date, $7::uuid)
     ORDER BY r.day DESC, r.id DESC LIMIT ${BATCH}`,
    [
      scope.roots,
      scope.orgs,
      [...ledger.registry.types.keys()],
      wanted.words.length > 0 ? wanted.words : wanted.initials,
      wanted.initials.length > 0 ? wanted.initials : wanted.words,
      last?.day ?? 'infinity',
      last?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    ],
  )
  return rows
}

function says(ledger: Ledger, record: StoredRecord, wanted: Search): boolean {
  const type = ledger.registry.types.get(record.type)!
  return holds(wanted, searchedTexts(type, upgrade(type, record.typeVersion, record.fields)))
}

function orgsWith(ledger: Ledger, { units }: Scope, wanted: Search, limit: number): FoundOrg[] {
  const [said = ''] = wanted.parts
  const rank = (unit: OrgUnit) =>
    unit.name === said || unit.code.toLowerCase() === said ? 0 : unit.name.startsWith(said) ? 1 : 2
  return units
    .filter(unit => holds(wanted, [unit.code, unit.nameEn ?? '', unit.name, ...unit.spans.map(span => span.name)]))
    .map((unit, i) => ({ unit, order: rank(unit) * units.length + i }))
    .sort((a, b) => a.order - b.order)
    .slice(0, limit)
    .map(({ unit }) => ({ code: unit.code, name: unit.name, kind: unit.kind, above: namesAbove(ledger, unit) }))
}

const namesAbove = (ledger: Ledger, unit: OrgUnit): string[] =>
  unit.path
    .split('/')
    .slice(1, -2)
    .map(id => ledger.orgs.byId(Number(id))!.name)

/** Titles are few and short: they are looked at one by one. */
async function reportsWith(ledger: Ledger, scope: Scope, wanted: Search, limit: number): Promise<FoundReport[]> {
  const { rows } = await ledger.store.pool.query<Omit<FoundReport, 'org'> & { org: number }>(
    `SELECT id, org, template, period, title, number, status FROM report
     WHERE root = ANY($1) AND ($2::int[] IS NULL OR org = ANY($2)) ORDER BY created_at DESC, id DESC LIMIT ${REPORTS}`,
    [scope.roots, scope.orgs],
  )
  return rows
    .filter(report => holds(wanted, [report.title, report.number ?? '']))
    .slice(0, limit)
    .map(report => ({ ...report, org: ledger.orgs.byId(report.org)!.code }))
}
