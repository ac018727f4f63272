// What a domain with tables of its own needs of the store. Rows that are counted go in by `post` in figures/events.ts.

export { dropPartition, ensurePartitions, partitionDays } from '../store/partitions.ts'
export { inTransaction } from '../store/transaction.ts'
