import { uuidv7 } from 'uuidv7'
import { figures } from '../figures/figure.ts'
import { type Style, writeNumber } from '../figures/wording.ts'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, may, permit } from '../people/actor.ts'
import { parsePeriod, periodWords, today } from '../period/period.ts'
import { rootsOf } from '../records/read.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { parseAddress } from './address.ts'
import { blocksOf } from './assemble.ts'
import { type Block, type FigureBinding, figuresOf, type Inline, mapInlines, type ReportDocument } from './document.ts'
import { renderTemplate } from './template.ts'

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

/** A document made from a template, not stored: what `yilu report` writes. */
export async function composeReport(
  ledger: Ledger,
  actor: Actor,
  request: { template: string; org: string; period: string; language?: Language },
): Promise<Result<ReportDocument>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const template = ledger.registry.templates.get(request.template)
  if (!template)
    return fail('report/unknown-template', {
      field: 'template',
      value: request.template,
      zh: `没有模板“${request.template}”（有：${[...ledger.registry.templates.keys()].join('、')}）`,
      en: `There is no template ${request.template} (there are: ${[...ledger.registry.templates.keys()].join(', ')})`,
    })
  const language = request.language ?? 'zh'
  const rendered = await renderTemplate(ledger, actor, { ...request, template: template.template })
  if (!rendered.ok) return rendered
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const [head, ...rest] = rendered.value.text.trimStart().split('\n')
  const titled = head?.startsWith('title:') ?? false
  const blocks = blocksOf(titled ? rest.join('\n') : rendered.value.text, rendered.value.figures)
  const title = titled
    ? head!.slice('title:'.length).trim()
    : `${org.value.name}${periodWords(period.value)[language]}${template.title[language]}`
  return ok({
    title,
    organ: org.value.name,
    date: today(ledger.clock),
    period: request.period,
    language,
    blocks,
    signature: { name: org.value.name, date: today(ledger.clock) },
  })
}

/** Makes and stores a draft. Its figures are bound; its text may be edited until it is issued. */
export async function draftReport(
  ledger: Ledger,
  actor: Actor,
  request: { template: string; org: string; period: string; language?: Language },
): Promise<Result<StoredReport>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'report', org.value)
  if (!permitted.ok) return permitted
  const document = await composeReport(ledger, actor, request)
  if (!document.ok) return document
  const report: StoredReport = {
    id: uuidv7(),
    root: org.value.root,
    org: request.org,
    template: request.template,
    period: request.period,
    title: document.value.title,
    number: null,
    status: 'draft',
    version: 1,
    createdAt: ledger.clock().toISOString(),
    issuedAt: null,
    document: document.value,
  }
  return write(ledger, actor, org.value, 'report-draft', null, report)
}

interface Row extends Omit<StoredReport, 'org'> {
  readonly org: number
}

const COLUMNS = `id, root, org, template, period, title, number, status, version, created_at AS "createdAt",
  issued_at AS "issuedAt", content AS document`

const unknown = (id: string) =>
  fail('report/unknown', { report: id, zh: '没有这份总结', en: 'There is no such report' })

export async function readReport(ledger: Ledger, actor: Actor, id: string): Promise<Result<StoredReport>> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return unknown(id)
  const { rows } = await ledger.store.pool.query<Row>(
    `SELECT ${COLUMNS} FROM report WHERE root = ANY($1) AND id = $2`,
    [rootsOf(ledger, actor), id],
  )
  const row = rows[0]
  const org = row && ledger.orgs.byId(row.org)
  if (!row || !org || !permit(actor, 'read', org).ok) return unknown(id)
  return ok({ ...row, org: org.code })
}

/** Reports of an org unit and all beneath it that the actor may read, newest first, without their text. */
export async function listReports(
  ledger: Ledger,
  actor: Actor,
  query: { org?: string; period?: string; limit?: number } = {},
): Promise<Result<readonly Omit<StoredReport, 'document'>[]>> {
  const within = query.org === undefined ? undefined : ledger.orgs.find(query.org)
  if (within && !within.ok) return within
  const units = ledger.orgs
    .all()
    .filter(unit => may(actor, 'read', unit.path) && (!within || unit.path.startsWith(within.value.path)))
  const { rows } = await ledger.store.pool.query<Row>(
    `SELECT ${COLUMNS.replace('content', "'{}'::jsonb")} FROM report WHERE root = ANY($1) AND org = ANY($2) AND ($3::text IS NULL OR period = $3)
     ORDER BY created_at DESC LIMIT $4`,
    [rootsOf(ledger, actor), units.map(unit => unit.id), query.period ?? null, Math.min(query.limit ?? 100, 1000)],
  )
  return ok(rows.map(({ document: _, ...row }) => ({ ...row, org: ledger.orgs.byId(row.org)!.code })))
}

/**
 * Replaces the text of a draft. Figures keep their binding; one that was written over becomes text that says so
 * (`detached`), and what claims to be a figure but was not in the draft is refused.
 */
export async function editReport(
  ledger: Ledger,
  actor: Actor,
  id: string,
  edit: { blocks?: readonly Block[]; title?: string; addressee?: string; version?: number },
): Promise<Result<StoredReport>> {
  const found = await editable(ledger, actor, id, edit.version)
  if (!found.ok) return found
  const { report, org } = found.value
  const known = new Map(figuresOf(report.document).map(binding => [binding.address, binding]))
  const blocks = edit.blocks?.map(block => mapInlines(block, inline => settled(inline, known)))
  const next: StoredReport = {
    ...report,
    title: edit.title ?? report.title,
    version: report.version + 1,
    document: {
      ...report.document,
      ...(blocks ? { blocks } : {}),
      ...(edit.title ? { title: edit.title } : {}),
      ...(edit.addressee !== undefined ? { addressee: edit.addressee } : {}),
    },
  }
  return write(ledger, actor, org, 'report-edit', report, next)
}

/** An edited inline: a known figure with its own words stays bound, with other words it is detached. */
function settled(inline: Inline, known: ReadonlyMap<string, FigureBinding>): Inline {
  if (!('figure' in inline)) return inline
  const bound = known.get(inline.figure.address)
  if (!bound) return { text: inline.figure.written }
  return inline.figure.written === bound.written
    ? { figure: bound }
    : { figure: { ...bound, written: inline.figure.written, detached: true } }
}

/** Issues a draft: figures are brought to this instant, then frozen, and the whole is entered in the journal. */
export async function issueReport(
  ledger: Ledger,
  actor: Actor,
  id: string,
  options: { number?: string; version?: number } = {},
): Promise<Result<StoredReport>> {
  const found = await editable(ledger, actor, id, options.version)
  if (!found.ok) return found
  const { report, org } = found.value
  const fresh = await refreshed(ledger, actor, report.document)
  if (!fresh.ok) return fresh
  const issued: StoredReport = {
    ...report,
    status: 'issued',
    number: options.number ?? null,
    issuedAt: ledger.clock().toISOString(),
    version: report.version + 1,
    document: {
      ...fresh.value,
      ...(options.number ? { number: options.number, redHead: true } : {}),
      date: today(ledger.clock),
    },
  }
  return write(ledger, actor, org, 'report-issue', report, issued)
}

async function refreshed(ledger: Ledger, actor: Actor, document: ReportDocument): Promise<Result<ReportDocument>> {
  const bound = figuresOf(document).filter(binding => !binding.detached)
  const now = await figures(
    ledger,
    actor,
    bound.map(binding => parseAddress(binding.address)),
  )
  if (!now.ok) return now
  const values = new Map(bound.map((binding, i) => [binding.address, now.value[i]!.value]))
  const refresh = (inline: Inline): Inline => {
    if (!('figure' in inline) || inline.figure.detached) return inline
    const value = values.get(inline.figure.address) ?? null
    if (value === inline.figure.value) return inline
    const written = writeNumber(value, inline.figure.unit, (inline.figure.style ?? {}) as Style, document.language)
    return { figure: { ...inline.figure, value, written } }
  }
  return ok({ ...document, blocks: document.blocks.map(block => mapInlines(block, refresh)) })
}

export interface Overtaken {
  readonly address: string
  readonly written: string
  readonly stated: number | null
  readonly now: number | null
}

/** Figures of a report that the ledger now tells otherwise. Empty: the report still holds. */
export async function overtaken(
  ledger: Ledger,
  actor: Actor,
  report: StoredReport,
): Promise<Result<readonly Overtaken[]>> {
  const bound = uniqueBy(
    figuresOf(report.document).filter(binding => !binding.detached),
    binding => binding.address,
  )
  const now = await figures(
    ledger,
    actor,
    bound.map(binding => parseAddress(binding.address)),
  )
  if (!now.ok) return now
  return ok(
    bound.flatMap((binding, i) => {
      const value = now.value[i]!.value
      return value === binding.value
        ? []
        : [{ address: binding.address, written: binding.written, stated: binding.value, now: value }]
    }),
  )
}

function uniqueBy<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map(one => [key(one), one])).values()]
}

async function editable(
  ledger: Ledger,
  actor: Actor,
  id: string,
  version: number | undefined,
): Promise<Result<{ report: StoredReport; org: OrgUnit }>> {
  const report = await readReport(ledger, actor, id)
  if (!report.ok) return report
  const org = ledger.orgs.byCode(report.value.org)!
  const permitted = permit(actor, 'report', org)
  if (!permitted.ok) return permitted
  if (report.value.status !== 'draft')
    return fail('report/issued', { report: id, zh: '已印发的总结不能再改', en: 'An issued report cannot be changed' })
  if (version !== undefined && version !== report.value.version) return stale(version, report.value.version)
  return ok({ report: report.value, org })
}

const stale = (seen: number, now?: number) =>
  fail('report/stale', { field: 'version', seen, now, zh: '这份总结刚被别人改过', en: 'Someone changed this report' })

const reportHash = (report: StoredReport) =>
  sha256Hex(
    canonical({
      id: report.id,
      org: report.org,
      template: report.template,
      period: report.period,
      status: report.status,
      number: report.number,
      document: report.document,
    }),
  )

async function write(
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  action: string,
  before: StoredReport | null,
  after: StoredReport,
): Promise<Result<StoredReport>> {
  const client = await ledger.store.pool.connect()
  try {
    await client.query('BEGIN')
    const values = [
      after.root,
      after.id,
      org.id,
      after.template,
      after.period,
      after.title,
      after.number,
      after.status,
      JSON.stringify(after.document),
      after.version,
      after.createdAt,
      after.issuedAt,
      after.status === 'issued' ? actor.person : null,
    ]
    const done = before
      ? await client.query(
          `UPDATE report SET title = $6, number = $7, status = $8, content = $9, version = $10, issued_at = $12, issued_by = $13
           WHERE root = $1 AND id = $2 AND version = $14 AND org = $3 AND template = $4 AND period = $5 AND created_at = $11`,
          [...values, before.version],
        )
      : await client.query(
          `INSERT INTO report (root, id, org, template, period, title, number, status, content, version, created_at, issued_at, issued_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
          values,
        )
    if (done.rowCount !== 1) {
      await client.query('ROLLBACK')
      return stale(before?.version ?? 0)
    }
    await appendTo(client, after.root, [
      {
        action,
        actor: actor.person,
        after: reportHash(after),
        at: ledger.clock().toISOString(),
        before: before && reportHash(before),
        from: actor.from,
        org: after.org,
        root: ledger.orgs.byId(after.root)!.code,
        subject: `report:${after.id}`,
        version: after.version,
      },
    ])
    await client.query('COMMIT')
    return ok(after)
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
