import { Readable } from 'node:stream'
import { addEvidence } from '../src/kernel/evidence/evidence.ts'
import type { Ledger } from '../src/kernel/ledger.ts'
import { change } from '../src/kernel/records/records.ts'
import { must } from '../src/kernel/result.ts'
import type { OriginalRecord } from './generate/all.ts'
import type { Entering } from './load.ts'

/** Attaches files, then tells what became of records once all others were there. What an earlier loading did is not repeated. */
export async function afterwards(
  ledger: Ledger,
  records: readonly OriginalRecord[],
  ids: ReadonlyMap<string, string>,
  enteredBy: Entering,
): Promise<void> {
  const proven = records.filter(({ proof }) => proof !== undefined)
  const changed = records.filter(({ later = [] }) => later.length > 0)
  const idOf = ({ origin }: OriginalRecord) => ids.get(origin)!
  const { rows } = await ledger.store.pool.query<{ id: string; version: number; files: number }>(
    `SELECT r.id, r.version, (SELECT count(*)::int FROM record_evidence e WHERE e.root = r.root AND e.record = r.id) AS files
     FROM record r WHERE r.id = ANY($1::uuid[])`,
    [[...proven, ...changed].map(idOf)],
  )
  const standing = new Map(rows.map(row => [row.id, row]))
  for (const record of proven) {
    if (standing.get(idOf(record))!.files > 0) continue
    const file = {
      name: `${String(record.fields.title ?? '佐证')}.txt`,
      stream: Readable.from([Buffer.from(record.proof!)]),
    }
    must(await addEvidence(ledger, enteredBy(record), idOf(record), file))
  }
  for (const record of changed) {
    const left = record.later!.slice(standing.get(idOf(record))!.version - 1)
    for (const patch of left)
      must(await change(ledger, enteredBy({ ...record, state: patch.state ?? record.state }), idOf(record), patch))
  }
}
