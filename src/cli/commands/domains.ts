import type { Command } from 'commander'
import { registry } from '../../app.ts'
import { runCommand } from '../../kernel/command.ts'
import type { DomainCommand } from '../../kernel/declared.ts'
import { operator } from '../../kernel/people/actor.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { accepted, EXIT, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { pairs } from '../table.ts'

/** `yilu DOMAIN NAME`: what domains add to the command line. */
export function declareDomainCommands(program: Command, context: Context): void {
  for (const { id, title, commands } of registry.domains) {
    if (commands.length === 0) continue
    const group = program.command(id).description(context.help(title))
    for (const declared of commands) declare(group, declared, context)
  }
}

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

function declare(group: Command, declared: DomainCommand, context: Context) {
  const { invocation, help, endWith } = context
  const command = withPlace(group.command(declared.id.split('.')[1]!).description(help(declared.title)), context)
  for (const [name, words] of Object.entries(declared.words)) command.option(`--${kebab(name)} <value>`, help(words))
  command.option('--json', help(JSON_HELP))
  command.action((options: PlaceOptions & { json?: boolean } & Record<string, unknown>) => {
    const given = Object.fromEntries(
      Object.keys(declared.words).flatMap(name => (name in options ? [[name, options[name]]] : [])),
    )
    const parsed = declared.input.safeParse(given)
    if (!parsed.success) {
      const option = `--${kebab(String(parsed.error.issues[0]?.path[0]))}`
      throw usageError('value', { zh: `选项 ${option} 的值不对`, en: `the value of ${option} is wrong` }, { option })
    }
    return withLedger(invocation, options, { saves: true }, async ledger => {
      const meter = invocation.meter(declared.title)
      const done = await runCommand(declared, ledger, operator('cli'), parsed.data, meter.update).finally(meter.stop)
      const answer = accepted(done)
      const rows = declared.say(answer).map(([words, value]) => [words[invocation.language], value] as const)
      invocation.answer(options, answer, () => pairs(rows))
      if (!declared.holds(answer)) endWith(EXIT.no)
    })
  })
}
