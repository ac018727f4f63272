import type pg from 'pg'
import type { Store } from './store.ts'
import { inTransaction } from './transaction.ts'

// Tables partitioned by a day: a partition is made when the first row of its day is to come, and dropped as a whole.

/** One program at a time makes partitions; any constant will do. */
const PARTITION_LOCK = 7300_03

const nameOf = (table: string, day: string) => `${table}_${day.replaceAll('-', '')}`

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** Makes the partitions of some days that are not there yet. */
export async function ensurePartitions(store: Store, table: string, days: readonly string[]): Promise<void> {
  const missing = async (client: Pick<Store['pool'], 'query'>) => {
    const { rows } = await client.query<{ day: string }>({
      name: 'partitions-missing',
      text: 'SELECT d.day FROM unnest($1::text[], $2::text[]) AS d(day, name) WHERE to_regclass(d.name) IS NULL',
      values: [days, days.map(day => nameOf(table, day))],
    })
    return rows.map(row => row.day)
  }
  if ((await missing(store.pool)).length === 0) return
  await inTransaction(store.owner, async client => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK])
    for (const day of await missing(client)) await createPartition(client, table, day)
  })
}

/** Makes the partition of a day in the caller's transaction, which must be the owner's. */
export async function createPartition(client: pg.PoolClient, table: string, day: string): Promise<void> {
  if (!isDay(day) || !/^[a-z_]+$/.test(table)) throw new Error(`${table} ${day} names no partition`)
  const name = nameOf(table, day)
  // Made apart and attached: making it in place would wait for every reader, and every other for it.
  await client.query(`CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL)`)
  await client.query(`ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${day}') TO (DATE '${day}' + 1)`)
}

/** The day of a partition, by its name. */
export const dayOfPartition = (name: string) => name.slice(-8).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')

/** The days that have a partition, the oldest first. */
export async function partitionDays(store: Store, table: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    [table],
  )
  return rows.map(({ name }) => dayOfPartition(name))
}

/** Drops the partition of a day with all its rows. */
export async function dropPartition(store: Store, table: string, day: string): Promise<void> {
  if (!isDay(day)) throw new Error(`${day} is no day`)
  await store.owner.query(`DROP TABLE IF EXISTS ${nameOf(table, day)}`)
}
