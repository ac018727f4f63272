import { sha256Hex } from '../journal/canonical.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import type { CommitOptions, Committed } from './commit.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** What tells one request from another: the hash of its JSON, whatever the order of its members. */
export const requestHash = (request: unknown): string => sha256Hex(JSON.stringify(request, sorted) ?? '')

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/**
 * The answer that a request under this key got before.
 * @returns null when the key is new; `idempotency/other-request` when it was used for something else, `idempotency/key`
 */
export async function replayed(
  ledger: Ledger,
  actor: Actor,
  key: string,
  request: unknown,
): Promise<Result<readonly Committed[] | null>> {
  const fit = checkKey(key)
  if (!fit.ok) return fit
  const { rows } = await ledger.store.pool.query<{ hash: string; records: Committed[] | null }>({
    name: 'idempotent-answer',
    text: `SELECT i.request_hash AS hash,
             (SELECT json_agg(json_build_object('id', a.id, 'version', a.version, 'seq', j.seq, 'hash', a.hash) ORDER BY a.ord)
              FROM jsonb_array_elements(i.response -> 'records') WITH ORDINALITY AS e(one, ord)
              CROSS JOIN LATERAL (SELECT one ->> 'id' AS id, (one ->> 'version')::int AS version, one ->> 'hash' AS hash, ord) a
              LEFT JOIN LATERAL (
                SELECT seq FROM journal WHERE root = (i.response ->> 'root')::int AND subject = 'record:' || a.id
                  AND (entry::json ->> 'version')::int = a.version) j ON true) AS records
           FROM idempotency i WHERE i.person = $1 AND i.key = $2`,
    values: [actor.person ?? NOBODY, key],
  })
  const before = rows[0]
  if (!before) return ok(null)
  if (before.hash === requestHash(request)) return ok(before.records ?? [])
  return fail('idempotency/other-request', {
    field: 'Idempotency-Key',
    value: key,
    zh: '这个幂等键已用于另一个请求',
    en: 'This idempotency key was used for another request',
  })
}

/**
 * Does something once for a key: a repeat gets the first answer. It is simply tried: the key is written with what is
 * saved, so a repeat is refused in one way or another, and only then is the answer looked up that it got before.
 */
export async function once(
  ledger: Ledger,
  actor: Actor,
  key: string,
  request: unknown,
  act: (idempotency: NonNullable<CommitOptions['idempotency']>) => Promise<Result<readonly Committed[]>>,
): Promise<Result<readonly Committed[]>> {
  const fit = checkKey(key)
  if (!fit.ok) return fit
  const done = await act({ key, requestHash: requestHash(request) })
  if (done.ok) return done
  const before = await replayed(ledger, actor, key, request)
  if (!before.ok) return before
  return before.value ? ok(before.value) : done
}

function checkKey(key: string): Result<true> {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return ok(true)
  return fail('idempotency/key', {
    field: 'Idempotency-Key',
    zh: '幂等键为1到200个可见的ASCII字符',
    en: 'An idempotency key has 1 to 200 visible ASCII characters',
  })
}
