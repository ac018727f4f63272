import { join } from 'node:path'
import { z } from 'zod'
import { latestCheckpoint } from '../../kernel/journal/checkpoint.ts'
import { may } from '../../kernel/people/actor.ts'
import { fail, ok } from '../../kernel/result.ts'
import { backup } from '../../store/backup.ts'
import { schemaNumber } from '../../store/migrate.ts'
import { type Call, file, route } from '../route.ts'
import * as shapes from '../shapes.ts'
import { shownJob } from './jobs.ts'

// For those who run the ledger.

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/** Asked from the machine itself and not through a proxy, or by someone who administers. */
const watches = ({ request, actor, ledger }: Call) =>
  (LOOPBACK.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined) ||
  ledger.orgs.all().some(unit => may(actor, 'administer', unit.path))

export const systemRoutes = [
  route(
    {
      name: 'health',
      method: 'GET',
      path: '/healthz',
      bare: true,
      title: { zh: '程序在运行', en: 'The program runs' },
      may: 'anyone',
      answer: z.strictObject({ ok: z.literal(true) }),
    },
    () => ok({ ok: true }),
  ),
  route(
    {
      name: 'ready',
      method: 'GET',
      path: '/readyz',
      bare: true,
      title: { zh: '可以提供服务', en: 'Ready to serve' },
      may: 'anyone',
      answer: z.strictObject({ ok: z.literal(true) }),
    },
    async ({ ledger }) => {
      // A database that is away throws, and is told as 503.
      await ledger.store.pool.query('SELECT 1')
      return ok({ ok: true })
    },
  ),
  route(
    {
      name: 'metrics',
      method: 'GET',
      path: '/metrics',
      bare: true,
      title: { zh: '运行指标（Prometheus）', en: 'Metrics (Prometheus)' },
      may: 'anyone',
      answer: ['text/plain'],
    },
    async call => {
      if (!watches(call))
        return fail('permission/denied', {
          zh: '运行指标只给本机或管理员',
          en: 'Metrics are for this machine or an administrator',
        })
      const { registry } = call.metrics
      return ok(file({ content: Buffer.from(await registry.metrics()), mediaType: registry.contentType, inline: true }))
    },
  ),
  route(
    {
      name: 'system',
      method: 'GET',
      path: '/system',
      title: { zh: '系统状况', en: 'The state of the system' },
      may: { right: 'administer', at: 'somewhere' },
      answer: shapes.system,
    },
    async ({ ledger }) => {
      const { store } = ledger
      const { rows } = await store.pool.query<{ version: string; pending: number; unsealed: number }>(
        `SELECT current_setting('server_version') AS version,
                (SELECT count(*) FROM tally_pending) AS pending,
                (SELECT coalesce(sum(cardinality(seqs)), 0)::bigint FROM journal_queue) AS unsealed`,
      )
      return ok({
        store: store.kind,
        postgres: rows[0]!.version,
        schema: await schemaNumber(store.owner),
        orgs: ledger.orgs.all().length,
        pendingTallies: rows[0]!.pending,
        unsealedEntries: rows[0]!.unsealed,
        checkpoint: await latestCheckpoint(ledger),
        uptimeSeconds: Math.floor(process.uptime()),
        memoryBytes: process.memoryUsage.rss(),
      })
    },
  ),
  route(
    {
      name: 'backup',
      method: 'POST',
      path: '/backups',
      title: { zh: '备份（整个台账，含密钥）', en: 'Back up the whole ledger, its keys included' },
      // A backup holds every tree and the keys: only who administers all of it may take it away.
      may: { right: 'administer', at: 'everywhere' },
      answer: shapes.job,
      status: 202,
      key: 'never',
    },
    async ({ actor, jobs, ledger }) => {
      const started = await jobs.start('backup', actor.person, await jobs.folder(), async work => {
        const name = `yilu-${ledger.clock().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.yilu`
        const path = join(work.folder, name)
        const { file: _, ...summary } = await backup(ledger.store, path, {
          signal: work.signal,
          onProgress: (done, total, label) => work.report({ done, total, label }),
        })
        return ok({ result: summary, file: { path, name, mediaType: 'application/gzip' } })
      })
      return started.ok ? ok(shownJob(started.value)) : started
    },
  ),
]
