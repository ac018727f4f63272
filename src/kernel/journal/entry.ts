import { hash } from 'node:crypto'
import type pg from 'pg'
import { canonical } from './canonical.ts'

/** One change: who, when, from where, what, and the content's hash before and after. */
export interface Entry {
  readonly action: string
  /** Id of the person; null for the operator. */
  readonly actor: string | null
  readonly at: string
  readonly from: string
  readonly subject: string
  /** Code of the root org unit; '' for what belongs to no tree. */
  readonly root: string
  readonly org?: string
  readonly type?: string
  readonly version?: number
  readonly before: string | null
  readonly after: string | null
  readonly note?: unknown
}

export const entryText = (entry: Entry): string => canonical(entry)

/** RFC 6962, 2.1: SHA-256(0x00 || entry). */
export const leafHash = (text: string): Buffer => hash('sha256', `\0${text}`, 'buffer')

/** Appends an entry whose number was drawn before it, in the caller's transaction, and queues it. */
export async function appendAs(client: pg.ClientBase, root: number, seq: number, entry: Entry): Promise<void> {
  const text = entryText(entry)
  await client.query({
    name: 'journal-append-as',
    text: `WITH journaled AS (INSERT INTO journal (root, seq, subject, entry) VALUES ($1, $2, $3, $4) RETURNING seq)
      INSERT INTO journal_queue (seqs, hashes) SELECT array_agg(seq), $5::bytea FROM journaled`,
    values: [root, seq, entry.subject, text, leafHash(text)],
  })
}

/**
 * Appends entries of one tree in the caller's transaction, in order, and queues them for the next checkpoint. The save of
 * records does the same within its own statement.
 */
export async function appendTo(client: pg.ClientBase, root: number, entries: readonly Entry[]): Promise<number[]> {
  if (entries.length === 0) return []
  const texts = entries.map(entryText)
  const { rows } = await client.query<{ seqs: number[] }>({
    name: 'journal-append',
    text: `WITH journaled AS (
        INSERT INTO journal (root, subject, entry)
        SELECT $1, i.subject, i.entry FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS i(subject, entry, ord) ORDER BY i.ord
        RETURNING seq),
      queued AS (
        INSERT INTO journal_queue (seqs, hashes) SELECT array_agg(seq ORDER BY seq), $4::bytea FROM journaled)
      SELECT array_agg(seq ORDER BY seq) AS seqs FROM journaled`,
    values: [root, entries.map(entry => entry.subject), texts, Buffer.concat(texts.map(leafHash))],
  })
  return rows[0]!.seqs
}
