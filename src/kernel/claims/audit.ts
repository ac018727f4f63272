import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { parsePeriod } from '../period/period.ts'
import { ok, type Result } from '../result.ts'
import type { Reading, ReadOptions } from './claim.ts'
import { findingsOf, type TextFindings } from './findings.ts'
import { readClaims } from './read.ts'
import { type Link, type ReconcileRequest, reconcile } from './reconcile.ts'

/** A text read back: what it states, what follows from that, and what the ledger says to it. */
export interface Audit extends Omit<Reading, 'links'> {
  /** One for each claim; none when the text was not held against a ledger. */
  readonly links: readonly Link[]
  readonly findings?: TextFindings
}

/** Reads a text by itself. */
export const auditText = (text: string, options?: ReadOptions): Audit => ({ ...readClaims(text, options), links: [] })

/** Reads a text as the report of an org unit for a period, and holds it against the ledger. */
export async function auditReport(
  ledger: Ledger,
  actor: Actor,
  text: string,
  request: ReconcileRequest,
): Promise<Result<Audit>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const reading = readClaims(text, { year: Number(period.value.from.slice(0, 4)), actor: org.value.name })
  const links = await reconcile(ledger, actor, reading, request)
  if (!links.ok) return links
  const findings = await findingsOf(ledger, actor, reading, links.value, request)
  return findings.ok ? ok({ ...reading, links: links.value, findings: findings.value }) : findings
}

/** Whether a text may go out: its numbers fit each other and the ledger, and nothing waits to be filled in. */
export const isSound = ({ identities, blanks, links }: Audit): boolean =>
  blanks.length === 0 && identities.every(({ holds }) => holds) && links.every(({ verdict }) => verdict !== 'disagrees')
