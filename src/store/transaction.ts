import type pg from 'pg'

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE'

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws.
 * @param where a pool, from which a client is borrowed, or a client that is not in a transaction
 */
export async function inTransaction<T>(
  where: pg.Pool | pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<T>,
  isolation: Isolation = 'READ COMMITTED',
): Promise<T> {
  if ('release' in where) return transact(where, work, isolation)
  const client = await where.connect()
  let broken: Error | undefined
  const notice = (error: Error) => {
    broken = error
  }
  client.on('error', notice)
  try {
    return await transact(client, work, isolation)
  } finally {
    client.off('error', notice)
    client.release(broken)
  }
}

async function transact<T>(client: pg.PoolClient, work: (client: pg.PoolClient) => Promise<T>, isolation: Isolation) {
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`)
  try {
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined) // a broken connection has rolled back by itself
    throw error
  }
}
