import { uuidv7 } from 'uuidv7'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { today } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import { composeReport, type ReportRequest } from './compose.ts'
import { type Edit, edited } from './edit.ts'
import { holdable } from './escape.ts'
import { documentNumber } from './number.ts'
import { redrafted } from './redraft.ts'
import { refreshed } from './refresh.ts'
import { saveReport, stale } from './save.ts'
import { selfCheck } from './self-check.ts'
import { readReport, type StoredReport } from './stored.ts'

// The life of a report: drafted, edited, issued, and when facts have overtaken it withdrawn or drafted anew.

/** Makes and stores a draft. Its figures are bound; its text may be edited until it is issued. */
export async function draftReport(ledger: Ledger, actor: Actor, request: ReportRequest): Promise<Result<StoredReport>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'report', org.value)
  if (!permitted.ok) return permitted
  const document = await composeReport(ledger, actor, request)
  if (!document.ok) return document
  return saveReport(ledger, actor, org.value, 'report-draft', null, draftOf(ledger, org.value, request, document.value))
}

const draftOf = (
  ledger: Ledger,
  org: OrgUnit,
  { template, period }: Pick<ReportRequest, 'template' | 'period'>,
  document: StoredReport['document'],
): StoredReport => ({
  id: uuidv7(),
  root: org.root,
  org: org.code,
  template,
  period,
  title: document.title,
  number: null,
  status: 'draft',
  version: 1,
  createdAt: ledger.clock().toISOString(),
  issuedAt: null,
  document,
})

/**
 * Replaces text of a draft. Figures keep their binding; one that was written over is marked (`detached`); one that the
 * draft did not have is asked of the ledger, whatever the editor says of it.
 */
export async function editReport(
  ledger: Ledger,
  actor: Actor,
  id: string,
  { version, ...edit }: Edit & { version?: number },
): Promise<Result<StoredReport>> {
  const found = await writable(ledger, actor, id, version)
  if (!found.ok) return found
  const { report, org } = found.value
  const document = await edited(ledger, actor, report.document, edit)
  if (!document.ok) return document
  const next = { ...report, title: document.value.title, version: report.version + 1, document: document.value }
  return saveReport(ledger, actor, org, 'report-edit', report, next)
}

/** Issues a draft: figures are brought to this instant, then frozen; its text is read back (`report/blank`), and the whole is entered in the journal. */
export async function issueReport(
  ledger: Ledger,
  actor: Actor,
  id: string,
  options: { number?: string; version?: number } = {},
): Promise<Result<StoredReport>> {
  const found = await writable(ledger, actor, id, options.version)
  if (!found.ok) return found
  const number = options.number === undefined ? ok(null) : documentNumber(options.number)
  if (!number.ok) return number
  const { report, org } = found.value
  const fresh = await refreshed(ledger, actor, report.document)
  const date = today(ledger.clock)
  const issued: StoredReport = {
    ...report,
    status: 'issued',
    number: number.value,
    issuedAt: ledger.clock().toISOString(),
    version: report.version + 1,
    document: {
      ...fresh,
      ...(number.value === null ? {} : { number: number.value, redHead: true }),
      date,
      signature: { ...fresh.signature, date },
    },
  }
  const checked = await selfCheck(ledger, actor, issued)
  if (!checked.ok) return checked
  return saveReport(ledger, actor, org, 'report-issue', report, issued, { check: checked.value })
}

/** Takes an issued report or a draft back. It stays readable with its figures; the journal keeps why. */
export async function withdrawReport(
  ledger: Ledger,
  actor: Actor,
  id: string,
  { reason, version }: { reason: string; version?: number },
): Promise<Result<StoredReport>> {
  const found = await reportable(ledger, actor, id, version)
  if (!found.ok) return found
  const { report, org } = found.value
  if (report.status === 'withdrawn')
    return fail('report/withdrawn', { report: id, zh: '这份总结已经撤回', en: 'This report is already withdrawn' })
  const why = reason.trim()
  if (why.length < 2 || why.length > 200 || holdable(why) !== why)
    return fail('report/reason', {
      field: 'reason',
      zh: '撤回原因要写明，最多200个字',
      en: 'Say why it is withdrawn, in at most 200 characters',
    })
  const withdrawn: StoredReport = { ...report, status: 'withdrawn', version: report.version + 1 }
  return saveReport(ledger, actor, org, 'report-withdraw', report, withdrawn, { reason: why })
}

/** A new draft from a report, with fresh figures: its edited text stays, what the ledger newly tells is added. */
export async function redraftReport(ledger: Ledger, actor: Actor, id: string): Promise<Result<StoredReport>> {
  const found = await reportable(ledger, actor, id)
  if (!found.ok) return found
  const { report, org } = found.value
  const { language } = report.document
  const fresh = await composeReport(ledger, actor, { ...report, language })
  if (!fresh.ok) return fresh
  const kept = await refreshed(ledger, actor, report.document)
  const draft = draftOf(ledger, org, report, redrafted(report.document, kept, fresh.value))
  return saveReport(ledger, actor, org, 'report-draft', null, draft, { from: report.id })
}

interface Found {
  readonly report: StoredReport
  readonly org: OrgUnit
}

async function reportable(ledger: Ledger, actor: Actor, id: string, version?: number): Promise<Result<Found>> {
  const report = await readReport(ledger, actor, id)
  if (!report.ok) return report
  const org = ledger.orgs.byCode(report.value.org)!
  const permitted = permit(actor, 'report', org)
  if (!permitted.ok) return permitted
  if (version !== undefined && version !== report.value.version) return stale(version, report.value.version)
  return ok({ report: report.value, org })
}

async function writable(ledger: Ledger, actor: Actor, id: string, version?: number): Promise<Result<Found>> {
  const found = await reportable(ledger, actor, id, version)
  if (!found.ok || found.value.report.status === 'draft') return found
  return found.value.report.status === 'issued'
    ? fail('report/issued', { report: id, zh: '已印发的总结不能再改', en: 'An issued report cannot be changed' })
    : fail('report/withdrawn', { report: id, zh: '这份总结已经撤回', en: 'This report is withdrawn' })
}
