import type { Template } from '../domain.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import { lastYear, parsePeriod } from '../period/period.ts'
import { composeReport } from '../reports/compose.ts'
import { figuresOf } from '../reports/document.ts'
import { runningText } from '../reports/running-text.ts'
import { readReports } from '../reports/stored.ts'
import { must, ok, type Result } from '../result.ts'
import type { Claim, Reading } from './claim.ts'
import { readClaims } from './read.ts'
import type { Link, ReconcileRequest } from './reconcile.ts'
import { type Roundness, roundnessOf } from './roundness.ts'

/** A figure that reports of this kind usually give and this one does not. */
export interface Omitted {
  readonly address: string
  readonly indicator: string
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly written: string
}

/** A figure that last year's report gave in the same words and number. */
export interface Copied {
  /** Index into the reading's claims. */
  readonly claim: number
  /** Where the earlier report states it. */
  readonly report: string
  readonly title: string
  readonly quote: string
}

export interface TextFindings {
  readonly omitted: readonly Omitted[]
  readonly copied: readonly Copied[]
  readonly roundness: Roundness | null
}

/** What a reading does not say, and what it says as if nobody had counted. */
export async function findingsOf(
  ledger: Ledger,
  actor: Actor,
  reading: Reading,
  links: readonly Link[],
  request: ReconcileRequest,
): Promise<Result<TextFindings>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const [omitted, copied] = await Promise.all([
    omittedFrom(ledger, actor, links, org.value, request),
    copiedFrom(ledger, actor, reading, links, request),
  ])
  if (!omitted.ok) return omitted
  if (!copied.ok) return copied
  return ok({ omitted: omitted.value, copied: copied.value, roundness: roundnessOf(reading.claims) })
}

async function omittedFrom(
  ledger: Ledger,
  actor: Actor,
  links: readonly Link[],
  org: OrgUnit,
  request: ReconcileRequest,
): Promise<Result<readonly Omitted[]>> {
  const template = usualTemplate(ledger, org)
  // A text that states nothing of the ledger is no report of its work; all of it would be left out.
  if (!template || !links.some(link => link.indicator !== null)) return ok([])
  const document = await composeReport(ledger, actor, { ...request, template: template.id })
  if (!document.ok) return document
  const stated = new Set(links.map(link => link.indicator))
  const omitted = new Map<string, Omitted>()
  for (const { address, indicator, name, value, unit, written, where } of figuresOf(document.value))
    if (!where && value !== null && value !== 0 && !address.includes('&as=') && !address.includes('&row='))
      if (indicator !== '' && !stated.has(indicator))
        omitted.set(address, { address, indicator, name, value, unit, written })
  return ok([...omitted.values()])
}

/** The first report that is made for units of this kind. */
function usualTemplate(ledger: Ledger, org: OrgUnit): Template | undefined {
  const root = ledger.orgs.byId(org.root)!
  const templates = [...ledger.registry.templates.values()]
  return (
    templates.find(({ kinds }) => kinds?.includes(org.kind) || kinds?.includes(root.kind)) ??
    templates.find(({ kinds }) => kinds === undefined)
  )
}

/** Below this a figure repeats by chance. */
const SMALLEST_COPIED = 10

async function copiedFrom(
  ledger: Ledger,
  actor: Actor,
  reading: Reading,
  links: readonly Link[],
  { org, period }: ReconcileRequest,
): Promise<Result<readonly Copied[]>> {
  const before = lastYear(must(parsePeriod(period)))
  const reports = await readReports(ledger, actor, { org, period: before.text })
  if (!reports.ok) return reports
  const earlier = reports.value.find(report => report.status === 'issued' && report.org === org)
  if (!earlier) return ok([])
  const { claims } = readClaims(runningText(earlier.document).text, { year: Number(before.from.slice(0, 4)) })
  const known = new Map(claims.filter(isOwn).map(claim => [keyOf(claim), claim]))
  return ok(
    links.flatMap(({ claim: index, verdict }) => {
      const claim = reading.claims[index]!
      const same = known.get(keyOf(claim))
      // What the ledger bears out may well be the same in two years.
      if (!same || !isOwn(claim) || verdict === 'agrees' || verdict === 'agrees-rounded') return []
      return [{ claim: index, report: earlier.id, title: earlier.title, quote: same.quote }]
    }),
  )
}

const isOwn = ({ prior, target, threshold, normalized, noun }: Claim): boolean =>
  !prior && !target && !threshold && noun !== '' && normalized >= SMALLEST_COPIED

const keyOf = ({ noun, base, normalized }: Claim): string => `${noun} ${normalized} ${base}`
