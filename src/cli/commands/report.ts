import { rename, rm, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { registry } from '../../app.ts'
import { operator } from '../../kernel/people/actor.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import { composeReport } from '../../kernel/reports/compose.ts'
import { figuresOf } from '../../kernel/reports/document.ts'
import { explainSystemError } from '../../store/problem.ts'
import { type Context, JSON_HELP, ORG_HELP, PERIOD_HELP } from '../context.ts'
import { accepted, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs } from '../table.ts'

const FORMATS = ['docx', 'html', 'md', 'json'] as const
type Format = (typeof FORMATS)[number]

interface Options extends PlaceOptions {
  readonly org: string
  readonly period: string
  readonly out: string
  readonly json?: boolean
}

export function declareReport(program: Command, context: Context): void {
  const { invocation, help } = context
  const { language } = invocation
  const templates = [...registry.templates.values()].map(({ id, title }) => `${id} ${title[language]}`)
  withPlace(
    program
      .command('report')
      .description(help({ zh: '写一份总结或计划，数字都取自账本', en: 'Write a report whose figures are bound' }))
      .argument('<template>', templates.join(language === 'zh' ? '、' : ', ')),
    context,
  )
    .requiredOption('--org <code>', help(ORG_HELP))
    .requiredOption('--period <period>', help(PERIOD_HELP))
    .requiredOption('--out <file>', help({ zh: '写到 .docx、.html、.md 或 .json 文件', en: 'file to write' }))
    .option('--json', help(JSON_HELP))
    .action(async (template: string, options: Options) => {
      const { org, period, out } = options
      const format = formatOf(out)
      accepted(parsePeriod(period))
      const { writeReport } = await import('../../kernel/reports/write.ts')
      await withLedger(invocation, options, {}, async ledger => {
        const document = accepted(await composeReport(ledger, operator('cli'), { template, org, period, language }))
        const content = await writeReport(document, format)
        await writeWhole(out, content)
        const figures = figuresOf(document).length
        invocation.answer(
          options,
          { template, org, period, title: document.title, out, format, size: content.length, figures },
          () =>
            pairs(
              language === 'zh'
                ? [
                    ['标题', document.title],
                    ['文件', out],
                    ['数字', `${figures} 个，均与账本相连`],
                  ]
                : [
                    ['Title', document.title],
                    ['File', out],
                    ['Figures', `${figures}, each bound to the ledger`],
                  ],
            ),
        )
      })
    })
}

function formatOf(out: string): Format {
  const format = FORMATS.find(one => out.toLowerCase().endsWith(`.${one}`))
  if (format) return format
  throw usageError('format', {
    zh: `--out 应以 ${FORMATS.map(one => `.${one}`).join('、')} 结尾，而不是“${out}”`,
    en: `--out ends in ${FORMATS.map(one => `.${one}`).join(', ')}, not ${out}`,
  })
}

/** The file appears under its name only when it is complete. */
async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const partial = `${path}.partial`
  try {
    await writeFile(partial, content)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw explainSystemError(error, path)
  }
}
