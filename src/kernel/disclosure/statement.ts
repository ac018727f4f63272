import { canonical } from '../journal/canonical.ts'
import type { SignedCheckpoint } from '../journal/checkpoint.ts'
import type { Ledger } from '../ledger.ts'

// What the ledger puts its name to before the public. It binds what is shown to the newest checkpoint: whoever keeps it
// can later hold the ledger to both, without having seen a single record.

/** A text that was signed with the ledger's key, and the newest checkpoint, if there is one. */
export interface Statement {
  /** Canonical JSON `{about, at, checkpoint, key, statement}`; `checkpoint` is the root of the one below. */
  readonly body: string
  /** Ed25519 over `body`, base64. */
  readonly signature: string
  readonly checkpoint: SignedCheckpoint | null
  /** SPKI PEM. A verifier had better have it from elsewhere. */
  readonly publicKey: string
}

/**
 * Signs what is shown.
 * @param about any JSON
 * @param size of the checkpoint to name, where a proof has been made for it; else the newest
 */
export async function stated(
  { store, keys }: Pick<Ledger, 'store' | 'keys'>,
  about: unknown,
  at: string,
  size?: number,
): Promise<Statement> {
  const { rows } = await store.pool.query<{ body: string; signature: Buffer }>(
    'SELECT body, signature FROM checkpoint WHERE $1::bigint IS NULL OR size = $1 ORDER BY number DESC LIMIT 1',
    [size ?? null],
  )
  const newest = rows[0]
  const root = newest ? (JSON.parse(newest.body) as { root: string }).root : null
  // `statement` and no `size` or `root` of its own: nobody can take it for a checkpoint.
  const body = canonical({ about, at, checkpoint: root, key: keys.keyId, statement: 'yilu-public/1' })
  return {
    body,
    signature: keys.sign(body).toString('base64'),
    checkpoint: newest ? { body: newest.body, signature: newest.signature.toString('base64') } : null,
    publicKey: keys.publicKey,
  }
}
