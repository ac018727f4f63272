import { Drop, Liquid, type Template as LiquidTemplate } from 'liquidjs'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { nextYear, parsePeriod, periodWords } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { registerBreakdowns } from './breakdown.ts'
import { FigureDrop } from './figure-drop.ts'
import { registerFilters } from './filters.ts'
import { Bindings, cleared, guarded } from './marks.ts'
import { Facts, Refusal, type Rendering, refusalOf, syntaxProblem } from './rendering.ts'
import { registerTags } from './tags.ts'
import { valuesAt } from './values.ts'

export interface Rendered {
  /** Markdown-like lines in which marks stand for figures and blocks. */
  readonly text: string
  readonly bindings: Bindings
}

export interface RenderRequest {
  readonly template: string
  readonly org: string
  readonly period: string
  readonly language?: Language
}

/** Each round learns what the one before lacked; a figure that decides which others are told costs one more. */
const ROUNDS = 8

/**
 * Fills a template with the figures of an org unit and period.
 * @returns text and bindings, or `report/template-syntax` (with `line`), `report/unknown-figure`,
 *   `report/unknown-paragraph`, `report/paragraph-circle`, and what figures and periods may answer
 */
export async function renderTemplate(ledger: Ledger, actor: Actor, request: RenderRequest): Promise<Result<Rendered>> {
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const engine = engineOf(ledger)
  const parsed = parse(engine, request.template)
  if (!parsed.ok) return parsed
  const shared = { ledger, actor, org: org.value, period: period.value, language: request.language ?? 'zh' }
  const facts = new Facts()
  for (let round = 0; round < ROUNDS; round++) {
    const rendering: Rendering = { ...shared, bindings: new Bindings(), facts, within: [] }
    const text = await renderOnce(engine, parsed.value, rendering)
    if (!text.ok) return text
    const wanted = facts.wanted()
    if (wanted.length === 0) return ok({ text: text.value, bindings: rendering.bindings })
    const refused = facts.learn(await valuesAt(ledger, actor, wanted))
    if (refused) return refused
  }
  return fail('report/template-depth', {
    field: 'template',
    zh: `模板里的条件套了${ROUNDS}层以上`,
    en: `The template nests more than ${ROUNDS} conditions on figures`,
  })
}

function parse(engine: Liquid, template: string): Result<LiquidTemplate[]> {
  try {
    // `{{ figure "training.people" }}` and `{{ training.people }}` are the same.
    return ok(engine.parse(template.replace(/\{\{(-?)\s*figure\s+["']([^"']+)["']/g, '{{$1 $2')))
  } catch (error) {
    if (error instanceof Error) return syntaxProblem(error)
    throw error
  }
}

async function renderOnce(engine: Liquid, parsed: LiquidTemplate[], rendering: Rendering): Promise<Result<string>> {
  try {
    return ok((await engine.render(parsed, scope(rendering), { globals: { rendering } })) as string)
  } catch (error) {
    const refused = refusalOf(error)
    if (refused) return refused
    throw error
  }
}

/** The indicators of a domain, as `{{ training.people }}` reaches them. */
class DomainDrop extends Drop {
  readonly rendering: Rendering
  readonly id: string
  constructor(rendering: Rendering, id: string) {
    super()
    this.rendering = rendering
    this.id = id
  }
  override liquidMethodMissing(name: string | number): FigureDrop {
    const { ledger, org, period } = this.rendering
    const indicator = `${this.id}.${name}`
    if (!ledger.registry.indicators.has(indicator)) throw new Refusal(unknownFigure(indicator))
    return new FigureDrop(this.rendering, { indicator, org: org.code, period: period.text })
  }
}

const unknownFigure = (figure: string) =>
  fail('report/unknown-figure', {
    field: 'template',
    figure,
    zh: `模板里的“${figure}”不是已有的指标`,
    en: `The template names ${figure}, which is no indicator`,
  })

function scope(rendering: Rendering) {
  const { ledger, org, period, language } = rendering
  const next = nextYear(period)
  return {
    ...Object.fromEntries(ledger.registry.domains.map(domain => [domain.id, new DomainDrop(rendering, domain.id)])),
    org: { code: org.code, name: cleared((language === 'en' && org.nameEn) || org.name) },
    period: { text: period.text, words: periodWords(period)[language] },
    next_period: { text: next.text, words: periodWords(next)[language] },
  }
}

const engines = new WeakMap<Ledger['registry'], Liquid>()

function engineOf({ registry }: Ledger): Liquid {
  const known = engines.get(registry)
  if (known) return known
  // No file system, strict names: a mistyped figure is an error, not a blank. Limits: characters, milliseconds, objects.
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    relativeReference: false,
    templates: {},
    parseLimit: 1_000_000,
    renderLimit: 10_000,
    memoryLimit: 20_000_000,
    outputEscape: printed,
  })
  registerFilters(engine)
  registerTags(engine)
  registerBreakdowns(engine)
  engines.set(registry, engine)
  return engine
}

/** What `{{ }}` prints: a figure as its mark, all else as guarded text. */
function printed(value: unknown): string {
  if (value instanceof Drop) return String(value.valueOf())
  return value === null || value === undefined ? '' : guarded(String(value))
}
