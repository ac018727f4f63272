import type { Ledger } from '../kernel/ledger.ts'
import type { Actor } from '../kernel/people/actor.ts'
import type { CommitOptions, Committed } from '../kernel/records/commit.ts'
import { once, requestHash } from '../kernel/records/idempotent.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

// A key that a caller gives to a change, so that a repeat after a lost answer changes nothing more. Changes of records
// keep the key in their own transaction (see records/idempotent.ts); the others are claimed before and settled after.

export interface Kept {
  readonly key: string
  readonly request: unknown
}

const KEY = /^[\x21-\x7e]{1,200}$/

/** The key of a request, with what it asks. */
export function keyOf(header: unknown, request: unknown): Result<Kept | undefined> {
  if (header === undefined) return ok(undefined)
  if (typeof header === 'string' && KEY.test(header)) return ok({ key: header, request })
  return fail('idempotency/key', {
    field: 'Idempotency-Key',
    zh: '幂等键应为1到200个可见字符',
    en: 'An idempotency key is 1 to 200 visible ASCII characters',
  })
}

type Kernel = Pick<CommitOptions, 'idempotency'>

/** Changes records once for a key, if there is one: it is kept in the transaction that saves them. */
export const saveOnce = (
  { ledger, actor, idempotency }: { ledger: Ledger; actor: Actor; idempotency: Kept | undefined },
  act: (options: Kernel) => Promise<Result<readonly Committed[]>>,
): Promise<Result<readonly Committed[]>> =>
  idempotency ? once(ledger, actor, idempotency.key, idempotency.request, kept => act({ idempotency: kept })) : act({})

interface Answered {
  readonly status: number
  readonly body: unknown
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Claims a key for a change about to be made.
 * @returns null when the change is to be made; the earlier answer when it has been; `idempotency/other-request`,
 * `idempotency/in-progress` (also when the program died on the way: look before repeating with another key)
 */
export async function claim(ledger: Ledger, actor: Actor, kept: Kept): Promise<Result<Answered | null>> {
  const person = actor.person ?? NOBODY
  const hash = requestHash(kept.request)
  const claimed = await ledger.store.pool.query(
    `INSERT INTO idempotency (person, key, request_hash, response, at) VALUES ($1, $2, $3, '{}', $4)
     ON CONFLICT (person, key) DO NOTHING`,
    [person, kept.key, hash, ledger.clock().toISOString()],
  )
  if (claimed.rowCount === 1) return ok(null)
  const { rows } = await ledger.store.pool.query<{ hash: string; response: Partial<Answered> }>(
    'SELECT request_hash AS hash, response FROM idempotency WHERE person = $1 AND key = $2',
    [person, kept.key],
  )
  const earlier = rows[0]
  if (earlier && earlier.hash !== hash)
    return fail('idempotency/other-request', {
      field: 'Idempotency-Key',
      zh: '这个幂等键已用于另一个请求',
      en: 'The idempotency key was used for another request',
    })
  if (earlier?.response.status === undefined)
    return fail('idempotency/in-progress', {
      field: 'Idempotency-Key',
      zh: '同一请求正在处理或中途断了，请先查看结果',
      en: 'The same request is being handled or broke off; look at the result first',
    })
  return ok({ status: earlier.response.status, body: earlier.response.body ?? null })
}

/** Keeps the answer of a claimed key; a refused change gives the key back. */
export async function settle(ledger: Ledger, actor: Actor, { key }: Kept, answered: Answered | null): Promise<void> {
  const person = actor.person ?? NOBODY
  await (answered
    ? ledger.store.pool.query('UPDATE idempotency SET response = $3 WHERE person = $1 AND key = $2', [
        person,
        key,
        JSON.stringify(answered),
      ])
    : ledger.store.pool.query('DELETE FROM idempotency WHERE person = $1 AND key = $2', [person, key]))
}
