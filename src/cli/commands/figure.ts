import { type Command, Option } from 'commander'
import { registry } from '../../app.ts'
import { fieldOf } from '../../kernel/figures/contribution.ts'
import { type Figure, type FigureRequest, figure } from '../../kernel/figures/figure.ts'
import type { Indicator } from '../../kernel/figures/indicator.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import { operator } from '../../kernel/people/actor.ts'
import { parsePeriod, periodWords } from '../../kernel/period/period.ts'
import { indicatorNamed, isTallied } from '../../kernel/registry.ts'
import { keyWords } from '../../kernel/reports/readable.ts'
import type { Language, Words } from '../../kernel/words.ts'
import { type Context, collect, JSON_HELP, ORG_HELP, PERIOD_HELP } from '../context.ts'
import { accepted, usageError } from '../exit.ts'
import { digits, figureWords, unitTitle } from '../figure-words.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs, table } from '../table.ts'

/** What `figure` and `explain` are asked with. */
export interface FigureOptions extends PlaceOptions {
  readonly org: string
  readonly period: string
  readonly where?: readonly string[]
  readonly scope?: 'tree' | 'self'
  readonly json?: boolean
}

export const figureOptions = (command: Command, context: Context): Command =>
  withPlace(command, context)
    .requiredOption('--org <code>', context.help(ORG_HELP))
    .requiredOption('--period <period>', context.help(PERIOD_HELP))
    .option(
      '--where <dimension=value>',
      context.help({ zh: '只算某一维度的某个值，可多次', en: 'narrow by a dimension; may be repeated' }),
      collect,
    )
    .addOption(
      new Option(
        '--scope <scope>',
        context.help({ zh: 'tree 含下级（默认），self 只算本单位', en: 'with units beneath (tree) or without (self)' }),
      ).choices(['tree', 'self']),
    )
    .option('--json', context.help(JSON_HELP))

export function declareFigure(program: Command, context: Context): void {
  const { invocation, help } = context
  figureOptions(
    program.command('figure <indicator>').description(help({ zh: '查一个数字', en: 'Ask for a figure' })),
    context,
  )
    .option('--by <what>', help({ zh: '分列：month、org 或一个维度', en: 'break down: month, org or a dimension' }))
    .option('--as-of <instant>', help({ zh: '当时所见，如 2024-05-18T08:00:00Z', en: 'as it stood at an instant' }))
    .action(async (id: string, options: FigureOptions & { by?: string; asOf?: string }) => {
      const indicator = checkNames(id, options.period)
      const { org, period, scope, by, asOf } = options
      const request: FigureRequest = { indicator: id, org, period, scope, by, asOf, where: whereOf(options.where) }
      await withLedger(invocation, options, {}, async ledger => {
        const found = accepted(await figure(ledger, operator('cli'), request))
        invocation.answer(options, found, () => figureText(ledger, indicator, found, request, invocation.language))
      })
    })
}

/** What needs no ledger to be found wrong is found before one is opened. */
export function checkNames(indicator: string, period: string): Indicator {
  const known = accepted(indicatorNamed(registry, indicator))
  accepted(parsePeriod(period))
  return known
}

export function whereOf(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map(pair => {
      const at = pair.indexOf('=')
      if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)]
      throw usageError('where', {
        zh: `--where 应写作 维度=值，而不是“${pair}”`,
        en: `--where is written dimension=value, not ${JSON.stringify(pair)}`,
      })
    }),
  )
}

/** The figure, for whom and when, as lines. */
export function headText(
  ledger: Ledger,
  indicator: Indicator,
  asked: Pick<Figure, 'indicator' | 'org' | 'period' | 'value'> & Pick<FigureRequest, 'where'>,
  language: Language,
): string {
  const words = language === 'zh' ? ['指标', '单位', '期间', '数字'] : ['Indicator', 'Org unit', 'Period', 'Figure']
  const org = ledger.orgs.byCode(asked.org)
  const orgName = (language === 'en' && org?.nameEn) || org?.name
  const narrowed = Object.entries(asked.where ?? {}).map(
    ([name, value]) => `${name}=${keyWords(ledger, indicator, name, value, language)}`,
  )
  return pairs([
    [words[0]!, [indicator.title[language], asked.indicator, ...narrowed].join('  ')],
    [words[1]!, `${orgName}  ${asked.org}`],
    [words[2]!, periodWords(accepted(parsePeriod(asked.period)))[language]],
    [words[3]!, figureWords(asked.value, indicator.unit, language)],
  ])
}

function figureText(
  ledger: Ledger,
  indicator: Indicator,
  found: Figure,
  { by, where }: FigureRequest,
  language: Language,
): string {
  const head = headText(ledger, indicator, { ...found, where }, language)
  if (!found.rows || by === undefined) return head
  const rows = found.rows.map(({ key, value }) => {
    const name = keyWords(ledger, indicator, by, key, language)
    return [name, name === key ? '' : key, digits(value, indicator.unit)]
  })
  const columns = [
    { title: breakdownTitle(indicator, by, language) },
    { title: '' },
    { title: unitTitle(indicator.unit, language), align: 'right' as const },
  ]
  return `${head}\n\n${table(columns, rows)}`
}

const TITLES: Readonly<Record<string, Words>> = {
  month: { zh: '月份', en: 'Month' },
  org: { zh: '单位', en: 'Org unit' },
  state: { zh: '状态', en: 'State' },
}

function breakdownTitle(indicator: Indicator, by: string, language: Language): string {
  const field = isTallied(indicator) ? fieldOf(indicator, by) : undefined
  return (TITLES[by] ?? field?.title)?.[language] ?? by
}
