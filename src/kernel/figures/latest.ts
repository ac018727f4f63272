import type { Ledger } from '../ledger.ts'
import { type OrgUnit, spanOn } from '../org/directory.ts'
import { addDays } from '../period/period.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { storedField } from '../records/stored-field.ts'
import { type RecordType, upgrade } from '../records/type.ts'
import { counts, matches } from './contribution.ts'
import type { Latest } from './indicator.ts'
import { recordsAsOf } from './past.ts'
import type { Question } from './question.ts'

export interface LatestRecord {
  readonly record: StoredRecord
  readonly value: number
}

/** The newest value on or before the end of the period, of each org unit at or under the asked one, by code. */
export async function latestAmounts(
  ledger: Ledger,
  question: Question,
  indicator: Latest,
): Promise<Map<string, number>> {
  const found = await latestRecords(ledger, question, indicator)
  return new Map(found.map(({ record, value }) => [ledger.orgs.byId(record.org)!.code, value]))
}

/** The record that says each unit's newest value, newest first. A record that does not say the field says nothing of it. */
export async function latestRecords(
  ledger: Ledger,
  question: Question,
  indicator: Latest,
): Promise<readonly LatestRecord[]> {
  const units = standing(ledger, question)
  const records = question.asOf
    ? newestThen(
        await recordsAsOf(ledger, question.org.root, indicator.type.id, question.asOf),
        units,
        question,
        indicator,
      )
    : await newestNow(ledger, units, question, indicator)
  return records.map(record => ({ record, value: valueOfRecord(record, indicator)! })).sort(newestFirst)
}

/** The sums for many units of one tree, by unit id; a unit beneath which nothing was ever said is not there. */
export async function latestByUnit(
  ledger: Ledger,
  asked: readonly OrgUnit[],
  question: Question,
  indicator: Latest,
): Promise<Map<number, number>> {
  const last = addDays(question.period.until, -1)
  const wanted = new Set(asked.map(unit => unit.id))
  const above = (unit: OrgUnit) => spanOn(unit, last).ancestors.filter(id => wanted.has(id))
  const beneath = ledger.orgs.all().filter(unit => unit.root === question.org.root && above(unit).length > 0)
  const sums = new Map<number, number>()
  for (const record of await newestNow(ledger, beneath, question, indicator)) {
    const value = valueOfRecord(record, indicator)!
    for (const id of above(ledger.orgs.byId(record.org)!)) sums.set(id, (sums.get(id) ?? 0) + value)
  }
  return sums
}

/** Units at or under the asked one at the end of the period, or today. */
function standing(ledger: Ledger, { org, own, now, period }: Question): readonly OrgUnit[] {
  if (own) return [org]
  if (now) return ledger.orgs.under(org.path)
  const last = addDays(period.until, -1)
  return ledger.orgs.all().filter(unit => unit.root === org.root && spanOn(unit, last).ancestors.includes(org.id))
}

async function newestNow(
  ledger: Ledger,
  units: readonly OrgUnit[],
  { org, period }: Question,
  indicator: Latest,
): Promise<StoredRecord[]> {
  const { type, field } = indicator
  const values: unknown[] = [org.root, type.id, units.map(unit => unit.id), period.until]
  const narrowed = Object.entries(indicator.where).map(([name, wanted]) =>
    Array.isArray(wanted)
      ? `${textOf(type, name)} = ANY($${values.push(wanted)}::text[])`
      : is(type, name, `$${values.push(String(wanted))}::text`),
  )
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT l.* FROM unnest($3::int[]) AS u(org) CROSS JOIN LATERAL (
       SELECT ${RECORD_COLUMNS} FROM record r
       WHERE r.root = $1 AND r.type = $2 AND r.org = u.org AND r.day < $4 AND r.status IN ('entered', 'confirmed')
         AND ${[`jsonb_typeof(${storedField(type, field)}) = 'number'`, ...narrowed].join(' AND ')}
       ORDER BY r.day DESC, r.id DESC LIMIT 1) l`,
    values,
  )
  return rows
}

const textOf = (type: RecordType, name: string) =>
  name === 'state' ? 'r.state' : `(${storedField(type, name)} #>> '{}')`

/** A field that is a value, or a list that holds it. */
const is = (type: RecordType, name: string, value: string) =>
  type.fields[name]?.kind === 'choices' ? `${storedField(type, name)} ? ${value}` : `${textOf(type, name)} = ${value}`

function newestThen(
  records: readonly StoredRecord[],
  units: readonly OrgUnit[],
  { period }: Question,
  indicator: Latest,
): StoredRecord[] {
  const asked = new Set(units.map(unit => unit.id))
  const newest = new Map<number, StoredRecord>()
  for (const record of records) {
    if (!asked.has(record.org) || record.day >= period.until || !counts(record.status)) continue
    if (valueOfRecord(record, indicator) === null) continue
    const fields = { ...upgrade(indicator.type, record.typeVersion, record.fields), state: record.state }
    if (!matches(indicator.where, fields)) continue
    const before = newest.get(record.org)
    if (!before || newestFirst({ record }, { record: before }) < 0) newest.set(record.org, record)
  }
  return [...newest.values()]
}

function valueOfRecord(record: StoredRecord, { type, field }: Latest): number | null {
  const value = upgrade(type, record.typeVersion, record.fields)[field]
  return typeof value === 'number' ? value : null
}

/** By day and then by id, descending: the order of pages of explained records. */
export const newestFirst = (a: { record: StoredRecord }, b: { record: StoredRecord }): number => {
  const [x, y] = [a.record.day + a.record.id, b.record.day + b.record.id]
  return x < y ? 1 : x > y ? -1 : 0
}
