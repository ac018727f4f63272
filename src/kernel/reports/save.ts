import { inTransaction } from '../../store/transaction.ts'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import type { StoredReport } from './stored.ts'

/** SHA-256 of what a report says: its text with all bindings, for whom, of when, under which number. */
export const reportHash = ({ id, org, template, period, status, number, document }: StoredReport): string =>
  sha256Hex(canonical({ id, org, template, period, status, number, document }))

export const stale = (seen: number, now?: number) =>
  fail('report/stale', {
    field: 'version',
    seen,
    ...(now === undefined ? {} : { now }),
    zh: '这份总结刚被别人改过，请看差异后再保存',
    en: 'Someone changed this report; compare before saving',
  })

const numberTaken = (number: string) =>
  fail('report/number-taken', {
    field: 'number',
    value: number,
    zh: `文号“${number}”已经用过`,
    en: `The number ${number} is already taken`,
  })

export type Action = 'report-draft' | 'report-edit' | 'report-issue' | 'report-withdraw'

/** Writes a report and its journal entry in one transaction. */
export async function saveReport(
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  action: Action,
  before: StoredReport | null,
  after: StoredReport,
  note?: unknown,
): Promise<Result<StoredReport>> {
  return inTransaction(ledger.store.pool, async client => {
    if (after.number !== null && after.number !== before?.number) {
      // One number, one report: those who issue within a tree wait for each other.
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', ['report-number', after.root])
      const taken = await client.query("SELECT 1 FROM report WHERE root = $1 AND number = $2 AND status <> 'draft'", [
        after.root,
        after.number,
      ])
      if (taken.rowCount) return numberTaken(after.number)
    }
    const document = JSON.stringify(after.document)
    const done = before
      ? await client.query(
          `UPDATE report SET title = $3, number = $4, status = $5, content = $6, version = $7, issued_at = $8,
             issued_by = CASE WHEN $5 = 'issued' THEN $9::uuid ELSE issued_by END
           WHERE root = $1 AND id = $2 AND version = $10`,
          [
            after.root,
            after.id,
            after.title,
            after.number,
            after.status,
            document,
            after.version,
            after.issuedAt,
            actor.person,
            before.version,
          ],
        )
      : await client.query(
          `INSERT INTO report (root, id, org, template, period, title, status, content, version, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            after.root,
            after.id,
            org.id,
            after.template,
            after.period,
            after.title,
            after.status,
            document,
            after.version,
            after.createdAt,
          ],
        )
    if (done.rowCount !== 1) return stale(before?.version ?? 0)
    await appendTo(client, after.root, [
      {
        action,
        actor: actor.person,
        after: reportHash(after),
        at: ledger.clock().toISOString(),
        before: before && reportHash(before),
        from: actor.from,
        ...(note === undefined ? {} : { note }),
        org: after.org,
        root: ledger.orgs.byId(after.root)!.code,
        subject: `report:${after.id}`,
        version: after.version,
      },
    ])
    return ok(after)
  })
}
