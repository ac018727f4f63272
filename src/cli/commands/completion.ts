import { Argument, type Command } from 'commander'
import { registry } from '../../app.ts'
import { type Completed, completionScript, SHELLS, type Shell } from '../completion.ts'
import type { Context } from '../context.ts'

export function declareCompletion(program: Command, { help }: Context): void {
  program
    .command('completion')
    .description(help({ zh: '打印命令补全脚本', en: 'Print a completion script' }))
    .addArgument(new Argument('<shell>', SHELLS.join(', ')).choices(SHELLS))
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell, completed(program, '')))
    })
}

function completed(command: Command, path: string): Completed[] {
  const one: Completed = {
    path,
    about: command.description(),
    words: command.commands.length > 0 ? command.commands.map(child => child.name()) : argumentWords(command),
    options: command.options
      .filter(({ long }) => long)
      .map(({ long, description, argChoices }) => ({ name: long!, about: description, values: argChoices })),
  }
  const children = command.commands.flatMap(child => completed(child, `${path} ${child.name()}`.trim()))
  return [one, ...children]
}

/** Values of a command's first argument that are known without a ledger. */
function argumentWords(command: Command): readonly string[] {
  const [argument] = command.registeredArguments
  switch (argument?.name()) {
    case 'type':
      return [...registry.types.keys()]
    case 'indicator':
      return [...registry.indicators.keys()]
    case 'template':
      return [...registry.templates.keys()]
    default:
      return argument?.argChoices ?? []
  }
}
