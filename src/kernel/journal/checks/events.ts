import { hashSql, subjectOf } from '../../figures/events.ts'
import type { Ledger } from '../../ledger.ts'
import type { Findings } from './findings.ts'
import { pages, type Reading } from './reading.ts'

interface Differing {
  readonly seq: number
  readonly day: string
  readonly told: number | null
  readonly found: number | null
}

/** The rows of every batch of events are those that its journal entry vouches for. The server hashes them. */
export async function checkEvents({ registry }: Ledger, { client }: Reading, findings: Findings): Promise<void> {
  for (const { source } of registry.sources.values()) {
    const differing = `
      WITH told AS (
        SELECT j.root, j.seq, d.key::date AS day, (d.value ->> 'n')::bigint AS n, d.value ->> 'hash' AS hash
        FROM journal j CROSS JOIN LATERAL jsonb_each(j.entry::jsonb -> 'note' -> 'events') d
        WHERE j.subject = '${subjectOf(source)}'),
      found AS (SELECT e.root, e.seq, e.day, count(*) AS n, ${hashSql(source)} AS hash FROM ${source.table} e GROUP BY 1, 2, 3)
      SELECT seq, day, told.n AS told, found.n AS found FROM told FULL JOIN found USING (root, seq, day)
      WHERE told.hash IS DISTINCT FROM found.hash OR told.n IS DISTINCT FROM found.n ORDER BY seq, day`
    for await (const page of pages<Differing & Record<string, unknown>>(client, 'batches', differing))
      for (const { seq, day, told, found } of page) {
        const id = `${source.id} ${seq} ${day}`
        if (told === null) findings.add('event', id, '这批事件没有流水', 'The journal knows nothing of these events')
        else if (told !== found)
          findings.add(
            'event',
            id,
            `流水所记为${told}条，现有${found ?? 0}条`,
            `The journal vouches for ${told} events, there are ${found ?? 0}`,
          )
        else findings.add('event', id, '这批事件的内容与写入时不同', 'These events are not what was written')
      }
  }
}
