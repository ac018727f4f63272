import type pg from 'pg'
import { inTransaction } from '../store/transaction.ts'
import type { Result } from './result.ts'

/** A transaction that a failure rolls back like an error does. */
export async function allOrNone<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result<T>>,
): Promise<Result<T>> {
  const refused = new Error('refused')
  let result: Result<T> | undefined
  try {
    await inTransaction(pool, async client => {
      result = await work(client)
      if (!result.ok) throw refused
    })
  } catch (error) {
    if (error !== refused) throw error
  }
  return result!
}
