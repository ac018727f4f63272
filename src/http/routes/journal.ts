import { z } from 'zod'
import { checkpoints } from '../../kernel/journal/checkpoint.ts'
import { listEntries } from '../../kernel/journal/list.ts'
import { proofOfConsistency, proofOfEntry } from '../../kernel/journal/proofs.ts'
import { verify } from '../../kernel/journal/verify.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { Job, Work } from '../jobs.ts'
import { type Call, route } from '../route.ts'
import * as shapes from '../shapes.ts'
import { shownJob } from './jobs.ts'

// The journal, and the proofs with which anyone can check it.

export const journalRoutes = [
  route(
    {
      name: 'listEntries',
      method: 'GET',
      path: '/journal',
      title: { zh: '流水', en: 'Journal entries, newest first' },
      may: { right: 'journal', at: 'org' },
      query: z.strictObject({
        org: shapes.orgCode.optional(),
        subject: z.string().max(200).optional(),
        person: shapes.uuid.optional(),
        action: z.string().max(60).optional(),
        from: shapes.instantText.optional(),
        until: shapes.instantText.optional(),
        text: z.string().max(100).optional(),
        after: shapes.cursor.optional(),
        limit: shapes.limit.optional(),
      }),
      answer: z.strictObject({ entries: z.array(shapes.entry), next: z.string().optional() }),
    },
    ({ actor, ledger, query }) => listEntries(ledger, actor, query),
  ),
  route(
    {
      name: 'proveEntry',
      method: 'GET',
      path: '/journal/:entry/proof',
      title: { zh: '一条流水的证明', en: 'Proof that an entry stands in the journal' },
      // Whoever may read a record may verify it; anything else takes the right to the journal. The kernel tells which.
      may: { right: 'read', at: 'entry' },
      answer: shapes.entryProof,
    },
    ({ actor, ledger, params }) => proofOfEntry(ledger, actor, Number(params.entry)),
  ),
  route(
    {
      name: 'listCheckpoints',
      method: 'GET',
      path: '/checkpoints',
      title: { zh: '检查点', en: 'Checkpoints' },
      // They tell nothing but that the journal was so long and hashed so: whoever keeps one can hold us to it.
      may: 'signed-in',
      query: z.strictObject({ after: z.coerce.number().int().min(0).optional(), limit: shapes.limit.optional() }),
      answer: z.strictObject({ checkpoints: z.array(shapes.checkpoint), publicKey: z.string() }),
    },
    async ({ ledger, query }) =>
      ok({ checkpoints: await checkpoints(ledger, query), publicKey: ledger.keys.publicKey }),
  ),
  route(
    {
      name: 'proveConsistency',
      method: 'GET',
      path: '/checkpoints/consistency',
      title: {
        zh: '两个检查点之间没有改动过的证明',
        en: 'Proof that nothing before a checkpoint was altered after it',
      },
      may: 'signed-in',
      query: z.strictObject({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
      answer: shapes.consistencyProof,
    },
    ({ ledger, query }) => proofOfConsistency(ledger, query.from, query.to),
  ),
  route(
    {
      name: 'verify',
      method: 'POST',
      path: '/verifications',
      title: { zh: '核验整个台账', en: 'Verify the whole ledger' },
      // What it finds are ids; whoever audits a part has a right to know that the whole holds.
      may: { right: 'journal', at: 'somewhere' },
      answer: shapes.job,
      status: 202,
      key: 'never',
    },
    async call => {
      const started = await startVerify(call)
      return started.ok ? ok(shownJob(started.value)) : started
    },
  ),
]

/** Verifies everything as a job, one at a time. */
export async function startVerify({ actor, jobs, ledger }: Call): Promise<Result<Job>> {
  const verifying = async ({ signal, report }: Work) =>
    ok({ result: await verify(ledger, { signal, onProgress: (done, total) => report({ done, total }) }) })
  return jobs.start('verify', actor.person, await jobs.folder(), verifying, { alone: true })
}
