import { Command, Help, Option } from 'commander'
import { declareAudit } from './commands/audit.ts'
import { declareCompletion } from './commands/completion.ts'
import { declareDefinitions } from './commands/definitions.ts'
import { declareDemo } from './commands/demo.ts'
import { declareDomainCommands } from './commands/domains.ts'
import { declareExplain } from './commands/explain.ts'
import { declareFigure } from './commands/figure.ts'
import { declareImport } from './commands/import.ts'
import { declareKeeping } from './commands/keeping.ts'
import { declareOrg } from './commands/org.ts'
import { declareProof } from './commands/proof.ts'
import { declareReport } from './commands/report.ts'
import { declareServe } from './commands/serve.ts'
import { declareUser } from './commands/user.ts'
import { declareVerify } from './commands/verify.ts'
import type { Context } from './context.ts'
import { PLACE_TITLE } from './place.ts'
import { displayWidth } from './width.ts'

/** The `yilu` command, declared. Parsing it runs one command; what is wrong is thrown. */
export function programOf(context: Context): Command {
  const { help, version } = context
  const program = new Command('yilu')
    .description(
      help({ zh: '一录：一次录入，全程共享，数字可证', en: 'Record once, share throughout, prove every figure' }),
    )
    .version(version, '-V, --version', help({ zh: '版本', en: 'print the version' }))
    .helpOption('-h, --help', help({ zh: '帮助', en: 'print this help' }))
    .helpCommand('help [command]', help({ zh: '某个命令的帮助', en: 'help for a command' }))
    .addOption(new Option('--lang <language>', help({ zh: '语言，默认随系统', en: 'language' })).choices(['zh', 'en']))
    .addHelpText('after', () => `\n${help(EXITS, '\n')}`)
  for (const declare of [
    declareServe,
    declareDemo,
    declareImport,
    declareFigure,
    declareExplain,
    declareReport,
    declareAudit,
    declareVerify,
    declareProof,
    declareKeeping,
    declareDefinitions,
    declareOrg,
    declareUser,
    declareDomainCommands,
    declareCompletion,
  ])
    declare(program, context)
  for (const command of everyCommand(program)) speak(command, context)
  return program
}

const EXITS = {
  zh: '退出码：0 成功；1 答案是“否”；2 用法有误；3 账本打不开或写不进；70 程序出错；130 被中断。',
  en: 'Exit: 0 success, 1 the answer is no, 2 wrong usage, 3 the ledger cannot be used, 70 a fault, 130 interrupted.',
}

export const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)]

/** Titles of help in our languages; errors are thrown, not printed. */
function speak(command: Command, { help }: Context): void {
  const titles: Record<string, string> = {
    'Usage:': help({ zh: '用法', en: 'Usage' }, ' '),
    'Arguments:': help({ zh: '参数', en: 'Arguments' }, ' '),
    'Options:': help({ zh: '选项', en: 'Options' }, ' '),
    'Commands:': help({ zh: '命令', en: 'Commands' }, ' '),
  }
  const placeTitle = help(PLACE_TITLE, ' ')
  command
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      displayWidth,
      styleTitle: title => `${titles[title] ?? title}:`,
      // What a command asks for comes before where its ledger lies.
      groupItems: (items, visible, groupOf) =>
        new Help().groupItems(
          items.toSorted((a, b) => Number(groupOf(a) === placeTitle) - Number(groupOf(b) === placeTitle)),
          visible,
          groupOf,
        ),
    })
  if (command.parent) command.helpOption('-h, --help', help({ zh: '帮助', en: 'print this help' }))
}
