import type { Ledger } from '../ledger.ts'
import type { Problem } from '../result.ts'
import type { Change } from './commit.ts'
import type { RecordType } from './type.ts'

/** References to records and attachments that do not exist, as problems. One query each, none when there are no links. */
export async function missingLinks(ledger: Ledger, type: RecordType, changes: readonly Change[]): Promise<Problem[]> {
  const names = (kind: 'reference' | 'attachment') =>
    Object.keys(type.fields).filter(name => type.fields[name]!.kind === kind)
  return [
    ...(await missing(
      ledger,
      type,
      changes,
      names('reference'),
      'SELECT id::text AS key FROM record WHERE root = $1 AND id = ANY($2::uuid[])',
    )),
    ...(await missing(
      ledger,
      type,
      changes,
      names('attachment'),
      'SELECT sha256 AS key FROM evidence WHERE root = $1 AND sha256 = ANY($2)',
    )),
  ]
}

async function missing(
  ledger: Ledger,
  type: RecordType,
  changes: readonly Change[],
  names: readonly string[],
  query: string,
): Promise<Problem[]> {
  const links = changes.flatMap((change, row) =>
    names.flatMap(name => {
      const value = change.after.fields[name]
      return typeof value === 'string' ? [{ row, name, value }] : []
    }),
  )
  if (links.length === 0) return []
  const { rows } = await ledger.store.pool.query<{ key: string }>(query, [
    changes[0]!.root,
    [...new Set(links.map(link => link.value))],
  ])
  const there = new Set(rows.map(row => row.key))
  return links
    .filter(link => !there.has(link.value))
    .map(link => ({
      code: 'field/no-such-record',
      field: link.name,
      value: link.value,
      ...(changes.length > 1 ? { row: link.row } : {}),
      zh: `${type.fields[link.name]!.title.zh}：没有这条记录或附件`,
      en: `${type.fields[link.name]!.title.en}: there is no such record or attachment`,
    }))
}
