import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { referringTerm } from '../records/terms.ts'
import { fail, ok, type Result } from '../result.ts'
import { readScheme, type Scheme } from './scheme.ts'

// What is stored of an assessment.

export interface StoredMark extends StoredRecord {
  /** How many files are attached. */
  readonly files: number
}

/** A scheme of the tree that a unit stands in, whoever may read it. */
export async function findScheme(ledger: Ledger, root: number, id: string): Promise<Result<Scheme>> {
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.id::text = $2 AND r.type = 'assessment.scheme' AND r.status IN ('entered', 'confirmed')`,
    [root, id],
  )
  if (rows[0]) return readScheme(ledger, rows[0])
  return fail('scheme/unknown', { field: 'scheme', zh: '没有这个考核办法', en: 'There is no such scheme' })
}

const OF_SCHEME = `r.root = $1 AND r.type = $2 AND r.links @> ARRAY[$3] AND r.fields ->> 'scheme' = $4 AND r.fields ->> 'period' = $5
  AND r.status IN ('entered', 'confirmed')`

/** Marks of a scheme for a period, by item and unit. */
export async function marksOf(
  ledger: Ledger,
  scheme: Pick<Scheme, 'id' | 'org'>,
  period: string,
  client?: pg.PoolClient,
): Promise<readonly StoredMark[]> {
  const { rows } = await (client ?? ledger.store.pool).query<StoredMark>(
    `SELECT ${RECORD_COLUMNS}, (SELECT count(*)::int FROM record_evidence e WHERE e.root = r.root AND e.record = r.id) AS files
     FROM record r WHERE ${OF_SCHEME} ORDER BY r.fields ->> 'item', r.org, r.id`,
    [scheme.org.root, 'assessment.mark', referringTerm(scheme.id), scheme.id, period],
  )
  return rows
}

/** Published results of a scheme for a period. */
export async function resultsOf(
  ledger: Ledger,
  scheme: Pick<Scheme, 'id' | 'org'>,
  period: string,
): Promise<readonly StoredRecord[]> {
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r WHERE ${OF_SCHEME} ORDER BY r.org`,
    [scheme.org.root, 'assessment.result', referringTerm(scheme.id), scheme.id, period],
  )
  return rows
}

/** A mark with its scheme. */
export async function findMark(
  ledger: Ledger,
  root: number,
  id: string,
): Promise<Result<{ mark: StoredMark; scheme: Scheme }>> {
  const { rows } = await ledger.store.pool.query<StoredMark>(
    `SELECT ${RECORD_COLUMNS}, (SELECT count(*)::int FROM record_evidence e WHERE e.root = r.root AND e.record = r.id) AS files
     FROM record r WHERE r.root = $1 AND r.id::text = $2 AND r.type = 'assessment.mark' AND r.status IN ('entered', 'confirmed')`,
    [root, id],
  )
  const mark = rows[0]
  if (!mark) return fail('mark/unknown', { field: 'mark', zh: '没有这个考核项目', en: 'There is no such item' })
  const scheme = await findScheme(ledger, root, String(mark.fields.scheme))
  return scheme.ok ? ok({ mark, scheme: scheme.value }) : scheme
}
