import { leaves } from '../figures/expression.ts'
import { formulaOf } from '../figures/formulas.ts'
import type { Indicator } from '../figures/indicator.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { type Period, parsePeriod } from '../period/period.ts'
import type { Registry } from '../registry.ts'
import { addressOf, type FigureAddress } from '../reports/address.ts'
import { bindingOf } from '../reports/binding.ts'
import { valuesAt } from '../reports/values.ts'
import { must, ok, type Result } from '../result.ts'
import { NUMBER } from './align.ts'
import type { Claim, Reading } from './claim.ts'
import { confirmedOf } from './confirmed.ts'
import { type LinkedClaim, type Linking, linkClaims } from './link.ts'
import { orgNames } from './org-names.ts'
import { surroundings } from './surround.ts'
import { compared, type Verdict } from './verdict.ts'
import { wordingsOf } from './wordings.ts'

/** What the ledger says to one claim. */
export interface Link {
  /** Index into the reading's claims. */
  readonly claim: number
  readonly verdict: Verdict
  /** The words around the number, # in its place: what a confirmation is remembered by. */
  readonly words: string
  readonly indicator: string | null
  readonly org: string | null
  readonly period: string | null
  readonly where: Readonly<Record<string, string>>
  /** A target, a change or growth rather than the figure itself. */
  readonly as: 'target' | 'difference' | 'growth' | null
  /** Where the figure is explained, see kernel/reports/address.ts. */
  readonly address: string | null
  /** What a person calls the figure. */
  readonly name: string | null
  /** The ledger's figure in the base unit of `unit` (money in fen, percents as ratios); null when there is none. */
  readonly value: number | null
  readonly unit: string | null
  /** The same as a report writes it. */
  readonly written: string | null
  /** What the claim states more than the ledger, in the base unit. */
  readonly difference: number | null
  /** Linked because a person said so. */
  readonly confirmed: boolean
}

export interface ReconcileRequest {
  readonly org: string
  readonly period: string
}

/** Holds every claim of a reading against the ledger: one link each, in their order. */
export async function reconcile(
  ledger: Ledger,
  actor: Actor,
  reading: Reading,
  request: ReconcileRequest,
): Promise<Result<readonly Link[]>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const linked = await linkedClaims(ledger, reading, org.value, period.value)
  const addresses = linked.flatMap(one => (one ? [one.address] : []))
  const { found } = await valuesAt(ledger, actor, addresses)
  const empty = await withoutRecords(
    ledger,
    addresses.filter(address => !found.get(addressOf(address))),
  )
  const around = surroundings(reading.text, reading.claims)
  return ok(
    reading.claims.map((claim, i) => {
      const words = around[i]!.words.replace(NUMBER, '#')
      const one = linked[i]
      return one ? linkOf(ledger, claim, one, words, found, empty) : unlinked(i, words)
    }),
  )
}

/** The figures that the claims state, by the words of the ledger's declarations and what was confirmed for the org. */
export async function linkedClaims(
  ledger: Ledger,
  reading: Reading,
  org: OrgUnit,
  period: Period,
): Promise<(LinkedClaim | null)[]> {
  const beneath = ledger.orgs.under(org.path).filter(unit => unit.id !== org.id)
  return linkClaims(reading, linkingOf(ledger.registry), {
    org: org.code,
    period,
    names: orgNames([org, ...beneath]),
    confirmed: await confirmedOf(ledger, org),
  })
}

/** Wordings follow from the declarations alone, which stay as they are while the program runs. */
const linkings = new WeakMap<Registry, Linking>()

export function linkingOf(registry: Registry): Linking {
  const known = linkings.get(registry)
  if (known) return known
  const made = { indicators: registry.indicators, wordings: wordingsOf(registry) }
  linkings.set(registry, made)
  return made
}

const unlinked = (claim: number, words: string): Link => ({
  claim,
  verdict: 'no-indicator',
  words,
  indicator: null,
  org: null,
  period: null,
  where: {},
  as: null,
  address: null,
  name: null,
  value: null,
  unit: null,
  written: null,
  difference: null,
  confirmed: false,
})

function linkOf(
  ledger: Ledger,
  claim: Claim,
  { claim: index, address, scale, isConfirmed }: LinkedClaim,
  words: string,
  found: ReadonlyMap<string, number | null>,
  empty: ReadonlySet<string>,
): Link {
  const value = found.get(addressOf(address)) ?? null
  const binding = bindingOf(ledger, address, one => found.get(addressOf(one)) ?? null, {}, 'zh')
  const isTold = value !== null && !(value === 0 && claim.normalized !== 0 && empty.has(addressOf(address)))
  const result = isTold ? compared(claim, scale, value) : null
  return {
    claim: index,
    verdict: result?.verdict ?? 'no-records',
    words,
    indicator: address.indicator,
    org: address.org,
    period: address.period,
    where: address.where ?? {},
    as: (address.as as Link['as']) ?? null,
    address: binding.address,
    name: binding.name,
    value: isTold ? value : null,
    unit: binding.unit,
    written: isTold ? binding.written : null,
    difference: result?.difference ?? null,
    confirmed: isConfirmed,
  }
}

/** Which of some figures are zero because nothing was recorded: no record of the type before the period's end. */
async function withoutRecords(ledger: Ledger, addresses: readonly FigureAddress[]): Promise<ReadonlySet<string>> {
  const asked = addresses.flatMap(address => {
    const unit = ledger.orgs.byCode(address.org)!
    const { from, until } = must(parsePeriod(address.period))
    return typesOf(ledger.registry, address.indicator).map(({ type, isOfPeriod }) => ({
      text: addressOf(address),
      unit,
      type,
      from: isOfPeriod ? from : '0001-01-01',
      until,
    }))
  })
  if (asked.length === 0) return new Set()
  const { rows } = await ledger.store.pool.query<{ slot: number }>(
    `SELECT a.slot FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::date[], $6::date[])
       AS a(slot, root, path, type, since, until)
     WHERE EXISTS (SELECT 1 FROM record r JOIN org_unit u ON u.id = r.org
       WHERE r.root = a.root AND r.type = a.type AND r.day >= a.since AND r.day < a.until AND u.path LIKE a.path || '%'
         AND r.status IN ('entered', 'confirmed'))`,
    [
      asked.map((_, i) => i),
      asked.map(({ unit }) => unit.root),
      asked.map(({ unit }) => unit.path),
      asked.map(({ type }) => type),
      asked.map(({ from }) => from),
      asked.map(({ until }) => until),
    ],
  )
  const recorded = new Set(rows.map(({ slot }) => asked[slot]!.text))
  return new Set(asked.map(({ text }) => text).filter(text => !recorded.has(text)))
}

/** The record types that an indicator counts, and whether it counts by the records' own day. */
function typesOf(registry: Registry, id: string): { type: string; isOfPeriod: boolean }[] {
  const indicator: Indicator | undefined = registry.indicators.get(id)
  if (!indicator) return []
  if (indicator.kind === 'formula')
    return leaves(formulaOf(registry, id)).flatMap(leaf => typesOf(registry, leaf.indicator))
  if (indicator.kind === 'events' || indicator.kind === 'units') return []
  const isOfPeriod = indicator.kind !== 'stock' && indicator.kind !== 'latest' && indicator.day === undefined
  return [{ type: indicator.type.id, isOfPeriod }]
}
