import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Ledger } from '../kernel/ledger.ts'

/** What an operator watches. */
export interface Metrics {
  readonly registry: Registry
  answered(route: string, method: string, status: number, seconds: number): void
  streams(change: 1 | -1): void
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function metricsOf(ledger: Ledger): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'yilu_http_request_seconds',
    help: 'Requests answered, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const streams = new Gauge({ name: 'yilu_live_streams', help: 'Open streams of live updates', registers })
  const { pool } = ledger.store
  new Gauge({
    name: 'yilu_database_connections',
    help: 'Connections of the application pool',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'wanted' }, pool.waitingCount)
    },
  })
  const count = (name: string, help: string, query: string) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // The database may be away; the rest of the metrics is told all the same.
        const found = await pool.query<{ n: number }>(query).catch(() => undefined)
        if (found) this.set(Number(found.rows[0]?.n ?? 0))
        else this.remove()
      },
    })
  count('yilu_tally_pending', 'Tally deltas not yet folded', 'SELECT count(*)::int AS n FROM tally_pending')
  count(
    'yilu_journal_unsealed',
    'Journal entries that no checkpoint has sealed',
    'SELECT coalesce(sum(cardinality(seqs)), 0)::int AS n FROM journal_queue',
  )
  return {
    registry,
    answered: (route, method, status, seconds) => requests.observe({ route, method, status: String(status) }, seconds),
    streams: change => streams.inc(change),
  }
}
