import type { Style } from '../figures/wording.ts'
import { writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { ok, type Result } from '../result.ts'
import { type Address, addressOf, parseAddress } from './address.ts'
import { writtenAt } from './binding.ts'
import { type FigureBinding, figuresOf, type Inline, mapInlines, type ReportDocument } from './document.ts'
import { type ReportQuery, readReports, type StoredReport } from './stored.ts'
import { earlier, type Values, valuesAt } from './values.ts'

const followed = (document: Pick<ReportDocument, 'blocks'>): FigureBinding[] =>
  figuresOf(document).filter(({ detached }) => !detached)

/** All numbers that bindings depend on: those of comparisons with what they compare. */
function addressesOf(bindings: readonly FigureBinding[]): Address[] {
  return bindings.flatMap(({ address }): Address[] => {
    const parsed = parseAddress(address)
    if ('record' in parsed || (parsed.as !== 'difference' && parsed.as !== 'growth')) return [parsed]
    const { as: _, against: __, ...itself } = parsed
    return [parsed, itself, earlier(parsed)]
  })
}

const currentValues = (ledger: Ledger, actor: Actor, bindings: readonly FigureBinding[]): Promise<Values> =>
  valuesAt(ledger, actor, addressesOf(bindings))

/** The binding as the ledger tells it now; as it was when the ledger cannot tell it to this actor any more. */
function brought(ledger: Ledger, binding: FigureBinding, { found }: Values, language: 'zh' | 'en'): FigureBinding {
  const value = found.get(binding.address)
  if (value === undefined || value === binding.value) return binding
  return { ...binding, value, written: writtenNow(ledger, binding, value, found, language) }
}

function writtenNow(
  ledger: Ledger,
  { address, unit, style = {} }: FigureBinding,
  value: number | null,
  found: ReadonlyMap<string, number | null>,
  language: 'zh' | 'en',
): string {
  const parsed = parseAddress(address)
  const indicator = 'record' in parsed ? undefined : ledger.registry.indicators.get(parsed.indicator)
  if ('record' in parsed || !indicator) return writeNumber(value, unit, style as Style, language)
  return writtenAt(parsed, indicator, one => found.get(addressOf(one)) ?? null, style, language)
}

/** A document with all its bound figures as the ledger tells them now. */
export async function refreshed(ledger: Ledger, actor: Actor, document: ReportDocument): Promise<ReportDocument> {
  const values = await currentValues(ledger, actor, followed(document))
  const refresh = (inline: Inline): Inline =>
    'figure' in inline && !inline.figure.detached
      ? { figure: brought(ledger, inline.figure, values, document.language) }
      : inline
  return { ...document, blocks: document.blocks.map(block => mapInlines(block, refresh)) }
}

export interface Overtaken {
  readonly address: string
  readonly name: string
  readonly written: string
  readonly stated: number | null
  readonly now: number | null
  /** How the report would write it now. */
  readonly writtenNow: string
}

/** Figures of a report that the ledger now tells otherwise. Empty: the report still holds. */
export async function overtaken(
  ledger: Ledger,
  actor: Actor,
  report: Pick<StoredReport, 'document'>,
): Promise<Result<readonly Overtaken[]>> {
  const values = await currentValues(ledger, actor, followed(report.document))
  return ok(changes(ledger, report.document, values))
}

function changes(ledger: Ledger, document: ReportDocument, values: Values): Overtaken[] {
  const once = new Map(followed(document).map(binding => [binding.address, binding]))
  return [...once.values()].flatMap(binding => {
    const { address, name, written, value: stated } = binding
    const now = brought(ledger, binding, values, document.language)
    return now === binding ? [] : [{ address, name, written, stated, now: now.value, writtenNow: now.written }]
  })
}

export interface OvertakenReport {
  readonly report: Omit<StoredReport, 'document'>
  readonly figures: readonly Overtaken[]
}

/** Issued reports of an org unit and all beneath it whose figures the ledger now tells otherwise. One query for all. */
export async function overtakenReports(
  ledger: Ledger,
  actor: Actor,
  query: ReportQuery = {},
): Promise<Result<readonly OvertakenReport[]>> {
  const found = await readReports(ledger, actor, query)
  if (!found.ok) return found
  const issued = found.value.filter(({ status }) => status === 'issued')
  const values = await currentValues(
    ledger,
    actor,
    issued.flatMap(({ document }) => followed(document)),
  )
  return ok(
    issued.flatMap(({ document, ...report }) => {
      const figures = changes(ledger, document, values)
      return figures.length === 0 ? [] : [{ report, figures }]
    }),
  )
}
