import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { addDays, lastYear, months, type Period, parsePeriod, previous, sinceYearStart } from '../period/period.ts'
import { indicatorNamed, isTallied } from '../registry.ts'
import { fail, ok, type Result } from '../result.ts'
import { evaluate, type Leaf, leafKey, leaves, type Shift } from './expression.ts'
import { formulaOf } from './formulas.ts'
import { DISTINCT, type Indicator, type Latest, type Tallied } from './indicator.ts'
import { latestAmounts } from './latest.ts'
import { pastAmounts } from './past.ts'
import type { Question } from './question.ts'
import { unitsStanding } from './standing.ts'
import { type Amount, amounts, type Cell, grouped, NOTHING } from './tally.ts'

export interface FigureRequest {
  readonly indicator: string
  readonly org: string
  readonly period: string
  readonly where?: Readonly<Record<string, string>>
  /** `tree` (default): with all units beneath; `self`: the unit alone. */
  readonly scope?: 'tree' | 'self'
  /** `then` (default): units as they stood in the tree on each record's day; `now`: as they stand today. */
  readonly tree?: 'then' | 'now'
  /** 'month', 'org' or a dimension. */
  readonly by?: string
  /** The figure as it stood at a past instant. */
  readonly asOf?: string
}

export interface FigureRow {
  readonly key: string
  readonly value: number | null
}

export interface Figure {
  readonly indicator: string
  readonly org: string
  readonly period: string
  /** In the indicator's base unit; null = there is no such figure (a ratio over nothing). */
  readonly value: number | null
  readonly unit: string
  readonly rows?: readonly FigureRow[]
}

/** A figure, right as of the last committed save. */
export async function figure(ledger: Ledger, actor: Actor, request: FigureRequest): Promise<Result<Figure>> {
  const all = await figures(ledger, actor, [request])
  return all.ok ? ok(all.value[0]!) : all
}

/** Many figures with one query for all their plain cells. */
export async function figures(
  ledger: Ledger,
  actor: Actor,
  requests: readonly FigureRequest[],
): Promise<Result<readonly Figure[]>> {
  const asked: Asked[] = []
  for (const request of requests) {
    const one = resolve(ledger, actor, request)
    if (!one.ok) return one
    asked.push(one.value)
  }
  const values = await valuesOf(
    ledger,
    asked.map(one => one.question),
  )
  const rows = await Promise.all(asked.map(one => breakdown(ledger, one)))
  return ok(
    asked.map(({ request, indicator }, i) => ({
      indicator: request.indicator,
      org: request.org,
      period: request.period,
      value: values[i]!,
      unit: indicator.unit,
      ...(rows[i] ? { rows: rows[i] } : {}),
    })),
  )
}

interface Asked {
  readonly request: FigureRequest
  readonly indicator: Indicator
  readonly question: Question
}

/** Checks a request and says what it asks. */
export function questionOf(ledger: Ledger, actor: Actor, request: FigureRequest): Result<Question> {
  const asked = resolve(ledger, actor, request)
  return asked.ok ? ok(asked.value.question) : asked
}

function resolve(ledger: Ledger, actor: Actor, request: FigureRequest): Result<Asked> {
  const indicator = indicatorNamed(ledger.registry, request.indicator)
  if (!indicator.ok) return indicator
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const where = request.where ?? {}
  for (const name of Object.keys(where))
    if (!dimensionsOf(indicator.value).includes(name)) return unknownDimension(request.indicator, indicator.value, name)
  const { by } = request
  if (by !== undefined && by !== 'month' && by !== 'org' && !dimensionsOf(indicator.value).includes(by))
    return unknownDimension(request.indicator, indicator.value, by)
  if (request.asOf !== undefined && Number.isNaN(Date.parse(request.asOf)))
    return fail('figure/instant', {
      field: 'asOf',
      value: request.asOf,
      zh: '“截至时刻”应写作 2024-05-18T08:00:00Z',
      en: 'as-of must be an instant such as 2024-05-18T08:00:00Z',
    })
  return ok({
    request,
    indicator: indicator.value,
    question: {
      id: request.indicator,
      indicator: indicator.value,
      org: org.value,
      own: request.scope === 'self',
      now: request.tree === 'now',
      period: period.value,
      where,
      asOf: request.asOf && new Date(request.asOf).toISOString(),
    },
  })
}

const dimensionsOf = (indicator: Indicator): readonly string[] => indicator.by

function unknownDimension(id: string, indicator: Indicator, name: string) {
  const known = dimensionsOf(indicator)
  return fail('figure/unknown-dimension', {
    field: name,
    indicator: id,
    dimensions: known,
    zh: `指标“${indicator.title.zh}”没有维度“${name}”（有：${known.join('、') || '无'}）`,
    en: `${id} has no dimension ${name} (it has: ${known.join(', ') || 'none'})`,
  })
}

/** Values of many questions: formulas taken apart level by level, plain cells of all of them fetched together. */
export async function valuesOf(ledger: Ledger, questions: readonly Question[]): Promise<(number | null)[]> {
  if (!questions.some(({ indicator }) => indicator.kind === 'formula')) return plainValues(ledger, questions)
  const parts = questions.map(question =>
    question.indicator.kind === 'formula' ? formulaQuestions(ledger, question) : [question],
  )
  const values = await valuesOf(ledger, parts.flat())
  let taken = 0
  return questions.map((question, i) => {
    const own = values.slice(taken, taken + parts[i]!.length)
    taken += own.length
    return question.indicator.kind === 'formula' ? formulaValue(ledger, question, own) : own[0]!
  })
}

async function plainValues(ledger: Ledger, questions: readonly Question[]): Promise<(number | null)[]> {
  const additive: { cell: Cell; slot: number }[] = []
  const deferred: Promise<void>[] = []
  const result: (number | null)[] = questions.map(() => null)
  questions.forEach((question, slot) => {
    const { indicator } = question
    const later = (value: Promise<number | null>) =>
      deferred.push(
        value.then(found => {
          result[slot] = found
        }),
      )
    if (indicator.kind === 'formula') throw new Error(`formula ${question.id} was not taken apart`)
    if (indicator.kind === 'units') result[slot] = unitsStanding(ledger, question, indicator)
    else if (indicator.kind === 'latest') later(latestValue(ledger, question, indicator))
    else if (question.asOf) later(pastValue(ledger, question, indicator))
    else if (indicator.kind === 'distinct') later(distinctValue(ledger, question))
    else additive.push({ cell: cellOf(ledger, question, indicator), slot })
  })
  const [sums] = await Promise.all([
    amounts(
      ledger.store,
      additive.map(a => a.cell),
    ),
    ...deferred,
  ])
  additive.forEach(({ slot }, i) => {
    result[slot] = amountValue(questions[slot]!.indicator as Tallied, sums[i]!)
  })
  return result
}

/** What of the tallies answers a question. */
function cellOf(ledger: Ledger, question: Question, indicator: Tallied): Cell {
  const { id, org, own, now, period, where } = question
  const from = indicator.kind === 'stock' ? null : period.from
  const cell = { root: org.root, indicator: id, from, until: period.until, where }
  // In the present tree a unit holds what now stands under it, wherever that stood then.
  if (now && !own) return { ...cell, orgs: ledger.orgs.under(org.path).map(unit => unit.id), own: true }
  return { ...cell, orgs: [org.id], own }
}

/** A tally amount as the indicator's value. */
export function amountValue(indicator: Tallied, amount: Amount): number | null {
  switch (indicator.kind) {
    case 'count':
    case 'distinct':
      return amount.n
    case 'stock':
      return indicator.field ? amount.total : amount.n
    case 'sum':
      return amount.total
    case 'events':
      return indicator.amount ? amount.total : amount.n
    case 'average':
      return amount.n === 0 ? null : amount.total / amount.n
  }
}

async function pastValue(ledger: Ledger, question: Question, indicator: Tallied): Promise<number | null> {
  const groups = await pastAmounts(ledger, question, indicator, null)
  return amountValue(indicator, groups.get('') ?? NOTHING)
}

async function distinctValue(ledger: Ledger, question: Question): Promise<number> {
  const groups = await grouped(ledger.store, cellOf(ledger, question, question.indicator as Tallied), DISTINCT)
  return [...groups.values()].filter(amount => amount.n > 0).length
}

async function latestValue(ledger: Ledger, question: Question, indicator: Latest): Promise<number | null> {
  const groups = await latestAmounts(ledger, question, indicator)
  return groups.size === 0 ? null : [...groups.values()].reduce((sum, value) => sum + value, 0)
}

const formulaQuestions = (ledger: Ledger, question: Question): Question[] =>
  leaves(formulaOf(ledger.registry, question.id)).map(leaf => leafQuestion(ledger, question, leaf))

/** @param values of the formula's leaves, in their order */
function formulaValue(ledger: Ledger, question: Question, values: readonly (number | null)[]): number | null {
  const expression = formulaOf(ledger.registry, question.id)
  const known = new Map(leaves(expression).map((leaf, i) => [leafKey(leaf), values[i]!]))
  return evaluate(expression, known, { days: question.period.days })
}

export function leafQuestion(ledger: Ledger, question: Question, leaf: Leaf): Question {
  const indicator = ledger.registry.indicators.get(leaf.indicator)
  if (!indicator) throw new Error(`formula ${question.id} names ${leaf.indicator}`)
  return {
    ...question,
    id: leaf.indicator,
    indicator,
    period: leaf.shifts.reduce(shifted, question.period),
    where: leaf.where,
  }
}

function shifted(period: Period, shift: Shift): Period {
  switch (shift) {
    case 'previous':
      return previous(period)
    case 'last-year':
      return lastYear(period)
    case 'year-to-date':
      return sinceYearStart(period)
  }
}

async function breakdown(ledger: Ledger, { request, question, indicator }: Asked): Promise<FigureRow[] | undefined> {
  const { by } = request
  if (by === undefined) return undefined
  if (by === 'month') {
    const parts = months(question.period)
    const values = await valuesOf(
      ledger,
      parts.map(period => ({ ...question, period })),
    )
    return parts.map((period, i) => ({ key: period.text, value: values[i]! }))
  }
  if (by === 'org') return byOrg(ledger, question)
  if (!isTallied(indicator)) return []
  if (question.asOf) {
    const groups = await pastAmounts(ledger, question, indicator, by)
    return [...groups].map(([key, amount]) => ({ key, value: amountValue(indicator, amount) }))
  }
  return byDimension(ledger, question, indicator, by)
}

async function byDimension(ledger: Ledger, question: Question, indicator: Tallied, by: string): Promise<FigureRow[]> {
  if (by in question.where || indicator.kind === 'distinct') {
    const values = by in question.where ? [question.where[by]!] : await dimensionValues(ledger, question, indicator, by)
    const found = await valuesOf(
      ledger,
      values.map(value => ({ ...question, where: { ...question.where, [by]: value } })),
    )
    return values.map((key, i) => ({ key, value: found[i]! }))
  }
  const sums = await grouped(ledger.store, cellOf(ledger, question, indicator), by)
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, amount]) => ({ key, value: amountValue(indicator, amount) }))
}

async function dimensionValues(ledger: Ledger, question: Question, indicator: Tallied, by: string) {
  return [...(await grouped(ledger.store, cellOf(ledger, question, indicator), by)).keys()].sort()
}

/** One part of a unit's figure: a child while it stood under the unit, or the unit itself. */
export interface OrgPart {
  readonly unit: OrgUnit
  readonly question: Question
}

/** Kinds that tell how things are at the end of a period, not what happened in it. */
const ENDS: ReadonlySet<Indicator['kind']> = new Set(['stock', 'latest', 'units'])

/** The parts of a figure by org unit: each child for the days it stood under the unit, and the unit's own records. */
export function orgParts(ledger: Ledger, question: Question): OrgPart[] {
  const { org, period, now } = question
  const own: OrgPart = { unit: org, question: { ...question, own: true } }
  if (question.own) return [own]
  if (now) {
    const depth = org.path.split('/').length
    const children = ledger.orgs.under(org.path).filter(unit => unit.path.split('/').length === depth + 1)
    return [...children.map(unit => ({ unit, question: { ...question, org: unit } })), own]
  }
  if (ENDS.has(question.indicator.kind)) {
    const standing = ledger.orgs.childrenDuring(org.id, addDays(period.until, -1), period.until)
    return [...standing.map(({ unit }) => ({ unit, question: { ...question, org: unit } })), own]
  }
  const children = ledger.orgs.childrenDuring(org.id, period.from, period.until).map(({ unit, span }) => {
    const since = span.since > period.from ? span.since : period.from
    const until = span.until < period.until ? span.until : period.until
    return { unit, question: { ...question, org: unit, period: { ...period, from: since, until } as Period } }
  })
  return [...children, own]
}

async function byOrg(ledger: Ledger, question: Question): Promise<FigureRow[]> {
  const parts = orgParts(ledger, question)
  const values = await valuesOf(
    ledger,
    parts.map(part => part.question),
  )
  const rows = new Map<string, number | null>()
  parts.forEach(({ unit }, i) => {
    const value = values[i] ?? null
    const before = rows.get(unit.code)
    rows.set(unit.code, before === undefined || before === null ? value : before + (value ?? 0))
  })
  // The unit's own line is told only when it has something of its own, as most parents do not.
  return [...rows].flatMap(([key, value]) => (key === question.org.code && !value ? [] : [{ key, value }]))
}
