import { readClaims } from '../claims/read.ts'
import { reconcile } from '../claims/reconcile.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { parsePeriod } from '../period/period.ts'
import { fail, must, ok, type Result } from '../result.ts'
import { runningText } from './running-text.ts'
import type { StoredReport } from './stored.ts'

/** What a report's own text says against itself or the ledger; kept with the entry of its issue. */
export interface SelfCheck {
  readonly claims: number
  /** The arithmetic of identities that fail. */
  readonly failing: readonly string[]
  /** Words of figures that are not the ledger's, each with what it has. */
  readonly disagreeing: readonly { readonly quote: string; readonly address: string; readonly ledger: string }[]
}

/**
 * Reads a report back before it goes out, from its text alone. Numbers that do not fit are told, for the ledger may be what
 * is wrong; a place that was never filled in is refused: `report/blank`.
 */
export async function selfCheck(
  ledger: Ledger,
  actor: Actor,
  { org, period, document }: Pick<StoredReport, 'org' | 'period' | 'document'>,
): Promise<Result<SelfCheck>> {
  const { text } = runningText(document)
  const year = Number(must(parsePeriod(period)).from.slice(0, 4))
  const reading = readClaims(text, { year, actor: document.organ })
  const blank = reading.blanks[0]
  if (blank) {
    const place = text.slice(Math.max(0, blank.start - 12), blank.end + 8).replaceAll('\n', ' ')
    return fail('report/blank', {
      field: 'document',
      value: place,
      blanks: reading.blanks.length,
      zh: `还有${reading.blanks.length}处留空没有填写，不能印发：“${place}”`,
      en: `${reading.blanks.length} ${reading.blanks.length === 1 ? 'place is' : 'places are'} still blank, the report cannot be issued: “${place}”`,
    })
  }
  const links = await reconcile(ledger, actor, reading, { org, period })
  if (!links.ok) return links
  return ok({
    claims: reading.claims.length,
    failing: reading.identities.filter(({ holds }) => !holds).map(({ arithmetic }) => arithmetic),
    disagreeing: links.value.flatMap(({ verdict, claim, address, written }) =>
      verdict === 'disagrees' ? [{ quote: reading.claims[claim]!.quote, address: address!, ledger: written! }] : [],
    ),
  })
}
