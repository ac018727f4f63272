import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { day as parseDay } from '../period/period.ts'
import { typeNamed } from '../registry.ts'
import { ok, type Problem, type Result } from '../result.ts'
import type { Change } from './commit.ts'
import { likenessOf } from './content.ts'
import { isRequired } from './fields.ts'
import { asListed, type ListedRecord } from './list.ts'
import { RECORD_COLUMNS, type StoredRecord } from './record.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

/** Candidates of one unit and day that are compared text by text. */
const MOST = 200
const SHOWN = 10

/**
 * Records that look the same as one being entered, however incomplete it still is: first those alike in the fields the
 * type names for that, then those of the same unit and day whose short texts all say the same.
 */
export async function similarTo(
  ledger: Ledger,
  actor: Actor,
  typeId: string,
  entered: { readonly org: string; readonly fields: unknown; readonly except?: string },
): Promise<Result<readonly ListedRecord[]>> {
  const type = typeNamed(ledger.registry, typeId)
  if (!type.ok) return type
  const org = ledger.orgs.find(entered.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'enter', org.value)
  if (!permitted.ok) return permitted
  const fields = tidied(entered.fields)
  const [alike, near] = await Promise.all([
    alikeTo(ledger, type.value, org.value, fields),
    nearTo(ledger, type.value, org.value, fields),
  ])
  const found = new Map([...alike, ...near].map(record => [record.id, record]))
  if (entered.except) found.delete(entered.except)
  return ok(await asListed(ledger, [...found.values()].slice(0, SHOWN)))
}

/** Texts as validation would leave them; what is empty is not said. */
function tidied(fields: unknown): Fields {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return {}
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const tidy: unknown = typeof value === 'string' ? value.normalize('NFC').trim() : value
      return tidy === '' || tidy === null || tidy === undefined ? [] : [[name, tidy]]
    }),
  )
}

async function alikeTo(ledger: Ledger, type: RecordType, org: OrgUnit, fields: Fields): Promise<StoredRecord[]> {
  const isOptional = (name: string) => name in type.schema.shape && !isRequired(type.schema.shape[name]!)
  if (!type.like?.every(name => name in fields || isOptional(name))) return []
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.type = $2 AND r.likeness = $3 AND r.status <> 'void' ORDER BY r.id DESC LIMIT ${SHOWN}`,
    [org.root, type.id, likenessOf(ledger, type, org.id, fields)],
  )
  return rows
}

async function nearTo(ledger: Ledger, type: RecordType, org: OrgUnit, fields: Fields): Promise<StoredRecord[]> {
  const day = fields[type.day]
  const names = keyTexts(type, fields)
  if (typeof day !== 'string' || !parseDay(day).ok || names.length === 0) return []
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.type = $2 AND r.org = $3 AND r.day = $4 AND r.status <> 'void' ORDER BY r.id DESC LIMIT ${MOST}`,
    [org.root, type.id, org.id, day],
  )
  return rows.filter(({ typeVersion, fields: stored }) => {
    const there = upgrade(type, typeVersion, stored)
    return names.every(name => folded(there[name]) === folded(fields[name]))
  })
}

/** The texts that tell records of a type apart: the short ones entered, or the long ones where none was. */
function keyTexts(type: RecordType, fields: Fields): string[] {
  const texts = Object.entries(type.fields).filter(
    ([name, info]) => info.kind === 'text' && !(name in type.computed) && typeof fields[name] === 'string',
  )
  const short = texts.filter(([, info]) => !info.multiline)
  return (short.length > 0 ? short : texts).map(([name]) => name)
}

/** A text without what typists differ in: full or half width, capitals, spaces and punctuation. */
const folded = (value: unknown) =>
  typeof value === 'string'
    ? value
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[\s\p{P}]/gu, '')
    : ''

/** Which of the records about to be saved look like which that are there, or like one another. */
export async function looksLike(
  ledger: Ledger,
  changes: readonly Change[],
  problem: Problem,
  client?: pg.PoolClient,
): Promise<Problem[]> {
  const { root, type } = changes[0]!
  const { rows } = await (client ?? ledger.store.pool).query<{ id: string; likeness: string }>(
    `SELECT id, likeness FROM record WHERE root = $1 AND type = $2 AND likeness = ANY($3) AND status <> 'void' LIMIT 1000`,
    [root, type.id, changes.map(change => change.likeness)],
  )
  const problems = changes.flatMap((change, row) => {
    const records = rows.filter(one => one.likeness === change.likeness).map(one => one.id)
    const rowsBefore = changes.slice(0, row).flatMap((one, i) => (one.likeness === change.likeness ? [i] : []))
    if (change.likeness === null || (records.length === 0 && rowsBefore.length === 0)) return []
    return [{ ...problem, records, ...(changes.length > 1 ? { row, rows: rowsBefore } : {}) }]
  })
  return problems.length > 0 ? problems : [problem]
}
