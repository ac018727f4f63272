import { inTransaction } from '../../store/transaction.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import { ERASED, mask } from './mask.ts'
import { readRecord } from './read.ts'
import type { StoredRecord } from './record.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

// Personal values: stored encrypted, shown masked, revealed for a purpose that the journal keeps, erased on request.

/** The personal values of one version of a record in plain, by field; erased ones are missing. Not for anyone's eyes. */
export async function personalValues(ledger: Ledger, record: Sealed): Promise<Readonly<Record<string, string>>> {
  const type = ledger.registry.types.get(record.type)
  const values = await unsealed(ledger, [record])
  const fields = type ? upgrade(type, record.typeVersion, record.fields) : record.fields
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const plain = values.get(record.id + (commitmentOf(value) ?? ''))
      return plain === undefined ? [] : [[name, plain]]
    }),
  )
}

type Sealed = Pick<StoredRecord, 'root' | 'id' | 'type' | 'typeVersion' | 'fields'>

/** Fields of records as the present declarations have them and as anyone may see them. One query, none without personal data. */
export async function visibleFields(ledger: Ledger, records: readonly Sealed[]): Promise<Fields[]> {
  const values = await unsealed(ledger, records)
  return records.map(record => {
    const type = ledger.registry.types.get(record.type)
    if (!type) return record.fields
    const fields = upgrade(type, record.typeVersion, record.fields)
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        const commitment = commitmentOf(value)
        if (commitment === undefined) return [name, value]
        const plain = values.get(record.id + commitment)
        return [name, plain === undefined ? ERASED.zh : mask(type.fields[name]?.personal, plain)]
      }),
    )
  })
}

const commitmentOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'sealed' in value ? String(value.sealed) : undefined

/** Personal values by record id and commitment; erased ones are missing. */
async function unsealed(ledger: Ledger, records: readonly Sealed[]): Promise<Map<string, string>> {
  const sealed = records.filter(record => Object.values(record.fields).some(value => commitmentOf(value) !== undefined))
  if (sealed.length === 0) return new Map()
  const { rows } = await ledger.store.pool.query<{ record: string; commitment: string; cipher: Buffer; keyId: string }>(
    `SELECT record, commitment, cipher, key_id AS "keyId" FROM personal WHERE root = ANY($1) AND record = ANY($2)`,
    [[...new Set(sealed.map(record => record.root))], [...new Set(sealed.map(record => record.id))]],
  )
  return new Map(rows.map(row => [row.record + row.commitment, ledger.keys.unseal(row)]))
}

/** The personal fields of a record in full, to one who may enter there. The journal keeps who looked, when and why. */
export async function reveal(
  ledger: Ledger,
  actor: Actor,
  id: string,
  purpose: string,
): Promise<Result<Readonly<Record<string, string | null>>>> {
  const found = await personalRecord(ledger, actor, id, 'enter', purpose, { zh: '查看目的', en: 'The purpose' })
  if (!found.ok) return found
  const { record, type, code } = found.value
  const values = await unsealed(ledger, [record])
  const fields = Object.entries(upgrade(type, record.typeVersion, record.fields)).flatMap(([name, value]) => {
    const commitment = commitmentOf(value)
    return commitment === undefined ? [] : [[name, values.get(record.id + commitment) ?? null] as const]
  })
  await inTransaction(ledger.store.pool, client =>
    appendTo(client, record.root, [
      entry(ledger, actor, record, code, 'reveal', { purpose: purpose.trim(), fields: fields.map(([name]) => name) }),
    ]),
  )
  return ok(Object.fromEntries(fields))
}

/**
 * Erases the personal values of a record, of all its versions. Their commitments stay in the record, so that every hash
 * and proof still verifies; without value and salt they tell nothing.
 * @returns how many values were erased
 */
export async function erase(ledger: Ledger, actor: Actor, id: string, reason: string): Promise<Result<number>> {
  const found = await personalRecord(ledger, actor, id, 'administer', reason, { zh: '删除原因', en: 'The reason' })
  if (!found.ok) return found
  const { record, code } = found.value
  return inTransaction(ledger.store.pool, async client => {
    const done = await client.query('DELETE FROM personal WHERE root = $1 AND record = $2', [record.root, id])
    // The likeness and the terms of personal values are keyed hashes of what is erased.
    await client.query(
      `UPDATE record SET likeness = NULL, terms = ARRAY(SELECT t FROM unnest(terms) t WHERE t NOT LIKE '#%')
       WHERE root = $1 AND id = $2`,
      [record.root, id],
    )
    const erased = done.rowCount ?? 0
    await appendTo(client, record.root, [
      entry(ledger, actor, record, code, 'erase', { reason: reason.trim(), erased }),
    ])
    return ok(erased)
  })
}

interface Found {
  readonly record: StoredRecord
  readonly type: RecordType
  readonly code: string
}

async function personalRecord(
  ledger: Ledger,
  actor: Actor,
  id: string,
  right: 'enter' | 'administer',
  why: string,
  words: { zh: string; en: string },
): Promise<Result<Found>> {
  const record = await readRecord(ledger, actor, id)
  if (!record.ok) return record
  const org = ledger.orgs.byId(record.value.org)!
  const permitted = permit(actor, right, org)
  if (!permitted.ok) return permitted
  if (why.trim().length < 2 || why.length > 200)
    return fail('personal/why', {
      field: right === 'enter' ? 'purpose' : 'reason',
      zh: `${words.zh}要写明，最多200个字`,
      en: `${words.en} must be said, in at most 200 characters`,
    })
  const type = ledger.registry.types.get(record.value.type)
  if (!type)
    return fail('type/unknown', { type: record.value.type, zh: '没有这种台账', en: 'There is no such record type' })
  return ok({ record: record.value, type, code: org.code })
}

/** Not under the record's own subject: the record did not change. */
const entry = (ledger: Ledger, actor: Actor, record: StoredRecord, org: string, action: string, note: unknown) => ({
  action,
  actor: actor.person,
  after: null,
  at: ledger.clock().toISOString(),
  before: null,
  from: actor.from,
  note,
  org,
  root: ledger.orgs.byId(record.root)!.code,
  subject: `personal:${record.id}`,
  type: record.type,
})
