import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { StoredRecord } from '../records/record.ts'
import { type Fields, type RecordType, upgrade } from '../records/type.ts'

// What the ledger held before an import: asked outside of the import's own transaction, many rows in one query.

/** Whether any record of a type was imported before; until one was, no row can be a repeat. */
export async function hasImports(ledger: Ledger, root: number, type: RecordType): Promise<boolean> {
  const { rows } = await ledger.store.pool.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM record WHERE root = $1 AND type = $2 AND origin IS NOT NULL) AS found',
    [root, type.id],
  )
  return rows[0]!.found
}

/**
 * Which of the given values are there; none is asked for when none is given. Each is found as the first from itself on in
 * its index: that order leaves the planner no other index to take, which on a table without statistics (as one is while
 * it is first filled) it does, reading the whole type for each value.
 */
const present =
  (column: 'origin' | 'unique_key' | 'likeness', living: boolean) =>
  async (ledger: Ledger, root: number, type: RecordType, values: readonly string[]): Promise<ReadonlySet<string>> => {
    if (values.length === 0) return new Set()
    const { rows } = await ledger.store.pool.query<{ value: string }>({
      name: `exchange-${column}`,
      text: lookUp(column, living),
      values: [root, type.id, values],
    })
    return new Set(rows.map(row => row.value))
  }

const lookUp = (column: string, living: boolean) => `
  SELECT v.value, found.id FROM unnest($3::text[]) AS v(value) CROSS JOIN LATERAL (
    SELECT r.id, r.root, r.type, r.${column} FROM record r
    WHERE (r.root, r.type, r.${column}) >= ($1::int, $2::text, v.value) AND r.${column} IS NOT NULL
      ${living ? `AND r.status <> 'void'` : ''}
    ORDER BY r.root, r.type, r.${column} LIMIT 1) found
  WHERE found.root = $1::int AND found.type = $2::text AND found.${column} = v.value`

/** A row that was imported and then voided stays void: its origin counts. */
export const presentOrigins = present('origin', false)
export const presentKeys = present('unique_key', true)
export const presentLikenesses = present('likeness', true)

/** Records of a type by id, their fields as the present version has them. */
export async function recordsById(
  ledger: Ledger,
  root: number,
  type: RecordType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Fields>> {
  if (ids.length === 0) return new Map()
  const { rows } = await ledger.store.pool.query<Pick<StoredRecord, 'id' | 'typeVersion' | 'fields'>>(
    `SELECT id, type_version AS "typeVersion", fields FROM record WHERE root = $1 AND type = $2 AND id = ANY($3::uuid[])`,
    [root, type.id, ids],
  )
  return new Map(rows.map(row => [row.id, upgrade(type, row.typeVersion, row.fields)]))
}

/** Ids of records by what makes them unique: a project by its number. Only types with one key field can be named so. */
export async function idsByKey(
  ledger: Ledger,
  root: number,
  type: RecordType | undefined,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [key, ...more] = type?.key ?? []
  if (!type || !key || key === 'org' || more.length > 0 || texts.length === 0) return new Map()
  const keys = new Map(texts.map(text => [JSON.stringify([text]), text]))
  const { rows } = await ledger.store.pool.query<{ id: string; value: string }>(lookUp('unique_key', true), [
    root,
    type.id,
    [...keys.keys()],
  ])
  return new Map(rows.map(row => [keys.get(row.value)!, row.id]))
}

/** People who may be named in a file of a tree, by login and by name; a name that several have gives null. */
export async function peopleNamed(
  ledger: Ledger,
  org: OrgUnit,
  type: RecordType,
): Promise<ReadonlyMap<string, string | null>> {
  const people = new Map<string, string | null>()
  if (!Object.values(type.fields).some(info => info.kind === 'person')) return people
  const { rows } = await ledger.store.pool.query<{ id: string; login: string; name: string }>(
    `SELECT DISTINCT p.id, p.login, p.name FROM person p JOIN role_grant g ON g.person = p.id
     JOIN org_unit u ON u.id = g.org WHERE u.root = $1 AND NOT p.disabled`,
    [org.root],
  )
  for (const { id, name } of rows) people.set(name, people.has(name) ? null : id)
  for (const { id, login } of rows) people.set(login, id).set(id, id)
  return people
}
