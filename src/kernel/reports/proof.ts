import { type InclusionProof, inclusionProofs } from '../journal/proofs.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { ok, type Result } from '../result.ts'
import { reportHash } from './save.ts'
import { readReport } from './stored.ts'

export interface ReportStep {
  readonly seq: number
  readonly action: string
  readonly at: string
  /** Id of the person; null for the operator. */
  readonly actor: string | null
  readonly version: number
  readonly note?: unknown
}

export interface ReportProof {
  /** SHA-256 of the report as it is stored now. */
  readonly hash: string
  /** Whether the journal's newest entry of the report covers just this. */
  readonly holds: boolean
  /** Everything done with the report, oldest first. */
  readonly steps: readonly ReportStep[]
  readonly entry: { readonly seq: number; readonly text: string } | null
  /** Null until a checkpoint has sealed the entry. */
  readonly proof: InclusionProof | null
}

/** What proves that a report still says what was drafted, edited and issued: its journal entries, and the last one's inclusion. */
export async function proveReport(ledger: Ledger, actor: Actor, id: string): Promise<Result<ReportProof>> {
  const report = await readReport(ledger, actor, id)
  if (!report.ok) return report
  const { rows } = await ledger.store.pool.query<{ seq: number; entry: string }>(
    'SELECT seq, entry FROM journal WHERE root = $1 AND subject = $2 ORDER BY seq',
    [report.value.root, `report:${id}`],
  )
  const entries = rows.map(({ seq, entry }) => ({
    seq,
    ...(JSON.parse(entry) as Omit<ReportStep, 'seq'> & { after: string }),
  }))
  const last = rows.at(-1)
  const hash = reportHash(report.value)
  const [proof] = last ? await inclusionProofs(ledger.store, [last.seq]) : [null]
  return ok({
    hash,
    holds: entries.at(-1)?.after === hash,
    steps: entries.map(({ seq, action, at, actor: person, version, note }) => ({
      seq,
      action,
      at,
      actor: person,
      version,
      ...(note === undefined ? {} : { note }),
    })),
    entry: last ? { seq: last.seq, text: last.entry } : null,
    proof: proof ?? null,
  })
}
