import type { Command } from 'commander'
import { registry } from '../../app.ts'
import { type Explanation, explain } from '../../kernel/figures/explain.ts'
import type { Indicator } from '../../kernel/figures/indicator.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import { operator } from '../../kernel/people/actor.ts'
import type { Language } from '../../kernel/words.ts'
import type { Context } from '../context.ts'
import { accepted, usageError } from '../exit.ts'
import { digits, figureWords, unitTitle } from '../figure-words.ts'
import { withLedger } from '../place.ts'
import { table } from '../table.ts'
import { checkNames, type FigureOptions, figureOptions, headText, whereOf } from './figure.ts'

export function declareExplain(program: Command, context: Context): void {
  const { invocation, help } = context
  figureOptions(
    program.command('explain <indicator>').description(
      help({
        zh: '说明一个数字：公式、各单位、各条记录及其证明',
        en: 'Open a figure: formula, org units, records, proofs',
      }),
    ),
    context,
  )
    .option('--limit <number>', help({ zh: '一页列出的记录条数（默认 50，最多 500）', en: 'records a page' }))
    .option('--after <position>', help({ zh: '从上一页的 next 往下', en: "go on from the last page's next" }))
    .action(async (id: string, options: FigureOptions & { limit?: string; after?: string }) => {
      const indicator = checkNames(id, options.period)
      const { org, period, scope, after } = options
      const where = whereOf(options.where)
      const limit = options.limit === undefined ? undefined : wholeNumber(options.limit)
      await withLedger(invocation, options, {}, async ledger => {
        const request = { indicator: id, org, period, scope, where, after, limit }
        const found = accepted(await explain(ledger, operator('cli'), request))
        invocation.answer(options, found, () =>
          explanationText(ledger, indicator, { ...found, where }, invocation.language),
        )
      })
    })
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= 500) return Number(text)
  throw usageError('limit', { zh: `--limit 应为 1 到 500，而不是“${text}”`, en: `--limit is 1 to 500, not ${text}` })
}

const TITLES = {
  zh: {
    formula: '公式',
    parts: '由来',
    orgs: '各单位',
    records: '记录',
    more: '还有，接着看：--after',
    unsealed: '待封存',
  },
  en: {
    formula: 'Formula',
    parts: 'Made of',
    orgs: 'Org units',
    records: 'Records',
    more: 'More: --after',
    unsealed: 'not sealed yet',
  },
} as const

function explanationText(
  ledger: Ledger,
  indicator: Indicator,
  found: Explanation & { where: Record<string, string> },
  language: Language,
): string {
  const words = TITLES[language]
  const zh = language === 'zh'
  const unit = { title: unitTitle(found.unit, language), align: 'right' as const }
  const sections = [headText(ledger, indicator, found, language), `${words.formula}  ${found.formula}`]
  if (found.components.length > 0) {
    const rows = found.components.map(({ indicator: id, period, where, value }) => {
      const part = registry.indicators.get(id)
      const narrowed = Object.entries(where).map(([name, one]) => `${name}=${one}`)
      return [
        part?.title[language] ?? id,
        [id, ...narrowed].join(' '),
        period,
        figureWords(value, part?.unit ?? '', language),
      ]
    })
    const columns = [{ title: words.parts }, { title: '' }, { title: '' }, { title: '', align: 'right' as const }]
    sections.push(table(columns, rows))
  }
  if (found.orgs.length > 0) {
    const rows = found.orgs.map(({ code, value }) => [nameOf(ledger, code, language), code, digits(value, found.unit)])
    sections.push(table([{ title: words.orgs }, { title: '' }, unit], rows))
  }
  if (found.records.length > 0) {
    const columns = [
      { title: words.records },
      { title: zh ? '日期' : 'Day' },
      { title: zh ? '单位' : 'Org unit' },
      unit,
      { title: zh ? '流水号' : 'Entry', align: 'right' as const },
      { title: zh ? '哈希' : 'Hash' },
      { title: zh ? '证明' : 'Proof' },
    ]
    const rows = found.records.map(record => [
      record.id,
      record.day,
      record.org,
      digits(record.value, found.unit),
      String(record.entry?.seq ?? ''),
      `${record.entry?.hash.slice(0, 12) ?? ''}…`,
      record.proof ? `${record.proof.index + 1}/${record.proof.size}` : words.unsealed,
    ])
    sections.push(table(columns, rows))
  }
  if (found.next) sections.push(`${words.more} ${found.next}`)
  return sections.join('\n\n')
}

const nameOf = (ledger: Ledger, code: string, language: Language) => {
  const org = ledger.orgs.byCode(code)
  return (language === 'en' && org?.nameEn) || org?.name || code
}
