import {
  type Context,
  Drop,
  Liquid,
  type Template as LiquidTemplate,
  Tag,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs'
import { targetOf } from '../assessment/targets.ts'
import { type FigureRequest, figure, figures } from '../figures/figure.ts'
import type { Indicator } from '../figures/indicator.ts'
import { comparison, type Style, tableUnit, writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { lastYear, nextYear, type Period, parsePeriod, periodWords } from '../period/period.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { addressOf } from './address.ts'
import type { FigureBinding } from './document.ts'
import { Bindings, CLOSE, FigureDrop, OPEN } from './figure-drop.ts'
import { keyWords, readableFields } from './readable.ts'

export interface Rendered {
  /** Markdown-like text in which marks stand for figures. */
  readonly text: string
  readonly figures: readonly FigureBinding[]
}

export interface RenderRequest {
  readonly template: string
  readonly org: string
  readonly period: string
  readonly language?: Language
}

/** What the tags and filters of one rendering share. */
interface Rendering {
  readonly ledger: Ledger
  readonly actor: Actor
  readonly org: string
  readonly period: Period
  readonly language: Language
  readonly bindings: Bindings
  readonly known: Map<string, number | null>
  readonly problems: Result<never>[]
}

const INDICATOR = /[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*/g

/**
 * Fills a template with the figures of an org unit and period.
 * @returns text and bindings, or `report/template-syntax`, `report/unknown-figure`, and what figures may answer
 */
export async function renderTemplate(ledger: Ledger, actor: Actor, request: RenderRequest): Promise<Result<Rendered>> {
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const language = request.language ?? 'zh'
  const engine = engineOf(ledger)
  // `{{ figure "training.people" }}` and `{{ training.people }}` are the same.
  const source = request.template.replace(/\{\{\s*figure\s+["']([^"']+)["']/g, '{{ $1')
  const parsed = parse(engine, source)
  if (!parsed.ok) return parsed
  const rendering: Rendering = {
    ledger,
    actor,
    org: request.org,
    period: period.value,
    language,
    bindings: new Bindings(),
    known: new Map(),
    problems: [],
  }
  const fetched = await prefetch(rendering, source)
  if (!fetched.ok) return fetched
  try {
    const text: string = await engine.render(parsed.value, scope(rendering, org.value.name), { globals: { rendering } })
    return ok({ text, figures: rendering.bindings.list })
  } catch (error) {
    const refused = refusalOf(error)
    if (refused) return refused
    throw error
  }
}

/** A problem travelling through the template engine, which knows only exceptions. */
class Refusal extends Error {
  readonly refused: Result<never>
  constructor(refused: Result<never>) {
    super('refused')
    this.refused = refused
  }
}

function refusalOf(error: unknown): Result<never> | undefined {
  for (let at = error; at instanceof Error; at = (at as { originalError?: unknown }).originalError)
    if (at instanceof Refusal) return at.refused
  return error instanceof Error &&
    /^(ParseError|RenderError|UndefinedVariableError|TokenizationError|AssertionError)$/.test(error.name)
    ? syntaxProblem(error)
    : undefined
}

const syntaxProblem = (error: Error) =>
  fail('report/template-syntax', {
    line: (error as { token?: { getPosition?: () => number[] } }).token?.getPosition?.()[0],
    zh: `模板有语法错误：${error.message}`,
    en: `The template has a mistake: ${error.message}`,
  })

function parse(engine: Liquid, source: string): Result<LiquidTemplate[]> {
  try {
    return ok(engine.parse(source))
  } catch (error) {
    if (error instanceof Error) return syntaxProblem(error)
    throw error
  }
}

/** All indicators a template names, in one go. */
async function prefetch(rendering: Rendering, source: string): Promise<Result<true>> {
  const { ledger, actor, org, period, known } = rendering
  const texts = [
    source,
    ...[...source.matchAll(/paragraph\s+["']([^"']+)["']/g)].map(
      match => ledger.registry.paragraphs.get(match[1]!) ?? '',
    ),
  ]
  const names = new Set(
    texts.flatMap(text => text.match(INDICATOR) ?? []).filter(name => ledger.registry.indicators.has(name)),
  )
  const requests = [...names].map(indicator => ({ indicator, org, period: period.text }))
  const found = await figures(ledger, actor, requests)
  if (!found.ok) return found
  found.value.forEach((one, i) => {
    known.set(keyOf(requests[i]!), one.value)
  })
  return ok(true)
}

const keyOf = ({ indicator, org, period, where, scope }: FigureRequest) =>
  JSON.stringify([indicator, org, period, where ?? {}, scope ?? 'tree'])

async function figureValue(rendering: Rendering, request: FigureRequest): Promise<number | null> {
  const key = keyOf(request)
  const known = rendering.known.get(key)
  if (known !== undefined) return known
  const found = await figure(rendering.ledger, rendering.actor, request)
  if (!found.ok) throw new Refusal(found)
  rendering.known.set(key, found.value.value)
  return found.value.value
}

const EXACT: Style = {}

async function dropOf(rendering: Rendering, request: FigureRequest, style: Style = EXACT): Promise<FigureDrop> {
  const indicator = rendering.ledger.registry.indicators.get(request.indicator)
  if (!indicator) throw new Refusal(unknownFigure(request.indicator))
  return new FigureDrop(
    rendering.bindings,
    request,
    indicator,
    await figureValue(rendering, request),
    style,
    rendering.language,
  )
}

const unknownFigure = (name: string) =>
  fail('report/unknown-figure', {
    figure: name,
    zh: `模板里的“${name}”不是已有的指标`,
    en: `The template names ${name}, which is no indicator`,
  })

/** The indicators of a domain, as `{{ training.people }}` reaches them. */
class DomainDrop extends Drop {
  readonly rendering: Rendering
  readonly id: string
  constructor(rendering: Rendering, id: string) {
    super()
    this.rendering = rendering
    this.id = id
  }
  override liquidMethodMissing(name: string | number): Promise<FigureDrop> {
    const { org, period } = this.rendering
    return dropOf(this.rendering, { indicator: `${this.id}.${name}`, org, period: period.text })
  }
}

function scope(rendering: Rendering, orgName: string) {
  const { ledger, period, language } = rendering
  const next = nextYear(period)
  return {
    ...Object.fromEntries(ledger.registry.domains.map(domain => [domain.id, new DomainDrop(rendering, domain.id)])),
    org: { code: rendering.org, name: orgName },
    period: { text: period.text, words: periodWords(period)[language] },
    next_period: { text: next.text, words: periodWords(next)[language] },
  }
}

const engines = new WeakMap<Ledger, Liquid>()

function engineOf(ledger: Ledger): Liquid {
  const known = engines.get(ledger)
  if (known) return known
  // No file system, strict names: a mistyped figure is an error, not a blank.
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    relativeReference: false,
    templates: {},
  })
  registerFilters(engine)
  registerTags(engine)
  engines.set(ledger, engine)
  return engine
}

function renderingOf(context: Context): Rendering {
  return (context.globals as { rendering: Rendering }).rendering
}

function figureIn(value: unknown, filter: string): FigureDrop {
  if (value instanceof FigureDrop) return value
  throw new Refusal(
    fail('report/template-syntax', {
      filter,
      zh: `“${filter}”只能用在数字后面`,
      en: `${filter} can only follow a figure`,
    }),
  )
}

function registerFilters(engine: Liquid) {
  const style = (name: string, styleOf: (argument: unknown) => Partial<Style>) =>
    engine.registerFilter(name, (value: unknown, argument: unknown) => figureIn(value, name).styled(styleOf(argument)))
  style('about', argument => ({
    form: 'about',
    ...(typeof argument === 'string' ? { round: argument as Style['round'] } : {}),
  }))
  style('more', argument => ({ form: 'about', more: String(argument) as Style['more'] }))
  style('in', argument => ({ in: String(argument) }))
  style('classifier', argument => ({ classifier: String(argument) }))

  const again = (name: string, make: (rendering: Rendering, drop: FigureDrop, args: unknown[]) => Promise<unknown>) =>
    engine.registerFilter(name, function (this: { context: Context }, value: unknown, ...args: unknown[]) {
      return make(renderingOf(this.context), figureIn(value, name), args)
    })
  again('where', (rendering, drop, [dimension, value]) =>
    dropOf(
      rendering,
      { ...drop.request, where: { ...drop.request.where, [String(dimension)]: String(value) } },
      drop.style,
    ),
  )
  again('own', (rendering, drop) => dropOf(rendering, { ...drop.request, scope: 'self' }, drop.style))
  again('last_year', (rendering, drop) =>
    dropOf(rendering, { ...drop.request, period: lastYear(rendering.period).text }, drop.style),
  )
  again('compared', async (rendering, drop) => {
    const before = await dropOf(rendering, { ...drop.request, period: lastYear(rendering.period).text })
    return comparison(drop.value, before.value, drop.indicator.unit)[rendering.language]
  })
  again('target', (rendering, drop) => target(rendering, drop, rendering.period))
  again('next_target', (rendering, drop) => target(rendering, drop, nextYear(rendering.period)))
  again('attainment', async (rendering, drop) => {
    const planned = await target(rendering, drop, rendering.period)
    if (!planned.value || drop.value === null) return '—'
    return `${(Math.round((drop.value / planned.value) * 1000) / 10).toString()}%`
  })
}

/** A planned figure is no figure of the ledger: it prints unbound, but compares and vanishes like one. */
async function target(rendering: Rendering, drop: FigureDrop, period: Period): Promise<FigureDrop> {
  const planned = await targetOf(rendering.ledger, {
    indicator: drop.request.indicator,
    org: drop.request.org,
    period,
    where: drop.request.where,
  })
  const value = planned?.value ?? null
  return new PlannedDrop(
    drop.bindings,
    { ...drop.request, period: period.text },
    drop.indicator,
    value,
    drop.style,
    drop.language,
  )
}

/** Marks a planned figure that has a value, so that a section with one does not vanish. */
const PLANNED = '\ue002'

class PlannedDrop extends FigureDrop {
  override styled(style: Partial<Style>): FigureDrop {
    return new PlannedDrop(
      this.bindings,
      this.request,
      this.indicator,
      this.value,
      { ...this.style, ...style },
      this.language,
    )
  }
  override valueOf(): string {
    return this.value === null ? '—' : `${PLANNED}${this.written()}`
  }
}

export const isPlannedMark = (character: string) => character === PLANNED

function registerTags(engine: Liquid) {
  engine.registerTag('section', SectionTag)
  engine.registerTag('records', RecordsTag)
  engine.registerTag('paragraph', ParagraphTag)
  engine.registerTag('breakdown', BreakdownTag)
  engine.registerTag('chart', ChartTag)
}

/** A block tag: its body up to `end…`. */
abstract class BlockTag extends Tag {
  readonly body: LiquidTemplate[] = []
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    const stream = liquid.parser
      .parseStream(remaining)
      .on(`tag:end${token.name}`, () => stream.stop())
      .on('template', (template: LiquidTemplate) => this.body.push(template))
      .on('end', () => {
        throw new Error(`tag ${token.name} is not closed`)
      })
    stream.start()
  }
}

/** Vanishes when every figure in it is zero or missing. */
class SectionTag extends BlockTag {
  *render(context: Context): Generator<unknown, string, string> {
    const text = yield this.liquid.renderer.renderTemplates(this.body, context)
    const { bindings } = renderingOf(context)
    const told = [...text.matchAll(new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g'))].some(
      match => bindings.list[Number(match[1])]?.value,
    )
    return told || text.includes(PLANNED) ? text : ''
  }
}

interface Arguments {
  readonly first: string
  readonly named: Readonly<Record<string, string>>
}

/** `'name', by: 'month', limit: 5` */
function argumentsOf(token: TagToken): Arguments {
  const first = /^\s*["']([^"']*)["']/.exec(token.args)?.[1] ?? token.args.trim().split(/[\s,]/)[0] ?? ''
  const named = Object.fromEntries(
    [...token.args.matchAll(/([a-z_]+)\s*:\s*(?:["']([^"']*)["']|([0-9]+))/g)].map(match => [
      match[1]!,
      match[2] ?? match[3] ?? '',
    ]),
  )
  return { first, named }
}

class ParagraphTag extends Tag {
  readonly name_: string
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    this.name_ = argumentsOf(token).first
  }
  *render(context: Context): Generator<unknown, string, string> {
    const text = renderingOf(context).ledger.registry.paragraphs.get(this.name_)
    if (text === undefined)
      throw new Refusal(
        fail('report/unknown-paragraph', {
          paragraph: this.name_,
          zh: `没有段落“${this.name_}”`,
          en: `There is no paragraph ${this.name_}`,
        }),
      )
    return yield this.liquid.renderer.renderTemplates(this.liquid.parse(text), context)
  }
}

/** `{% records 'awards.award', limit: 5, sort: 'level' %}…{{ record.fields.title }}…{% endrecords %}` */
class RecordsTag extends BlockTag {
  readonly arguments: Arguments
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    this.arguments = argumentsOf(token)
  }
  *render(context: Context): Generator<unknown, string, never> {
    const rendering = renderingOf(context)
    const list: readonly StoredRecord[] = yield recordsOf(rendering, this.arguments)
    let text = ''
    for (const [index, record] of list.entries()) {
      const type = rendering.ledger.registry.types.get(record.type)!
      const fields = readableFields(
        rendering.ledger,
        type,
        upgrade(type, record.typeVersion, record.fields),
        rendering.language,
      )
      context.push({
        record: { ...record, org: rendering.ledger.orgs.byId(record.org)!.name, fields },
        index: index + 1,
        last: index === list.length - 1,
      })
      try {
        text += yield this.liquid.renderer.renderTemplates(this.body, context) as never
      } finally {
        context.pop()
      }
    }
    return text
  }
}

async function recordsOf(
  { ledger, org, period }: Rendering,
  { first, named }: Arguments,
): Promise<readonly StoredRecord[]> {
  const type = ledger.registry.types.get(first)
  if (!type)
    throw new Refusal(
      fail('type/unknown', { type: first, zh: `没有台账“${first}”`, en: `There is no record type ${first}` }),
    )
  const unit = ledger.orgs.byCode(org)!
  const { limit = '10', ...narrowing } = named
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.type = $2 AND r.org = ANY($3) AND r.status IN ('entered', 'confirmed')
       AND r.day >= $4 AND r.day < $5 AND r.fields @> $6::jsonb ORDER BY r.day, r.id LIMIT $7`,
    [
      unit.root,
      first,
      ledger.orgs.under(unit.path).map(one => one.id),
      period.from,
      period.until,
      JSON.stringify(narrowing),
      Math.min(Number(limit), 200),
    ],
  )
  return rows
}

/** `{% breakdown 'projects.applied', by: 'programme' %}`: a table of a figure by a dimension, months or org units. */
class BreakdownTag extends Tag {
  readonly arguments: Arguments
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    this.arguments = argumentsOf(token)
  }
  async render(context: Context): Promise<string> {
    const rendering = renderingOf(context)
    const rows = await breakdownOf(rendering, this.arguments)
    const indicator = rendering.ledger.registry.indicators.get(this.arguments.first)!
    const lines = await Promise.all(
      rows.map(
        async row =>
          `| ${row.words} | ${(row.request ? (await dropOf(rendering, row.request, { form: 'table' })).valueOf() : row.value) ?? '—'} |`,
      ),
    )
    const title = indicator.title[rendering.language]
    return `\n\n| ${this.arguments.named.title ?? ''} | ${title} |\n| --- | ---: |\n${lines.join('\n')}\n\n`
  }
}

/** `{% chart 'hotline.calls', by: 'month', type: 'bar' %}`: becomes a chart block. */
class ChartTag extends BreakdownTag {
  override async render(context: Context): Promise<string> {
    const rendering = renderingOf(context)
    const rows = await breakdownOf(rendering, this.arguments)
    const indicator = rendering.ledger.registry.indicators.get(this.arguments.first)!
    const chart = {
      caption: this.arguments.named.caption ?? indicator.title[rendering.language],
      type: this.arguments.named.type === 'line' ? 'line' : 'bar',
      unit: indicator.unit,
      drawnIn: tableUnit(indicator.unit).id,
      address: this.arguments.first,
      points: rows.map(row => ({
        label: row.words,
        figure: {
          indicator: this.arguments.first,
          org: rendering.org,
          period: rendering.period.text,
          ...row.request,
          address: row.request ? addressOf(row.request) : this.arguments.first,
          name: `${indicator.title[rendering.language]} ${row.words}`,
          value: row.value,
          unit: indicator.unit,
          written: writeNumber(row.value, indicator.unit, { form: 'table' }, rendering.language),
          style: { form: 'table' },
        },
      })),
    }
    return `\n\n${CHART}${JSON.stringify(chart)}\n\n`
  }
}

/** Begins the line of a chart in rendered text. */
export const CHART = '\ue003'

interface BreakdownRow {
  readonly words: string
  readonly value: number | null
  readonly request?: FigureRequest
}

async function breakdownOf(rendering: Rendering, { first, named }: Arguments): Promise<BreakdownRow[]> {
  const { ledger, actor, org, period, language, known } = rendering
  const indicator = ledger.registry.indicators.get(first)
  if (!indicator) throw new Refusal(unknownFigure(first))
  const by = named.by ?? 'month'
  const found = await figure(ledger, actor, { indicator: first, org, period: period.text, by })
  if (!found.ok) throw new Refusal(found)
  return (found.value.rows ?? []).map(row => {
    const request = partRequest(indicator, first, org, period, by, row.key)
    if (request) known.set(keyOf(request), row.value)
    return { words: keyWords(ledger, indicator, by, row.key, language), value: row.value, request }
  })
}

/** The request that asks for one row of a breakdown by itself. */
function partRequest(
  _indicator: Indicator,
  id: string,
  org: string,
  period: Period,
  by: string,
  key: string,
): FigureRequest | undefined {
  if (by === 'month') return { indicator: id, org, period: key }
  // A child's row covers only the days it stood under this unit; its own figure may cover more, so it is not bound.
  if (by === 'org') return undefined
  return { indicator: id, org, period: period.text, where: { [by]: key } }
}
