import { leafHash } from '../entry.ts'
import { split } from '../tiles.ts'
import type { Findings } from './findings.ts'
import { pages, type Reading } from './reading.ts'
import type { SeenEntries } from './seen.ts'
import { LEAF } from './tree.ts'

interface Queued {
  readonly id: number
  readonly hashes: Buffer
  readonly seqs: readonly number[]
  readonly agrees: boolean | null
}

const QUEUE = `
  SELECT q.id, q.hashes, q.seqs, q.hashes = (
    SELECT string_agg(${LEAF}, ''::bytea ORDER BY s.place)
    FROM unnest(q.seqs) WITH ORDINALITY AS s(seq, place) JOIN journal j ON j.seq = s.seq) AS agrees
  FROM journal_queue q ORDER BY q.id`

/** What waits for its checkpoint is compared with the hashes taken when it was written. */
export async function checkQueue({ beside, advance }: Reading, findings: Findings, seen: SeenEntries): Promise<number> {
  let count = 0
  for await (const page of pages<Queued>(beside, 'queue', QUEUE, 200))
    for (const { id, hashes, seqs, agrees } of page) {
      count += seqs.length
      if (!agrees) await nameQueued(beside, findings, { id, hashes, seqs })
      for (const seq of seqs)
        if (!seen.add(seq))
          findings.add('queue', id, `流水${seq}等待封存两次`, `Entry ${seq} waits to be sealed a second time`)
      advance(seqs.length)
    }
  return count
}

async function nameQueued(
  client: Reading['beside'],
  findings: Findings,
  { id, hashes, seqs }: Pick<Queued, 'id' | 'hashes' | 'seqs'>,
) {
  const { rows } = await client.query<{ seq: number; entry: string | null }>(
    `SELECT s.seq, j.entry FROM unnest($1::bigint[]) WITH ORDINALITY AS s(seq, place)
     LEFT JOIN journal j ON j.seq = s.seq ORDER BY s.place`,
    [seqs],
  )
  const expected = split(hashes)
  if (hashes.length !== seqs.length * 32)
    findings.add('queue', id, '等待封存的流水与散列值个数不符', 'Entries and hashes that wait differ in number')
  for (const [i, { seq, entry }] of rows.entries())
    if (entry === null)
      findings.add('entry', seq, '等待封存的流水不见了', 'This entry waits to be sealed and is missing')
    else if (!expected[i] || Buffer.compare(leafHash(entry), expected[i]) !== 0)
      findings.add('entry', seq, '流水的内容与写入时不同', 'This entry is not what was written')
}

/** Entries that nothing vouches for: neither sealed nor waiting. */
export async function checkAdded({ beside }: Reading, findings: Findings, seen: SeenEntries): Promise<void> {
  const { rows } = await beside.query<{ count: number }>('SELECT count(*) AS count FROM journal')
  if (rows[0]!.count === seen.count()) return
  for await (const page of pages<{ seq: number }>(beside, 'numbers', 'SELECT seq FROM journal ORDER BY seq', 20_000))
    for (const { seq } of page)
      if (!seen.has(seq))
        findings.add('entry', seq, '这条流水既未封存也不在等待封存', 'This entry is neither sealed nor waiting to be')
}
