import { type Context, type Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs'
import { fieldOf } from '../figures/contribution.ts'
import { figure } from '../figures/figure.ts'
import type { Indicator } from '../figures/indicator.ts'
import { isConvertible, type Unit, unitNamed, unitOf } from '../figures/units.ts'
import { tableUnit } from '../figures/wording.ts'
import { may } from '../people/actor.ts'
import { indicatorNamed } from '../registry.ts'
import { fail } from '../result.ts'
import type { Language } from '../words.ts'
import { addressOf, type FigureAddress } from './address.ts'
import { type Arguments, argumentsOf } from './arguments.ts'
import type { Chart, FigureBinding, Table } from './document.ts'
import { FigureDrop } from './figure-drop.ts'
import { renderingOf } from './filters.ts'
import { cleared } from './marks.ts'
import { keyWords } from './readable.ts'
import { Refusal, type Rendering } from './rendering.ts'

export function registerBreakdowns(engine: Liquid): void {
  engine.registerTag('breakdown', BreakdownTag)
  engine.registerTag('chart', ChartTag)
}

/** `{% breakdown 'projects.applied', by: 'programme', title: '计划类别', in: '万元' %}`: a table by a dimension, months or org units. */
class BreakdownTag extends Tag {
  readonly arguments: Arguments
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid)
    this.arguments = argumentsOf(token)
  }
  async render(context: Context): Promise<string> {
    const rendering = renderingOf(context)
    const found = await breakdownOf(rendering, this.arguments)
    return found.rows.length === 0
      ? ''
      : rendering.bindings.markBlock(tableOf(rendering, found, this.arguments.named.title))
  }
}

/** `{% chart 'hotline.calls', by: 'month', type: 'bar', caption: '…' %}` */
class ChartTag extends BreakdownTag {
  override async render(context: Context): Promise<string> {
    const rendering = renderingOf(context)
    const { named } = this.arguments
    const { address, indicator, unit, rows } = await breakdownOf(rendering, this.arguments)
    if (rows.length === 0) return ''
    const chart: Chart = {
      kind: 'chart',
      caption: named.caption ?? indicator.title[rendering.language],
      type: named.type === 'line' ? 'line' : 'bar',
      unit: indicator.unit,
      drawnIn: unit.id,
      address: addressOf(address),
      points: rows.map(({ words, figure }) => ({ label: words, figure })),
    }
    return rendering.bindings.markBlock(chart)
  }
}

interface Breakdown {
  readonly address: FigureAddress
  readonly indicator: Indicator
  readonly unit: Unit
  readonly rows: readonly { readonly words: string; readonly figure: FigureBinding }[]
}

async function breakdownOf(rendering: Rendering, { first, named }: Arguments): Promise<Breakdown> {
  const { ledger, actor, org, period, language, facts } = rendering
  const indicator = indicatorNamed(ledger.registry, first)
  if (!indicator.ok)
    throw new Refusal(
      fail('report/unknown-figure', {
        field: 'template',
        figure: first,
        zh: `模板里的“${first}”不是已有的指标`,
        en: `The template names ${first}, which is no indicator`,
      }),
    )
  const by = named.by ?? 'month'
  const address: FigureAddress = { indicator: first, org: org.code, period: period.text, by }
  const unit = unitIn(indicator.value, named.in)
  const key = addressOf(address)
  let rows = facts.rows.get(key)
  if (!rows) {
    const found = await figure(ledger, actor, address)
    if (!found.ok) throw new Refusal(found)
    rows = found.value.rows ?? []
    facts.rows.set(key, rows)
  }
  const oneYear = new Set(rows.map(row => row.key.slice(0, 4))).size === 1
  return {
    address,
    indicator: indicator.value,
    unit,
    rows: rows.map(row => {
      const one = rowAddress(rendering, address, row.key)
      facts.know(one, row.value)
      const drop = new FigureDrop(rendering, one, { form: 'table', in: unit.id })
      const words = cleared(keyWords(ledger, indicator.value, by, row.key, language))
      return { words: by === 'month' && oneYear ? withoutYear(words) : words, figure: drop.binding() }
    }),
  }
}

const withoutYear = (words: string) => words.replace(/^\d{4}年| \d{4}$/, '')

/**
 * The address of a row: the figure that asks for it by itself. A child that did not stand under the unit all the time, or
 * that the actor may not read by itself, is told as the row that it is.
 */
function rowAddress({ ledger, actor, org, period }: Rendering, address: FigureAddress, key: string): FigureAddress {
  const { by, ...whole } = address
  if (by === 'month') return { ...whole, period: key }
  if (by !== 'org') return { ...whole, where: { [by!]: key } }
  if (key === org.code) return { ...whole, scope: 'self' }
  const unit = ledger.orgs.byCode(key)
  const stood = ledger.orgs.childrenDuring(org.id, period.from, period.until).filter(child => child.unit === unit)
  const throughout = stood.length === 1 && stood[0]!.span.since <= period.from && period.until <= stood[0]!.span.until
  return unit && throughout && may(actor, 'read', unit.path) ? { ...whole, org: key } : { ...address, row: key }
}

function unitIn({ unit }: Indicator, wanted: string | undefined): Unit {
  if (wanted === undefined) return tableUnit(unit)
  const found = unitNamed(wanted)
  if (!found.ok) throw new Refusal(found)
  if (isConvertible(unitOf(unit), found.value)) return found.value
  throw new Refusal(
    fail('unit/mismatch', {
      field: 'template',
      value: wanted,
      zh: `“${unitOf(unit).zh || unit}”不能换算成“${wanted}”`,
      en: `${unit} cannot be told in ${wanted}`,
    }),
  )
}

/** What the rows of a breakdown are: months, org units, or values of a dimension. */
function headOf(by: string | undefined, indicator: Indicator, language: Language): string {
  if (by === 'month') return language === 'zh' ? '月份' : 'Month'
  if (by === 'org') return language === 'zh' ? '单位' : 'Org unit'
  if (indicator.kind === 'formula' || indicator.kind === 'latest' || indicator.kind === 'units' || by === undefined)
    return ''
  return fieldOf(indicator, by)?.title[language] ?? (language === 'zh' ? '状态' : 'State')
}

/** Rows of a breakdown, and their sum where the whole is one. */
function tableOf(
  rendering: Rendering,
  { address, indicator, unit, rows }: Breakdown,
  title = headOf(address.by, indicator, rendering.language),
): Table {
  const { language } = rendering
  const { by: _, ...whole } = address
  const isSum = ['count', 'sum', 'events'].includes(indicator.kind) && rows.length > 1
  const total = new FigureDrop(rendering, whole, { form: 'table', in: unit.id })
  const word = language === 'zh' ? unit.zh : unit.many
  const head = indicator.title[language]
  return {
    kind: 'table',
    columns: [
      { title, align: 'left' },
      { title: word === '' ? head : language === 'zh' ? `${head}（${word}）` : `${head} (${word})`, align: 'right' },
    ],
    rows: [
      ...rows.map(({ words, figure }) => [[{ text: words }], [{ figure }]]),
      ...(isSum ? [[[{ text: language === 'zh' ? '合计' : 'Total' }], [{ figure: total.binding() }]]] : []),
    ],
  }
}
