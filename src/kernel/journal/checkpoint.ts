import type { Ledger } from '../ledger.ts'

/** The journal as it stood at an instant, signed: its size, its Merkle root, the root of the checkpoint before. */
export interface Checkpoint {
  /** From 1, without gap. */
  readonly number: number
  /** Entries sealed so far. */
  readonly size: number
  /** Hex. */
  readonly root: string
  /** Root of the checkpoint before this one; null for the first. */
  readonly previous: string | null
  readonly at: string
  /** Id of the signing key: first 16 hex digits of the SHA-256 of its SPKI. */
  readonly key: string
  /** Ed25519 over the canonical JSON of all the above, base64. */
  readonly signature: string
}

export type CheckpointBody = Omit<Checkpoint, 'signature'>

/** A checkpoint as it was signed: what a verifier outside needs. */
export interface SignedCheckpoint {
  /** The very text that was signed. */
  readonly body: string
  /** Base64. */
  readonly signature: string
}

interface Row {
  readonly body: string
  readonly signature: Buffer
}

const read = ({ body, signature }: Row): Checkpoint => ({
  ...(JSON.parse(body) as CheckpointBody),
  signature: signature.toString('base64'),
})

/** Checkpoints in order, those after a number. */
export async function checkpoints(
  ledger: Pick<Ledger, 'store'>,
  { after = 0, limit = 100 }: { after?: number; limit?: number } = {},
): Promise<readonly Checkpoint[]> {
  const { rows } = await ledger.store.pool.query<Row>(
    'SELECT body, signature FROM checkpoint WHERE number > $1 ORDER BY number LIMIT $2',
    [after, Math.min(Math.max(limit, 1), 1000)],
  )
  return rows.map(read)
}

export async function latestCheckpoint(ledger: Pick<Ledger, 'store'>): Promise<Checkpoint | null> {
  const { rows } = await ledger.store.pool.query<Row>(
    'SELECT body, signature FROM checkpoint ORDER BY number DESC LIMIT 1',
  )
  return rows[0] ? read(rows[0]) : null
}
