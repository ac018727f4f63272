import { may } from '../people/actor.ts'
import type { FieldInfo } from '../records/fields.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import type { RecordType } from '../records/type.ts'
import { typeNamed } from '../registry.ts'
import { fail } from '../result.ts'
import type { Arguments } from './arguments.ts'
import { Refusal, type Rendering } from './rendering.ts'

const MOST = 200

/**
 * Records that count for the report's org unit and period and that the actor may read: of the units that stood under it
 * on each record's day. Arguments: `limit`, `sort` (a field, `-` before it for descending; choices in the order they are
 * declared), and fields with the value they must have.
 */
export async function notableRecords(rendering: Rendering, given: Arguments): Promise<readonly StoredRecord[]> {
  const { ledger, actor, org, period, facts } = rendering
  const key = JSON.stringify(given)
  const known = facts.records.get(key)
  if (known) return known
  const type = typeNamed(ledger.registry, given.first)
  if (!type.ok) throw new Refusal(type)
  const { limit = '10', sort = '', ...narrowing } = given.named
  const order = orderOf(type.value, sort)
  const readable = ledger.orgs.all().filter(unit => unit.root === org.root && may(actor, 'read', unit.path))
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     JOIN org_span s ON s.root = r.root AND s.org = r.org AND s.since <= r.day AND r.day < s.until
     WHERE r.root = $1 AND r.type = $2 AND r.org = ANY($3) AND $4 = ANY(s.ancestors) AND r.status IN ('entered', 'confirmed')
       AND r.day >= $5 AND r.day < $6 AND r.fields @> $7::jsonb
     ORDER BY ${order.sql} r.day, r.id LIMIT $8`,
    [
      org.root,
      type.value.id,
      readable.map(unit => unit.id),
      org.id,
      period.from,
      period.until,
      JSON.stringify(narrowed(type.value, narrowing)),
      Math.min(Number(limit) || 10, MOST),
      ...order.values,
    ],
  )
  facts.records.set(key, rows)
  return rows
}

function orderOf(type: RecordType, sort: string): { sql: string; values: unknown[] } {
  if (sort === '') return { sql: '', values: [] }
  const name = sort.replace(/^-/, '')
  const direction = sort.startsWith('-') ? 'DESC NULLS LAST' : 'ASC NULLS LAST'
  const info = fieldOf(type, name)
  if (info.kind !== 'choice') return { sql: `r.fields -> $9::text ${direction},`, values: [name] }
  return {
    sql: `array_position($10::text[], r.fields ->> $9::text) ${direction},`,
    values: [name, Object.keys(info.choices ?? {})],
  }
}

/** Values as records hold them: a template writes all of them as text. */
const narrowed = (type: RecordType, narrowing: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(narrowing).map(([name, value]) => [name, valueAs(fieldOf(type, name), value)]))

function valueAs({ kind }: FieldInfo, value: string): unknown {
  if (kind === 'boolean') return value === 'true'
  return ['integer', 'decimal', 'money', 'mass', 'length', 'area'].includes(kind) ? Number(value) : value
}

function fieldOf(type: RecordType, name: string): FieldInfo {
  const info = type.fields[name]
  if (info && info.kind !== 'personal') return info
  throw new Refusal(
    fail('report/unknown-field', {
      field: 'template',
      type: type.id,
      name,
      zh: `“${type.title.zh}”没有可用的字段“${name}”`,
      en: `${type.id} has no field ${name} to choose or sort by`,
    }),
  )
}
