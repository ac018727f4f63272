import { figures } from '../figures/figure.ts'
import { inclusionProofs } from '../journal/proofs.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import { periodWords, today } from '../period/period.ts'
import { reportHash } from '../reports/save.ts'
import { readReport, type StoredReport } from '../reports/stored.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import { type Disclosure, shownAt } from './disclosure.ts'
import { movingWords, periodOn } from './moving.ts'
import { type Statement, stated } from './statement.ts'

// What anybody may see of a unit, and nothing beside it.

export interface PublicFigure {
  readonly indicator: string
  readonly title: Words
  /** The period that is meant today. */
  readonly period: string
  readonly periodWords: Words
  /** Words of a period that moves; null for a fixed one. */
  readonly moving: Words | null
  readonly value: number | null
  readonly unit: string
}

export interface PublicReport {
  readonly id: string
  readonly title: string
  readonly number: string | null
  readonly period: string
  readonly issuedAt: string
}

export interface PublicPage {
  readonly org: { readonly code: string; readonly name: string; readonly nameEn: string | null }
  readonly figures: readonly PublicFigure[]
  readonly reports: readonly PublicReport[]
  /** About `{org, figures: [{indicator, period, value, unit}], reports: [{id}]}`. */
  readonly statement: Statement
}

export interface PublicReportText {
  readonly report: Omit<StoredReport, 'root' | 'createdAt' | 'version'>
  /** Where the entry that issued it stands in the newest checkpoint: hash of its leaf alone, as it names people. */
  readonly proof: {
    readonly leaf: string
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
  } | null
  /** About `{report, hash, leaf}`: SHA-256 of the report, and of the entry that issued it. */
  readonly statement: Statement
}

/** The same whether there is no such unit or it shows nothing. */
const nothing = (org: string) => fail('public/unknown', { org, zh: '这里没有公开的内容', en: 'Nothing is public here' })

/** Reads for the public, at one unit. It never leaves this file. */
const reader = ({ id, path }: OrgUnit): Actor => ({
  person: null,
  name: '',
  grants: [{ org: id, path, role: 'analyst' }],
  from: 'public',
})

/** What a unit shows to anybody: the present values of chosen figures, and the heads of chosen reports. */
export async function publicPage(ledger: Ledger, org: string): Promise<Result<PublicPage>> {
  const unit = ledger.orgs.byCode(org)
  const chosen = unit ? await shownAt(ledger.store.pool, unit) : []
  if (!unit || chosen.length === 0) return nothing(org)
  const [shownFigures, reports] = await Promise.all([
    figuresOf(ledger, unit, chosen),
    Promise.all(chosen.map(one => issued(ledger, unit, one))),
  ])
  const heads = reports.flatMap(report => (report ? [headOf(report)] : []))
  const about = {
    org,
    figures: shownFigures.map(({ indicator, period, value, unit: measured }) => ({
      indicator,
      period,
      value,
      unit: measured,
    })),
    reports: heads.map(({ id }) => ({ id })),
  }
  return ok({
    org: { code: unit.code, name: unit.name, nameEn: unit.nameEn },
    figures: shownFigures,
    reports: heads,
    statement: await stated(ledger, about, ledger.clock().toISOString()),
  })
}

/** An issued report that a unit shows to anybody. */
export async function publicReport(ledger: Ledger, org: string, id: string): Promise<Result<PublicReportText>> {
  const unit = ledger.orgs.byCode(org)
  const chosen = unit ? await shownAt(ledger.store.pool, unit) : []
  const one = chosen.find(({ report }) => report === id)
  const report = unit && one ? await issued(ledger, unit, one) : undefined
  if (!report) return nothing(org)
  const hash = reportHash(report)
  const { rows } = await ledger.store.pool.query<{ seq: number }>(
    `SELECT seq FROM journal WHERE root = $1 AND subject = $2 AND entry::json ->> 'after' = $3 ORDER BY seq DESC LIMIT 1`,
    [report.root, `report:${id}`, hash],
  )
  const [proof] = rows[0] ? await inclusionProofs(ledger.store, [rows[0].seq]) : [null]
  const about = { report: id, hash, leaf: proof?.hash ?? null }
  const { root: _, createdAt: __, version: ___, ...shown } = report
  return ok({
    report: shown,
    proof: proof ? { leaf: proof.hash, index: proof.index, size: proof.size, path: proof.path } : null,
    statement: await stated(ledger, about, ledger.clock().toISOString(), proof?.size),
  })
}

async function figuresOf(ledger: Ledger, unit: OrgUnit, chosen: readonly Disclosure[]): Promise<PublicFigure[]> {
  const day = today(ledger.clock)
  const wanted = chosen.flatMap(({ indicator: id, period: text }) => {
    const indicator = id === null ? undefined : ledger.registry.indicators.get(id)
    const period = text === null ? undefined : periodOn(text, day)
    // An indicator that is no longer declared is no longer shown.
    if (!indicator || !period?.ok || id === null || text === null) return []
    return [{ id, indicator, period: period.value, moving: movingWords(text) }]
  })
  const found = await figures(
    ledger,
    reader(unit),
    wanted.map(({ id, period }) => ({ indicator: id, org: unit.code, period: period.text })),
  )
  if (!found.ok) throw new Error(found.problems[0]!.en)
  return wanted.map(({ id, indicator, period, moving }, i) => ({
    indicator: id,
    title: indicator.title,
    period: period.text,
    periodWords: periodWords(period),
    moving,
    value: found.value[i]!.value,
    unit: indicator.unit,
  }))
}

/** A chosen report while it stands issued; one that was withdrawn is shown no longer. */
async function issued(ledger: Ledger, unit: OrgUnit, { report }: Disclosure): Promise<StoredReport | undefined> {
  if (report === null) return undefined
  const found = await readReport(ledger, reader(unit), report)
  return found.ok && found.value.status === 'issued' && found.value.org === unit.code ? found.value : undefined
}

const headOf = ({ id, title, number, period, issuedAt }: StoredReport): PublicReport => ({
  id,
  title,
  number,
  period,
  issuedAt: issuedAt ?? '',
})
