import type pg from 'pg'
import type { Store } from '../../store/store.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import type { SignedCheckpoint } from './checkpoint.ts'
import { mayRead } from './list.ts'
import { readNodes } from './tiles.ts'
import { consistencySpans, inclusionSpans, placesOf, type Span, spanHash } from './tree.ts'

export interface InclusionProof {
  readonly seq: number
  /** Leaf hash, hex. */
  readonly hash: string
  /** Of the newest checkpoint. */
  readonly size: number
  /** Place of the leaf, from 0. */
  readonly index: number
  /** RFC 6962, 2.1.1: hex, the lowest first. */
  readonly path: readonly string[]
}

/** Everything with which someone who trusts only the public key can check that an entry stands in the journal. */
export interface EntryProof {
  readonly seq: number
  /** Canonical JSON; the leaf is SHA-256(0x00 || entry). */
  readonly entry: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly checkpoint: SignedCheckpoint
  /** SPKI PEM. A verifier had better have it from elsewhere. */
  readonly publicKey: string
}

/** Shows that the journal of a later checkpoint begins with all of an earlier one. */
export interface ConsistencyProof {
  readonly from: SignedCheckpoint
  readonly to: SignedCheckpoint
  readonly path: readonly string[]
  readonly publicKey: string
}

/** Where sealed entries stand, and the size of the newest checkpoint, as of one instant. */
const PLACES = {
  name: 'merkle-leaf-places',
  text: `
    SELECT s.seq, t.idx * 256 + array_position(t.seqs, s.seq) - 1 AS index, c.size
    FROM (SELECT size FROM checkpoint ORDER BY number DESC LIMIT 1) c CROSS JOIN unnest($1::bigint[]) AS s(seq)
    CROSS JOIN LATERAL (
      SELECT idx, seqs FROM merkle_tile
      WHERE level = 0 AND min_seq <= s.seq AND max_seq >= s.seq AND s.seq = ANY(seqs)
      ORDER BY min_seq DESC LIMIT 1) t`,
}

/** Inclusion of entries in the newest checkpoint, in the order asked; null where an entry is not sealed yet. Two queries. */
export async function inclusionProofs(store: Store, seqs: readonly number[]): Promise<(InclusionProof | null)[]> {
  return provenBy(store.pool, seqs)
}

async function provenBy(client: pg.Pool | pg.ClientBase, seqs: readonly number[]): Promise<(InclusionProof | null)[]> {
  if (seqs.length === 0) return []
  const { rows } = await client.query<{ seq: number; index: number; size: number }>({
    ...PLACES,
    values: [[...new Set(seqs)]],
  })
  if (rows.length === 0) return seqs.map(() => null)
  const found = new Map(rows.map(row => [row.seq, { ...row, spans: inclusionSpans(row.index, row.size) }]))
  const leaf = (index: number): Span => ({ from: index, until: index + 1 })
  const spans = [...found.values()].flatMap(({ index, spans }) => [leaf(index), ...spans])
  const node = await readNodes(client, spans.flatMap(placesOf))
  // Proofs of one page share most of their upper spans.
  const known = new Map<string, string>()
  const hashOf = (span: Span) => {
    const key = `${span.from}-${span.until}`
    const hash = known.get(key) ?? Buffer.from(spanHash(span, node)).toString('hex')
    known.set(key, hash)
    return hash
  }
  return seqs.map(seq => {
    const place = found.get(seq)
    if (!place) return null
    const { index, size, spans } = place
    return { seq, hash: hashOf(leaf(index)), size, index, path: spans.map(hashOf) }
  })
}

/**
 * RFC 6962, 2.1.2, between two sizes of the journal, hex.
 * @param from 0 ≤ from ≤ to ≤ size of the newest checkpoint
 */
export async function consistencyProof(store: Store, from: number, to: number): Promise<string[]> {
  const spans = consistencySpans(from, to)
  const node = await readNodes(store.pool, spans.flatMap(placesOf))
  return spans.map(span => Buffer.from(spanHash(span, node)).toString('hex'))
}

/** The proof of one entry, for those who may read it. `journal/unknown`, `journal/unsealed` */
export async function proofOfEntry(ledger: Ledger, actor: Actor, seq: number): Promise<Result<EntryProof>> {
  const unknown = fail('journal/unknown', { seq, zh: '没有这条流水', en: 'There is no such journal entry' })
  if (!Number.isSafeInteger(seq) || seq < 1) return unknown
  const { rows } = await ledger.store.pool.query<{ root: number; entry: string }>(
    'SELECT root, entry FROM journal WHERE seq = $1',
    [seq],
  )
  const row = rows[0]
  if (!row || !(await mayRead(ledger, actor, row.root, row.entry))) return unknown
  const [proof] = await inclusionProofs(ledger.store, [seq])
  const checkpoint = proof && (await checkpointOf(ledger, proof.size))
  if (!proof || !checkpoint)
    return fail('journal/unsealed', {
      seq,
      zh: '这条流水还没有封存，请一分钟后再取证明',
      en: 'This journal entry is not sealed yet; ask for its proof in a minute',
    })
  const { index, size, path } = proof
  return ok({ seq, entry: row.entry, index, size, path, checkpoint, publicKey: ledger.keys.publicKey })
}

/** Shows that nothing before an earlier checkpoint was altered by a later one. `journal/unknown-checkpoint` */
export async function proofOfConsistency(ledger: Ledger, from: number, to: number): Promise<Result<ConsistencyProof>> {
  const { rows } = await ledger.store.pool.query<{ number: number; size: number; body: string; signature: Buffer }>(
    'SELECT number, size, body, signature FROM checkpoint WHERE number IN ($1, $2)',
    [from, to],
  )
  const first = rows.find(row => row.number === from)
  const second = rows.find(row => row.number === to)
  if (!first || !second || from > to)
    return fail('journal/unknown-checkpoint', {
      from,
      to,
      zh: '没有这样的两个检查点，或先后颠倒',
      en: 'There are no two such checkpoints, or they are the wrong way round',
    })
  const path = await consistencyProof(ledger.store, first.size, second.size)
  return ok({ from: signed(first), to: signed(second), path, publicKey: ledger.keys.publicKey })
}

async function checkpointOf(ledger: Ledger, size: number): Promise<SignedCheckpoint | undefined> {
  const { rows } = await ledger.store.pool.query<{ body: string; signature: Buffer }>(
    'SELECT body, signature FROM checkpoint WHERE size = $1 ORDER BY number DESC LIMIT 1',
    [size],
  )
  return rows[0] && signed(rows[0])
}

const signed = ({ body, signature }: { body: string; signature: Buffer }): SignedCheckpoint => ({
  body,
  signature: signature.toString('base64'),
})
