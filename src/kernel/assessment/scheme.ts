import { type Fraction, fromNumber, over, times, whole } from '../figures/fraction.ts'
import { baseOf, parseQuantity, type Unit, unitNamed, unitOf } from '../figures/units.ts'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import type { Cycle } from '../period/cycles.ts'
import { addDays, type Period } from '../period/period.ts'
import type { StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import type { Registry } from '../registry.ts'
import { fail, failAll, ok, type Problem, type Result } from '../result.ts'
import type { Better, Ceilings, ItemKind, Method } from './points.ts'
import { itemsEntered, scheme as schemeType, type sources } from './types.ts'
import type { UseRate } from './use-rates.ts'

// A stored scheme, read: what each item asks and how points follow from it.

export interface SchemeItem {
  readonly code: string
  readonly title: string
  readonly group: string | null
  readonly kind: ItemKind
  readonly source: keyof typeof sources
  /** The most there is to have; 1 for a veto. */
  readonly weight: Fraction
  /** How points follow from a value; null where they are given by judgement. `target`: from value / target. */
  readonly method: Method | null
  readonly target: boolean
  readonly indicator: string | null
  readonly rate: UseRate | null
  readonly where: Readonly<Record<string, string>>
  readonly unit: Unit
  readonly department: string | null
  readonly dueOn: string | null
  readonly evidence: string | null
}

export interface Scheme {
  readonly id: string
  readonly name: string
  readonly org: OrgUnit
  readonly cycle: Cycle
  readonly kinds: readonly string[]
  readonly state: string
  readonly ceilings: Ceilings
  readonly digits: number
  readonly appealDays: number
  readonly items: readonly SchemeItem[]
}

/** Whether people have a part in an item: they judge it, tell its value, or prove it. */
export const isAnswered = ({ source, evidence }: Pick<SchemeItem, 'source' | 'evidence'>) =>
  (source !== 'figure' && source !== 'use') || evidence !== null

/** @returns the scheme, or all that is wrong with its items: unknown indicators, limits that cannot be read */
export function readScheme(ledger: Ledger, stored: StoredRecord): Result<Scheme> {
  const fields = upgrade(schemeType, stored.typeVersion, stored.fields)
  const problems: Problem[] = []
  const items = itemsEntered(fields).flatMap((entered, i) => {
    const item = readItem(ledger.registry, entered)
    if (item.ok) return [item.value]
    problems.push(...item.problems.map(problem => ({ ...problem, field: `items[${i + 1}].${problem.field}` })))
    return []
  })
  if (problems.length > 0) return failAll(problems)
  const ceiling = (value: unknown) => (typeof value === 'number' ? fromNumber(value) : undefined)
  return ok({
    id: stored.id,
    name: String(fields.name),
    org: ledger.orgs.byId(stored.org)!,
    cycle: fields.cycle as Cycle,
    kinds: listed(String(fields.kinds ?? '')),
    state: stored.state,
    ceilings: { bonus: ceiling(fields.bonusCeiling), deduction: ceiling(fields.deductionCeiling) },
    digits: Number(fields.digits ?? 2),
    appealDays: Number(fields.appealDays ?? 5),
    items,
  })
}

export const listed = (text: string) => text.split(/[,，、;；\s]+/).filter(part => part !== '')
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

function readItem(registry: Registry, entered: Readonly<Record<string, unknown>>): Result<SchemeItem> {
  const kind = entered.kind as ItemKind
  const source = entered.source as keyof typeof sources
  const indicator = source === 'figure' ? textOf(entered.indicator) : null
  const where = narrowing(textOf(entered.narrowed) ?? '')
  const declared = indicator === null ? undefined : registry.indicators.get(indicator)
  if (indicator !== null && !declared)
    return wrong('indicator', `没有指标“${indicator}”`, `There is no indicator ${indicator}`)
  const dimensions: readonly string[] = declared?.by ?? []
  const stranger = Object.keys(where).find(name => !dimensions.includes(name))
  if (stranger !== undefined)
    return wrong('narrowed', `指标“${indicator}”没有维度“${stranger}”`, `${indicator} has no dimension ${stranger}`)
  const named = declared
    ? ok(unitOf(declared.unit))
    : unitNamed(source === 'use' ? 'percent' : (textOf(entered.unit) ?? 'count'))
  if (!named.ok) return wrong('unit', named.problems[0]!.zh, named.problems[0]!.en)
  const target = entered.method === 'target'
  const method = source === 'judged' ? ok(null) : methodOf(entered, target ? unitOf('percent') : named.value)
  if (!method.ok) return method
  return ok({
    code: String(entered.code),
    title: String(entered.title),
    group: textOf(entered.group),
    kind,
    source,
    weight: kind === 'veto' ? whole(1) : fromNumber(Number(entered.weight)),
    method: method.value,
    target,
    indicator,
    rate: source === 'use' ? (entered.rate as UseRate) : null,
    where,
    unit: named.value,
    department: textOf(entered.department),
    dueOn: textOf(entered.dueOn),
    evidence: textOf(entered.evidence),
  })
}

const wrong = (field: string, zh: string, en: string) => fail('scheme/item', { field, zh, en })

/** `topic=rice；state=open` */
export function narrowing(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/[;；]/)
      .filter(part => part.trim() !== '')
      .map(part => {
        const [name, ...value] = part.split(/[=＝]/)
        return [name!.trim(), value.join('=').trim()]
      }),
  )
}

function methodOf(entered: Readonly<Record<string, unknown>>, unit: Unit): Result<Method> {
  const better = (entered.better ?? 'more') as Better
  switch (entered.method) {
    case 'ranked':
      return ok({ kind: 'ranked', better })
    case 'step': {
      const steps = stepsOf(textOf(entered.steps) ?? '', unit)
      return steps
        ? ok({ kind: 'step', steps, better })
        : wrong('steps', '分档看不懂，应形如 60%=4；80%=7', 'Steps are written 60%=4; 80%=7')
    }
    default: {
      // A veto without limits fires with anything at all.
      const isVeto = entered.kind === 'veto'
      const floor = limit(entered.floor, unit) ?? whole(0)
      const full =
        limit(entered.full, unit) ??
        (entered.method === 'target' ? whole(1) : isVeto ? { n: 1n, d: 1_000_000_000n } : null)
      if (floor === 'unread') return wrong('floor', '零分值看不懂', 'The value for no points cannot be read')
      if (full === 'unread') return wrong('full', '满分值看不懂', 'The value for all points cannot be read')
      if (full === null) return wrong('full', '请填写满分值', 'Say at which value there are all points')
      return ok({ kind: 'linear', floor: isVeto ? full : floor, full })
    }
  }
}

/** A limit in the base unit; null where none is given. */
function limit(entered: unknown, unit: Unit): Fraction | 'unread' | null {
  if (typeof entered !== 'string') return null
  const read = parseQuantity(entered, unit, unit)
  return read.ok ? fromNumber(read.value) : 'unread'
}

function stepsOf(text: string, unit: Unit) {
  const steps = text
    .split(/[;；，,]/)
    .filter(part => part.trim() !== '')
    .map(part => {
      const [value, points, ...more] = part.split(/[=＝:：]/).map(one => one.trim())
      const from = limit(value, unit)
      if (from === null || from === 'unread' || more.length > 0 || !/^\d{1,4}(\.\d{1,4})?$/.test(points ?? ''))
        return null
      return { from, points: fromNumber(Number(points)) }
    })
  return steps.length > 0 && steps.every(step => step !== null) ? steps : null
}

/** A value as an item's people told it, in the base unit of the item: a rate from numerator and denominator. */
export function valueTold({ unit }: SchemeItem, value: number | null, base: number | null): Fraction | null {
  if (value === null) return null
  if (base !== null) return base === 0 ? null : over(fromNumber(value), fromNumber(base))
  return over(times(fromNumber(value), unit.factor), baseOf(unit).factor)
}

/** How much of its target a value reached; null without one. */
export const shareOf = (value: number | null, target: number | null): Fraction | null =>
  value === null || !target ? null : over(fromNumber(value), fromNumber(target))

/** Units of some kinds beneath a unit that are open at the end of a period, by code; without kinds the unit itself. */
export function unitsOfKinds(
  ledger: Ledger,
  org: OrgUnit,
  kinds: readonly string[],
  period: Period,
): readonly OrgUnit[] {
  if (kinds.length === 0) return [org]
  return ledger.orgs
    .under(org.path)
    .filter(unit => kinds.includes(unit.kind) && isOpenOn(unit, addDays(period.until, -1)))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}
