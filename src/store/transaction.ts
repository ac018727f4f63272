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

/**
 * A transaction for COPY streams, which cannot be left half-way: when `work` throws, the connection is closed, and the
 * server rolls back.
 */
export async function inCopyTransaction<T>(
  pool: pg.Pool,
  isolation: Isolation,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  client.on('error', () => undefined)
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`)
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
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
