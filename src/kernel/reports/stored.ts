import type { Ledger } from '../ledger.ts'
import { type Actor, may, permit } from '../people/actor.ts'
import { rootsOf } from '../records/read.ts'
import { fail, ok, type Result } from '../result.ts'
import type { ReportDocument } from './document.ts'

export interface StoredReport {
  readonly id: string
  readonly root: number
  readonly org: string
  readonly template: string
  readonly period: string
  readonly title: string
  readonly number: string | null
  readonly status: 'draft' | 'issued' | 'withdrawn'
  readonly version: number
  readonly createdAt: string
  readonly issuedAt: string | null
  readonly document: ReportDocument
}

interface Row extends Omit<StoredReport, 'org'> {
  readonly org: number
}

const COLUMNS = `id, root, org, template, period, title, number, status, version, created_at AS "createdAt",
  issued_at AS "issuedAt", content AS document`

const unknown = (id: string) =>
  fail('report/unknown', { report: id, zh: '没有这份总结', en: 'There is no such report' })

/** A report that the actor may read; `report/unknown` otherwise, so that ids tell nothing. */
export async function readReport(ledger: Ledger, actor: Actor, id: string): Promise<Result<StoredReport>> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return unknown(id)
  const { rows } = await ledger.store.pool.query<Row>(
    `SELECT ${COLUMNS} FROM report WHERE root = ANY($1) AND id = $2`,
    [rootsOf(ledger, actor), id],
  )
  const row = rows[0]
  const org = row && ledger.orgs.byId(row.org)
  if (!row || !org || !permit(actor, 'read', org).ok) return unknown(id)
  return ok({ ...row, org: org.code })
}

export interface ReportQuery {
  readonly org?: string
  readonly period?: string
  readonly limit?: number
}

/** Reports of an org unit and all beneath it that the actor may read, newest first, without their text. */
export async function listReports(
  ledger: Ledger,
  actor: Actor,
  query: ReportQuery = {},
): Promise<Result<readonly Omit<StoredReport, 'document'>[]>> {
  const found = await rowsOf(ledger, actor, query, COLUMNS.replace('content', "'{}'::jsonb"))
  return found.ok ? ok(found.value.map(({ document: _, ...report }) => report)) : found
}

/** The same reports with their text. */
export const readReports = (ledger: Ledger, actor: Actor, query: ReportQuery = {}) =>
  rowsOf(ledger, actor, query, COLUMNS)

async function rowsOf(
  ledger: Ledger,
  actor: Actor,
  query: ReportQuery,
  columns: string,
): Promise<Result<StoredReport[]>> {
  const within = query.org === undefined ? undefined : ledger.orgs.find(query.org)
  if (within && !within.ok) return within
  const units = ledger.orgs
    .all()
    .filter(unit => may(actor, 'read', unit.path) && (!within || unit.path.startsWith(within.value.path)))
  const { rows } = await ledger.store.pool.query<Row>(
    `SELECT ${columns} FROM report WHERE root = ANY($1) AND org = ANY($2) AND ($3::text IS NULL OR period = $3)
     ORDER BY created_at DESC, id DESC LIMIT $4`,
    [rootsOf(ledger, actor), units.map(unit => unit.id), query.period ?? null, Math.min(query.limit ?? 100, 1000)],
  )
  return ok(rows.map(row => ({ ...row, org: ledger.orgs.byId(row.org)!.code })))
}
