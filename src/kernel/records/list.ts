import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { fail, must, ok, type Result } from '../result.ts'
import { asNumber, NUMERIC } from './list-filter.ts'
import { type ListPlan, type ListQuery, planList } from './list-query.ts'
import { after, cursorOf, orderBy, type Position, positionAt } from './list-sort.ts'
import { visibleFields } from './personal.ts'
import { RECORD_COLUMNS, type Status, type StoredRecord } from './record.ts'
import { holds, searchedTexts } from './terms.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

/** A record as anyone who may read it sees it. */
export interface ListedRecord {
  readonly id: string
  readonly type: string
  /** Code of the org unit. */
  readonly org: string
  readonly day: string
  readonly status: Status
  readonly state: string
  readonly version: number
  /** As the present version of the type has them; personal values masked. */
  readonly fields: Fields
  readonly updatedAt: string
  readonly updatedBy: string | null
  readonly createdAt: string
}

export interface RecordPage {
  readonly records: readonly ListedRecord[]
  /** Where the next page begins; missing on the last. */
  readonly next?: string
  /** With `totals`: how many records the query finds, and the sums of its numeric fields in their base units. */
  readonly count?: number
  readonly totals?: Readonly<Record<string, number>>
}

const USUAL = 50
const MOST = 500
const BATCH = 1000

/** A page of the records of a type that a query finds and the actor may read. */
export async function listRecords(ledger: Ledger, actor: Actor, query: ListQuery): Promise<Result<RecordPage>> {
  const limit = query.limit ?? USUAL
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    return fail('list/limit', {
      field: 'limit',
      value: query.limit,
      zh: `每页1到${MOST}条`,
      en: `A page has 1 to ${MOST} records`,
    })
  const plan = planList(ledger, actor, query)
  if (!plan.ok) return plan
  const from = query.after === undefined ? ok(null) : positionAt(plan.value.sort, query.after)
  if (!from.ok) return from
  const [found, totals] = await Promise.all([
    findFrom(ledger, plan.value, from.value, limit + 1),
    query.totals ? totalsOf(ledger, plan.value) : {},
  ])
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return ok({
    records: await asListed(ledger, page),
    ...(found.length > limit && last ? { next: cursorOf(plan.value.sort, positionOf(last)) } : {}),
    ...totals,
  })
}

/** Whether a list query can be answered, without answering it. */
export function checkList(ledger: Ledger, actor: Actor, query: ListQuery): Result<true> {
  const plan = planList(ledger, actor, query)
  return plan.ok ? ok(true) : plan
}

/**
 * All records that a query finds, in batches, for export; `after` and `limit` do not matter.
 * @throws when the query is refused: ask `checkList` first
 */
export async function* eachRecord(ledger: Ledger, actor: Actor, query: ListQuery): AsyncGenerator<ListedRecord[]> {
  const plan = must(planList(ledger, actor, query))
  let from: Position | null = null
  for (;;) {
    const found: Found[] = await findFrom(ledger, plan, from, BATCH)
    if (found.length > 0) yield await asListed(ledger, found)
    const last = found.at(-1)
    if (!last || found.length < BATCH) return
    from = positionOf(last)
  }
}

/** All records that a query finds and that count, at once: of registers, which are short. */
export async function allRecords(ledger: Ledger, actor: Actor, query: ListQuery): Promise<Result<ListedRecord[]>> {
  const counting: ListQuery = { status: ['entered', 'confirmed'], ...query }
  const allowed = checkList(ledger, actor, counting)
  if (!allowed.ok) return allowed
  const all: ListedRecord[] = []
  for await (const batch of eachRecord(ledger, actor, counting)) all.push(...batch)
  return ok(all)
}

/** Records as listed, in the order given. One query for their personal values, none without. */
export async function asListed(ledger: Ledger, records: readonly StoredRecord[]): Promise<ListedRecord[]> {
  const visible = await visibleFields(ledger, records)
  return records.map((record, i) => ({
    id: record.id,
    type: record.type,
    org: ledger.orgs.byId(record.org)!.code,
    day: record.day,
    status: record.status,
    state: record.state,
    version: record.version,
    fields: visible[i]!,
    updatedAt: record.updatedAt,
    updatedBy: record.updatedBy,
    createdAt: record.createdAt,
  }))
}

type Found = StoredRecord & { readonly sortKey: string | null }

const positionOf = ({ sortKey, id }: Found): Position => ({ key: sortKey, id })

/** The first records after a position. Pinyin initials are looked at one by one, in as many pages as it takes. */
async function findFrom(ledger: Ledger, plan: ListPlan, start: Position | null, wanted: number): Promise<Found[]> {
  const { letters, type } = plan
  if (!letters) return page(ledger, plan, start, wanted)
  const found: Found[] = []
  for (let from = start; ; ) {
    const candidates = await page(ledger, plan, from, BATCH)
    found.push(...candidates.filter(record => holds(letters, textsOf(type, record))))
    const last = candidates.at(-1)
    if (found.length >= wanted || !last || candidates.length < BATCH) return found.slice(0, wanted)
    from = positionOf(last)
  }
}

const textsOf = (type: RecordType, { typeVersion, fields }: Pick<StoredRecord, 'typeVersion' | 'fields'>) =>
  searchedTexts(type, upgrade(type, typeVersion, fields))

/** One query: the first of each tree, which its index gives in order, then the first of them all. */
async function page(ledger: Ledger, plan: ListPlan, from: Position | null, limit: number): Promise<Found[]> {
  const { sort } = plan
  const values = [...plan.values]
  const put = (value: unknown) => `$${values.push(value)}`
  const where = from ? [...plan.where, after(sort, from, put)] : plan.where
  const most = put(limit)
  const { rows } = await ledger.store.pool.query<Found>(
    `SELECT f.* FROM (
       SELECT r.*, r.key::text AS "sortKey" FROM unnest($1::int[]) AS t(root) CROSS JOIN LATERAL (
         SELECT ${RECORD_COLUMNS}, ${sort.key} AS key FROM record r
         WHERE r.root = t.root AND r.type = $2 AND ${where.join(' AND ')}
         ORDER BY ${orderBy(sort, 'record')} LIMIT ${most}) r) f
     ORDER BY ${orderBy(sort, 'found')} LIMIT ${most}`,
    values,
  )
  return rows
}

async function totalsOf(ledger: Ledger, plan: ListPlan): Promise<Required<Pick<RecordPage, 'count' | 'totals'>>> {
  const { type } = plan
  const fields = Object.keys(type.fields).filter(name => NUMERIC.has(type.fields[name]!.kind))
  const values = [...plan.values]
  const where = [...plan.where]
  if (plan.letters) where.push(`r.id = ANY($${values.push(await idsOf(ledger, plan))}::uuid[])`)
  const { rows } = await ledger.store.pool.query<{ count: number; sums: (string | null)[] }>(
    `SELECT count(*) AS count, ARRAY[${fields.map(name => `sum(${asNumber(type, name)})`).join(', ')}]::text[] AS sums
     FROM record r WHERE r.root = ANY($1::int[]) AND r.type = $2 AND ${where.join(' AND ')}`,
    values,
  )
  const { count, sums } = rows[0]!
  return { count, totals: Object.fromEntries(fields.map((name, i) => [name, Number(sums[i] ?? 0)])) }
}

/** Ids of all that a search by initials finds. */
async function idsOf(ledger: Ledger, plan: ListPlan): Promise<string[]> {
  const ids: string[] = []
  for (let from: Position | null = null; ; ) {
    const found: Found[] = await findFrom(ledger, plan, from, BATCH)
    ids.push(...found.map(record => record.id))
    const last = found.at(-1)
    if (!last || found.length < BATCH) return ids
    from = positionOf(last)
  }
}
