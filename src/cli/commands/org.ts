import type { Command } from 'commander'
import { createUnits } from '../../kernel/org/change.ts'
import { operator } from '../../kernel/people/actor.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { accepted } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { table } from '../table.ts'

interface NewOptions extends PlaceOptions {
  readonly kind: string
  readonly parent?: string
  readonly nameEn?: string
  readonly opened?: string
  readonly json?: boolean
}

/** `org`: the tree an empty ledger begins with. */
export function declareOrg(program: Command, context: Context): void {
  const { invocation, help } = context
  const { language } = invocation
  const org = program.command('org').description(help({ zh: '单位', en: 'Org units' }))

  withPlace(
    org.command('add <code> <name>').description(help({ zh: '新建一个单位', en: 'Create an org unit' })),
    context,
  )
    .requiredOption('--kind <kind>', help({ zh: '类型：city、county、township、bureau……', en: 'kind' }))
    .option('--parent <code>', help({ zh: '上级单位；没有则为一棵树的根', en: 'unit above; none for a root' }))
    .option('--name-en <name>', help({ zh: '英文名称', en: 'name in English' }))
    .option('--opened <day>', help({ zh: '成立日期', en: 'first day' }))
    .option('--json', help(JSON_HELP))
    .action((code: string, name: string, options: NewOptions) =>
      withLedger(invocation, options, { mayCreate: true, saves: true }, async ledger => {
        const { kind, parent, nameEn, opened } = options
        accepted(await createUnits(ledger, operator('cli'), [{ code, name, kind, parent, nameEn, opened }]))
        const made = { code, name, kind, parent: parent ?? null }
        invocation.answer(options, made, () => (language === 'zh' ? `已建 ${code} ${name}` : `Created ${code} ${name}`))
      }),
    )

  withPlace(
    org.command('list [code]').description(help({ zh: '列出单位及其下级', en: 'List units, with those beneath' })),
    context,
  )
    .option('--json', help(JSON_HELP))
    .action((code: string | undefined, options: PlaceOptions & { json?: boolean }) =>
      withLedger(invocation, options, {}, async ledger => {
        const top = code === undefined ? undefined : accepted(ledger.orgs.find(code))
        const units = ledger.orgs
          .all()
          .filter(unit => unit.path.startsWith(top?.path ?? '/'))
          .map(unit => ({
            code: unit.code,
            name: unit.name,
            kind: unit.kind,
            parent: ledger.orgs.byId(unit.spans.at(-1)?.parent ?? 0)?.code ?? null,
            depth: unit.path.split('/').length - (top?.path ?? '/x/').split('/').length,
          }))
        const titles = language === 'zh' ? ['单位', '代码', '类型'] : ['Org unit', 'Code', 'Kind']
        invocation.answer(
          options,
          units.map(({ depth: _, ...unit }) => unit),
          () =>
            table(
              titles.map(title => ({ title })),
              units.map(unit => [`${'  '.repeat(unit.depth)}${unit.name}`, unit.code, unit.kind]),
            ),
        )
      }),
    )
}
