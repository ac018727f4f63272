import { inclusionProofs } from '../journal/proofs.ts'
import type { Ledger } from '../ledger.ts'
import { type OrgUnit, spanOn } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import { addDays, day as parseDay } from '../period/period.ts'
import type { FieldInfo } from '../records/fields.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import { fail, ok, type Result } from '../result.ts'
import { contributions } from './contribution.ts'
import { eventsBeneath } from './events.ts'
import { leafKey, leaves } from './expression.ts'
import { type FigureRequest, leafQuestion, orgParts, questionOf, valuesOf } from './figure.ts'
import { formulaOf } from './formulas.ts'
import { type Additive, DISTINCT, type Events, type Indicator } from './indicator.ts'
import { latestRecords, newestFirst } from './latest.ts'
import { recordsAsOf } from './past.ts'
import type { Question } from './question.ts'

export interface ExplainedRecord {
  readonly id: string
  readonly org: string
  readonly day: string
  /** What an event is called; a record is named by its own page. */
  readonly label?: string
  /** What the record adds to the figure, in the indicator's base unit. */
  readonly value: number
  readonly entry: { readonly seq: number; readonly hash: string } | null
  /** Inclusion in the sealed journal; null until the next checkpoint. */
  readonly proof: { readonly size: number; readonly index: number; readonly path: readonly string[] } | null
}

export interface Explanation {
  readonly indicator: string
  readonly org: string
  readonly period: string
  readonly value: number | null
  readonly unit: string
  readonly formula: string
  /** Indicators a formula is made of, each with its value. */
  readonly components: readonly {
    readonly indicator: string
    readonly period: string
    readonly where: Readonly<Record<string, string>>
    readonly value: number | null
  }[]
  /** Children and the unit itself; they add up to the value of an additive indicator. */
  readonly orgs: readonly { readonly code: string; readonly value: number | null }[]
  readonly records: readonly ExplainedRecord[]
  /** Where the next page of records begins. */
  readonly next?: string
}

export interface ExplainRequest extends FigureRequest {
  readonly after?: string
  readonly limit?: number
}

/** From a figure down: formula, parts by org unit, records with their journal entries and proofs. */
export async function explain(ledger: Ledger, actor: Actor, request: ExplainRequest): Promise<Result<Explanation>> {
  const resolved = questionOf(ledger, actor, request)
  if (!resolved.ok) return resolved
  const question = resolved.value
  const { indicator } = question
  const limit = Math.min(Math.max(request.limit ?? 50, 1), 500)
  const after = cursor(request.after)
  if (!after.ok) return after
  const [values, orgs, components, page] = await Promise.all([
    valuesOf(ledger, [question]),
    partsOf(ledger, question),
    componentsOf(ledger, question),
    beneath(ledger, question, indicator, after.value, limit),
  ])
  return ok({
    indicator: request.indicator,
    org: request.org,
    period: request.period,
    value: values[0]!,
    unit: indicator.unit,
    formula: formulaText(request.indicator, indicator),
    components,
    orgs,
    records: page.records,
    ...(page.next ? { next: page.next } : {}),
  })
}

async function partsOf(ledger: Ledger, question: Question) {
  const parts = orgParts(ledger, question)
  const values = await valuesOf(
    ledger,
    parts.map(part => part.question),
  )
  const byCode = new Map<string, number | null>()
  parts.forEach(({ unit }, i) => {
    const value = values[i] ?? null
    const before = byCode.get(unit.code)
    byCode.set(unit.code, typeof before === 'number' && value !== null ? before + value : (before ?? value))
  })
  return [...byCode].flatMap(([code, value]) => (value ? [{ code, value }] : []))
}

async function componentsOf(ledger: Ledger, question: Question) {
  if (question.indicator.kind !== 'formula') return []
  const wanted = leaves(formulaOf(ledger.registry, question.id))
  const questions = wanted.map(leaf => leafQuestion(ledger, question, leaf))
  const values = await valuesOf(ledger, questions)
  const seen = new Map(
    questions.map((part, i) => [
      leafKey(wanted[i]!),
      { indicator: part.id, period: part.period.text, where: part.where, value: values[i]! },
    ]),
  )
  return [...seen.values()]
}

/** The formula as an auditor reads it. */
export function formulaText(id: string, indicator: Indicator): string {
  if (indicator.kind === 'formula') return indicator.formula
  if (indicator.kind === 'units') return `units(${indicator.of})`
  const where = Object.entries(indicator.where).map(
    ([name, value]) => `${name} = ${Array.isArray(value) ? value.join('|') : value}`,
  )
  const suffix = where.length > 0 ? ` where ${where.join(' and ')}` : ''
  if (indicator.kind === 'events') return `${indicator.amount ? 'sum' : 'count'}(${indicator.source.id})${suffix}`
  if (indicator.kind === 'latest') return `latest(${indicator.type.id}.${indicator.field})${suffix}`
  const what = [indicator.type.id, indicator.each, indicator.field].filter(Boolean).join('.')
  const on = indicator.until
    ? ` from ${indicator.day ?? indicator.type.day} until ${indicator.until}`
    : indicator.day
      ? ` by ${indicator.day}`
      : ''
  return `${indicator.kind}(${what})${suffix}${on}`.replace('undefined', id)
}

interface Cursor {
  readonly day: string
  readonly id: string
}

const FIRST: Cursor = { day: '9999-12-31', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }

function cursor(text: string | undefined): Result<Cursor> {
  if (text === undefined) return ok(FIRST)
  const match = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text)
  if (match && parseDay(match[1]!).ok) return ok({ day: match[1]!, id: match[2]! })
  return fail('page/cursor', { field: 'after', value: text, zh: '翻页位置无效', en: 'That is not a page position' })
}

const NO_RECORDS: { records: ExplainedRecord[]; next?: string } = { records: [] }
const CHUNK = 500

async function beneath(ledger: Ledger, question: Question, indicator: Indicator, after: Cursor, limit: number) {
  if (indicator.kind === 'formula' || indicator.kind === 'units') return NO_RECORDS
  if (indicator.kind === 'events') return eventsOfFigure(ledger, question, indicator, after, limit)
  return recordsOf(ledger, question, indicator, after, limit)
}

async function eventsOfFigure(ledger: Ledger, question: Question, indicator: Events, after: Cursor, limit: number) {
  const found = await eventsBeneath(ledger, question, indicator, after, limit + 1)
  const page = found.slice(0, limit)
  const { rows } = await ledger.store.pool.query<{ seq: number; hash: string }>(
    `SELECT seq, ${LEAF_HASH} AS hash FROM journal j WHERE root = $1 AND seq = ANY($2)`,
    [question.org.root, [...new Set(page.map(({ seq }) => seq))]],
  )
  const hashes = new Map(rows.map(({ seq, hash }) => [seq, hash]))
  const proofs = await inclusionProofs(
    ledger.store,
    page.map(({ seq }) => seq),
  )
  const records = page.map(({ id, org, day, seq, label, value }, i): ExplainedRecord => {
    const proof = proofs[i]
    return {
      id,
      org: ledger.orgs.byId(org)!.code,
      day,
      label,
      value,
      entry: { seq, hash: hashes.get(seq)! },
      proof: proof ? { size: proof.size, index: proof.index, path: proof.path } : null,
    }
  })
  const last = page.at(-1)
  return { records, ...(found.length > limit && last ? { next: `${last.day}.${last.id}` } : {}) }
}

async function recordsOf(
  ledger: Ledger,
  question: Question,
  indicator: Exclude<Indicator, { kind: 'formula' | 'events' | 'units' }>,
  after: Cursor,
  limit: number,
) {
  const found =
    indicator.kind === 'latest'
      ? later(await latestRecords(ledger, question, indicator), after)
      : question.asOf
        ? later(await countedThen(ledger, question, indicator), after)
        : await countedFrom(ledger, question, indicator, after, limit + 1)
  const page = found.slice(0, limit)
  const entries = await entriesOf(
    ledger,
    question.org.root,
    page.map(one => one.record),
  )
  const proofs = new Map(
    (
      await inclusionProofs(
        ledger.store,
        entries.map(entry => entry.seq),
      )
    ).flatMap(proof => (proof ? [[proof.seq, proof] as const] : [])),
  )
  const entryOf = new Map(entries.map(entry => [entry.id, entry]))
  const records = page.map(({ record, value }): ExplainedRecord => {
    const entry = entryOf.get(record.id)
    const proof = entry && proofs.get(entry.seq)
    return {
      id: record.id,
      org: ledger.orgs.byId(record.org)!.code,
      day: record.day,
      value,
      entry: entry ? { seq: entry.seq, hash: entry.hash } : null,
      proof: proof ? { size: proof.size, index: proof.index, path: proof.path } : null,
    }
  })
  const last = page.at(-1)?.record
  return { records, ...(found.length > limit && last ? { next: `${last.day}.${last.id}` } : {}) }
}

interface Counted {
  readonly record: StoredRecord
  readonly value: number
}

/** What comes after a position, of what is sorted newest first. */
const later = (found: readonly Counted[], { day, id }: Cursor) =>
  found.filter(({ record }) => record.day < day || (record.day === day && record.id < id))

/** All that counted at a past instant, newest first. */
async function countedThen(ledger: Ledger, question: Question, indicator: Additive): Promise<Counted[]> {
  const records = await recordsAsOf(ledger, question.org.root, indicator.type.id, question.asOf!)
  return records
    .flatMap(record => {
      const value = worth(ledger, question, indicator, record)
      return value === null ? [] : [{ record, value }]
    })
    .sort(newestFirst)
}

/** The first that count after a position: what the database cannot tell (sub-rows, another day field) is told by counting each. */
async function countedFrom(
  ledger: Ledger,
  question: Question,
  indicator: Additive,
  after: Cursor,
  wanted: number,
): Promise<Counted[]> {
  const found: Counted[] = []
  for (let from = after; ; ) {
    const asked = found.length === 0 && wanted <= CHUNK ? wanted : CHUNK
    const candidates = await candidatesOf(ledger, question, indicator, from, asked)
    for (const record of candidates) {
      const value = worth(ledger, question, indicator, record)
      if (value !== null) found.push({ record, value })
    }
    const last = candidates.at(-1)
    if (found.length >= wanted || !last || candidates.length < asked) return found.slice(0, wanted)
    from = { day: last.day, id: last.id }
  }
}

async function candidatesOf(
  ledger: Ledger,
  question: Question,
  indicator: Additive,
  from: Cursor,
  asked: number,
): Promise<StoredRecord[]> {
  const { org, period, now, own } = question
  const units = own ? [org] : now ? ledger.orgs.under(org.path) : everUnder(ledger, org)
  // Only the record's own day can be narrowed by the index; another day field, a stock and sub-rows are told apart later.
  const dated = indicator.kind !== 'stock' && !indicator.day && !indicator.each
  const plain = Object.fromEntries(
    Object.entries({ ...indicator.where, ...question.where }).filter(([name, value]) =>
      isStoredSo(indicator.type.fields[name], value),
    ),
  )
  const narrowed = indicator.each ? {} : plain
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.type = $2 AND r.org = ANY($3) AND r.status IN ('entered', 'confirmed')
       AND r.day >= $4::date AND r.day < $5::date AND (r.day, r.id) < ($6::date, $7::uuid) AND r.fields @> $8::jsonb
     ORDER BY r.day DESC, r.id DESC LIMIT $9`,
    [
      org.root,
      indicator.type.id,
      units.map(unit => unit.id),
      dated ? period.from : '-infinity',
      dated ? period.until : 'infinity',
      from.day,
      from.id,
      indicator.type.version > 1 ? '{}' : JSON.stringify(narrowed),
      asked,
    ],
  )
  return rows
}

/** Whether a record holds the very text that a dimension has: not so yes or no, numbers, nothing at all, or a long text. */
const isStoredSo = (info: FieldInfo | undefined, value: unknown) =>
  typeof value === 'string' &&
  value !== '' &&
  (info?.kind === 'choice' || info?.kind === 'org' || (info?.kind === 'text' && value.length < 100))

const everUnder = (ledger: Ledger, org: OrgUnit) =>
  ledger.orgs.all().filter(unit => unit.root === org.root && unit.spans.some(span => span.ancestors.includes(org.id)))

/** What one record adds to the asked figure; null when it does not count there. */
function worth(ledger: Ledger, question: Question, indicator: Additive, record: StoredRecord): number | null {
  const { period, where, org, own, now } = question
  const stock = indicator.kind === 'stock'
  const parts = contributions(question.id, indicator, {
    ...record,
    fields: upgrade(indicator.type, record.typeVersion, record.fields),
  }).filter(one => {
    if (one.day >= period.until || (!stock && one.day < period.from)) return false
    if (Object.entries(where).some(([name, value]) => one.dims[name] !== value)) return false
    const unit = ledger.orgs.byId(record.org)!
    if (own) return unit.id === org.id
    if (now) return unit.path.startsWith(org.path)
    return spanOn(unit, stock ? addDays(period.until, -1) : one.day).ancestors.includes(org.id)
  })
  if (parts.length === 0) return null
  const counted = indicator.kind === 'count' || indicator.kind === 'distinct' || (stock && !indicator.field)
  const value =
    parts.reduce((sum, one) => sum + (counted ? one.n : one.total), 0) / (counted ? 1 : 10 ** parts[0]!.scale)
  if (indicator.kind === 'distinct') return parts.some(one => one.dims[DISTINCT]) ? 1 : null
  return stock && value === 0 ? null : value
}

interface EntryOf {
  readonly id: string
  readonly seq: number
  readonly hash: string
}

const LEAF_HASH = `encode(sha256('\\x00'::bytea || convert_to(j.entry, 'UTF8')), 'hex')`

/** The journal entry of each record's version. */
async function entriesOf(ledger: Ledger, root: number, records: readonly StoredRecord[]): Promise<EntryOf[]> {
  if (records.length === 0) return []
  const { rows } = await ledger.store.pool.query<EntryOf>(
    `SELECT i.id, j.seq, ${LEAF_HASH} AS hash
     FROM unnest($2::uuid[], $3::int[]) AS i(id, version) CROSS JOIN LATERAL (
       SELECT seq, entry FROM journal
       WHERE root = $1 AND subject = 'record:' || i.id AND (entry::json ->> 'version')::int = i.version LIMIT 1) j`,
    [root, records.map(record => record.id), records.map(record => record.version)],
  )
  return rows
}
