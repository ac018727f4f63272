import type { Command } from 'commander'
import { registry } from '../../app.ts'
import type { ImportSummary } from '../../kernel/exchange/import.ts'
import { operator } from '../../kernel/people/actor.ts'
import { typeNamed } from '../../kernel/registry.ts'
import type { Language } from '../../kernel/words.ts'
import { type Context, JSON_HELP, ORG_HELP } from '../context.ts'
import { accepted, EXIT, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs, tableStart } from '../table.ts'
import { refuseMissingFile } from './given-file.ts'

const FORMATS = /\.(xlsx|csv|jsonl)$/i
export function declareImport(program: Command, context: Context): void {
  const { invocation, help, endWith } = context
  withPlace(
    program
      .command('import <type> <file>')
      .description(
        help({ zh: '导入 xlsx、csv 或 jsonl：全部成功或一行不入', en: 'Import xlsx, csv or jsonl: all rows or none' }),
      ),
    context,
  )
    .requiredOption('--org <code>', help(ORG_HELP))
    .option(
      '--partial',
      help({ zh: '只导入正确的行，有错的行连同原因写到旁边的文件', en: 'keep good rows, write bad ones beside FILE' }),
    )
    .option('--allow-similar', help({ zh: '与已有记录相似的行也导入', en: 'take rows that look like present records' }))
    .option('--json', help(JSON_HELP))
    .action(
      async (
        type: string,
        file: string,
        options: PlaceOptions & { org: string; partial?: boolean; allowSimilar?: boolean; json?: boolean },
      ) => {
        accepted(typeNamed(registry, type))
        if (!FORMATS.test(file))
          throw usageError('format', {
            zh: `只能导入 .xlsx、.csv、.jsonl 文件，而不是“${file}”`,
            en: `Only .xlsx, .csv and .jsonl files can be imported, not ${file}`,
          })
        await refuseMissingFile(file)
        const { importFile } = await import('../../kernel/exchange/import.ts')
        await withLedger(invocation, options, { saves: true }, async ledger => {
          const meter = invocation.meter({ zh: '导入', en: 'Importing' })
          const { org, partial, allowSimilar } = options
          const { signal } = invocation
          const summary = accepted(
            await importFile(ledger, operator('cli'), {
              type,
              path: file,
              org,
              partial,
              allowSimilar,
              signal,
              onProgress: meter.update,
            }).finally(meter.stop),
          )
          invocation.answer(options, summary, () => summaryText(summary, invocation.language))
          if (summary.rejected > 0 && !partial) endWith(EXIT.no)
        })
      },
    )
}

function summaryText(summary: ImportSummary, language: Language): string {
  const zh = language === 'zh'
  const count = (n: number) => n.toLocaleString('en-US')
  const head = pairs([
    [zh ? '读取' : 'Read', count(summary.read)],
    [zh ? '新增' : 'Created', count(summary.created)],
    [zh ? '已有' : 'Unchanged', count(summary.unchanged)],
    [zh ? '有错' : 'Rejected', count(summary.rejected)],
    [zh ? '错行文件' : 'Rejected rows', summary.rejectedFile],
  ])
  if (summary.errors.length === 0) return head
  const columns = zh
    ? [{ title: '行', align: 'right' as const }, { title: '列' }, { title: '问题' }]
    : [{ title: 'Row', align: 'right' as const }, { title: 'Column' }, { title: 'Problem' }]
  const rows = summary.errors.map(({ row, column, message }) => [String(row), column ?? '', message[language]])
  return `${head}\n\n${tableStart(columns, rows, language)}`
}
